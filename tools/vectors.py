"""Makes a county's compact vectors (`vectors.npz`) from its loaded texts, so that a demo finds by meaning at once.

`python -m tools.vectors counties/dueren`: needs the county loaded and an encoder; takes 0.1 s a service and some
hundredths of a second a phrase. Texts that change later are encoded by the worker.
"""

import argparse
from pathlib import Path

import django

BATCH = 200


def main() -> None:
    """Index what waits, encode what has no vector, write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    chosen = parser.parse_args()
    django.setup()
    from lueckenlos.config.house import opened  # noqa: PLC0415 - Django stands only now
    from lueckenlos.offers.finder import services, vectors  # noqa: PLC0415

    target = chosen.folder / "vectors.npz"
    with opened():
        while services.refresh_index(limit=BATCH):
            pass
        taken = services.load_vectors(target) if target.exists() else 0
        made = 0
        while done := services.make_vectors(limit=BATCH):
            made += done
            print(f"{made} encoded", flush=True)
        print(f"{taken} taken from the file, {made} encoded, {vectors.write(target)} written")


if __name__ == "__main__":
    main()

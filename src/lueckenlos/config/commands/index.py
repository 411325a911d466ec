"""`lueckenlos index`: brings the finder's index up to date at once, instead of waiting for the worker."""

import json
from collections.abc import Callable

import click

from lueckenlos.config.house import opened
from lueckenlos.offers.finder import services

BATCH = 500


@click.command("index")
@click.option("--vectors", is_flag=True, help="Auch fehlende Bedeutungsvektoren rechnen (dauert).")
@click.option("--json", "as_json", is_flag=True, help="Ein JSON-Dokument statt eines Satzes.")
def command(*, vectors: bool, as_json: bool) -> None:
    """Bringt den Suchindex auf den Stand des Verzeichnisses."""
    with opened():
        done = _until_done(lambda: services.refresh_index(limit=BATCH))
        made = _until_done(lambda: services.make_vectors(limit=BATCH)) if vectors else 0
    if as_json:
        click.echo(json.dumps({"services": done, "vectors": made}))
    else:
        click.echo(f"{done} Angebote eingelesen, {made} Vektoren gerechnet.")


def _until_done(step: Callable[[], int]) -> int:
    total = 0
    while count := step():
        total += count
    return total

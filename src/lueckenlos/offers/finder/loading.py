"""The finder's part of a county's folder: the thesaurus, and the vectors made beforehand."""

from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from lueckenlos.core.merging import FileReport
from lueckenlos.core.tables import Mistakes, RowMistake, Why
from lueckenlos.offers.finder import thesaurus, vectors

THESAURUS = "thesaurus.csv"
VECTORS = "vectors.npz"


def load_finder(
    folder: Path, *, kinds: Collection[str], mistakes: Mistakes, now: datetime
) -> list[FileReport]:
    """Load the thesaurus where the folder has one; rows that name an unknown kind are mistakes."""
    path = folder / THESAURUS
    if not path.exists():
        return []
    try:
        rows = thesaurus.read_file(path)
    except thesaurus.ThesaurusNotReadable as error:
        mistakes.add(RowMistake(THESAURUS, error.line, error.field, Why.EMPTY, error.value))
        return []
    except UnicodeDecodeError:
        mistakes.add(RowMistake(THESAURUS, 0, "", Why.NOT_UTF_8))
        return []
    for line, entry in enumerate(rows.values(), start=2):
        for kind in entry.kinds:
            if kind not in kinds:
                mistakes.add(RowMistake(THESAURUS, line, "kinds", Why.UNKNOWN_KEY, kind))
    if mistakes:
        return []
    done = thesaurus.load_thesaurus(path, now=now)
    if (folder / VECTORS).exists():
        vectors.load(folder / VECTORS)
    return [
        FileReport(
            THESAURUS, added=done.added, changed=done.changed, unchanged=done.unchanged, gone=done.retired
        )
    ]

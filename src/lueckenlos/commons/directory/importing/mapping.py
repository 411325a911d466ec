"""Which column fills which field: guessed from the headings, corrected by people, remembered."""

from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lueckenlos.commons.directory.importing.targets import TARGETS
from lueckenlos.kernels.likeness import meant, plain

SURE_ENOUGH: Final = 0.84
CONSTANT: Final = "="


@dataclass(frozen=True, slots=True)
class Source:
    """Where a field's value comes from: a column, or one word for all rows."""

    column: int | None = None
    constant: str = ""


Mapping = Dictionary[str, Source]


def guess_mapping(
    header: Sequence[str], *, remembered: Dictionary[str, str] | None = None
) -> dict[str, Source]:
    """Guess by heading: what was chosen before for the same heading wins, then equal words, then similar ones."""
    chosen = remembered or {}
    found: dict[str, Source] = {}
    taken: set[int] = set()
    for column, heading in enumerate(header):
        before = chosen.get(plain(heading))
        if before is not None and before not in found:
            found[before] = Source(column)
            taken.add(column)
    for least in (1.0, SURE_ENOUGH):
        for column, heading in enumerate(header):
            words = {target.key: target.headings for target in TARGETS if target.key not in found}
            best = None if column in taken else meant(heading, words, least=least)
            if best is not None:
                found[best] = Source(column)
                taken.add(column)
    for name, value in chosen.items():
        if name.startswith(CONSTANT) and name[1:] not in found:
            found[name[1:]] = Source(constant=value)
    return found


def to_remember(header: Sequence[str], mapping: Mapping) -> dict[str, str]:
    """What to keep of a mapping for the next table of the same organization."""
    kept: dict[str, str] = {}
    for key, source in mapping.items():
        if source.column is not None:
            kept[plain(header[source.column])] = key
        elif source.constant:
            kept[f"{CONSTANT}{key}"] = source.constant
    return kept

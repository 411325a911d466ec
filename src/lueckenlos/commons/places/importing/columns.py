"""Which column of a table of indicators means what: long tables, and wide ones with a column for each indicator."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from lueckenlos.commons.places.importing.cells import UNKNOWN
from lueckenlos.kernels.likeness import meant

SURE_ENOUGH: Final = 0.86
LOOKED_AT: Final = 50


class Meaning(StrEnum):
    """What the cells of a column say."""

    NOTHING = ""
    AREA = "area"
    YEAR = "year"
    INDICATOR = "indicator"
    VALUE = "value"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    UNIT = "unit"
    SOURCE = "source"
    VALUES = "values"
    """The values of one indicator, which the heading names; in wide tables there are many."""


_KEYS: Final = (
    "AGS",
    "Gemeindeschlüssel",
    "amtlicher Gemeindeschlüssel",
    "Regionalschlüssel",
    "ARS",
    "Schlüssel",
)
_HEADINGS: Final[dict[str, tuple[str, ...]]] = {
    Meaning.AREA: ("Gemeinde", "Kommune", "Stadt", "Ort", "Gebiet", "Gebietseinheit", "Raumeinheit", "Gemeindename", "Stadt/Gemeinde", "municipality"),
    Meaning.YEAR: ("Jahr", "Year", "Berichtsjahr", "Stichtag", "Stand", "Zeit"),
    Meaning.INDICATOR: ("Indikator", "Indicator", "Merkmal", "Kennzahl"),
    Meaning.VALUE: ("Wert", "Value", "Werte"),
    Meaning.NUMERATOR: ("Zähler", "Numerator", "Fälle", "Fallzahl"),
    Meaning.DENOMINATOR: ("Nenner", "Denominator", "Grundgesamtheit", "Bezugsgröße"),
    Meaning.UNIT: ("Einheit", "Unit"),
    Meaning.SOURCE: ("Quelle", "Source", "Datenquelle"),
}  # fmt: skip
_LEFT_OUT: Final = {"": ("Bemerkung", "Anmerkung", "Hinweis", "lfd. Nr.", "Nr.", "id")}
_HEADING_YEAR: Final = re.compile(r"(.*?)[\s_(/,–-]*((?:19|20)\d\d)\)?")


def split_heading(heading: str) -> tuple[str, int | None]:
    """A heading without the year at its end, and that year: "Quote 2024" is 2024's values of "Quote"."""
    match = _HEADING_YEAR.fullmatch(heading.strip())
    return (match.group(1).strip(), int(match.group(2))) if match else (heading.strip(), None)


def guess_meanings(header: Sequence[str], *, rows: Sequence[Sequence[str]]) -> tuple[Meaning, ...]:
    """Guess by heading; without a column that names the indicator every other column of numbers is one's values."""
    found = [Meaning.NOTHING] * len(header)
    taken: set[str] = set()
    left_out = {at for at, heading in enumerate(header) if meant(heading, _LEFT_OUT, least=SURE_ENOUGH) == ""}
    ways: tuple[Mapping[str, Sequence[str]], ...] = ({Meaning.AREA: _KEYS}, _HEADINGS)
    for words in ways:
        for at, heading in enumerate(header):
            best = meant(heading, words, least=SURE_ENOUGH)
            if best is not None and best not in taken and found[at] is Meaning.NOTHING:
                found[at] = Meaning(best)
                taken.add(best)
            elif best is not None:
                left_out.add(at)
    if Meaning.INDICATOR in taken and Meaning.VALUE in taken:
        return tuple(found)
    for at in range(len(header)):
        if found[at] is Meaning.INDICATOR:
            found[at] = Meaning.NOTHING
        is_open = found[at] is Meaning.NOTHING and at not in left_out
        if found[at] is Meaning.VALUE or (is_open and _holds_numbers(at, rows)):
            found[at] = Meaning.VALUES
    return tuple(found)


def named_columns(header: Sequence[str], meanings: Sequence[Meaning], *, table: str) -> dict[int, str]:
    """The indicator that each column of values is about; a heading that is only a year speaks of the table."""
    return {
        at: split_heading(header[at])[0] or table
        for at, meaning in enumerate(meanings)
        if meaning is Meaning.VALUES
    }


def names_in(
    header: Sequence[str],
    meanings: Sequence[Meaning],
    *,
    rows: Sequence[Sequence[str]],
    table: str,
) -> list[str]:
    """All names of indicators that a table speaks of, in their order."""
    if Meaning.INDICATOR in meanings:
        at = meanings.index(Meaning.INDICATOR)
        return list(dict.fromkeys(row[at] for row in rows if row[at].casefold() not in UNKNOWN))
    return list(dict.fromkeys(named_columns(header, meanings, table=table).values()))


def known_name(name: str, indicators: Mapping[str, Sequence[str]]) -> str:
    """The key of the indicator that a name means, or nothing."""
    return meant(name, indicators, least=0.9) or ""


def _holds_numbers(at: int, rows: Sequence[Sequence[str]]) -> bool:
    cells = [row[at] for row in rows[:LOOKED_AT] if row[at].casefold() not in UNKNOWN]
    numbers = [cell for cell in cells if re.fullmatch(r"[<+-]?\s?\d[\d.,\s]*(?:%|Prozent)?", cell)]
    return not cells or 2 * len(numbers) >= len(cells)

"""Read one cell of a table of indicators: a number as people write it, a year, a municipality."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from lueckenlos.commons.places.importing.troubles import Doubt, Trouble
from lueckenlos.commons.places.naming import name_key

COUNTY: Final = "county"
"""A row of the county itself, or a sum: it says nothing of a municipality."""
UNKNOWN: Final = frozenset(
    {
        "", "-", "–", "—", ".", "..", "...", "…", "/", "x", "*", "k. a.", "k.a.", "ka", "n. v.", "n.v.", "na", "n/a",
        "nan", "null", "none", "keine angabe", "unbekannt", "entfällt",
    }
)  # fmt: skip
EARLIEST: Final = 1950
_NUMBER: Final = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:\.\d{3})+)(?:,\d+)?|[+-]?\d*\.\d+(?:[eE][+-]?\d+)?")
_THOUSANDS: Final = re.compile(r"[+-]?\d{1,3}\.\d{3}")
_BLANKS: Final = re.compile(r"[\s\u00a0\u2007\u2009\u202f']+")
_YEAR: Final = re.compile(r"(?:\d{1,2}\.\d{1,2}\.)?(\d{4})(?:-\d{2}-\d{2})?(?:\.0)?")
_DESIGNATIONS: Final = frozenset({"stadt", "gemeinde", "landgemeinde", "kreisstadt", "gem", "krst"})
_SUMS: Final = frozenset({"insgesamt", "gesamt", "summe", "zusammen", "alle", "kreisweit"})


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands in a cell; `is_percent` where a sign says so."""

    value: float
    is_percent: bool = False


def number(text: str, *, is_sheet: bool) -> Number | None:
    """A number in German or English writing, or nothing where the cell says that it is not known.

    In a sheet numbers come as the machine holds them, so a point is a decimal point; in a text file 1.234
    has two readings and is refused.
    """
    given = text.strip()
    if given.casefold() in UNKNOWN or given.startswith("<"):
        # "< 5": a small number that somebody else withheld.
        return None
    if given.startswith(("=", "#")):
        raise Doubt(Trouble.FORMULA)
    bare = given.removesuffix("Prozent").removesuffix("%").strip()
    digits = _BLANKS.sub("", bare).replace("\u2212", "-")
    if digits.count(",") == 1 and digits.count(".") == 1 and digits.index(".") > digits.index(","):
        # 1,234.5
        digits = digits.replace(",", "")
    if not _NUMBER.fullmatch(digits):
        raise Doubt(Trouble.NOT_A_NUMBER)
    if _THOUSANDS.fullmatch(digits) and not is_sheet:
        raise Doubt(Trouble.TWO_READINGS)
    return Number(_value(digits), is_percent=bare != given)


def _value(digits: str) -> float:
    if "," in digits or digits.count(".") > 1:
        return float(digits.replace(".", "").replace(",", "."))
    return float(digits)


def count(text: str, *, is_sheet: bool) -> float | None:
    """A count that is not negative; in German lists a point in it parts thousands."""
    given = text.strip()
    if not is_sheet and _THOUSANDS.fullmatch(given):
        given = given.replace(".", "")
    found = number(given, is_sheet=is_sheet)
    if found is None:
        return None
    if not 0 <= found.value <= 1e12:
        raise Doubt(Trouble.OUT_OF_RANGE, "0 bis 1 000 000 000 000")
    return found.value


def year(text: str, *, latest: int) -> int:
    """A year, also out of a day (31.12.2024)."""
    given = text.strip()
    if given.casefold() in UNKNOWN:
        raise Doubt(Trouble.NO_YEAR)
    match = _YEAR.fullmatch(given)
    if match is None or int(match.group(1)) < EARLIEST:
        raise Doubt(Trouble.NOT_A_YEAR, f"{EARLIEST} bis {latest}")
    found = int(match.group(1))
    if found > latest:
        raise Doubt(Trouble.YEAR_AHEAD, str(latest))
    return found


class AreaWords:
    """The county's municipalities by key and by name, for reading what others wrote."""

    def __init__(self, county: str, *, name: str, municipalities: Iterable[tuple[str, str]]) -> None:
        self.county = county
        self.county_name = name
        known = list(municipalities)
        self.keys = frozenset(ags for ags, _name in known)
        self.names = {_bare(given): ags for ags, given in known}
        self._shown = {_bare(given): given for _ags, given in known}
        self._county_words = frozenset(name_key(name).split())

    def find(self, text: str) -> str:
        """The key of the municipality; COUNTY for a row of the county or a sum."""
        given = text.strip()
        if given.casefold() in UNKNOWN:
            raise Doubt(Trouble.NO_AREA)
        digits = given.replace(" ", "").removesuffix(".0")
        if digits.isascii() and digits.isdigit():
            return self._by_key(digits)
        words = frozenset(name_key(given).split())
        if words & _SUMS or ("kreis" in words and words == self._county_words):
            return COUNTY
        bare = _bare(given)
        if bare in self.names and "kreis" not in words:
            return self.names[bare]
        alike = get_close_matches(bare, self.names, n=1, cutoff=0.75)
        raise Doubt(Trouble.UNKNOWN_AREA, self._shown[alike[0]] if alike else "")

    def _by_key(self, digits: str) -> str:
        if len(digits) in {4, 5} and digits.zfill(5) == self.county:
            return COUNTY
        if len(digits) in {11, 12}:
            # The regional key has the association of municipalities between county and municipality.
            digits = digits.zfill(12)
            digits = digits[:5] + digits[9:]
        if len(digits) in {7, 8}:
            key = digits.zfill(8)  # spreadsheets take leading zeros away
            if key in self.keys:
                return key
            if key.startswith(self.county):
                if key.endswith("000"):
                    return COUNTY
                raise Doubt(Trouble.UNKNOWN_AREA)
        raise Doubt(Trouble.OTHER_COUNTY, self.county_name)


def _bare(name: str) -> str:
    words = [word for word in name_key(name).split() if word not in _DESIGNATIONS]
    return " ".join(words) or name_key(name)

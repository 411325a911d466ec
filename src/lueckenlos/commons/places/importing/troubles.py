"""What can be wrong about a cell of a table of indicators; the German wording is the page's."""

from dataclasses import dataclass
from enum import StrEnum


class Trouble(StrEnum):
    """Why a cell cannot be taken over."""

    NO_AREA = "no_area"
    OTHER_COUNTY = "other_county"
    UNKNOWN_AREA = "unknown_area"
    NO_YEAR = "no_year"
    NOT_A_YEAR = "not_a_year"
    YEAR_AHEAD = "year_ahead"
    NO_INDICATOR = "no_indicator"
    NOT_A_NUMBER = "not_a_number"
    TWO_READINGS = "two_readings"
    """1.234 in a text file: one thousand, or one and a bit."""
    FORMULA = "formula"
    OUT_OF_RANGE = "out_of_range"
    NOTHING_TO_DIVIDE_BY = "nothing_to_divide_by"
    CONTRADICTS = "contradicts"
    LOOKS_LIKE_SHARE = "looks_like_share"
    TWICE = "twice"
    TOO_LONG = "too_long"
    NO_SOURCE = "no_source"


class Doubt(Exception):
    """A cell that does not fit."""

    def __init__(self, why: Trouble, expected: str = "") -> None:
        super().__init__(why)
        self.why, self.expected = why, expected


@dataclass(frozen=True, slots=True)
class CellMistake:
    """One cell that does not fit: its line and column as people see them in their own program."""

    line: int
    column: str
    why: Trouble
    value: str = ""
    expected: str = ""

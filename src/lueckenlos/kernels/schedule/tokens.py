"""The words of German schedule texts, cut into pieces that a rule is made of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from lueckenlos.kernels.schedule.german import DAYPARTS, NAMES, NUMBERS
from lueckenlos.kernels.schedule.values import Daypart, Holidays, Weekday


class Kind(StrEnum):
    """What a piece of text is."""

    EVERY_WEEKS = "every_weeks"
    EVERY_MONTHS = "every_months"
    HOLIDAYS = "holidays"
    NOTE = "note"
    SCHOOL_DAYS = "school_days"
    ROUND = "round"
    DAILY = "daily"
    PUBLIC = "public"
    MONTHLY = "monthly"
    WEEKDAY = "weekday"
    ORDINAL = "ordinal"
    EACH = "each"
    DAYPART = "daypart"
    TIME = "time"
    CLOCK = "clock"
    FROM = "from"
    SINCE = "since"
    UNTIL = "until"
    DASH = "dash"
    COMMA = "comma"
    END = "end"
    AND = "and"
    ALSO = "also"
    COLON = "colon"
    BEFORE = "before"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of the text, with its place in it."""

    kind: Kind
    text: str
    start: int
    end: int


# "keine Ferien" is not among them: it says closed to one reader and always open to another.
_PATTERNS: Final = (
    (
        Kind.EVERY_WEEKS,
        (
            r"(?:14|vierzehn)-?\s?täg(?:ig|lich)|zweiwöchentlich|jede zweite woche|"
            r"alle (?:zwei|drei|vier|fünf|sechs|\d{1,2}) wochen"
        ),
    ),
    (Kind.EVERY_MONTHS, r"alle (?:zwei|drei|vier|fünf|sechs|\d{1,2}) monate am"),
    (
        Kind.HOLIDAYS,
        (
            r"(?:nicht|außer|auch|nur) (?:(?:in den|während der) )?(?:schul)?ferien|"
            r"außerhalb der (?:schul)?ferien"
        ),
    ),
    (Kind.NOTE, r"nach (?:termin)?(?:vereinbarung|absprache)"),
    (Kind.SCHOOL_DAYS, r"an schultagen"),
    (Kind.ROUND, r"rund um die uhr|tag und nacht"),
    (Kind.DAILY, r"täglich|jeden tag"),
    (Kind.PUBLIC, r"feiertags|an feiertagen|feiertage"),
    (Kind.MONTHLY, r"(?:im|des|jeden|in jedem|pro) monate?s?"),
    (
        Kind.WEEKDAY,
        (
            r"(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)s?|"
            r"(?-i:Mo|Di|Mi|Do|Fr|Sa|So)\b\.?"
        ),
    ),
    (
        Kind.ORDINAL,
        (
            r"[1-5]\.(?=\s*(?:,|und\b|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag))|"
            r"(?:erste|zweite|dritte|vierte|fünfte|letzte)[rns]?"
        ),
    ),
    (Kind.EACH, r"jede[nrs]?"),
    (Kind.DAYPART, "|".join(DAYPARTS.values())),
    (Kind.TIME, r"(?<![\d.,:])(?:[01]?\d|2[0-4])(?:[.:][0-5]\d)?(?!\d|[.:,]\d|\.)"),
    (Kind.CLOCK, r"uhr"),
    (Kind.SINCE, r"ab"),
    (Kind.FROM, r"von"),
    (Kind.UNTIL, r"bis"),
    (Kind.ALSO, r"auch"),
    (Kind.AND, r"und|sowie|[+&/]"),
    # What stands before a weekday and makes it one single day, some days, or none.
    (
        Kind.BEFORE,
        (
            r"eine?[mnr]?|am|vom|nächste[nrm]?|kommende[nrm]?|manche[nr]?|mehrere|einige|außer|nicht|kein\w*|ohne|"
            r"zwei|drei|vier|fünf|sechs"
        ),
    ),
    (Kind.DASH, r"[-–—−]"),
    (Kind.COMMA, r","),
    (Kind.END, r";"),
    (Kind.COLON, r":"),
    (Kind.WORD, r"[()]|[^\s,;:()]+"),
)
_SIGNS: Final = {Kind.TIME, Kind.DASH, Kind.COMMA, Kind.END, Kind.COLON, Kind.WORD}


def _alternative(kind: Kind, pattern: str) -> str:
    words = pattern.replace(" ", r"\s+")
    if kind in _SIGNS:
        return f"(?P<{kind}>{words})"
    # A word ends where no letter or digit follows; a sign such as + or a dot ends anyway.
    return rf"(?P<{kind}>(?<!\w)(?:{words})(?!\w|-\w*tägig))"


_TOKEN: Final = re.compile(
    "|".join(_alternative(kind, pattern) for kind, pattern in _PATTERNS), re.IGNORECASE
)
_ORDINALS: Final = {"erste": 1, "zweite": 2, "dritte": 3, "vierte": 4, "fünfte": 5, "letzte": -1}
_DAYPARTS: Final = {word: part for part, word in DAYPARTS.items()}
_NUMBERS: Final = {word: number for number, word in NUMBERS.items()}
_WEEKDAYS: Final = {
    **{name.lower(): day for day, name in NAMES.items()},
    **{name[:2].lower(): day for day, name in NAMES.items()},
    "sonnabend": Weekday.SATURDAY,
}


def tokens(text: str) -> list[Token]:
    """Cut a text into its pieces."""
    return [
        Token(Kind(match.lastgroup or Kind.WORD), match.group(), match.start(), match.end())
        for match in _TOKEN.finditer(text)
    ]


def weekday(token: Token) -> Weekday:
    """The day that a word names."""
    name = token.text.lower().rstrip(".")
    return _WEEKDAYS[name] if name in _WEEKDAYS else _WEEKDAYS[name.removesuffix("s")]


def ordinal(token: Token) -> int:
    """The number that an ordinal names, -1 for the last."""
    word = token.text.lower()
    if word[0].isdigit():
        return int(word[0])
    return _ORDINALS[word if word in _ORDINALS else word[:-1]]


def daypart(token: Token) -> Daypart:
    """The part of the day that a word names."""
    return _DAYPARTS[token.text.lower()]


def number(token: Token) -> int:
    """How many weeks or months lie between."""
    word = token.text.lower().split()[1] if token.text.lower().startswith("alle") else "zwei"
    return _NUMBERS.get(word) or int(word)


def holidays(token: Token) -> Holidays:
    """What a phrase says about the school holidays."""
    word = token.text.lower().split()[0]
    return {"auch": Holidays.ALSO, "nur": Holidays.ONLY}.get(word, Holidays.NOT)

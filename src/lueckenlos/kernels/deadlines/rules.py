"""Deadlines as people write them into a pathway: "2 working_days until 12:00", "3 hours in office hours", "14 days".

A number alone is no deadline: two what? Each text names its unit, so that nobody guesses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import Final

LONGEST: Final = 9999
UNTIL: Final = "until"
IN_OFFICE_HOURS: Final = ("in", "office", "hours")
AMOUNT_UNIT_REST: Final = 2
_CLOCK: Final = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


class Unit(StrEnum):
    """What a deadline is counted in, as it stands in the text (one of it: without the s)."""

    WORKING_DAYS = "working_days"
    DAYS = "days"
    HOURS = "hours"
    MINUTES = "minutes"
    OFFICE_HOURS = "hours in office hours"
    OFFICE_MINUTES = "minutes in office hours"

    @property
    def is_days(self) -> bool:
        """Tell whether it counts days, which end at an hour of the clock."""
        return self in {Unit.WORKING_DAYS, Unit.DAYS}

    @property
    def is_in_office_hours(self) -> bool:
        """Tell whether its time runs only while the office is open."""
        return self in {Unit.OFFICE_HOURS, Unit.OFFICE_MINUTES}


class DeadlineFlaw(StrEnum):
    """Why a text is no deadline."""

    EMPTY = "empty"
    NO_AMOUNT = "no_amount"
    NO_UNIT = "no_unit"
    UNKNOWN_UNIT = "unknown_unit"
    UNKNOWN_ADDITION = "unknown_addition"
    NO_TIME_OF_DAY = "no_time_of_day"
    UNTIL_WITHOUT_DAYS = "until_without_days"
    OFFICE_HOURS_WITH_DAYS = "office_hours_with_days"


class DeadlineError(ValueError):
    """A text that is no deadline: the text, what is wrong, and the word that is."""

    def __init__(self, text: str, flaw: DeadlineFlaw, word: str = "") -> None:
        super().__init__(text, flaw, word)
        self.text = text
        self.flaw = flaw
        self.word = word


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """So many of a unit; `until` is the hour at which the last day ends, None its closing time."""

    amount: int
    unit: Unit
    until: time | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.amount <= LONGEST:
            raise DeadlineError(self.text, DeadlineFlaw.NO_AMOUNT, str(self.amount))
        if self.until is not None and not self.unit.is_days:
            raise DeadlineError(self.text, DeadlineFlaw.UNTIL_WITHOUT_DAYS, self.unit.value)

    @property
    def text(self) -> str:
        """The rule as `read_deadline` reads it."""
        word, *rest = self.unit.value.split()
        word = word.removesuffix("s") if self.amount == 1 else word
        rest += [UNTIL, f"{self.until:%H:%M}"] if self.until is not None else []
        return " ".join([str(self.amount), word, *rest])


_SIMPLE: Final = {
    word: unit
    for unit in Unit
    if not unit.is_in_office_hours
    for word in (unit.value, unit.value.removesuffix("s"))
}  # fmt: skip
_INSIDE: Final = {Unit.HOURS: Unit.OFFICE_HOURS, Unit.MINUTES: Unit.OFFICE_MINUTES}


def read_deadline(text: str) -> DeadlineRule:
    """Read a deadline: amount, unit, then `until HH:MM` (days) or `in office hours` (hours, minutes).

    Raises DeadlineError with the text, the flaw and the word.
    """
    words = text.split()
    if not words:
        raise DeadlineError(text, DeadlineFlaw.EMPTY)
    if not (words[0].isascii() and words[0].isdigit() and 1 <= int(words[0]) <= LONGEST):
        raise DeadlineError(text, DeadlineFlaw.NO_AMOUNT, words[0])
    unit = _unit(text, words)
    addition = tuple(words[AMOUNT_UNIT_REST:])
    if not addition:
        return DeadlineRule(int(words[0]), unit)
    if addition == IN_OFFICE_HOURS:
        if unit not in _INSIDE:
            raise DeadlineError(text, DeadlineFlaw.OFFICE_HOURS_WITH_DAYS, words[1])
        return DeadlineRule(int(words[0]), _INSIDE[unit])
    return DeadlineRule(int(words[0]), unit, _until(text, addition, unit=unit))


def flaw_of(text: str) -> str | None:
    """What is wrong with a deadline's text, as the value of a DeadlineFlaw; None where it can be read."""
    try:
        read_deadline(text)
    except DeadlineError as error:
        return error.flaw.value
    return None


def _unit(text: str, words: list[str]) -> Unit:
    if len(words) < AMOUNT_UNIT_REST or words[1] in {UNTIL, IN_OFFICE_HOURS[0]}:
        raise DeadlineError(text, DeadlineFlaw.NO_UNIT, words[0])
    if words[1] not in _SIMPLE:
        raise DeadlineError(text, DeadlineFlaw.UNKNOWN_UNIT, words[1])
    return _SIMPLE[words[1]]


def _until(text: str, addition: tuple[str, ...], *, unit: Unit) -> time:
    if addition[0] != UNTIL:
        raise DeadlineError(text, DeadlineFlaw.UNKNOWN_ADDITION, " ".join(addition))
    if not unit.is_days:
        raise DeadlineError(text, DeadlineFlaw.UNTIL_WITHOUT_DAYS, unit.value)
    clock = _CLOCK.fullmatch(" ".join(addition[1:]))
    if clock is None:
        raise DeadlineError(text, DeadlineFlaw.NO_TIME_OF_DAY, " ".join(addition[1:]))
    return time(int(clock[1]), int(clock[2]))

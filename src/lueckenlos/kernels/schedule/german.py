"""A schedule in German, as a notice board would say it; `reading` reads the same words back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import time
from itertools import groupby
from typing import Final

from lueckenlos.kernels.schedule.values import (
    Day,
    Daypart,
    Frequency,
    Holidays,
    Note,
    Rule,
    Schedule,
    Weekday,
)

NAMES: Final = {
    Weekday.MONDAY: "Montag",
    Weekday.TUESDAY: "Dienstag",
    Weekday.WEDNESDAY: "Mittwoch",
    Weekday.THURSDAY: "Donnerstag",
    Weekday.FRIDAY: "Freitag",
    Weekday.SATURDAY: "Samstag",
    Weekday.SUNDAY: "Sonntag",
}
DAYPARTS: Final = {
    Daypart.EARLY: "morgens",
    Daypart.MORNING: "vormittags",
    Daypart.NOON: "mittags",
    Daypart.AFTERNOON: "nachmittags",
    Daypart.DAYTIME: "tagsüber",
    Daypart.EVENING: "abends",
    Daypart.NIGHT: "nachts",
}
HOLIDAYS: Final = {
    Holidays.NOT: "nicht in den Ferien",
    Holidays.ALSO: "auch in den Ferien",
    Holidays.ONLY: "nur in den Ferien",
}
NOTES: Final = {Note.BY_ARRANGEMENT: "nach Vereinbarung"}
NUMBERS: Final = {2: "zwei", 3: "drei", 4: "vier", 5: "fünf", 6: "sechs"}
_RANGE: Final = 3  # from three days in a row a range reads better than a list


def german(schedule: Schedule) -> str:
    """Say the whole schedule; what no rule holds follows in its own words."""
    text = ""
    for rule, times in _gathered(schedule.rules):
        # Without a time between them two lists of days would run together.
        joint = "" if not text else ", " if text[-1] != "\0" else "; "
        text = text.rstrip("\0") + joint + " ".join(filter(None, (_days(rule), times)))
        text += "" if times or rule.is_round_the_clock else "\0"
    text = text.rstrip("\0")
    if schedule.holidays is not None:
        text += f", {HOLIDAYS[schedule.holidays]}"
    for note in schedule.notes:
        text += f" und {NOTES[note]}" if text else NOTES[note]
    return "; ".join(filter(None, (text, schedule.rest)))


def german_rule(rule: Rule) -> str:
    """Say one rule."""
    return german(Schedule(rules=(rule,)))


def _gathered(rules: Sequence[Rule]) -> list[tuple[Rule, str]]:
    """Rules on the same days one after the other share them: 9–12 und 14–16 Uhr."""

    def mergeable(rule: Rule) -> bool:
        return rule.starts is not None and not rule.from_then_on and not rule.is_round_the_clock

    def alike(rule: Rule) -> tuple[Rule, object]:
        bare = replace(rule, starts=None, ends=None, from_then_on=False)
        return bare, mergeable(rule) or object()

    said = []
    for _, group in groupby(rules, key=alike):
        members = list(group)
        if mergeable(members[0]):
            said.append((members[0], " und ".join(_span(rule) for rule in members) + " Uhr"))
        else:
            said += [(rule, _times(rule)) for rule in members]
    return said


def _days(rule: Rule) -> str:
    if rule.is_round_the_clock:
        return "rund um die Uhr"
    if rule.frequency is Frequency.DAILY:
        return "täglich"
    if rule.school_days:
        return "an Schultagen"
    if rule.frequency is Frequency.MONTHLY:
        return _days_of_the_month(rule)
    days = _weekdays([day.weekday for day in rule.days])
    if rule.public_holidays:
        days = (_short(rule.days[0].weekday) if len(rule.days) == 1 else days) + " und feiertags"
    return days if rule.interval == 1 else f"alle {_number(rule.interval)} Wochen {days}"


def _days_of_the_month(rule: Rule) -> str:
    parts = []
    for weekday, group in groupby(rule.days, key=lambda day: day.weekday):
        ordinals = " und ".join(_ordinal(day) for day in group)
        parts.append(f"{ordinals} {NAMES[weekday]}")
    days = " und ".join(parts)
    if rule.interval > 1:
        return f"alle {_number(rule.interval)} Monate am {days}"
    return f"jeden {days} im Monat" if len(rule.days) == 1 else f"{days} im Monat"


def _ordinal(day: Day) -> str:
    return "letzten" if day.ordinal == -1 else f"{day.ordinal}."


def _weekdays(days: Sequence[Weekday]) -> str:
    if len(days) == 1:
        return f"{NAMES[days[0]].lower()}s"
    runs: list[list[Weekday]] = []
    for day in days:
        if runs and day.number == runs[-1][-1].number + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    parts: list[str] = []
    for run in runs:
        if len(run) >= _RANGE:
            parts.append(f"{_short(run[0])}–{_short(run[-1])}")
        else:
            parts += [_short(day) for day in run]
    return ", ".join(parts)


def _short(day: Weekday) -> str:
    return NAMES[day][:2]


def _times(rule: Rule) -> str:
    if rule.is_round_the_clock:
        return ""
    if rule.daypart is not None:
        return DAYPARTS[rule.daypart]
    if rule.starts is None:
        return "" if rule.ends is None else f"bis {_clock_end(rule.ends)} Uhr"
    return f"ab {_clock(rule.starts)} Uhr" if rule.from_then_on else f"{_span(rule)} Uhr"


def _span(rule: Rule) -> str:
    start = _clock(rule.starts or time(0))
    return start if rule.ends is None else f"{start}–{_clock_end(rule.ends)}"


def _clock(moment: time) -> str:
    return f"{moment.hour}.{moment.minute:02d}" if moment.minute else str(moment.hour)


def _clock_end(moment: time) -> str:
    return "24" if moment == time(0) else _clock(moment)


def _number(value: int) -> str:
    return NUMBERS.get(value, str(value))

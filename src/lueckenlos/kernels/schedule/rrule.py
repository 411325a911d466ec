"""Rules as RFC 5545 writes them, and back."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time

from lueckenlos.kernels.schedule.values import Day, Frequency, Rule, Weekday

_BYDAY = re.compile(r"([+-]?\d)?(MO|TU|WE|TH|FR|SA|SU)")


class RRuleNotUnderstood(ValueError):
    """A recurrence rule says something that a schedule here cannot hold; the text is kept by whoever asked."""

    def __init__(self, text: str, part: str) -> None:
        super().__init__(f"{part!r} in the rule {text!r} is not understood")
        self.text = text
        self.part = part


def rrule(rule: Rule) -> str:
    """Write the recurrence as RFC 5545 does, without its DTSTART: FREQ=MONTHLY;BYDAY=2TU."""
    parts = [f"FREQ={rule.frequency}"]
    if rule.interval > 1:
        parts.append(f"INTERVAL={rule.interval}")
    if rule.days:
        parts.append("BYDAY=" + ",".join(f"{day.ordinal or ''}{day.weekday}" for day in rule.days))
    if rule.until is not None:
        parts.append(f"UNTIL={rule.until:%Y%m%d}")
    return ";".join(parts)


def rule_of(
    text: str,
    *,
    starts: time | None = None,
    ends: time | None = None,
    anchor: date | None = None,
    until: date | None = None,
) -> Rule:
    """Read a recurrence rule; raise RRuleNotUnderstood for parts that would change its days (COUNT, BYMONTH …).

    A weekly rule without BYDAY takes the weekday of its anchor, as RFC 5545 says. Of `until` and the rule's
    own UNTIL, the earlier counts.
    """
    parts = dict(_part(text, part) for part in text.removeprefix("RRULE:").strip().strip(";").split(";"))
    for name in parts.keys() - {"FREQ", "INTERVAL", "BYDAY", "WKST", "UNTIL"}:
        raise RRuleNotUnderstood(text, f"{name}={parts[name]}")
    # Where a week begins decides only which weeks an interval passes over.
    if parts.get("WKST", "MO") != "MO" and parts.get("INTERVAL", "1") != "1":
        raise RRuleNotUnderstood(text, f"WKST={parts['WKST']}")
    days = _days(text, parts.get("BYDAY", ""))
    if parts.get("FREQ") == Frequency.WEEKLY and not days and anchor is not None:
        days = [Day(tuple(Weekday)[anchor.weekday()])]
    try:
        frequency = Frequency(parts["FREQ"])
        interval = int(parts.get("INTERVAL", "1"))
        if frequency is Frequency.DAILY and days and interval == 1:
            frequency = Frequency.WEEKLY
        return Rule(
            frequency=frequency,
            days=tuple(sorted(set(days), key=lambda day: day.place)),
            interval=interval,
            starts=starts,
            ends=ends,
            anchor=anchor,
            until=min(filter(None, (until, _until(parts.get("UNTIL", "")))), default=None),
        )
    except (KeyError, ValueError) as error:
        raise RRuleNotUnderstood(text, text) from error


def _part(text: str, part: str) -> tuple[str, str]:
    name, sign, value = part.partition("=")
    if not sign:
        raise RRuleNotUnderstood(text, part)
    return name.strip().upper(), value.strip().upper()


def _until(value: str) -> date | None:
    return datetime.strptime(value[:8], "%Y%m%d").replace(tzinfo=UTC).date() if value else None


def _days(text: str, value: str) -> list[Day]:
    days = []
    for part in filter(None, value.split(",")):
        match = _BYDAY.fullmatch(part.strip())
        if match is None:
            raise RRuleNotUnderstood(text, part)
        try:
            days.append(Day(Weekday(match[2]), int(match[1]) if match[1] else None))
        except ValueError as error:
            raise RRuleNotUnderstood(text, part) from error
    return days

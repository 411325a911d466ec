"""The county's working days and office hours, by which the clocks of pathways run; they serve families."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from lueckenlos.commons.places import selectors as places
from lueckenlos.core import clock
from lueckenlos.kernels import deadlines
from lueckenlos.kernels.pathways import Pathway

# Where a county's folder says nothing under [office].
USUAL_WEEK: Final = {
    "MO": "08:00-12:00 13:30-16:00",
    "TU": "08:00-12:00 13:30-16:00",
    "WE": "08:00-12:00 13:30-16:00",
    "TH": "08:00-12:00 13:30-17:30",
    "FR": "08:00-12:30",
}
USUAL_STATE: Final = "NW"


@dataclass(frozen=True, slots=True)
class Calendar:
    """When the offices of a county are open."""

    hours: deadlines.OfficeHours
    state: str
    closed_days: frozenset[date]

    def due(self, deadline: str, begun: datetime) -> datetime:
        """By when a deadline is due that begins to run at a moment, by the county's clock."""
        return deadlines.due(
            deadlines.read_deadline(deadline),
            start=begun.astimezone(clock.zone()),
            office_hours=self.hours,
            state=self.state,
            closed_days=self.closed_days,
        )


def calendar() -> Calendar:
    """The calendar of this house's county."""
    given: Mapping[str, Any] = places.county().settings.get("office", {})
    return Calendar(
        hours=deadlines.read_office_hours(given.get("hours", USUAL_WEEK)),
        state=given.get("state", USUAL_STATE),
        closed_days=frozenset(date.fromisoformat(str(day)) for day in given.get("closed_days", ())),
    )


def told(moment: datetime, *, now: datetime) -> str:
    """By when, as one says it: "bis Montag 12 Uhr"."""
    return deadlines.until(moment.astimezone(clock.zone()), now=now.astimezone(clock.zone()))


def promises(pathway: Pathway, *, now: datetime) -> list[str]:
    """What whoever comes is told at once: "Das Team ruft bis Montag 12 Uhr zurück"."""
    first = f"stage:{pathway.first_stage.key}"
    return [
        rule.told_to_caller.format(until=told(calendar().due(rule.deadline, now), now=now))
        for rule in pathway.clocks
        if str(rule.begins) == first and rule.told_to_caller
    ]

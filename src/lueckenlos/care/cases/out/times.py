"""How fast promises are kept: median and range over a pathway's cases, never by worker, withheld where few."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from lueckenlos.care.cases import selectors
from lueckenlos.care.cases.calendar import calendar
from lueckenlos.core.actor import Actor
from lueckenlos.kernels import deadlines
from lueckenlos.kernels.deadlines import Elapsed, Summary, Withheld


@dataclass(frozen=True, slots=True)
class Promise:
    """One clock of one pathway over all of the actor's cases: how long it took, in working hours."""

    pathway: str
    title: str
    deadline: str
    kept: int
    late: int
    summary: Summary | Withheld

    @property
    def is_withheld(self) -> bool:
        """Too few to say without pointing at one family."""
        return isinstance(self.summary, Withheld)


def promises(actor: Actor, *, now: datetime, minimum: int) -> list[Promise]:
    """Every promise of the cases that the actor sees, by pathway and clock."""
    times: dict[tuple[str, str, str], list[Elapsed]] = defaultdict(list)
    late: dict[tuple[str, str, str], int] = defaultdict(int)
    for case in selectors.cases(actor):
        way = selectors.way(actor, case.file, now=now)
        for clock in way.clocks if way else ():
            key = (case.pathway_title, clock.rule.title, clock.rule.deadline)
            if clock.stopped_at is not None:
                times[key].append(Elapsed(clock.begun_at, clock.stopped_at))
                late[key] += clock.stopped_at > clock.due_at
    office = calendar()
    return [
        Promise(
            pathway,
            title,
            deadline,
            len(found) - late[pathway, title, deadline],
            late[pathway, title, deadline],
            deadlines.summary(
                found,
                office_hours=office.hours,
                state=office.state,
                closed_days=office.closed_days,
                minimum=minimum,
            ),
        )
        for (pathway, title, deadline), found in sorted(times.items())
    ]

"""What a pathway says about a case: who may act, what is missing, where it can go, which promises are running."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lueckenlos.kernels.pathways.types import (
    CaseFacts,
    ClockRule,
    Event,
    Happened,
    Need,
    Occasion,
    Pathway,
    Requirement,
    Stage,
)

Due = Callable[[str, datetime], datetime]
"""By when a deadline (its text) is due that begins to run at a moment; the county's calendar is already in it."""


class UnknownStage(LookupError):
    """A case stands in a stage that its pathway does not have: which pathway and version, which stage."""

    def __init__(self, pathway: Pathway, stage: str) -> None:
        super().__init__(pathway.key, pathway.version, stage)
        self.pathway = pathway.key
        self.version = pathway.version
        self.stage = stage


class Standing(StrEnum):
    """How a promise stands at a moment."""

    RUNNING = "running"
    OVERDUE = "overdue"
    KEPT = "kept"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Clock:
    """One run of a clock: when it began, by when it is due, and when it was stopped, if it was."""

    rule: ClockRule
    begun_at: datetime
    due_at: datetime
    stopped_at: datetime | None = None

    @property
    def is_running(self) -> bool:
        """Tell whether what it waits for has not happened yet."""
        return self.stopped_at is None

    def standing(self, *, now: datetime) -> Standing:
        """Tell whether the promise is kept; on the very minute is in time."""
        if self.stopped_at is None:
            return Standing.OVERDUE if _instant(now) > _instant(self.due_at) else Standing.RUNNING
        return Standing.KEPT if _instant(self.stopped_at) <= _instant(self.due_at) else Standing.BROKEN


def may_act(pathway: Pathway, *, stage: str, roles: Collection[str]) -> bool:
    """Tell whether somebody with these roles acts in a stage. Raises UnknownStage."""
    return not _stage(pathway, stage).roles.isdisjoint(roles)


def missing(pathway: Pathway, *, stage: str, facts: CaseFacts) -> tuple[Requirement, ...]:
    """What must still be there before a stage ends, in the pathway's order. Raises UnknownStage."""
    return tuple(need for need in _stage(pathway, stage).requires if not _is_there(need, facts))


def next_stages(pathway: Pathway, *, stage: str, facts: CaseFacts) -> tuple[Stage, ...]:
    """The stages that a case may enter now: none while anything is missing. Raises UnknownStage."""
    if missing(pathway, stage=stage, facts=facts):
        return ()
    return tuple(pathway.stage_of[step.stage] for step in _stage(pathway, stage).next)


def clocks_due(pathway: Pathway, *, facts: CaseFacts, due: Due) -> tuple[Clock, ...]:
    """Every run of every clock: clocks in the pathway's order, runs in time.

    A run ends with the first of its ends at or after its beginning; what would begin it again while it runs is not
    counted, so that writing a second note does not put off the promise. `due` is the deadlines' kernel with the
    county's calendar and office hours.
    """
    return tuple(clock for rule in pathway.clocks for clock in _runs(rule, facts.happened, due=due))


def _stage(pathway: Pathway, stage: str) -> Stage:
    if stage not in pathway.stage_of:
        raise UnknownStage(pathway, stage)
    return pathway.stage_of[stage]


def _is_there(requirement: Requirement, facts: CaseFacts) -> bool:
    if requirement.need is Need.CONSENT:
        return requirement.key in facts.consents
    event = Event(Occasion(requirement.need.value), requirement.key)
    since = _came_back(facts.happened) if requirement.is_anew else None
    found = [
        each
        for each in facts.happened
        if each.event == event and (since is None or _instant(each.at) > since)
    ]
    return bool(found) and len({each.by for each in found}) >= requirement.persons


def _came_back(happened: Iterable[Happened]) -> float | None:
    """When the case last entered a stage in which it had been before; None where it only went forward."""
    been: set[str] = set()
    back: float | None = None
    for each in sorted(happened, key=lambda each: _instant(each.at)):
        if each.event.occasion is Occasion.STAGE:
            back = _instant(each.at) if each.event.key in been else back
            been.add(each.event.key)
    return back


def _runs(rule: ClockRule, happened: Collection[Happened], *, due: Due) -> list[Clock]:
    begins = _moments(happened, {rule.begins})
    ends = _moments(happened, rule.ends)
    runs: list[Clock] = []
    for begun in begins:
        last = runs[-1] if runs else None
        if last and (last.stopped_at is None or _instant(begun) < _instant(last.stopped_at)):
            continue
        stopped = next((end for end in ends if _instant(end) >= _instant(begun)), None)
        runs.append(Clock(rule, begun, due(rule.deadline, begun), stopped))
    return runs


def _moments(happened: Iterable[Happened], events: Collection[Event]) -> list[datetime]:
    return sorted((each.at for each in happened if each.event in events), key=_instant)


def _instant(moment: datetime) -> float:
    """Seconds of the world's clock: in one zone Python compares hands of clocks, wrong for an hour in October."""
    return moment.timestamp()

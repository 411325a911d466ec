"""The group's report: what can be said of a group without saying it of a family."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import fmean

from lueckenlos.offers.classes.types import FEW, Change, GoalView, MemberView, Rater, Report


def report(
    members: Sequence[MemberView], *, invited: int, mornings: int, presences: Sequence[tuple[bool, bool]]
) -> Report:
    """Sum a group up; `presences` are child and parent, a pair for each family and morning that was noted.

    Under five families nothing but counts: whoever was there would read their own neighbour out of a mean.
    """
    goals = [goal for member in members for goal in member.goals]
    reached = sum(not goal.is_open for goal in goals)
    counts = Report(
        invited=invited, families=len(members), mornings=mornings, goals=len(goals), reached=reached
    )
    if len(members) < FEW:
        return counts
    return Report(
        invited=invited,
        families=len(members),
        mornings=mornings,
        goals=len(goals),
        reached=reached,
        came=_share(child for child, _parent in presences),
        together=_share(child and parent for child, parent in presences),
        changes=tuple(change for rater in Rater if (change := _change(members, rater)) is not None),
    )


def _share(answers: Iterable[bool]) -> float | None:
    found = list(answers)
    return fmean(found) if found else None


def _change(members: Sequence[MemberView], rater: Rater) -> Change | None:
    """From the first to the last face of each goal; told where goals of five families have two or more."""
    moved = [(member.id, _moved(goal, rater)) for member in members for goal in member.goals]
    told = [(key, step) for key, step in moved if step is not None]
    if len({key for key, _step in told}) < FEW:
        return None
    return Change(rater, len(told), fmean(step for _key, step in told))


def _moved(goal: GoalView, rater: Rater) -> int | None:
    faces = [each.face for each in goal.ratings if each.rater is rater]
    return faces[-1] - faces[0] if len(faces) > 1 else None

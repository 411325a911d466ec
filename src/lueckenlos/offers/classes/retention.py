"""When families go: after the class, or soon after they left; then only figures are there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Q, QuerySet

from lueckenlos.core import clock
from lueckenlos.core.actor import job
from lueckenlos.core.context import acting_as
from lueckenlos.core.retention import RetentionRule
from lueckenlos.offers.classes import figures
from lueckenlos.offers.classes.models import (
    Attendance,
    Figure,
    Goal,
    Invitation,
    Member,
    Rating,
    SecondParent,
)
from lueckenlos.offers.classes.types import ENDED

ACTOR: Final = job("retention")
# The group's report is written after the last morning: three months, as the form says.
KEPT: Final = timedelta(days=92)
# Whoever leaves may come back or ask within a month.
LEFT_KEPT: Final = timedelta(days=31)
FIGURES_KEPT: Final = timedelta(days=3653)

Rows = Callable[[datetime], QuerySet[Any]]


def _invitations(now: datetime) -> QuerySet[Invitation]:
    over = clock.day_of(now - KEPT)
    return Invitation.objects.filter(
        Q(family_class__last_day__lt=over)
        | Q(state__in=[state.value for state in ENDED], changed_at__lte=now - LEFT_KEPT)
    )


def _members(now: datetime) -> QuerySet[Member]:
    return Member.objects.filter(invitation__in=_invitations(now))


def _goals(now: datetime) -> QuerySet[Goal]:
    return Goal.objects.filter(member__in=_members(now))


def _ratings(now: datetime) -> QuerySet[Rating]:
    return Rating.objects.filter(goal__in=_goals(now))


def _attendance(now: datetime) -> QuerySet[Attendance]:
    return Attendance.objects.filter(member__in=_members(now))


def _seconds(now: datetime) -> QuerySet[SecondParent]:
    return SecondParent.objects.filter(invitation__in=_invitations(now))


def _counted(rows: Rows) -> Callable[[datetime], int]:
    def due(now: datetime) -> int:
        with acting_as(ACTOR):
            return rows(now).count()

    return due


def _erased(rows: Rows) -> Callable[[datetime], int]:
    def erase(now: datetime) -> int:
        with acting_as(ACTOR):
            # Whichever table is emptied first: what the group came to stays.
            figures.keep(_invitations(now))
            count = rows(now).count()
            rows(now).delete()
        return count

    return erase


def _rule(table: str, records: str, *, rows: Rows) -> RetentionRule:
    return RetentionRule(
        table=table,
        records=records,
        reason="drei Monate nach dem letzten Vormittag, einen Monat nach einem Nein oder Austritt",
        due=_counted(rows),
        erase=_erased(rows),
    )


def _figures(now: datetime) -> QuerySet[Figure]:
    over = clock.day_of(now - FIGURES_KEPT)
    return Figure.objects.filter(family_class__last_day__lt=over)


def _count_figures(now: datetime) -> int:
    with acting_as(ACTOR):
        return _figures(now).count()


def _erase_figures(now: datetime) -> int:
    with acting_as(ACTOR):
        return _figures(now).delete()[0]


# What hangs on a family goes before it.
RULES = (
    _rule("Attendance", "Wer bei einem Vormittag der Familienklasse da war", rows=_attendance),
    _rule("Rating", "Wie kleine Ziele eingeschätzt wurden", rows=_ratings),
    _rule("Goal", "Kleine Ziele von Kindern in der Familienklasse", rows=_goals),
    _rule("SecondParent", "Getrennt lebende Eltern in der Familienklasse", rows=_seconds),
    _rule("Member", "Familien in der Familienklasse", rows=_members),
    _rule("Invitation", "Einladungen in die Familienklasse, ohne Namen", rows=_invitations),
    RetentionRule(
        table="Figure",
        records="Wie viele Familien in einer Familienklasse waren und was daraus wurde",
        reason="zehn Jahre nach dem letzten Vormittag, für den Vergleich der Jahre",
        due=_count_figures,
        erase=_erase_figures,
    ),
)

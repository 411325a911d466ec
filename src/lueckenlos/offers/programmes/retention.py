"""When registrations go: after the course nobody needs the names."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Max, QuerySet

from lueckenlos.core import storing
from lueckenlos.core.actor import job
from lueckenlos.core.context import acting_as
from lueckenlos.core.retention import RetentionRule
from lueckenlos.offers.programmes import figures
from lueckenlos.offers.programmes.models import (
    Access,
    Attendance,
    Feedback,
    Figure,
    Material,
    Programme,
    Registration,
    Seat,
)

ACTOR: Final = job("retention")
# Certificates are asked for, a bill is questioned: three months, as the registration form says.
KEPT: Final = timedelta(days=92)
FEEDBACK_KEPT: Final = timedelta(days=730)
FIGURES_KEPT: Final = timedelta(days=3653)


def _over(now: datetime, *, kept: timedelta = KEPT) -> QuerySet[Programme]:
    return Programme.objects.alias(last=Max("sessions__ends_at")).filter(last__lte=now - kept)


def _registrations(now: datetime) -> QuerySet[Registration]:
    return Registration.objects.filter(programme__in=_over(now))


def _keep_figures(now: datetime) -> None:
    """How many there were stays, once for each programme, whichever of its tables is emptied first."""
    figures.keep(_over(now))


def _count(now: datetime) -> int:
    with acting_as(ACTOR):
        return _registrations(now).count()


def _erase(now: datetime) -> int:
    with acting_as(ACTOR):
        _keep_figures(now)
        count = _registrations(now).count()
        _registrations(now).delete()
    return count


def _count_seats(now: datetime) -> int:
    with acting_as(ACTOR):
        return Seat.objects.filter(registration__in=_registrations(now)).count()


def _erase_seats(now: datetime) -> int:
    with acting_as(ACTOR):
        _keep_figures(now)
        count = _count_seats(now)
        Seat.objects.filter(registration__in=_registrations(now)).delete()
    return count


def _count_attendance(now: datetime) -> int:
    with acting_as(ACTOR):
        return Attendance.objects.filter(seat__registration__in=_registrations(now)).count()


def _erase_attendance(now: datetime) -> int:
    with acting_as(ACTOR):
        _keep_figures(now)
        return Attendance.objects.filter(seat__registration__in=_registrations(now)).delete()[0]


def _count_access(now: datetime) -> int:
    with acting_as(ACTOR):
        return Access.objects.filter(programme__in=_over(now)).count()


def _erase_access(now: datetime) -> int:
    with acting_as(ACTOR):
        return Access.objects.filter(programme__in=_over(now)).delete()[0]


def _count_materials(now: datetime) -> int:
    with acting_as(ACTOR):
        return Material.objects.filter(programme__in=_over(now)).count()


def _erase_materials(now: datetime) -> int:
    """Files go from the disk once the rows are gone for good."""
    with acting_as(ACTOR):
        due = Material.objects.filter(programme__in=_over(now))
        stored = list(due.values_list("stored_as", flat=True))
        due.delete()
    for key in stored:
        storing.forget(key)
    return len(stored)


def _count_feedback(now: datetime) -> int:
    with acting_as(ACTOR):
        return Feedback.objects.filter(programme__in=_over(now, kept=FEEDBACK_KEPT)).count()


def _erase_feedback(now: datetime) -> int:
    with acting_as(ACTOR):
        return Feedback.objects.filter(programme__in=_over(now, kept=FEEDBACK_KEPT)).delete()[0]


def _count_figures(now: datetime) -> int:
    with acting_as(ACTOR):
        return Figure.objects.filter(programme__in=_over(now, kept=FIGURES_KEPT)).count()


def _erase_figures(now: datetime) -> int:
    with acting_as(ACTOR):
        return Figure.objects.filter(programme__in=_over(now, kept=FIGURES_KEPT)).delete()[0]


RULES = (
    RetentionRule(
        table="Attendance",
        records="Wer bei einem Termin da war",
        reason="drei Monate nach dem letzten Termin",
        due=_count_attendance,
        erase=_erase_attendance,
    ),
    RetentionRule(
        table="Seat",
        records="Wer zu einem Programm kommt",
        reason="drei Monate nach dem letzten Termin",
        due=_count_seats,
        erase=_erase_seats,
    ),
    RetentionRule(
        table="Registration",
        records="Anmeldungen zu Programmen",
        reason="drei Monate nach dem letzten Termin; danach bleiben nur Zahlen ohne Personen",
        due=_count,
        erase=_erase,
    ),
    RetentionRule(
        table="Access",
        records="Zugangslinks zu Online-Terminen",
        reason="drei Monate nach dem letzten Termin",
        due=_count_access,
        erase=_erase_access,
    ),
    RetentionRule(
        table="Material",
        records="Unterlagen für Teilnehmende, als Dateien",
        reason="drei Monate nach dem letzten Termin",
        due=_count_materials,
        erase=_erase_materials,
    ),
    RetentionRule(
        table="Feedback",
        records="Rückmeldungen ohne Namen",
        reason="zwei Jahre nach dem letzten Termin",
        due=_count_feedback,
        erase=_erase_feedback,
    ),
    RetentionRule(
        table="Figure",
        records="Wie viele teilgenommen haben, nach Gemeinde",
        reason="zehn Jahre nach dem letzten Termin, für den Vergleich der Jahre",
        due=_count_figures,
        erase=_erase_figures,
    ),
)

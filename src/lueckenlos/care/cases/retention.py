"""What this room forgets: the content of files whose time is over, and tallies after three years."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Model

from lueckenlos.care.cases.models import (
    Case,
    Document,
    Goal,
    GoalRating,
    Presence,
    Record,
    Referral,
    ReportFeedback,
    ReportReceipt,
    StageMove,
    Tally,
)
from lueckenlos.care.cases.out import archiving
from lueckenlos.commons.privacy import selectors as privacy
from lueckenlos.core import audit, clock, storing
from lueckenlos.core.actor import job
from lueckenlos.core.context import acting_as
from lueckenlos.core.retention import RetentionRule

RETENTION = job("retention")
TALLIES_KEPT: Final = timedelta(days=3 * 365)
# Children before their parents, the case itself last.
CONTENT: Final[tuple[type[Model], ...]] = (
    GoalRating,
    Goal,
    Document,
    Record,
    Referral,
    ReportFeedback,
    ReportReceipt,
    StageMove,
    Presence,
    Case,
)


def _due(now: datetime) -> int:
    with acting_as(RETENTION):
        return Case.objects.filter(file__in=privacy.due_files(now=now)).count()


def _erase(now: datetime) -> int:
    """Hand due files to the archive, then erase what is written in them; what cannot be handed over stays.

    Documents go from the disk once the rows are gone for good.
    """
    with acting_as(RETENTION):
        due = privacy.due_files(now=now)
        for file in due:
            archiving.hand_over(file, actor=RETENTION, now=now)
        stored = list(Document.objects.filter(file__in=due).values_list("stored_as", flat=True))
        erased = Case.objects.filter(file__in=due).count()
        for table in CONTENT:
            table._default_manager.filter(file__in=due).delete()
        if due:
            audit.record(
                "cases.content.erased", subject="cases", details={"count": erased}, chain=audit.COUNTY
            )
    for key in stored:
        storing.forget(key)
    return erased


def _old_tallies(now: datetime) -> int:
    with acting_as(RETENTION):
        return Tally.objects.filter(counted_on__lt=clock.day_of(now - TALLIES_KEPT)).count()


def _erase_tallies(now: datetime) -> int:
    with acting_as(RETENTION):
        return Tally.objects.filter(counted_on__lt=clock.day_of(now - TALLIES_KEPT)).delete()[0]


RULES = (
    *archiving.RULES,
    RetentionRule(
        table="Case",
        records="Inhalte von Fällen: Einträge, Ziele, Unterlagen, Vermittlungen, Antworten des Jugendamts",
        reason="Löschfrist der Aktenart abgelaufen (§ 9b SGB VIII für Hilfeakten, sonst Art. 5 DSGVO)",
        due=_due,
        erase=_erase,
    ),
    RetentionRule(
        table="Tally",
        records="Strichliste des Familienbüros",
        reason="drei Jahre; die Zahlen stehen längst in den Signalen",
        due=_old_tallies,
        erase=_erase_tallies,
    ),
)

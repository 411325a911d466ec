"""What this room forgets: what offices said soon after the talk, the talk itself a year later, people of a series."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from lueckenlos.care.talks.models import Contribution, Delegate, Item, Result, Seat, Series, Talk
from lueckenlos.commons.privacy import selectors as privacy
from lueckenlos.commons.privacy.types import YEARS_KEPT, Purpose, RetentionClass
from lueckenlos.core import audit
from lueckenlos.core.actor import job
from lueckenlos.core.context import acting_as
from lueckenlos.core.retention import RetentionRule

RETENTION = job("retention")
# What was said beforehand has done its work once the talk is over; the record keeps what came of it.
SAID_KEPT: Final = timedelta(days=30)
PEOPLE_KEPT: Final = timedelta(days=365)


def erase_after(ends_at: datetime) -> datetime:
    """The day on which a talk goes with all that was said in it."""
    return ends_at + timedelta(days=365 * YEARS_KEPT[RetentionClass.CASE_TALK])


def _looked_at_again(now: datetime, *, kept: timedelta = timedelta()) -> Exists:
    """An item that a later talk looks at again is kept as long as that one."""
    return Exists(
        Result.objects.filter(item=OuterRef("pk")).filter(
            Q(next_talk__erase_after__gt=now) if not kept else Q(next_talk__ends_at__gt=now - kept)
        )
    )


def _old_items(now: datetime) -> QuerySet[Item]:
    """Items whose day is over, and those of a case that goes itself."""
    over = Q(talk__erase_after__lte=now) & ~Q(_looked_at_again(now))
    return Item.objects.filter(over | Q(file__in=privacy.due_files(now=now)))


def _due_items(now: datetime) -> int:
    with acting_as(RETENTION):
        return _old_items(now).count()


def _erase_items(now: datetime) -> int:
    """Erase items with whatever hangs on them."""
    with acting_as(RETENTION):
        keys = list(_old_items(now).values_list("id", flat=True))
        Item.objects.filter(id__in=keys).delete()
        if keys:
            audit.record(
                "talks.items.erased", subject="talks", details={"count": len(keys)}, chain=audit.COUNTY
            )
    return len(keys)


def _old_said(now: datetime) -> list[UUID]:
    """Contributions after the talk, and those of an office that may no longer hear of the case."""
    spoken = Item.objects.filter(talk__ends_at__lte=now - SAID_KEPT).exclude(
        Q(_looked_at_again(now, kept=SAID_KEPT))
    )
    found = set(Contribution.objects.filter(item__in=spoken).values_list("id", flat=True))
    others = list(Contribution.objects.filter(is_of_file=False).values_list("id", "file", "organization"))
    heard = {
        (file, row.organization)
        for file in {each[1] for each in others}
        for row in privacy.releases(RETENTION, file, now=now)
        if row.purpose is Purpose.CASE_TALK
    }
    return sorted(found | {key for key, file, organization in others if (file, organization) not in heard})


def _due_said(now: datetime) -> int:
    with acting_as(RETENTION):
        return len(_old_said(now))


def _erase_said(now: datetime) -> int:
    with acting_as(RETENTION):
        return Contribution.objects.filter(id__in=_old_said(now)).delete()[0]


def _old_talks(now: datetime) -> QuerySet[Talk]:
    """Talks whose day is over and on which nothing hangs any more."""
    items, looks = Item.objects.filter(talk=OuterRef("pk")), Result.objects.filter(next_talk=OuterRef("pk"))
    return Talk.objects.filter(~Exists(items), ~Exists(looks), erase_after__lte=now)


def _due_talks(now: datetime) -> int:
    with acting_as(RETENTION):
        return _old_talks(now).count()


def _erase_talks(now: datetime) -> int:
    with acting_as(RETENTION):
        keys = list(_old_talks(now).values_list("id", flat=True))
        Talk.objects.filter(id__in=keys).delete()
    return len(keys)


def _old_people(now: datetime) -> tuple[QuerySet[Delegate], QuerySet[Seat], QuerySet[Series]]:
    """Whoever spoke for an office long ago, offices that left, and series that ended and hold no talk any more."""
    day = now - PEOPLE_KEPT
    ended = Series.objects.filter(~Exists(Talk.objects.filter(series=OuterRef("pk"))), ended_at__lte=day)
    return (
        Delegate.objects.filter(until__lte=day, until__gte=F("since")),
        Seat.objects.filter(left_at__lte=day),
        ended,
    )


def _due_people(now: datetime) -> int:
    with acting_as(RETENTION):
        return sum(rows.count() for rows in _old_people(now))


def _erase_people(now: datetime) -> int:
    with acting_as(RETENTION):
        due = sum(rows.count() for rows in _old_people(now))
        for rows in _old_people(now):
            rows.delete()
    return due


RULES = (
    RetentionRule(
        table="Contribution",
        records="Beiträge der Ämter zu Schnittstellengesprächen",
        reason="30 Tage nach dem Gespräch, nach einem Widerruf beim nächsten Lauf (Art. 5 DSGVO)",
        due=_due_said,
        erase=_erase_said,
    ),
    RetentionRule(
        table="Item Result Agreement CallUp",
        records="Fälle in Schnittstellengesprächen mit Ergebnis und Verabredungen",
        reason="ein Jahr nach dem Gespräch, oder mit der Akte (Art. 5 DSGVO)",
        due=_due_items,
        erase=_erase_items,
    ),
    RetentionRule(
        table="Talk Attendance StandIn",
        records="Schnittstellengespräche mit Anwesenheit",
        reason="ein Jahr nach dem Gespräch (Art. 5 DSGVO)",
        due=_due_talks,
        erase=_erase_talks,
    ),
    RetentionRule(
        table="Series Seat Delegate",
        records="Reihen von Schnittstellengesprächen, ihre Ämter und wer für sie sprach",
        reason="ein Jahr nach dem Ende (Art. 5 DSGVO)",
        due=_due_people,
        erase=_erase_people,
    ),
)

"""What this room forgets: people who are in no file any more and have no account."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection

from lueckenlos.commons.families.models import Address, Contact, Household, HouseholdMember, Person, Relation
from lueckenlos.core import audit, codes
from lueckenlos.core.actor import job
from lueckenlos.core.context import acting_as
from lueckenlos.core.retention import RetentionRule
from lueckenlos.kernels import ledger

RETENTION = job("retention")
OWN_PAGE_CODES: Final = "own-data"


def _left_over() -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT wall.persons_left_over()")
        row = cursor.fetchone()
    return list(row[0]) if row else []


def _as_logged(family_name: str) -> str:
    """How a search for somebody of this name stands in the log."""
    return ledger.canonical({"family_name": family_name})[1:-1]


def _due(_now: datetime) -> int:
    with acting_as(RETENTION):
        return len(_left_over())


def _erase(_now: datetime) -> int:
    with acting_as(RETENTION):
        people = _left_over()
        if not people:
            return 0
        names = Person.objects.filter(id__in=people).exclude(family_name="")
        told = [_as_logged(name) for name in names.values_list("family_name", flat=True)]
        Relation.objects.filter(child__in=people).delete()
        Relation.objects.filter(adult__in=people).delete()
        HouseholdMember.objects.filter(person__in=people).delete()
        Household.objects.filter(members__isnull=True).delete()
        Contact.objects.filter(person__in=people).delete()
        Address.objects.filter(person__in=people).delete()
        Person.objects.filter(id__in=people).delete()
        for person in people:
            codes.revoke(person, purpose=OWN_PAGE_CODES)
        audit.blacken_about([*map(str, people), *told], reason="retention")
        audit.record(
            "families.people.erased", subject="people", details={"count": len(people)}, chain=audit.COUNTY
        )
    return len(people)


RULES = (
    RetentionRule(
        table="Person",
        records="Personen ohne Fall und ohne eigenes Konto",
        reason="es gibt keinen Zweck mehr (Art. 5 DSGVO)",
        due=_due,
        erase=_erase,
    ),
)

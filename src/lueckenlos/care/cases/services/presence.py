"""Who has a case open just now, so that two people see each other before they write."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from lueckenlos.care.cases.models import Presence
from lueckenlos.commons.privacy.errors import judged, person_of
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as

OPEN_FOR: Final = timedelta(seconds=75)


def be_there(file: UUID, *, actor: Actor, now: datetime) -> list[UUID]:
    """Say that the actor has the case open, and who else has."""
    person = person_of(actor)
    with acting_as(actor), judged():
        Presence.objects.update_or_create(file_id=file, person=person, defaults={"seen_at": now})
        rows = Presence.objects.filter(file=file, seen_at__gt=now - OPEN_FOR).exclude(person=person)
        return list(rows.values_list("person", flat=True))

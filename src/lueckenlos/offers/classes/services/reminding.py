"""The day before: families that left an address are reminded once, with their link to stop it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from lueckenlos.core.actor import job
from lueckenlos.core.context import acting_as
from lueckenlos.offers.classes.models import Member, Morning, SecondParent
from lueckenlos.offers.classes.services import letters
from lueckenlos.offers.classes.types import InvitationState

TELLS: Final = job("classes-tell")
AHEAD: Final = timedelta(hours=24)


def remind_everybody(*, now: datetime) -> int:
    """Write to everybody who comes within a day and wants to be reminded; how many."""
    sent = 0
    with acting_as(TELLS):
        due = Morning.objects.filter(
            starts_at__gt=now, starts_at__lte=now + AHEAD, is_cancelled=False, reminded_at__isnull=True
        ).select_related("family_class")
        for morning in due:
            # Whoever marks it first sends it: two workers do not send twice.
            if not Morning.objects.filter(id=morning.id, reminded_at__isnull=True).update(reminded_at=now):
                continue
            for reader in readers(morning.family_class_id):
                if reader.is_reminded:
                    letters.remind(morning.family_class, reader, morning=morning, now=now)
                    sent += 1
    return sent


def readers(family_class: UUID) -> list[letters.Reader]:
    """Everybody with an address who belongs to a class now: the families, and parents who live apart, each on their own."""
    here = {"family_class": family_class, "invitation__state": InvitationState.YES.value}
    members = Member.objects.filter(**here).exclude(email="").order_by("id")
    seconds = SecondParent.objects.filter(**here, agreed_at__isnull=False).exclude(email="").order_by("id")
    return [*members, *seconds]

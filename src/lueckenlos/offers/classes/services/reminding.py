"""The day before: families that left an address are reminded once, with their link to stop it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from lueckenlos.core.actor import job
from lueckenlos.core.context import acting_as
from lueckenlos.offers.classes.models import Member, Morning
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
            for member in Member.objects.filter(
                family_class=morning.family_class_id,
                is_reminded=True,
                invitation__state=InvitationState.YES.value,
            ).exclude(email=""):
                letters.remind(morning.family_class, member, morning=morning, now=now)
                sent += 1
    return sent

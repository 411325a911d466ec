"""The places of one class: one lock, one kernel. Whoever decides holds the row of the counter first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from lueckenlos.core import audit
from lueckenlos.core.actor import job
from lueckenlos.core.context import acting_as
from lueckenlos.kernels import places as kernel
from lueckenlos.offers.classes.errors import NoSuchClass
from lueckenlos.offers.classes.models import Counter, FamilyClass, Invitation, Morning
from lueckenlos.offers.classes.types import UNDECIDED, InvitationState

PLACES: Final = job("classes-places")
# Who has not been heard of for so long is not asked any more; the teacher may talk with them again.
SILENT: Final = timedelta(weeks=12)
# The kernel gives a deadline to what it offers; here the place is the family's at once.
ANY_TIME: Final = timedelta(days=1)


def held(key: UUID) -> FamilyClass:
    """The class, its places locked until the transaction ends: the one lock of this scarce thing."""
    if not Counter.objects.select_for_update(of=("self",)).filter(family_class=key).exists():
        raise NoSuchClass
    return FamilyClass.objects.get(id=key)


def decide(row: FamilyClass, key: UUID, *, now: datetime) -> InvitationState:
    """Whether a family that says yes has a place or waits for one; under the lock of the class."""
    decision = kernel.register(_state_of(row), kernel.Group(key), now=now)
    return InvitationState.YES if isinstance(decision, kernel.Placed) else InvitationState.WAITING


def move_up(row: FamilyClass, *, now: datetime) -> int:
    """Give what is free to those who said yes first; how many. Under the lock of the class."""
    offers = kernel.move_up(_state_of(row), now=now, until=now + ANY_TIME)
    if offers:
        put([offer.group.id for offer in offers], InvitationState.YES, now=now)
        audit.record(
            "classes.places.moved_up",
            subject=f"family_class/{row.id}",
            details={"families": len(offers)},
            chain=audit.chain_of(row.organization_id),
        )
    return len(offers)


def put(keys: Iterable[UUID], state: InvitationState, *, now: datetime, visit: Morning | None = None) -> None:
    """Write where invitations stand; inside `acting_as(PLACES)`. A visit is kept but where it is set or undone."""
    changes = {"visit": visit} if state in {InvitationState.INVITED, InvitationState.VISITING} else {}
    if state in {InvitationState.YES, InvitationState.WAITING}:
        # The rank of those who wait is when they said yes; it stays theirs when they move up.
        waiting = Invitation.objects.filter(id__in=list(keys), answered_at__isnull=True)
        waiting.update(answered_at=now)
    Invitation.objects.filter(id__in=list(keys)).update(state=state.value, changed_at=now, **changes)


def let_lapse(*, now: datetime) -> int:
    """End the invitations to which nobody has answered for long; how many."""
    with acting_as(PLACES):
        due = Invitation.objects.filter(
            state__in=[state.value for state in UNDECIDED], changed_at__lte=now - SILENT
        )
        lapsed = 0
        for key, organization in list(due.values_list("id", "organization")):
            put([key], InvitationState.LAPSED, now=now)
            audit.record(
                "classes.invitation.lapsed",
                subject=f"invitation/{key}",
                chain=audit.chain_of(organization),
            )
            lapsed += 1
    return lapsed


def _state_of(row: FamilyClass) -> kernel.State:
    rows = Invitation.objects.filter(
        family_class=row.id, state__in=[InvitationState.YES.value, InvitationState.WAITING.value]
    ).order_by("answered_at", "number")
    groups: dict[str, list[kernel.Group]] = {"yes": [], "waiting": []}
    for key, state in rows.values_list("id", "state"):
        groups[state].append(kernel.Group(key))
    return kernel.State(capacity=row.capacity, taken=tuple(groups["yes"]), waiting=tuple(groups["waiting"]))

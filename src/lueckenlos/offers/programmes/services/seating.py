"""The places of one programme: one lock, one kernel. Whoever decides holds the row of the counter first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q

from lueckenlos.core import audit, clock
from lueckenlos.core.actor import job
from lueckenlos.core.context import acting_as
from lueckenlos.kernels import places as kernel
from lueckenlos.offers.programmes.errors import NoSuchProgramme
from lueckenlos.offers.programmes.models import Counter, Programme, Registration, Session
from lueckenlos.offers.programmes.services import letters
from lueckenlos.offers.programmes.types import ProgrammeState, QuotaValue, RegistrationState

PLACES: Final = job("programmes-places")
# More than anybody plans: a programme without a limit.
NO_LIMIT: Final = 100_000


def held(key: UUID) -> Programme:
    """The programme, its places locked until the transaction ends: the one lock of this scarce thing."""
    if not Counter.objects.select_for_update(of=("self",)).filter(programme=key).exists():
        raise NoSuchProgramme
    return Programme.objects.get(id=key)


def state_of(programme: Programme) -> kernel.State:
    """All who have, were offered or wait for a place, as the kernel reads them."""
    rows = Registration.objects.filter(
        programme=programme.id,
        state__in=[RegistrationState.PLACED, RegistrationState.OFFERED, RegistrationState.WAITING],
    ).order_by("created_at", "id")
    groups: dict[str, list[Registration]] = {"placed": [], "offered": [], "waiting": []}
    for row in rows.only("id", "size", "fits", "state", "offered_until"):
        groups[row.state].append(row)
    return kernel.State(
        capacity=NO_LIMIT if programme.capacity is None else programme.capacity,
        quotas=tuple(
            kernel.Quota(quota.key, quota.seats, _midnight(quota.until))
            for quota in map(QuotaValue.read, programme.quotas)
        ),
        taken=tuple(map(_group, groups["placed"])),
        pending=tuple(
            kernel.Offer(_group(row), row.offered_until) for row in groups["offered"] if row.offered_until
        ),
        waiting=tuple(map(_group, groups["waiting"])),
        opens=programme.opens_at,
        closes=closes_at(programme),
        waitlist_limit=programme.waitlist_limit,
    )


def closes_at(programme: Programme) -> datetime | None:
    """When registration ends: as was said, else when the last date begins."""
    if programme.closes_at is not None:
        return programme.closes_at
    last = Session.objects.filter(programme=programme, is_cancelled=False).order_by("-starts_at").first()
    return last.starts_at if last else None


def move_up(key: UUID, *, now: datetime) -> int:
    """Offer what is free to those first in line whom it fits; how many offers were made.

    A place nobody answered for in time goes to the next. Called whenever something falls free, and by a job.
    """
    with acting_as(PLACES):
        programme = held(key)
        if programme.state != ProgrammeState.PUBLISHED.value:
            return 0
        state = state_of(programme)
        late = [offer.group.id for offer in kernel.lapsed(state, now=now)]
        if late:
            _set(late, RegistrationState.LAPSED, now=now)
            state = state_of(programme)
        if not state.waiting:
            return 0
        offers = kernel.move_up(state, now=now, until=now + timedelta(hours=programme.answer_hours))
        for offer in offers:
            _set([offer.group.id], RegistrationState.OFFERED, now=now, until=offer.until)
            letters.tell_offered(programme, offer.group.id, until=offer.until, now=now)
        if offers or late:
            audit.record(
                "programmes.places.moved_up",
                subject=f"programme/{key}",
                details={"offered": len(offers), "lapsed": len(late)},
                chain=audit.chain_of(programme.organization_id),
            )
    return len(offers)


def move_up_everywhere(*, now: datetime) -> int:
    """All programmes in which an offer has lapsed or somebody waits for what a quota has let go."""
    with acting_as(PLACES):
        due = Registration.objects.filter(
            Q(state=RegistrationState.OFFERED.value, offered_until__lte=now)
            | Q(state=RegistrationState.WAITING.value)
        )
        keys = list(due.values_list("programme", flat=True).distinct())
    return sum(move_up(key, now=now) for key in keys)


def rank(programme: UUID, registration: UUID) -> int | None:
    """Where a registration stands in line, from 1; None: it does not wait."""
    with acting_as(PLACES):
        waiting = Registration.objects.filter(programme=programme, state=RegistrationState.WAITING.value)
        keys = list(waiting.order_by("created_at", "id").values_list("id", flat=True))
    return keys.index(registration) + 1 if registration in keys else None


def _set(
    keys: Iterable[UUID], state: RegistrationState, *, now: datetime, until: datetime | None = None
) -> None:
    Registration.objects.filter(id__in=list(keys)).update(
        state=state.value, offered_until=until, changed_at=now
    )


def _group(row: Registration) -> kernel.Group:
    return kernel.Group(row.id, row.size, frozenset(row.fits))


def _midnight(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), tzinfo=clock.zone())

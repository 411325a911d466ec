"""The places of one programme: one lock, one kernel. Whoever decides holds the row of the counter first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID, uuid4

from django.db.models import Q, Sum

from lueckenlos.core import audit, clock
from lueckenlos.core.context import acting_as
from lueckenlos.kernels import places as kernel
from lueckenlos.offers.programmes.errors import NoSuchProgramme
from lueckenlos.offers.programmes.models import Counter, Programme, Registration
from lueckenlos.offers.programmes.services import letters
from lueckenlos.offers.programmes.types import ProgrammeState, QuotaValue, RegistrationState

PLACES: Final = letters.PLACES
# More than anybody plans: a programme without a limit.
NO_LIMIT: Final = 100_000
# A letter is printed on a working day and is on its way for two or three more.
POST_TAKES: Final = timedelta(days=5)


@dataclass(frozen=True, slots=True)
class Held:
    """A programme whose places are locked until the transaction ends."""

    programme: Programme
    counter: Counter


def held(key: UUID) -> Held:
    """Lock the places of a programme: the one lock of this scarce thing."""
    counter = Counter.objects.select_for_update(of=("self",)).filter(programme=key).first()
    if counter is None:
        raise NoSuchProgramme
    # Read after the lock, not with it: what somebody changed while we waited holds.
    return Held(Programme.objects.prefetch_related("sessions").get(id=key), counter)


def state_of(places: Held) -> kernel.State:
    """All who have, were offered or wait for a place, as the kernel reads them.

    Those who have a place count together by the quotas that they fit; without quotas the counter, which the lock
    keeps still, knows them all.
    """
    programme = places.programme
    pending, waiting = _in_line(places)
    return kernel.State(
        capacity=NO_LIMIT if programme.capacity is None else programme.capacity,
        quotas=tuple(
            kernel.Quota(quota.key, quota.seats, _midnight(quota.until))
            for quota in map(QuotaValue.read, programme.quotas)
        ),
        taken=tuple(_seated(places)),
        pending=tuple(kernel.Offer(_group(row), row.offered_until) for row in pending if row.offered_until),
        waiting=tuple(map(_group, waiting)),
        opens=programme.opens_at,
        closes=closes_at(programme),
        waitlist_limit=programme.waitlist_limit,
    )


def _seated(places: Held) -> Iterator[kernel.Group]:
    seated: Iterable[tuple[list[str], int]] = [([], places.counter.taken)]
    if places.programme.quotas:
        rows = Registration.objects.filter(programme=places.programme, state=RegistrationState.PLACED.value)
        seated = rows.values_list("fits").annotate(people=Sum("size"))
    return (kernel.Group(uuid4(), people, frozenset(fits)) for fits, people in seated if people)


def _in_line(places: Held) -> tuple[list[Registration], list[Registration]]:
    """Who was offered a place and who waits, each in the order of rank."""
    if not places.counter.promised and not places.counter.waiting:
        return [], []
    rows = Registration.objects.filter(
        programme=places.programme,
        state__in=[RegistrationState.OFFERED.value, RegistrationState.WAITING.value],
    ).order_by("created_at", "id")
    found = list(rows.only("id", "size", "fits", "state", "offered_until"))
    waiting = [row for row in found if row.state == RegistrationState.WAITING.value]
    return [row for row in found if row.state == RegistrationState.OFFERED.value], waiting


def closes_at(programme: Programme) -> datetime | None:
    """When registration ends: as was said, else when the last date begins."""
    if programme.closes_at is not None:
        return programme.closes_at
    return max((session.starts_at for session in programme.dates), default=None)


def move_up(key: UUID, *, now: datetime) -> int:
    """Offer what is free to those first in line whom it fits; how many offers were made.

    A place nobody answered for in time goes to the next. Called whenever something falls free, and by a job.
    """
    with acting_as(PLACES):
        places = held(key)
        programme = places.programme
        if programme.state != ProgrammeState.PUBLISHED.value:
            return 0
        state = state_of(places)
        late = [offer.group.id for offer in kernel.lapsed(state, now=now)]
        if late:
            _set(late, RegistrationState.LAPSED, now=now)
            state = state_of(held(key))
        if not state.waiting:
            return 0
        offers = kernel.move_up(state, now=now, until=now + timedelta(hours=programme.answer_hours))
        for offer in offers:
            row = Registration.objects.get(id=offer.group.id)
            until = _answer_by(programme, row, until=offer.until)
            _set([row.id], RegistrationState.OFFERED, now=now, until=until)
            letters.tell_offered(programme, row, until=until, now=now)
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


def _answer_by(programme: Programme, row: Registration, *, until: datetime) -> datetime:
    """Whoever learns of a free place by letter alone has the days longer that the post takes."""
    if row.email or not row.street:
        return until
    closes, later = closes_at(programme), until + POST_TAKES
    return later if closes is None else min(later, closes)


def _set(
    keys: Iterable[UUID], state: RegistrationState, *, now: datetime, until: datetime | None = None
) -> None:
    Registration.objects.filter(id__in=list(keys)).update(
        state=state.value, offered_until=until, letter="", changed_at=now
    )


def _group(row: Registration) -> kernel.Group:
    return kernel.Group(row.id, row.size, frozenset(row.fits))


def _midnight(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), tzinfo=clock.zone())

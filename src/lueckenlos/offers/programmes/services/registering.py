"""Taking part: registering, answering an offer, taking somebody out, leaving."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid4

from lueckenlos.commons.signals.types import SignalReason, SignalSource
from lueckenlos.core import audit, clock
from lueckenlos.core.actor import Actor
from lueckenlos.core.ages import age_on
from lueckenlos.core.context import acting_as
from lueckenlos.kernels import places as kernel
from lueckenlos.offers.programmes.errors import (
    NoSuchProgramme,
    NoSuchRegistration,
    NotFit,
    NotOffered,
    Refused,
    SameChildTwice,
)
from lueckenlos.offers.programmes.models import Programme, Registration, Seat
from lueckenlos.offers.programmes.services import letters, missing, seating
from lueckenlos.offers.programmes.services.publishing import own
from lueckenlos.offers.programmes.services.seating import PLACES
from lueckenlos.offers.programmes.signs import reach_of, sign_of
from lueckenlos.offers.programmes.types import (
    OPEN,
    REFERRED,
    ComesWith,
    ConsentWay,
    NewRegistration,
    ProgrammeState,
    QuotaValue,
    Reach,
    RegistrationState,
    SeatValue,
)


@dataclass(frozen=True, slots=True)
class Registered:
    """What came of it, and the code that leads back."""

    id: UUID
    state: RegistrationState
    rank: int | None
    code: str


def register(new: NewRegistration, *, now: datetime) -> Registered:
    """Give a place, or one in the line; raises Refused, NotFit, SameChildTwice or NoSuchProgramme.

    What could not be given is counted without the family: why, for which age, where.
    """
    try:
        return _register(new, now=now)
    except Refused as refused:
        if refused.reason is kernel.Reason.WAITLIST_FULL:
            _count(SignalReason.NO_PLACE, new, source=SignalSource.REFUSAL, now=now)
        raise
    except NotFit as refused:
        _count(SignalReason.AGE, new, source=SignalSource.REFUSAL, births=(refused.born_on,), now=now)
        raise


def _register(new: NewRegistration, *, now: datetime) -> Registered:
    with acting_as(PLACES):
        places = seating.held(new.programme)
        programme = places.programme
        if programme.state != ProgrammeState.PUBLISHED.value:
            raise NoSuchProgramme
        _demand_fit(programme, new.seats, now=now)
        _demand_new(programme, new)
        group = kernel.Group(uuid4(), len(new.seats), fits_of(programme, new))
        decision = kernel.register(seating.state_of(places), group, now=now)
        if isinstance(decision, kernel.Refused):
            raise Refused(decision.reason)
        state, rank = RegistrationState.PLACED, None
        if isinstance(decision, kernel.Waits):
            state, rank = RegistrationState.WAITING, decision.rank
        row, seats = rows_of(programme, group, new, state=state, now=now)
        row.save(force_insert=True)
        Seat.objects.bulk_create(seats)
        code = letters.tell_registered(programme, group.id, new=new, state=state, rank=rank, now=now)
        audit.record(
            "programmes.registration.made",
            subject=f"registration/{group.id}",
            details={"state": state.value, "size": group.size},
            chain=audit.chain_of(programme.organization_id),
        )
    if state is RegistrationState.WAITING:
        _count(SignalReason.WAITING, new, source=SignalSource.WAITLIST, now=now)
    return Registered(group.id, state, rank, code)


def _count(
    reason: SignalReason,
    new: NewRegistration,
    *,
    source: SignalSource,
    now: datetime,
    births: Sequence[date] | None = None,
) -> None:
    """Count what could not be given, by the children's phase of life: how old they are today, as everywhere."""
    told = [each.born_on for each in new.seats if each.born_on] if births is None else births
    missing.count(reason, programme=new.programme, source=source, ags=new.ags, births=told, now=now)


def take_down(new: NewRegistration, *, actor: Actor, now: datetime) -> Registered:
    """Whoever rings or stands at the counter is registered by the desk: the same rules, the consent given orally."""
    with acting_as(actor):
        programme = own(new.programme, actor)
    made = register(replace(new, consent_way=ConsentWay.ORAL, recorded_by=actor.person_id), now=now)
    with acting_as(actor):
        _note("taken_down", programme, made.id)
    return made


def accept(key: UUID, *, actor: Actor, now: datetime) -> None:
    """Take the place that was offered; raises NotOffered after the deadline."""
    with acting_as(actor):
        found = _own(key)
    with acting_as(PLACES):
        programme = seating.held(found.programme_id).programme
        row = Registration.objects.get(id=key)
        if row.state != RegistrationState.OFFERED.value or (row.offered_until or now) <= now:
            raise NotOffered
        _set(row, RegistrationState.PLACED, now=now)
        _note("accepted", programme, key)


def decline(key: UUID, *, actor: Actor, now: datetime) -> None:
    """Leave the offered place to the next in line."""
    _leave(key, RegistrationState.DECLINED, actor=actor, now=now)


def cancel(key: UUID, *, actor: Actor, now: datetime) -> None:
    """Give a place or one's rank back."""
    _leave(key, RegistrationState.CANCELLED, actor=actor, now=now)


def release(key: UUID, *, actor: Actor, now: datetime) -> None:
    """The organization takes a registration out, and tells whoever brought it."""
    with acting_as(actor):
        found = _own(key)
    if found.organization != actor.organization:
        raise NoSuchRegistration
    with acting_as(PLACES):
        programme = seating.held(found.programme_id).programme
        row = Registration.objects.get(id=key)
        if RegistrationState(row.state) in OPEN:
            _set(row, RegistrationState.CANCELLED, now=now)
            letters.tell_taken_out(programme, row)
            _note("taken_out", programme, key)
    seating.move_up(found.programme_id, now=now)


def leave_out(key: UUID, *, seat: UUID, actor: Actor, now: datetime) -> None:
    """One of a group does not come after all; the rest keep their places. The last one is `cancel`."""
    with acting_as(actor):
        found = _own(key)
        gone = Seat.objects.filter(id=seat, registration=key).first()
        if gone is None or found.size == 1:
            raise NoSuchRegistration
        gone.delete()
    with acting_as(PLACES):
        programme = seating.held(found.programme_id).programme
        row = Registration.objects.get(id=key)
        reach = reach_of(email=row.email, phone=row.phone, street=row.street)
        sign = sign_of(programme.id, gone.first_name, gone.family_name, gone.born_on, reach=reach)
        row.signs.remove(sign)
        Registration.objects.filter(id=key).update(size=row.size - 1, signs=row.signs, changed_at=now)
        _note("smaller", programme, key)
    seating.move_up(found.programme_id, now=now)


def change_contact(key: UUID, *, reach: Reach, actor: Actor, now: datetime) -> None:
    """Another address or number for the same registration; whoever has no birthday is known by the address."""
    with acting_as(actor):
        row = _own(key)
        seats = Seat.objects.filter(registration=key)
        known = reach_of(email=reach.email, phone=reach.phone, street=reach.street)
        signs = [
            sign_of(row.programme_id, seat.first_name, seat.family_name, seat.born_on, reach=known)
            for seat in seats
        ]
        Registration.objects.filter(id=key).update(
            **asdict(reach), letter=row.letter if reach.street else "", signs=signs, changed_at=now
        )
        audit.record(
            "programmes.registration.contact_changed",
            subject=f"registration/{key}",
            chain=audit.chain_of(row.organization),
        )


def _leave(key: UUID, state: RegistrationState, *, actor: Actor, now: datetime) -> None:
    with acting_as(actor):
        found = _own(key)
    with acting_as(PLACES):
        programme = seating.held(found.programme_id).programme
        row = Registration.objects.get(id=key)
        if RegistrationState(row.state) not in OPEN:
            return
        _set(row, state, now=now)
        _note(state.value, programme, key)
    seating.move_up(found.programme_id, now=now)


def _own(key: UUID) -> Registration:
    """The registration, if the actor of this transaction may see it."""
    row = Registration.objects.filter(id=key).first()
    if row is None:
        raise NoSuchRegistration
    return row


def _set(row: Registration, state: RegistrationState, *, now: datetime) -> None:
    # What waits for the printer says no longer what is true.
    Registration.objects.filter(id=row.id).update(
        state=state.value, offered_until=None, letter="", changed_at=now
    )


def rows_of(
    programme: Programme,
    group: kernel.Group,
    new: NewRegistration,
    *,
    state: RegistrationState,
    now: datetime,
) -> tuple[Registration, list[Seat]]:
    """A registration and who comes with it, to be written."""
    row = Registration(
        id=group.id,
        programme=programme,
        organization=programme.organization_id,
        account=new.account,
        state=state.value,
        size=group.size,
        fits=sorted(group.fits),
        created_at=now,
        changed_at=now,
        name=new.name,
        email=new.email,
        phone=new.phone,
        language=new.language,
        ags=new.ags or "",
        signs=signs_of(programme, new),
        answers=[{"label": label, "answer": answer} for label, answer in new.answers],
        consent_version=new.consent_version,
        consent_way=new.consent_way.value,
        recorded_by=new.recorded_by,
        street=new.street,
        postcode=new.postcode,
        city=new.city,
    )
    return row, [
        Seat(
            registration_id=group.id,
            organization=programme.organization_id,
            first_name=seat.first_name,
            family_name=seat.family_name,
            born_on=seat.born_on,
            support=seat.support,
            is_child=seat.is_child,
            fare=seat.fare.label if seat.fare else "",
            cents=seat.fare.cents if seat.fare else 0,
        )
        for seat in new.seats
    ]


def fits_of(programme: Programme, new: NewRegistration) -> frozenset[str]:
    """The quotas of the programme that a registration fits."""
    own = {new.ags} if new.ags else set()
    if new.referred:
        own.add(REFERRED)
    return frozenset(quota.key for quota in map(QuotaValue.read, programme.quotas) if quota.key in own)


def _demand_fit(programme: Programme, seats: tuple[SeatValue, ...], *, now: datetime) -> None:
    """Ages count on the first date; of parent and child only the child's age is asked."""
    first = next((session.starts_at for session in programme.dates), now)
    day = clock.day_of(first)
    for seat in seats:
        asked = seat.is_child or programme.comes == ComesWith.CHILD.value
        if seat.born_on is None or not asked:
            continue
        age = age_on(seat.born_on, day)
        too_young = programme.age_min is not None and age < programme.age_min
        too_old = programme.age_max is not None and age > programme.age_max
        if too_young or too_old:
            raise NotFit(seat.first_name, born_on=seat.born_on, age=age)


def _demand_new(programme: Programme, new: NewRegistration) -> None:
    """Nobody stands twice in a programme: neither in one registration nor by a second click."""
    signs = signs_of(programme, new)
    for seat, sign in zip(new.seats, signs, strict=True):
        if signs.count(sign) > 1:
            raise SameChildTwice(seat.first_name)
    there = Registration.objects.filter(
        programme=programme, state__in=[each.value for each in OPEN], signs__overlap=signs
    ).values_list("signs", flat=True)
    known = {sign for each in there for sign in each}
    for seat, sign in zip(new.seats, signs, strict=True):
        if sign in known:
            raise SameChildTwice(seat.first_name)


def signs_of(programme: Programme, new: NewRegistration) -> list[str]:
    """One sign for each who comes."""
    reach = reach_of(email=new.email, phone=new.phone, street=new.street)
    return [
        sign_of(programme.id, seat.first_name, seat.family_name, seat.born_on, reach=reach)
        for seat in new.seats
    ]


def _note(deed: str, programme: Programme, key: UUID) -> None:
    audit.record(
        f"programmes.registration.{deed}",
        subject=f"registration/{key}",
        chain=audit.chain_of(programme.organization_id),
    )

"""Places that a round of fair allocation gives: kept from the ordinary line until then, written under the one lock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from lueckenlos.core import audit
from lueckenlos.core.context import acting_as
from lueckenlos.kernels import places as kernel
from lueckenlos.offers.programmes.models import Programme, Registration, Seat
from lueckenlos.offers.programmes.services import letters, seating
from lueckenlos.offers.programmes.services.answering import answer_by
from lueckenlos.offers.programmes.services.registering import fits_of, rows_of, signs_of
from lueckenlos.offers.programmes.services.seating import PLACES
from lueckenlos.offers.programmes.types import (
    OPEN,
    Fare,
    NewRegistration,
    ProgrammeState,
    RegistrationState,
    WayBack,
)


def hold_back(key: UUID, *, until: datetime) -> None:
    """Open the ordinary registration only then; a programme whose registration ends before opens at its very end.

    Whoever runs the round has asked the organization of the programme.
    """
    with acting_as(PLACES):
        programme = seating.held(key).programme
        end = programme.closes_at
        opens = until if end is None else min(until, end - timedelta(seconds=1))
        if programme.opens_at == opens:
            return
        Programme.objects.filter(id=key).update(opens_at=opens)
        audit.record(
            "programmes.places.held_back",
            subject=f"programme/{key}",
            details={"until": opens.isoformat()},
            chain=audit.chain_of(programme.organization_id),
        )


def close_registration(key: UUID, *, now: datetime) -> None:
    """Take no ordinary registrations; its own organization opens it again by saying until when."""
    with acting_as(PLACES):
        programme = seating.held(key).programme
        opens = programme.opens_at if programme.opens_at and programme.opens_at < now else None
        Programme.objects.filter(id=key).update(opens_at=opens, closes_at=now)
        audit.record(
            "programmes.places.closed",
            subject=f"programme/{key}",
            details={"at": now.isoformat()},
            chain=audit.chain_of(programme.organization_id),
        )


def seat_allocated(key: UUID, groups: Sequence[NewRegistration], *, now: datetime) -> tuple[UUID | None, ...]:
    """Give allocated places, in this order; None for whom there is no place any more or who is there already.

    When ordinary registration opens or closes says nothing here; quotas and those who wait count as always. Whoever
    runs the round writes the letters. What the programme asks beside who comes is asked now, of those with a place alone;
    until they say which price holds, the first does.
    """
    with acting_as(PLACES):
        places = seating.held(key)
        programme = places.programme
        if programme.state != ProgrammeState.PUBLISHED.value:
            return (None,) * len(groups)
        state = replace(seating.state_of(places), opens=None, closes=None)
        known = _known(programme)
        asked_until = answer_by(programme, now=now)
        given: list[UUID | None] = []
        written: list[tuple[Registration, list[Seat]]] = []
        for new in groups:
            group = kernel.Group(uuid4(), len(new.seats), fits_of(programme, new))
            signs = set(signs_of(programme, new))
            fits = isinstance(kernel.register(state, group, now=now), kernel.Placed)
            if not fits or signs & known:
                given.append(None)
                continue
            row, seats = rows_of(
                programme, group, _priced(programme, new), state=RegistrationState.PLACED, now=now
            )
            row.asked_until = asked_until
            written.append((row, seats))
            state = replace(state, taken=(*state.taken, group))
            known |= signs
            given.append(group.id)
        Registration.objects.bulk_create(row for row, _seats in written)
        Seat.objects.bulk_create(seat for _row, seats in written for seat in seats)
        audit.record(
            "programmes.places.allocated",
            subject=f"programme/{key}",
            details={"groups": len(groups), "given": sum(each is not None for each in given)},
            chain=audit.chain_of(programme.organization_id),
        )
    return tuple(given)


def way_back(key: UUID, *, now: datetime) -> WayBack:
    """A fresh code that leads back to a registration, for the letter of whoever gave the place."""
    with acting_as(PLACES):
        row = Registration.objects.select_related("programme").get(id=key)
        code = letters.code_for(row.programme, key, language=row.language, now=now)
    return WayBack(code, row.asked_until)


def _priced(programme: Programme, new: NewRegistration) -> NewRegistration:
    if not programme.fares:
        return new
    fare = Fare(**programme.fares[0])
    return replace(new, seats=tuple(replace(seat, fare=fare) for seat in new.seats))


def _known(programme: Programme) -> set[str]:
    there = Registration.objects.filter(programme=programme, state__in=[each.value for each in OPEN])
    return {sign for signs in there.values_list("signs", flat=True) for sign in signs}

"""Laying a time down: the lock, the free place, the row. The database has the last word on two at one time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from lueckenlos.core import audit
from lueckenlos.kernels.slots import Span, occupied
from lueckenlos.offers.bookings import offered, selectors
from lueckenlos.offers.bookings.errors import NoSuchBooking, SlotTaken
from lueckenlos.offers.bookings.models import Booking, Resource
from lueckenlos.offers.bookings.offered import Kept
from lueckenlos.offers.bookings.types import HELD, BookingState

ALONE: Final = "booking_alone"


def busy(row: Resource, span: Span) -> Span:
    """The time with the buffers of the resource."""
    return occupied(span, offered.terms_of(selectors.view_of(row)))


def kept_around(
    row: Resource, spans: list[Span], *, leaving_out: frozenset[UUID] = frozenset()
) -> list[Kept]:
    """What is taken around these times; inside `acting_as(SLOTS)` and under the lock of the resource."""
    margin = timedelta(days=2)
    rows = Booking.objects.filter(
        resource=row,
        state__in=HELD,
        busy_until__gt=min(span.begins for span in spans) - margin,
        busy_from__lt=max(span.ends for span in spans) + margin,
    ).exclude(id__in=leaving_out)
    return [
        (lane, Span(begins, ends))
        for lane, begins, ends in rows.values_list("lane", "busy_from", "busy_until")
    ]


def closed_to(guest: UUID | None, row: Resource, spans: list[Span]) -> list[Span]:
    """The times that lie outside the hours: only the organization itself is there then."""
    view = selectors.view_of(row)
    return [] if guest is None else [span for span in spans if not offered.is_open(view, span)]


def lane_for(row: Resource, span: Span, *, leaving_out: frozenset[UUID] = frozenset()) -> int:
    """A free place for this time; raises SlotTaken."""
    kept = kept_around(row, [span], leaving_out=leaving_out)
    lane = offered.free_lane(busy(row, span), kept=kept, parallel=row.parallel)
    if lane is None:
        raise SlotTaken
    return lane


def lay(row: Resource, span: Span, *, lane: int, state: BookingState, now: datetime, **said: Any) -> Booking:
    """Write one booking; raises SlotTaken where the database refuses the clash."""
    wide = busy(row, span)
    made = Booking(
        resource=row,
        organization=row.organization_id,
        state=state.value,
        starts_at=span.begins,
        ends_at=span.ends,
        busy_from=wide.begins,
        busy_until=wide.ends,
        lane=lane,
        created_at=now,
        **said,
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        raise _refusal(error) from error
    return made


def shift(row: Resource, key: UUID, span: Span, *, lane: int, **changes: Any) -> None:
    """Give a booking another time; raises SlotTaken."""
    wide = busy(row, span)
    try:
        with transaction.atomic():
            Booking.objects.filter(id=key).update(
                starts_at=span.begins,
                ends_at=span.ends,
                busy_from=wide.begins,
                busy_until=wide.ends,
                lane=lane,
                reminded_at=None,
                sequence=F("sequence") + 1,
                **changes,
            )
    except IntegrityError as error:
        raise _refusal(error) from error


def seen(key: UUID) -> Booking:
    """The booking, if the actor of this transaction may see it."""
    row = Booking.objects.filter(id=key).first()
    if row is None:
        raise NoSuchBooking
    return row


def note(deed: str, row: Booking, *, dates: int | None = None) -> None:
    """What was done, without who it was done for."""
    audit.record(
        f"bookings.booking.{deed}",
        subject=f"booking/{row.id}",
        details=None if dates is None else {"dates": dates},
        chain=audit.chain_of(row.organization),
    )


def _refusal(error: IntegrityError) -> Exception:
    return SlotTaken() if ALONE in str(error) else error

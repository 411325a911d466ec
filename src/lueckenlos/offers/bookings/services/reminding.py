"""Before the day: who comes is reminded once, with the link to give the time back; by letter so early that it arrives."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import partial
from typing import Final
from uuid import UUID

from django.db.models import F

from lueckenlos.commons.directory.correspondence import sender_of
from lueckenlos.core import postal
from lueckenlos.core.actor import Actor, job
from lueckenlos.core.context import acting_as
from lueckenlos.core.letters import Letter, Sender
from lueckenlos.core.postal import DueLetter
from lueckenlos.offers.bookings.errors import NoSuchBooking
from lueckenlos.offers.bookings.models import Booking
from lueckenlos.offers.bookings.selectors import SLOTS
from lueckenlos.offers.bookings.services import keeping, letters
from lueckenlos.offers.bookings.types import BookingState

TELLS: Final = job("bookings-tell")
AHEAD: Final = timedelta(hours=24)
# Printed on one day, in the post for three, and a weekend may lie between.
BY_POST: Final = timedelta(days=6)
KNOWN: Final = timedelta(days=14)


def issue_slip(key: UUID, *, actor: Actor, now: datetime) -> str:
    """A code for a slip of paper that the organization hands out or sends by post."""
    with acting_as(actor):
        row = keeping.seen(key)
        if row.organization != actor.organization:
            raise NoSuchBooking
        keeping.note("slip_printed", row)
        return letters.slip_code(row, now=now)


def note_letters(*, now: datetime) -> int:
    """Whoever is reached by letter alone is reminded so early that the post has its days; how many."""
    with acting_as(TELLS):
        due = Booking.objects.filter(
            state=BookingState.BOOKED.value,
            starts_at__gt=now,
            starts_at__lte=now + BY_POST,
            created_at__lt=F("starts_at") - KNOWN,
            reminded_at__isnull=True,
            letter="",
            email="",
            by_sms=False,
        ).exclude(street="")
        return due.update(letter="reminder", reminded_at=now)


def print_letters(chosen: Collection[DueLetter], *, actor: Actor, now: datetime) -> bytes | None:
    """Set the letters that wait as one PDF, each with a fresh code; None where there is none of these."""
    with acting_as(actor):
        rows = _waiting(chosen, actor)
        sender = sender_of(actor.organization)
        written = [_letter(row, sender=sender, now=now) for row in rows]
        for row in rows:
            keeping.note("letter_printed", row)
    return postal.pdf_of(written, now=now) if written else None


def tick_letters(chosen: Collection[DueLetter], *, actor: Actor) -> int:
    """They are printed and on their way; how many. What has changed meanwhile waits on."""
    with acting_as(actor):
        rows = _waiting(chosen, actor)
        with acting_as(SLOTS):
            for row in rows:
                Booking.objects.filter(id=row.id, letter=row.letter).update(letter="")
        for row in rows:
            keeping.note("letter_sent", row)
    return len(rows)


def _waiting(chosen: Collection[DueLetter], actor: Actor) -> list[Booking]:
    """The bookings of the actor's organization for which just these letters wait."""
    if actor.organization is None:
        return []
    rows = Booking.objects.filter(id__in=[each.id for each in chosen], organization=actor.organization)
    found = rows.select_related("resource").order_by("starts_at", "id")
    return postal.still_waiting(found, chosen)


def _letter(row: Booking, *, sender: Sender, now: datetime) -> Letter:
    post = postal.Post(
        recipient=postal.recipient_of(row.name, row.street, row.postcode, row.city),
        sender=sender,
        language=row.language,
        code=letters.way_back(row, now=now) if letters.has_code(row) else None,
    )
    more = 0
    if row.series and row.letter != "reminder":
        later = Booking.objects.filter(series=row.series, state=row.state, starts_at__gt=row.starts_at)
        more = later.count()
    return postal.letter_of(post, partial(letters.paper_words, row.resource, row, more=more), now=now)


def remind_everybody(*, now: datetime) -> int:
    """Write to everybody who comes within a day; who booked within that day knows it anyway."""
    sent = 0
    with acting_as(TELLS):
        due = Booking.objects.filter(
            state=BookingState.BOOKED.value,
            starts_at__gt=now,
            starts_at__lte=now + AHEAD,
            created_at__lt=F("starts_at") - AHEAD,
            reminded_at__isnull=True,
        ).exclude(email="", by_sms=False)
        for row in due.select_related("resource"):
            # Whoever marks it first sends it: two workers do not send twice.
            if Booking.objects.filter(id=row.id, reminded_at__isnull=True).update(reminded_at=now):
                letters.remind(row.resource, row, now=now)
                sent += 1
    return sent

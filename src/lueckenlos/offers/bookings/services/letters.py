"""Mails to those who booked. One that carries a link is sent when the deed is done, and stored nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.urls import reverse
from django.utils import translation

from lueckenlos.core import clock, codes, mail
from lueckenlos.offers.bookings.models import Booking, Resource
from lueckenlos.offers.bookings.types import BookingState, Way
from lueckenlos.offers.bookings.wording import WAYS, subject, time_words

CODE: Final = "booking"
LINK_LIVES: Final = timedelta(days=60)


def tell_booked(resource: Resource, row: Booking, *, now: datetime, more: int = 0) -> str:
    """Confirm a booking or a request, and how many dates follow it; gives the code that leads back to it."""
    code = _code(row, now=now)
    _send("booked", resource, row, code=code, more=more)
    return code


def remind(resource: Resource, row: Booking, *, now: datetime) -> None:
    """It is tomorrow, or today where the worker was away; the link to give the time back comes along."""
    day, today = (each.astimezone(clock.zone()).date() for each in (row.starts_at, now))
    titled = "reminder" if day == today + timedelta(days=1) else "booked"
    _send("reminder", resource, row, code=_code(row, now=now), titled=titled)


def tell_answered(resource: Resource, row: Booking) -> None:
    """The organization said yes, or no and why."""
    _post("approved" if row.state == BookingState.BOOKED.value else "declined", resource, row)


def tell_cancelled(resource: Resource, row: Booking, *, more: int = 0) -> None:
    """The organization gives the time up, with so many that follow, and says why."""
    _post("cancelled", resource, row, more=more)


def tell_moved(resource: Resource, row: Booking, *, before: tuple[datetime, datetime], more: int = 0) -> None:
    """The organization moved it, with so many that follow."""
    _post("moved", resource, row, before=before, more=more)


def _context(resource: Resource, row: Booking, *, code: str = "") -> dict[str, Any]:
    return {
        "resource": resource,
        "name": row.name,
        "when": time_words(row.starts_at, row.ends_at),
        "way": WAYS[Way(row.way)],
        "by_phone": row.way == Way.PHONE.value,
        "state": row.state,
        "reason": row.reason,
        "link": reverse("bookings:own", args=[code]) if code else "",
        "page": reverse("bookings:resource", args=[resource.id]) if resource.is_public else "",
    }


def _code(row: Booking, *, now: datetime) -> str:
    until = max(row.ends_at, now) + LINK_LIVES
    return codes.issue(row.id, purpose=CODE, language=row.language, now=now, until=until, uses=None).text


def _written(
    template: str, resource: Resource, row: Booking, *, context: Mapping[str, Any], titled: str = ""
) -> mail.Letter:
    return mail.letter(
        f"bookings/mail/{template}.txt",
        to=row.email,
        subject=subject(titled or template, resource.title),
        context=context,
        language=row.language,
    )


def _send(
    template: str, resource: Resource, row: Booking, *, code: str, more: int = 0, titled: str = ""
) -> None:
    def write() -> mail.Letter:
        with translation.override(row.language):
            context = {**_context(resource, row, code=code), "more": more}
            return _written(template, resource, row, context=context, titled=titled)

    if row.email:
        mail.send_when_done(write)


def _post(
    template: str,
    resource: Resource,
    row: Booking,
    *,
    before: tuple[datetime, datetime] | None = None,
    more: int = 0,
) -> None:
    if not row.email:
        return
    with translation.override(row.language):
        told = time_words(*before) if before else ""
        context = {**_context(resource, row), "before": told, "more": more}
        written = _written(template, resource, row, context=context)
    mail.post(written)

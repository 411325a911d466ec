"""Mails to those who booked. One that carries a link is sent when the deed is done, and stored nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.core import audit, clock, codes, letters, mail, sms
from lueckenlos.core.times import time_words
from lueckenlos.kernels.slots import Span
from lueckenlos.offers.bookings.models import Booking, Resource
from lueckenlos.offers.bookings.types import BookingState, Way
from lueckenlos.offers.bookings.wording import WAYS, subject

CODE: Final = "booking"
LINK_LIVES: Final = timedelta(days=60)
# What a letter on paper begins with; news of earlier times come too late by post.
OPENINGS: Final[dict[str, Promise]] = {
    "booked": gettext_lazy("Ihr Termin steht: %(title)s."),
    "approved": gettext_lazy("Ihr Termin ist bestätigt: %(title)s."),
    "reminder": gettext_lazy("bald ist Ihr Termin: %(title)s."),
    "moved": gettext_lazy("Ihr Termin hat eine neue Zeit: %(title)s."),
    "cancelled": gettext_lazy("Ihr Termin fällt leider aus: %(title)s."),
    "declined": gettext_lazy("leider klappt es nicht: %(title)s."),
}
GONE: Final = frozenset({"cancelled", "declined"})


def tell_booked(resource: Resource, row: Booking, *, now: datetime, more: int = 0) -> str:
    """Confirm a booking or a request, and how many dates follow it; gives the code that leads back to it."""
    code = _code(row, now=now).text
    _send("booked", resource, row, code=code, more=more)
    if row.state == BookingState.BOOKED.value:
        _to_paper("booked", row)
    return code


def remind(resource: Resource, row: Booking, *, now: datetime) -> None:
    """It is tomorrow, or today where the worker was away; the link to give the time back comes along."""
    day, today = (clock.day_of(each) for each in (row.starts_at, now))
    titled = "reminder" if day == today + timedelta(days=1) else "booked"
    code = _code(row, now=now).text
    _send("reminder", resource, row, code=code, titled=titled)
    if row.by_sms and row.phone:
        sms.send_when_done(lambda: _short(resource, row, code=code, titled=titled))


def tell_earlier(resource: Resource, row: Booking, *, freed: Span, now: datetime) -> None:
    """An earlier time fell free; the link leads to where it can be taken."""
    _send("earlier", resource, row, code=_code(row, now=now).text, freed=freed)


def tell_office(resource: Resource, span: Span) -> None:
    """The organization has something to answer or to know; the mail says when, and not for whom."""
    to = directory.mail_address(resource.organization_id)
    if to:
        context = {
            "resource": resource,
            "when": time_words(span.begins, span.ends),
            "link": reverse("bookings:desk"),
            "waits": resource.needs_approval,
        }
        subject_words = subject("office", resource.title)
        mail.post(mail.letter("bookings/mail/office.txt", to=to, subject=subject_words, context=context))


def tell_answered(resource: Resource, row: Booking) -> None:
    """The organization said yes, or no and why."""
    _post("approved" if row.state == BookingState.BOOKED.value else "declined", resource, row)


def tell_cancelled(resource: Resource, row: Booking, *, more: int = 0) -> None:
    """The organization gives the time up, with so many that follow, and says why."""
    _post("cancelled", resource, row, more=more)


def tell_moved(resource: Resource, row: Booking, *, before: tuple[datetime, datetime], more: int = 0) -> None:
    """The organization moved it, with so many that follow."""
    _post("moved", resource, row, before=before, more=more)


def way_back(row: Booking, *, now: datetime) -> letters.Code:
    """A fresh code as it stands in a letter, and where it may be typed."""
    code = _code(row, now=now)
    path = reverse("bookings:own", args=[code.text])
    return letters.Code(code.text, path, clock.day_of(code.expires_at), typed_at=reverse("bookings:by_code"))


def paper_words(resource: Resource, row: Booking, *, more: int = 0) -> tuple[str, tuple[str, ...]]:
    """Subject and paragraphs of the letter that waits for the printer, in the language of this moment."""
    when = time_words(row.starts_at, row.ends_at)
    where = _("Wir rufen Sie an.") if row.way == Way.PHONE.value else resource.place
    stands = row.letter not in GONE
    parts = (
        _("Guten Tag %(name)s,") % {"name": row.name} if row.name else _("Guten Tag,"),
        str(OPENINGS[row.letter]) % {"title": resource.title},
        "\n".join(filter(None, (when, _and_more(more), where if stands else ""))),
        row.reason if not stands else "",
        _(
            "Mit dem Code können Sie den Termin ansehen, verlegen oder absagen. Wer ihn hat, sieht Ihren Termin."
        )
        if stands
        else "",
    )
    titled = "booked" if row.letter == "reminder" else row.letter
    return subject(titled, resource.title), tuple(filter(None, parts))


def _and_more(count: int) -> str:
    told = ngettext("und ein weiterer Termin", "und %(count)s weitere Termine", count)
    return told % {"count": count} if count else ""


def has_code(row: Booking) -> bool:
    """Whether the letter leads back to something that can still be done."""
    return row.letter not in GONE


def slip_code(row: Booking, *, now: datetime) -> str:
    """A code for a slip of paper: whoever has no mail gets back to the booking by it."""
    return _code(row, now=now).text


def _short(resource: Resource, row: Booking, *, code: str, titled: str) -> sms.ShortMessage:
    """When and where to look; what it is about stands behind the link."""
    with translation.override(row.language):
        link = settings.BASE_URL + reverse("bookings:own", args=[code])
        words = subject(titled, time_words(row.starts_at, row.ends_at))
        return sms.ShortMessage(row.phone, f"{words}\n{link}")


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


def _code(row: Booking, *, now: datetime) -> codes.IssuedCode:
    until = max(row.ends_at, now) + LINK_LIVES
    chain = audit.chain_of(row.organization)
    return codes.issue(
        row.id, purpose=CODE, language=row.language, now=now, until=until, uses=None, chain=chain
    )


def _to_paper(template: str, row: Booking) -> None:
    """Whoever is written to on paper gets it as a letter too: the newest one waits for the desk's printer."""
    if row.street and template in OPENINGS:
        Booking.objects.filter(id=row.id).update(letter=template)


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
    template: str,
    resource: Resource,
    row: Booking,
    *,
    code: str,
    more: int = 0,
    titled: str = "",
    freed: Span | None = None,
) -> None:
    def write() -> mail.Letter:
        with translation.override(row.language):
            told = time_words(freed.begins, freed.ends) if freed else ""
            context = {**_context(resource, row, code=code), "more": more, "freed": told}
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
    _to_paper(template, row)
    if not row.email:
        return
    with translation.override(row.language):
        told = time_words(*before) if before else ""
        context = {**_context(resource, row), "before": told, "more": more}
        written = _written(template, resource, row, context=context)
    mail.post(written)

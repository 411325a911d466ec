"""The German words of bookings, and how times are said."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lueckenlos.core import clock
from lueckenlos.offers.bookings.types import BookingState, Gender, ResourceKind, Way

KINDS: Final[dict[ResourceKind, Promise]] = {
    ResourceKind.PERSON: gettext_lazy("Gespräch"),
    ResourceKind.ROOM: gettext_lazy("Raum"),
    ResourceKind.THING: gettext_lazy("Zum Ausleihen"),
}
STATES: Final[dict[BookingState, Promise]] = {
    BookingState.REQUESTED: gettext_lazy("angefragt"),
    BookingState.BOOKED: gettext_lazy("gebucht"),
    BookingState.CANCELLED: gettext_lazy("abgesagt"),
    BookingState.DECLINED: gettext_lazy("abgelehnt"),
}
WAYS: Final[dict[Way, Promise]] = {
    Way.ON_SITE: gettext_lazy("vor Ort"),
    Way.PHONE: gettext_lazy("am Telefon"),
}
GENDERS: Final[dict[Gender, Promise]] = {
    Gender.ANY: gettext_lazy("egal"),
    Gender.WOMAN: gettext_lazy("mit einer Frau"),
    Gender.MAN: gettext_lazy("mit einem Mann"),
}


def time_words(starts_at: datetime, ends_at: datetime) -> str:
    """A time as people say it: “Di, 8. Dezember 2026, 14:00 bis 14:30 Uhr”."""
    starts, ends = (each.astimezone(clock.zone()) for each in (starts_at, ends_at))
    told = {
        "day": date_format(starts, "D, j. F Y"),
        "from": starts.strftime("%H:%M"),
        "last": date_format(ends, "D, j. F Y"),
        "to": ends.strftime("%H:%M"),
    }
    if ends.date() != starts.date():
        return _("%(day)s, %(from)s Uhr bis %(last)s, %(to)s Uhr") % told
    return _("%(day)s, %(from)s bis %(to)s Uhr") % told


def subject(template: str, title: str) -> str:
    """The subject of a mail."""
    words = {
        "booked": _("Ihr Termin: %(title)s"),
        "approved": _("Ihr Termin ist bestätigt: %(title)s"),
        "declined": _("Ihre Anfrage: %(title)s"),
        "cancelled": _("Ihr Termin fällt aus: %(title)s"),
        "moved": _("Neue Uhrzeit: %(title)s"),
        "reminder": _("Morgen: %(title)s"),
    }
    return words[template] % {"title": title}

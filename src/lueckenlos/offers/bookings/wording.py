"""The German words of bookings."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lueckenlos.commons.directory.wording import LANGUAGE_NAMES
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


LETTERS: Final[dict[str, Promise]] = {
    "booked": gettext_lazy("Bestätigung"),
    "approved": gettext_lazy("Zusage"),
    "reminder": gettext_lazy("Erinnerung"),
    "moved": gettext_lazy("neue Zeit"),
    "cancelled": gettext_lazy("fällt aus"),
    "declined": gettext_lazy("Absage"),
}
SPOKEN_HERE: Final = frozenset({"de", "dgs"})


def spoken() -> list[tuple[str, str]]:
    """Languages from which and into which somebody may have to translate, by name."""
    names = [(code, str(name)) for code, name in LANGUAGE_NAMES.items() if code not in SPOKEN_HERE]
    return sorted(names, key=lambda pair: pair[1])


def subject(template: str, title: str) -> str:
    """The subject of a mail."""
    words = {
        "booked": _("Ihr Termin: %(title)s"),
        "approved": _("Ihr Termin ist bestätigt: %(title)s"),
        "declined": _("Ihre Anfrage: %(title)s"),
        "cancelled": _("Ihr Termin fällt aus: %(title)s"),
        "moved": _("Neue Uhrzeit: %(title)s"),
        "reminder": _("Morgen: %(title)s"),
        "earlier": _("Eine frühere Zeit ist frei: %(title)s"),
        "office": _("Neue Buchung: %(title)s"),
    }
    return words[template] % {"title": title}

"""The German words of programmes."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Final, Protocol

from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lueckenlos.commons.directory.wording import euros
from lueckenlos.core.times import time_words
from lueckenlos.offers.programmes.types import (
    ComesWith,
    Fare,
    Format,
    Kind,
    MaterialView,
    ProgrammeState,
    RegistrationState,
)

KINDS: Final[dict[Kind, Promise]] = {
    Kind.TALK: gettext_lazy("Vortrag"),
    Kind.COURSE: gettext_lazy("Kurs"),
    Kind.OPEN_GROUP: gettext_lazy("Offene Gruppe"),
    Kind.HOLIDAY: gettext_lazy("Ferienangebot"),
    Kind.FAMILY_CLASS: gettext_lazy("Familienklasse"),
    Kind.TRAINING: gettext_lazy("Fortbildung"),
    Kind.SPORT: gettext_lazy("Sport"),
}
FORMATS: Final[dict[Format, Promise]] = {
    Format.IN_PERSON: gettext_lazy("vor Ort"),
    Format.ONLINE: gettext_lazy("online"),
    Format.HYBRID: gettext_lazy("vor Ort oder online"),
}
COMES: Final[dict[ComesWith, Promise]] = {
    ComesWith.ADULT: gettext_lazy("Erwachsene"),
    ComesWith.CHILD: gettext_lazy("Kinder und Jugendliche"),
    ComesWith.BOTH: gettext_lazy("Eltern und Kind zusammen"),
}
STATES: Final[dict[ProgrammeState, Promise]] = {
    ProgrammeState.DRAFT: gettext_lazy("Entwurf"),
    ProgrammeState.PUBLISHED: gettext_lazy("veröffentlicht"),
    ProgrammeState.CANCELLED: gettext_lazy("abgesagt"),
}
REGISTRATIONS: Final[dict[RegistrationState, Promise]] = {
    RegistrationState.PLACED: gettext_lazy("hat einen Platz"),
    RegistrationState.OFFERED: gettext_lazy("Platz angeboten"),
    RegistrationState.WAITING: gettext_lazy("wartet"),
    RegistrationState.CANCELLED: gettext_lazy("abgemeldet"),
    RegistrationState.DECLINED: gettext_lazy("abgelehnt"),
    RegistrationState.LAPSED: gettext_lazy("Frist verstrichen"),
}
# The same, said to whoever registered.
MINE: Final[dict[RegistrationState, Promise]] = {
    **REGISTRATIONS,
    RegistrationState.PLACED: gettext_lazy("Sie haben einen Platz"),
    RegistrationState.OFFERED: gettext_lazy("Ein Platz ist frei!"),
    RegistrationState.WAITING: gettext_lazy("Sie stehen auf der Warteliste"),
}


LETTERS: Final[dict[str, Promise]] = {
    "registered": gettext_lazy("Bestätigung"),
    "offered": gettext_lazy("Platz frei, bitte auch anrufen"),
    "taken_out": gettext_lazy("gestrichen"),
    "cancelled": gettext_lazy("fällt aus"),
    "moved": gettext_lazy("neue Zeit"),
}


class Dated(Protocol):
    """Anything with a beginning and an end."""

    @property
    def starts_at(self) -> datetime:
        """When it begins."""

    @property
    def ends_at(self) -> datetime:
        """When it ends."""


def session_words(session: Dated) -> str:
    """A date as people say it."""
    return time_words(session.starts_at, session.ends_at)


def subject(template: str, title: str) -> str:
    """The subject of a mail."""
    words = {
        "registered": _("Ihre Anmeldung: %(title)s"),
        "asked": _("Noch ein paar Angaben: %(title)s"),
        "offered": _("Ein Platz ist frei: %(title)s"),
        "taken_out": _("Ihre Anmeldung wurde gelöscht: %(title)s"),
        "cancelled": _("Fällt aus: %(title)s"),
        "moved": _("Neuer Termin: %(title)s"),
        "access": _("Ihr Zugang: %(title)s"),
    }
    return words[template] % {"title": title}


def registered_words(rank: int | None) -> str:
    """What came of a registration at the desk, to be told at once."""
    if rank is None:
        return _("Angemeldet: Der Platz ist sicher.")
    return _("Auf der Warteliste, auf Platz %(rank)s. Bitte sagen Sie es gleich.") % {"rank": rank}


def size_words(file: MaterialView) -> str:
    """What a file is and how large: “PDF, 1,2 MB”."""
    return f"{file.kind.suffix.upper()}, {filesizeformat(file.size)}"


def money(cents: int) -> str:
    """An amount as families read it."""
    return euros(Decimal(cents) / 100) if cents else _("kostenlos")


def fare_words(fare: Fare) -> str:
    """Who pays how much: “Kind mit Familienkarte: 6 Euro”."""
    return f"{fare.label}: {money(fare.cents)}"

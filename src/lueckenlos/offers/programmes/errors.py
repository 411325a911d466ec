"""What cannot be done with a programme or a registration, in sentences for people."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from lueckenlos.kernels.places import Reason

REFUSALS = {
    Reason.NOT_YET_OPEN: _("Die Anmeldung hat noch nicht begonnen."),
    Reason.CLOSED: _("Die Anmeldung ist vorbei."),
    Reason.ALREADY_THERE: _("Diese Anmeldung gibt es schon."),
    Reason.NEVER_FITS: _(
        "So viele Plätze auf einmal gibt es hier nicht. Melden Sie bitte weniger Personen an."
    ),
    Reason.WAITLIST_FULL: _("Alle Plätze sind vergeben, und auch die Warteliste ist voll."),
}


class NoSuchProgramme(LookupError):
    """There is none, or it is not for the one who asks."""


class NoSuchRegistration(LookupError):
    """There is none, or it is not for the one who asks."""


class NothingAsked(Exception):
    """This registration is asked nothing (any more)."""


class NotOffered(Exception):
    """A place was not offered, or its deadline has passed."""


class Refused(Exception):
    """The registration can neither sit nor wait."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason

    @property
    def sentence(self) -> str:
        """Why, for the family."""
        return str(REFUSALS[self.reason])


class NotFit(Exception):
    """Somebody may not come: their age is outside what the programme is for."""

    def __init__(self, name: str, *, born_on: date, age: int) -> None:
        super().__init__("age")
        self.name = name
        self.born_on = born_on
        self.age = age


class SameChildTwice(Exception):
    """One person stands twice in a registration, or is registered already with this address."""

    def __init__(self, name: str) -> None:
        super().__init__("twice")
        self.name = name


class TooManyFiles(ValueError):
    """More files than one programme keeps."""


class SeriesTooLong(ValueError):
    """A series of more dates than anybody plans."""

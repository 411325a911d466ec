"""How the front door speaks to families, in their language."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django_stubs_ext import StrOrPromise

from lueckenlos.care.cases import calendar
from lueckenlos.care.frontdoor.types import Helped, Who
from lueckenlos.commons.families.types import ContactWish
from lueckenlos.core import clock

Words = StrOrPromise

WHO: Final[dict[Who, Words]] = {
    Who.PARENT: _lazy("Mutter oder Vater"),
    Who.YOUNG_PERSON: _lazy("Kind oder junger Mensch"),
    Who.RELATIVE: _lazy("Oma, Opa oder jemand anderes aus der Familie"),
    Who.PROFESSIONAL: _lazy("Ich arbeite mit einer Familie"),
    Who.UNSAID: _lazy("Das möchte ich nicht sagen"),
}
WISHES: Final[dict[ContactWish, Words]] = {
    ContactWish.CALL: _lazy("Rufen Sie mich an"),
    ContactWish.SMS: _lazy("Schicken Sie mir eine SMS"),
    ContactWish.EMAIL: _lazy("Schreiben Sie mir eine E-Mail"),
    ContactWish.LETTER: _lazy("Schicken Sie mir einen Brief"),
}
YOUNG_WISHES: Final[dict[ContactWish, Words]] = {
    ContactWish.CALL: _lazy("Ruft mich an"),
    ContactWish.SMS: _lazy("Schickt mir eine SMS"),
    ContactWish.EMAIL: _lazy("Schreibt mir eine E-Mail"),
}
HELPED: Final[dict[Helped, Words]] = {
    Helped.YES: _lazy("Ja, das hat geholfen"),
    Helped.PARTLY: _lazy("Ein bisschen"),
    Helped.NO: _lazy("Nein, das hilft nicht"),
}


def until_words(moment: datetime, *, now: datetime) -> str:
    """By when, in the reader's language; German says it as people do: "bis Mittwoch 16 Uhr"."""
    if get_language() == "de":
        return calendar.told(moment, now=now)
    at = moment.astimezone(clock.zone())
    return _("bis %(day)s, %(hour)s Uhr") % {
        "day": date_format(at, pgettext("Datumsformat", "D, j. F Y")),
        "hour": _clock(at),
    }


def at_words(moment: datetime) -> str:
    """When something was said: "Di, 3. März 2027, 15 Uhr"."""
    at = moment.astimezone(clock.zone())
    return _("%(day)s, %(start)s Uhr") % {
        "day": date_format(at, pgettext("Datumsformat", "D, j. F Y")),
        "start": _clock(at),
    }


def _clock(at: datetime) -> str:
    if at.minute:
        return f"{at.hour}:{at.minute:02}"
    return pgettext("volle Stunde", "%(hour)s") % {"hour": at.hour}

"""How talks are told in German."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from lueckenlos.care.talks.types import AgeBand, Hearing, Outcome, TalkState
from lueckenlos.commons.signals.types import SignalReason

Words = StrOrPromise

AGE_BANDS: Final[dict[AgeBand, Words]] = {
    AgeBand.BEFORE_BIRTH: _("vor der Geburt"),
    AgeBand.UNDER_3: _("0 bis 2 Jahre"),
    AgeBand.FROM_3: _("3 bis 5 Jahre"),
    AgeBand.FROM_6: _("6 bis 9 Jahre"),
    AgeBand.FROM_10: _("10 bis 13 Jahre"),
    AgeBand.FROM_14: _("14 bis 17 Jahre"),
    AgeBand.FROM_18: _("18 bis 27 Jahre"),
}

STATES: Final[dict[TalkState, Words]] = {
    TalkState.PLANNED: _("geplant"),
    TalkState.RUNNING: _("läuft"),
    TalkState.HELD: _("geführt"),
    TalkState.CANCELLED: _("fällt aus"),
}

OUTCOMES: Final[dict[Outcome, Words]] = {
    Outcome.ADVICE: _("Rat gegeben"),
    Outcome.AGREED: _("Etwas verabredet"),
    Outcome.NO_OFFER: _("Niemand kann anbieten, was gebraucht wird"),
    Outcome.AGAIN: _("Noch einmal ansehen"),
}

# Why there is nothing: the reasons of the county's signals that a talk can know.
MISSING: Final[dict[SignalReason, Words]] = {
    SignalReason.NO_OFFER: _("Das gibt es hier nicht"),
    SignalReason.NO_PLACE: _("Kein Platz frei"),
    SignalReason.WAITING: _("Wartezeit zu lang"),
    SignalReason.TOO_FAR: _("Zu weit weg"),
    SignalReason.LANGUAGE: _("Nicht in der Sprache der Familie"),
    SignalReason.COST: _("Zu teuer"),
    SignalReason.BARRIER: _("Nicht barrierefrei"),
    SignalReason.AGE: _("Nicht für dieses Alter"),
    SignalReason.TIME: _("Nicht zur passenden Zeit"),
}

WEEKS: Final[dict[int, Words]] = {
    1: _("jeden ersten"),
    2: _("jeden zweiten"),
    3: _("jeden dritten"),
    4: _("jeden vierten"),
    5: _("jeden letzten"),
}
WEEKDAYS: Final[tuple[Words, ...]] = (
    _("Montag"),
    _("Dienstag"),
    _("Mittwoch"),
    _("Donnerstag"),
    _("Freitag"),
)

UNFIT: Final[dict[str, Words]] = {
    "two_offices": _("Eine Reihe hat mindestens zwei Ämter. Bitte wählen Sie noch eines."),
    "host_is_seated": _("Das einladende Amt gehört selbst zur Reihe. Bitte wählen Sie es mit aus."),
    "closed_office": _("Dieses Amt gibt es nicht mehr. Bitte wählen Sie seine Nachfolge."),
    "not_in_office": _("Diese Person arbeitet nicht für dieses Amt. Bitte wählen Sie jemanden von dort."),
    "date_taken": _("An diesem Tag gibt es schon ein Gespräch dieser Reihe. Bitte wählen Sie einen anderen."),
    "date_past": _("Dieser Tag ist schon vorbei. Bitte wählen Sie einen, der noch kommt."),
    "already_held": _("Dieses Gespräch ist schon geführt oder abgesagt."),
    "host_stays": _("Das einladende Amt kann die Reihe nicht verlassen. Beenden Sie dann die Reihe."),
}

# What names a county and says nothing where all offices are of it.
_COUNTY_PART: Final = re.compile(
    r"^(?:Kreis|Stadt|Landkreis|Rhein-Kreis|Städteregion) [^,]+, |\s+(?:Kreis|Stadt) \S+$"
)


def short_name(name: str) -> str:
    """How an office is called at its own table: without the county's name."""
    return _COUNTY_PART.sub("", name) or name


def hearers_sentence(hearing: Hearing) -> str:
    """ "3 von 5 Ämtern dürfen diesen Fall hören"; of a pseudonymous one all."""
    total, heard = len(hearing.offices), len(hearing.hearers)
    if hearing.is_open_to_all:
        return gettext("Ohne Namen: alle %(total)s Ämter hören ihn.") % {"total": total}
    return ngettext(
        "%(heard)s von %(total)s Ämtern darf diesen Fall hören.",
        "%(heard)s von %(total)s Ämtern dürfen diesen Fall hören.",
        heard,
    ) % {"heard": heard, "total": total}


def day_and_hours(starts_at: datetime, ends_at: datetime) -> str:
    """ "Di, 3. März 2027, 9–11 Uhr"."""
    hours = f"{_hour(starts_at)}–{_hour(ends_at)}"
    return gettext("%(day)s, %(hours)s Uhr") % {"day": date_format(starts_at, "D, j. F Y"), "hours": hours}


def rhythm(week: int, weekday: int) -> str:
    """ "jeden zweiten Dienstag im Monat"."""
    return gettext("%(week)s %(weekday)s im Monat") % {"week": WEEKS[week], "weekday": WEEKDAYS[weekday]}


def unfit(name: str) -> Words:
    """The sentence for what a series cannot be."""
    return UNFIT.get(name, _("Das geht hier nicht."))


def _hour(moment: datetime) -> str:
    return date_format(moment, "G" if moment.minute == 0 else "G:i")

"""How the finder speaks: ages, prices, distances, reasons, in the reader's language."""

from collections.abc import Sequence
from datetime import date, time

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, npgettext, pgettext

from lueckenlos.commons.directory.types import (
    Access,
    Audience,
    DateView,
    Format,
    Glance,
    LocationView,
    ServiceView,
)
from lueckenlos.commons.directory.wording import language_name
from lueckenlos.offers.finder.types import Reason, ReasonKind

WALK_MINUTES_PER_KM = 12.5
LONGEST_WALK_KM = 4.0
MONTHS_UNTIL = 3

ACCESS: dict[Access, Promise] = {
    Access.OPEN: gettext_lazy("Einfach hingehen"),
    Access.REGISTRATION: gettext_lazy("Vorher anmelden"),
    Access.REFERRAL: gettext_lazy("Wird vermittelt"),
}
FORMATS: dict[Format, Promise] = {
    Format.ON_SITE: gettext_lazy("vor Ort"),
    Format.ONLINE: gettext_lazy("im Internet"),
    Format.OUTREACH: gettext_lazy("kommt zu Ihnen"),
    Format.MOBILE: gettext_lazy("unterwegs, wechselnde Orte"),
    Format.PHONE: gettext_lazy("am Telefon"),
}
AUDIENCES: dict[Audience, Promise] = {
    Audience.CHILDREN: gettext_lazy("für Kinder"),
    Audience.PARENTS: gettext_lazy("für Eltern"),
    Audience.FAMILIES: gettext_lazy("für Familien"),
    Audience.YOUTH: gettext_lazy("für junge Menschen"),
    Audience.ALL: gettext_lazy("für alle"),
    Audience.PROFESSIONALS: gettext_lazy("für Fachkräfte"),
}
WHY: dict[ReasonKind, Promise] = {
    ReasonKind.WORD: gettext_lazy("Hier geht es um „%(detail)s“."),
    ReasonKind.PART: gettext_lazy("„%(detail)s“ passt zu „%(found)s“."),
    ReasonKind.SPELLING: gettext_lazy("„%(detail)s“ haben wir als „%(found)s“ verstanden."),
    ReasonKind.PHRASE: gettext_lazy("„%(detail)s“: Dabei hilft %(found)s."),
    ReasonKind.MEANING: gettext_lazy("Passt dem Sinn nach: %(detail)s."),
    ReasonKind.HERE: gettext_lazy("Das gibt es in %(detail)s."),
    ReasonKind.EVERYWHERE: gettext_lazy("Der Ort spielt keine Rolle."),
    ReasonKind.AGE: gettext_lazy("Passt zum Alter."),
}
"""What each reason says; the others go without saying."""


def for_whom(service: Glance | ServiceView) -> str:
    """Audience and ages: "für Kinder von 6 bis 10"."""
    audience = str(AUDIENCES[service.audience])
    ages = _ages(service.age_min, service.age_max)
    if not ages:
        return audience
    if service.audience in {Audience.PARENTS, Audience.FAMILIES}:
        return _("%(audience)s mit Kindern %(ages)s") % {"audience": audience, "ages": ages}
    return f"{audience} {ages}"


def _ages(age_min: float | None, age_max: float | None) -> str:
    """Ages as people say them; months where a year is too coarse."""
    if age_min and age_max is not None:
        if _in_months(age_min) or _in_months(age_max):
            return _from_to_months(_months(age_min), _months(age_max))
        return _from_to_years(int(age_min), int(age_max))
    if age_max is not None:
        if _in_months(age_max):
            months = _months(age_max)
            return ngettext("bis %(high)s Monat", "bis %(high)s Monate", months) % {"high": months}
        return ngettext("bis %(high)s Jahr", "bis %(high)s Jahre", int(age_max)) % {"high": int(age_max)}
    if age_min:
        if _in_months(age_min):
            months = _months(age_min)
            return ngettext("ab %(low)s Monat", "ab %(low)s Monaten", months) % {"low": months}
        return ngettext("ab %(low)s Jahr", "ab %(low)s Jahren", int(age_min)) % {"low": int(age_min)}
    return ""


def _from_to_years(low: int, high: int) -> str:
    sentence = ngettext("von %(low)s bis %(high)s Jahr", "von %(low)s bis %(high)s Jahren", high)
    return sentence % {"low": low, "high": high}


def _from_to_months(low: int, high: int) -> str:
    sentence = ngettext("von %(low)s bis %(high)s Monat", "von %(low)s bis %(high)s Monaten", high)
    return sentence % {"low": low, "high": high}


def _in_months(age: float) -> bool:
    return age != int(age) and age < MONTHS_UNTIL


def _months(age: float) -> int:
    return round(age * 12)


def how_far(kilometers: float) -> str:
    """A straight distance with the walk it may mean: "2,4 km, etwa 30 Minuten zu Fuß"."""
    number = f"{kilometers:.1f}".replace(".", pgettext("Dezimalzeichen", ","))
    if kilometers > LONGEST_WALK_KM:
        return _("%(km)s km entfernt") % {"km": number}
    minutes = max(5, round(kilometers * WALK_MINUTES_PER_KM / 5) * 5)
    sentence = ngettext(
        "%(km)s km, etwa %(minutes)s Minute zu Fuß", "%(km)s km, etwa %(minutes)s Minuten zu Fuß", minutes
    )
    return sentence % {"km": number, "minutes": minutes}


def on_day(day: date) -> str:
    """A day in words: "Di, 3. März 2027"."""
    return date_format(day, pgettext("Datumsformat", "D, j. F Y"))


def at_time(date_: DateView) -> str:
    """A day with its hours: "Di, 3. März 2027, 15–17 Uhr"."""
    day = on_day(date_.day)
    if date_.starts is None or around_the_clock(date_):
        return day
    if date_.ends is None:
        return _("%(day)s, %(start)s Uhr") % {"day": day, "start": _clock(date_.starts)}
    return _("%(day)s, %(start)s–%(end)s Uhr") % {
        "day": day,
        "start": _clock(date_.starts),
        "end": _clock(date_.ends),
    }


def hours(date_: DateView) -> str:
    """The hours alone, where the day stands above: "15–17 Uhr"; empty where nobody has told them."""
    if date_.starts is None or around_the_clock(date_):
        return ""
    if date_.ends is None:
        return _("%(start)s Uhr") % {"start": _clock(date_.starts)}
    return _("%(start)s–%(end)s Uhr") % {"start": _clock(date_.starts), "end": _clock(date_.ends)}


def around_the_clock(date_: DateView) -> bool:
    """Whether it is open all day and all night: that is no date to go to."""
    return date_.starts is not None and date_.starts == date_.ends


def _clock(hour: time) -> str:
    if hour.minute:
        return f"{hour.hour}:{hour.minute:02}"
    return pgettext("volle Stunde", "%(hour)s") % {"hour": hour.hour}


def waiting(weeks: int) -> str:
    """How long one waits, said plainly."""
    if weeks == 0:
        return _("keine Wartezeit")
    return npgettext("Wartezeit", "etwa %(weeks)s Woche", "etwa %(weeks)s Wochen", weeks) % {"weeks": weeks}


def where(location: LocationView) -> str:
    """The place on one short line."""
    return ", ".join(part for part in (location.name, location.address) if part)


def why(reason: Reason) -> str:
    """One reason for a hit as a short line; empty where there is nothing worth saying."""
    sentence = WHY.get(reason.kind)
    return "" if sentence is None else str(sentence) % {"detail": reason.detail, "found": reason.found}


def languages(codes: Sequence[str]) -> str:
    """The languages in the reader's own words: "Deutsch, Türkisch"."""
    return ", ".join(language_name(code) for code in codes)

"""How entries are said on pages: words for keys, freshness as a badge, dates, the facts of a service."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.dateformat import format as format_date
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lueckenlos.commons.directory.types import DateView, Freshness, ServiceView
from lueckenlos.commons.directory.wording import (
    ACCESSES,
    AUDIENCES,
    FORMATS,
    FRESHNESSES,
    euros,
    language_name,
)
from lueckenlos.core.templatetags.kern import badge

register = template.Library()

_BADGES = {
    Freshness.FRESH: "success",
    Freshness.DUE: "info",
    Freshness.OVERDUE: "warning",
    Freshness.NEVER: "warning",
}


@register.simple_tag
def word(words: Mapping[str, Any], key: str) -> str:
    """The German word for a key."""
    return str(words.get(key, key))


@register.simple_tag
def freshness_badge(state: Freshness) -> SafeString:
    """How fresh an entry is."""
    return badge(str(FRESHNESSES[state]), kind=_BADGES[Freshness(state)])


@register.simple_tag
def date_words(when: DateView) -> str:
    """A date as people say it: Di, 3. November, 15–17 Uhr."""
    day = format_date(when.day, "D, j. F")
    if when.starts is None:
        return day
    hours = _clock(when.starts) if when.ends is None else f"{_clock(when.starts)}–{_clock(when.ends)}"
    return _("%(day)s, %(hours)s Uhr") % {"day": day, "hours": hours}


@register.simple_tag
def facts_of(view: ServiceView) -> list[tuple[str, str]]:
    """Everything a family asks, as terms and values; what nobody knows is left out."""
    return [
        (_("Für wen"), _who(view)),
        (_("So fängt man an"), view.application or str(ACCESSES[view.access])),
        (_("Telefon"), ", ".join(phone.number for phone in view.all_phones)),
        (_("E-Mail"), view.email),
        (_("Wann"), view.schedule_text),
        (_("Die nächsten Termine"), " · ".join(date_words(each) for each in view.next_dates[:3])),
        (
            _("Wo"),
            "; ".join(filter(None, (place.address for place in view.locations))) or str(FORMATS[view.format]),
        ),
        (_("Was es kostet"), _cost(view)),
        (_("Sprachen"), ", ".join(language_name(code) for code in view.languages)),
        (_("Barrierefrei"), "" if view.accessible is None else _("ja") if view.accessible else _("nein")),
        (_("Mitbringen"), ", ".join(view.documents)),
        (_("Wartezeit"), _waiting(view.waiting_weeks)),
    ]


def _clock(time: Any) -> str:
    return str(time.hour) if not time.minute else f"{time.hour}.{time.minute:02}"


def _who(view: ServiceView) -> str:
    ages = ""
    if view.age_min is not None and view.age_max is not None:
        ages = _("von %(low)s bis %(high)s Jahren") % {"low": view.age_min, "high": view.age_max}
    elif view.age_min is not None:
        ages = _("ab %(low)s Jahren") % {"low": view.age_min}
    elif view.age_max is not None:
        ages = _("bis %(high)s Jahre") % {"high": view.age_max}
    return ", ".join(filter(None, (str(AUDIENCES[view.audience]), ages, view.eligibility)))


def _cost(view: ServiceView) -> str:
    prices = [
        " ".join(
            filter(None, (each.option, "" if each.amount is None else euros(each.amount), each.description))
        )
        for each in view.costs
    ]
    return ", ".join(filter(None, (view.fee, *prices)))


def _waiting(weeks: int | None) -> str:
    if weeks is None:
        return ""
    if weeks == 0:
        return _("keine")
    return ngettext("etwa %(weeks)s Woche", "etwa %(weeks)s Wochen", weeks) % {"weeks": weeks}

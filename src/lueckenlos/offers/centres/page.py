"""Centres in the words of their public pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lueckenlos.commons.directory.types import Catalog, LocalText, ServiceView
from lueckenlos.core import clock
from lueckenlos.core.ages import ages_words
from lueckenlos.offers.centres.types import CalendarDate, CentreView
from lueckenlos.offers.programmes.wording import KINDS

# A service for so many phases speaks to the whole family.
MANY_PHASES: Final = 4
BRIEF: Final = 170


@dataclass(frozen=True, slots=True)
class Line:
    """One service in few words."""

    key: str
    name: LocalText
    brief: LocalText
    organization: str
    when: str
    phone: str


@dataclass(frozen=True, slots=True)
class Group:
    """What there is for one phase of life."""

    key: str
    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class DateLine:
    """One date in the joint calendar."""

    date: CalendarDate
    hours: str
    kind: str
    ages: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day with its dates."""

    words: str
    lines: tuple[DateLine, ...]


def size(view: CentreView) -> str:
    """How many are together."""
    count = len(view.joined)
    return ngettext("%(count)s Haus", "%(count)s Häuser zusammen", count) % {"count": count}


def where(view: CentreView) -> str:
    """Town and quarter."""
    return ", ".join(filter(None, (view.municipality, view.social_area)))


def groups(services: Sequence[ServiceView], *, words: Catalog, language: str) -> list[Group]:
    """Services by phase of life, those for everybody first; one for two phases stands in both."""
    own = {each.id: frozenset(phase.key for phase in each.phases) for each in services}
    for_all = [each for each in services if not own[each.id] or len(own[each.id]) >= MANY_PHASES]
    sorted_in = [("alle", _("Für die ganze Familie"), for_all)]
    sorted_in += [
        (
            phase.key,
            phase.label,
            [each for each in services if phase.key in own[each.id] and len(own[each.id]) < MANY_PHASES],
        )
        for phase in words.phases
    ]
    return [
        Group(key, label, tuple(_line(each, language=language) for each in members))
        for key, label, members in sorted_in
        if members
    ]


def days(dates: Iterable[CalendarDate]) -> list[Day]:
    """Dates day by day."""
    return [
        Day(date_format(day, "l, j. F Y"), tuple(map(_date_line, found)))
        for day, found in groupby(dates, key=_day)
    ]


def hours(each: CalendarDate) -> str:
    """From when to when, on its day."""
    starts, ends = (
        moment.astimezone(clock.zone()) for moment in (each.session.starts_at, each.session.ends_at)
    )
    return f"{starts:%H:%M}–{ends:%H:%M}"


def _day(each: CalendarDate) -> date:
    return clock.day_of(each.session.starts_at)


def _date_line(each: CalendarDate) -> DateLine:
    view = each.programme
    return DateLine(each, hours(each), str(KINDS[view.kind]), ages_words(view.age_min, view.age_max))


def _line(service: ServiceView, *, language: str) -> Line:
    phones = service.all_phones
    return Line(
        service.key,
        service.text("name", language),
        _brief(service.text("description", language)),
        service.organization.name,
        service.schedule_text,
        phones[0].number if phones else "",
    )


def _brief(text: LocalText) -> LocalText:
    """The first sentence, or so much of it as fits."""
    first = text.text.partition(". ")[0]
    if len(first) > BRIEF:
        cut = first[:BRIEF].rsplit(" ", 1)[0].rstrip(",;:.–-")
        return LocalText(f"{cut} …", text.language, text.is_fallback, text.state)
    return LocalText(first.rstrip(".") + "." if first else "", text.language, text.is_fallback, text.state)

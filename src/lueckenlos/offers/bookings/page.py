"""Bookings in the words of their pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lueckenlos.commons.directory.wording import language_name
from lueckenlos.core import clock
from lueckenlos.core.times import hours_words, time_words
from lueckenlos.kernels.slots import Slot
from lueckenlos.offers.bookings.types import (
    BookingState,
    BookingView,
    Gender,
    ResourceKind,
    ResourceView,
    Taken,
)
from lueckenlos.offers.bookings.wording import GENDERS, KINDS, STATES, WAYS

MOODS = {
    BookingState.REQUESTED: ("warning", "clock"),
    BookingState.BOOKED: ("success", "check"),
    BookingState.CANCELLED: ("plain", "close"),
    BookingState.DECLINED: ("plain", "close"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """Something that can be booked, in a list."""

    view: ResourceView
    kind: str
    next: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A free time to be chosen."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day with its free times."""

    words: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A booking in a list."""

    view: BookingView
    hours: str
    words: str
    state: str
    mood: str
    icon: str
    who: str


def card(view: ResourceView, slot: Slot | None) -> Card:
    """A resource in few words."""
    soonest = time_words(slot.span.begins, slot.span.ends) if slot else ""
    return Card(view, str(KINDS[view.kind]), soonest)


def days(slots: Iterable[Slot]) -> list[Day]:
    """Free times by day."""
    found: dict[date, list[Choice]] = {}
    for slot in slots:
        local = slot.span.begins.astimezone(clock.zone())
        found.setdefault(clock.day_of(local), []).append(
            Choice(slot.span.begins.isoformat(), local.strftime("%H:%M"))
        )
    return [Day(date_format(day, "l, j. F"), tuple(choices)) for day, choices in sorted(found.items())]


def facts(view: ResourceView) -> tuple[tuple[str, str], ...]:
    """What somebody wants to know first."""
    return (
        (_("Wo"), view.place),
        (_("Wie lange"), hours_words(view.minutes)),
        (_("Bei"), view.organization_name),
    )


def row(view: BookingView) -> Row:
    """A booking for those who may read it."""
    mood, icon = MOODS[view.state]
    return Row(
        view,
        hours(view),
        time_words(view.starts_at, view.ends_at),
        _("gesperrt") if view.is_block else str(STATES[view.state]),
        mood,
        icon,
        " · ".join(filter(None, (view.title, view.name, view.guest_name))),
    )


def said(view: BookingView, resource: ResourceView) -> tuple[tuple[str, str], ...]:
    """What somebody said for their booking; what nobody said is left out."""
    is_talk = resource.kind is ResourceKind.PERSON and not view.is_block
    return (
        (_("Für wen"), view.name),
        (_("E-Mail"), view.email),
        (_("Telefon"), view.phone),
        (_("Per Brief an"), view.address),
        (_("Wie"), str(WAYS[view.way]) if is_talk else ""),
        (_("Übersetzung"), language_name(view.interpreter) if view.interpreter else ""),
        (_("Lieber"), str(GENDERS[view.gender]) if view.gender is not Gender.ANY else ""),
        (_("Grund"), view.reason),
    )


def details(view: BookingView, resource: ResourceView) -> tuple[tuple[str, str], ...]:
    """The same with the title and the guest, for people at work."""
    return ((_("Titel"), view.title), (_("Stelle"), view.guest_name), *said(view, resource))


def hours(view: BookingView | Taken) -> str:
    """From when to when, on its day."""
    starts, ends = (each.astimezone(clock.zone()) for each in (view.starts_at, view.ends_at))
    return f"{starts:%H:%M}–{ends:%H:%M}"


def by_day(rows: Iterable[Row], *, first: date, count: int = 7) -> list[tuple[str, list[Row]]]:
    """Bookings day by day; empty days stand there too, so that a free one is seen."""
    found: dict[date, list[Row]] = {first + timedelta(days=number): [] for number in range(count)}
    for each in rows:
        day = clock.day_of(each.view.starts_at)
        found.setdefault(max(day, first), []).append(each)
    return [(date_format(day, "l, j. F"), rows) for day, rows in sorted(found.items())]


def midnight(day: date) -> datetime:
    """When a day begins in the county."""
    return datetime.combine(day, datetime.min.time(), tzinfo=clock.zone())

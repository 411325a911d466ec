"""Vouchers in the words of their public pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from lueckenlos.core.ages import ages_words
from lueckenlos.core.times import time_words
from lueckenlos.offers.programmes.types import ProgrammeView
from lueckenlos.offers.programmes.wording import money
from lueckenlos.offers.vouchers.types import SchemeView
from lueckenlos.offers.vouchers.wording import day_words, worth


@dataclass(frozen=True, slots=True)
class Card:
    """One kind of vouchers for families."""

    view: SchemeView
    worth: str
    for_whom: str
    until: str
    givers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One programme that takes vouchers."""

    view: ProgrammeView
    when: str
    ages: str
    cost: str


def card(view: SchemeView, *, phones: Mapping[UUID, str]) -> Card:
    """What it is worth, for whom, until when, and who hands it out by which number."""
    return Card(
        view,
        worth(view),
        ages_words(view.age_min, view.age_max),
        day_words(view.valid_until),
        tuple((each.name, phones.get(each.id, "")) for each in view.givers),
    )


def lines(views: Iterable[ProgrammeView], *, now: datetime) -> list[Line]:
    """Programmes in their order."""
    return [_line(each, now=now) for each in views]


def _line(view: ProgrammeView, *, now: datetime) -> Line:
    ahead = [each for each in view.sessions if each.ends_at > now and not each.is_cancelled]
    when = time_words(ahead[0].starts_at, ahead[0].ends_at) if ahead else ""
    return Line(view, when, ages_words(view.age_min, view.age_max), _cost(view))


def _cost(view: ProgrammeView) -> str:
    if view.is_free:
        return _("kostenlos, ohne Gutschein")
    prices = [fare.cents for fare in view.fares if fare.cents]
    return _("ab %(amount)s") % {"amount": money(min(prices))} if prices else view.fee

"""Rounds and wish lists in the words of their pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lueckenlos.core.ages import ages_words
from lueckenlos.core.times import moment_words, until_words
from lueckenlos.offers.holidays import fitting
from lueckenlos.offers.holidays.types import (
    ChildValue,
    DecisionView,
    ExtensionView,
    OfferView,
    RoundView,
    Stage,
)
from lueckenlos.offers.holidays.wording import STAGES, dates_words, outcome_words, unfit_words
from lueckenlos.offers.programmes.page import cost
from lueckenlos.offers.programmes.types import ProgrammeView


@dataclass(frozen=True, slots=True)
class Shown:
    """A round as it stands on a page."""

    view: RoundView
    stage: Stage
    standing: str
    opens: str
    until: str
    rest: str
    is_aborted: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One offer in a list: when, for whom, where, what it costs."""

    offer: OfferView
    dates: str
    price: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """One wish and what became of it."""

    offer: UUID
    wish: int
    title: str
    dates: str
    words: str
    has_place: bool
    asks_more: bool


def shown(view: RoundView, *, now: datetime) -> Shown:
    """A round with its moments in words."""
    stage = view.stage(now)
    return Shown(
        view,
        stage,
        str(STAGES[stage]),
        moment_words(view.wishes_from),
        until_words(view.wishes_until),
        moment_words(view.rest_from),
        stage is Stage.ABORTED,
    )


def before(view: ExtensionView) -> tuple[str, str, str]:
    """What held until the end was put off: since when, until when, from where the seed would have come."""
    return moment_words(view.extended_at), until_words(view.wishes_until), view.seed_source


def line(offer: OfferView, *, stage: Stage = Stage.WISHING) -> Line:
    """An offer in few words; once the places are told, with those that remain."""
    view = offer.programme
    seats = fitting.seats_of(view)
    if not offer.takes_place:
        return Line(offer, "", "", tuple(filter(None, (ages_words(view.age_min, view.age_max), view.place))))
    facts = (
        dates_words(view),
        ages_words(view.age_min, view.age_max),
        view.place,
        cost(view),
        _seats(seats, stage=stage),
    )
    return Line(offer, facts[0], facts[3], tuple(each for each in facts if each))


def _seats(count: int, *, stage: Stage) -> str:
    if count >= fitting.NO_LIMIT:
        return ""
    if stage is Stage.PUBLISHED:
        return _("noch %(count)s frei") % {"count": count}
    return ngettext("%(count)s Platz", "%(count)s Plätze", count) % {"count": count}


def choice(view: ProgrammeView) -> str:
    """An offer as it stands among others to choose from."""
    return " · ".join(filter(None, (view.title, dates_words(view), cost(view))))


def sorted_out(
    offers: Sequence[OfferView], children: Sequence[ChildValue]
) -> tuple[list[OfferView], list[tuple[str, str]]]:
    """What these children may wish for, and the others by title with the reason."""
    open_to_them: list[OfferView] = []
    others: list[tuple[str, str]] = []
    for offer in offers:
        unfit = fitting.why_not(offer.programme, children)
        if unfit is None:
            open_to_them.append(offer)
        else:
            words = ", ".join(
                filter(
                    None, (unfit_words(unfit), ages_words(offer.programme.age_min, offer.programme.age_max))
                )
            )
            others.append((offer.programme.title, words))
    return open_to_them, others


def same_time(offers: Sequence[OfferView]) -> list[tuple[str, str]]:
    """Pairs of wishes of which a child gets one at most, by title."""
    return [
        (one.title, other.title) for one, other in fitting.overlapping([each.programme for each in offers])
    ]


def results(
    wishes: Sequence[UUID], decisions: Sequence[DecisionView], offers: Sequence[OfferView]
) -> list[Result]:
    """What became of each wish, the dearest first."""
    by_id = {each.id: each for each in offers}
    decided = {each.offer: each for each in decisions}
    return [
        Result(
            wish,
            number,
            by_id[wish].programme.title,
            dates_words(by_id[wish].programme) if by_id[wish].takes_place else "",
            outcome_words(decided.get(wish), takes_place=by_id[wish].takes_place),
            by_id[wish].takes_place and wish in decided and decided[wish].has_place,
            by_id[wish].programme.asks_more,
        )
        for number, wish in enumerate(wishes, start=1)
        if wish in by_id
    ]

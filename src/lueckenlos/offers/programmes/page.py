"""Programmes in the words of their pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lueckenlos.commons.directory.wording import language_name
from lueckenlos.core.ages import ages_words
from lueckenlos.offers.programmes.types import ProgrammeState, ProgrammeView, SessionView
from lueckenlos.offers.programmes.wording import COMES, FORMATS, KINDS, fare_words, money, session_words

FEW_LEFT = 5


@dataclass(frozen=True, slots=True)
class Card:
    """One programme in a list."""

    view: ProgrammeView
    kind: str
    when: str
    more_dates: int
    badges: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class DateLine:
    """One date as it stands on a page."""

    session: SessionView
    words: str
    is_over: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """One programme on its own page."""

    view: ProgrammeView
    kind: str
    facts: tuple[tuple[str, str], ...]
    dates: tuple[DateLine, ...]
    standing: str
    can_register: bool
    would_wait: bool


def card(view: ProgrammeView, *, now: datetime) -> Card:
    """A programme in few words."""
    ahead = [each for each in view.sessions if each.ends_at > now and not each.is_cancelled]
    badges = [(_standing(view, now=now), *_mood(view, now=now))]
    badges.append(_cost_badge(view))
    told_ages = ages_words(view.age_min, view.age_max)
    if told_ages:
        badges.append((told_ages, "plain", "person"))
    return Card(
        view,
        str(KINDS[view.kind]),
        session_words(ahead[0]) if ahead else "",
        max(len(ahead) - 1, 0),
        tuple(badge for badge in badges if badge[0]),
    )


def shown(view: ProgrammeView, *, now: datetime) -> Shown:
    """A programme with everything that a family asks."""
    facts = (
        (
            _("Für wen"),
            ", ".join(filter(None, (str(COMES[view.comes]), ages_words(view.age_min, view.age_max)))),
        ),
        (_("Wo"), view.place or str(FORMATS[view.format])),
        (_("Kosten"), cost(view)),
        (_("Sprachen"), ", ".join(language_name(each) for each in view.languages)),
        (_("Mit"), view.speakers),
        (_("Veranstalter"), view.organization_name),
        (_("Gemeinsam mit"), view.partners),
    )
    is_open = _is_open(view, now=now)
    return Shown(
        view,
        str(KINDS[view.kind]),
        tuple((label, value) for label, value in facts if value),
        tuple(DateLine(each, session_words(each), each.ends_at <= now) for each in view.sessions),
        _standing(view, now=now),
        can_register=is_open,
        would_wait=is_open and view.places.free == 0,
    )


def _is_open(view: ProgrammeView, *, now: datetime) -> bool:
    """Whether somebody may register now; a full programme without a waiting list takes nobody."""
    closes = view.closes_at or max(
        (each.starts_at for each in view.sessions if not each.is_cancelled), default=None
    )
    if view.state is not ProgrammeState.PUBLISHED or closes is None or closes <= now:
        return False
    if view.opens_at is not None and view.opens_at > now:
        return False
    return view.places.free != 0 or view.waitlist_limit is None or view.waitlist_limit > 0


def _standing(view: ProgrammeView, *, now: datetime) -> str:
    """How it stands with places, in a few words."""
    if view.state is ProgrammeState.CANCELLED:
        return _("abgesagt")
    if view.opens_at is not None and view.opens_at > now:
        return _("Anmeldung noch nicht offen")
    if not _is_open(view, now=now):
        return _("keine Anmeldung mehr")
    free = view.places.free
    if free is None:
        return _("Plätze frei")
    if free == 0:
        return _("Warteliste")
    if free <= FEW_LEFT:
        return ngettext("nur noch %(count)s Platz frei", "nur noch %(count)s Plätze frei", free) % {
            "count": free
        }
    return _("%(count)s Plätze frei") % {"count": free}


def cost(view: ProgrammeView) -> str:
    """All prices and what there is to say about them."""
    if view.is_free:
        return _("kostenlos")
    return ". ".join(filter(None, (", ".join(map(fare_words, view.fares)), view.fee)))


def _cost_badge(view: ProgrammeView) -> tuple[str, str, str]:
    if view.is_free:
        return _("kostenlos"), "success", "check"
    if not view.fares:
        return view.fee, "plain", "euro"
    least = money(min(fare.cents for fare in view.fares if fare.cents))
    words = least if len(view.fares) == 1 else _("ab %(amount)s") % {"amount": least}
    return words, "plain", "euro"


def _mood(view: ProgrammeView, *, now: datetime) -> tuple[str, str]:
    if view.state is ProgrammeState.CANCELLED:
        return "danger", "close"
    if not _is_open(view, now=now):
        return "plain", "clock"
    return ("warning", "clock") if view.places.free == 0 else ("success", "check")

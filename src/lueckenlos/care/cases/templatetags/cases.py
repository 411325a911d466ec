"""Words and shapes for the pages of cases."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from django import template

from lueckenlos.care.cases.types import ReferralView
from lueckenlos.care.cases.wording import CHANNELS, MODES, STATES, needed
from lueckenlos.commons.privacy.types import LegalBasis
from lueckenlos.commons.privacy.wording import BASES
from lueckenlos.core.components import units
from lueckenlos.kernels.pathways import Measures, Node, Pathway, Requirement, Stage

register = template.Library()

_WORDS: Final = {
    "working_days": "Arbeitstage",
    "working_day": "Arbeitstag",
    "days": "Tage",
    "day": "Tag",
    "hours": "Stunden",
    "hour": "Stunde",
    "minutes": "Minuten",
    "minute": "Minute",
    "until": "bis",
    "in office hours": "in der Öffnungszeit",
}
_LINE: Final = 20
MINUTES: Final = 60
_LINE_HEIGHT: Final = 18.0


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of words at its place."""

    text: str
    x: float
    y: float


@register.filter
def needs(stage: Stage, pathway: Pathway) -> list[str]:
    """What must be there before a stage ends."""
    return [needed(each, pathway=pathway) for each in stage.requires]


@register.filter
def leads_to(stage: Stage, pathway: Pathway) -> list[str]:
    """What may follow a stage."""
    return [pathway.stage_of[each.stage].title for each in stage.next]


@register.filter
def deadline(text: str) -> str:
    """A deadline's text in German: "1 Arbeitstag bis 12:00"."""
    for word, german in _WORDS.items():
        text = re.sub(rf"\b{word}\b", german, text)
    return text


@register.filter
def points(corners: Iterable[tuple[float, float]]) -> str:
    """The corners of a line."""
    return " ".join(f"{units(x)},{units(y)}" for x, y in corners)


@register.filter
def lines(node: Node, measures: Measures) -> list[TextLine]:
    """A box's title in lines that fit, in its middle."""
    parts = textwrap.wrap(node.title, _LINE) or [""]
    top = node.y + measures.box_height / 2 - (len(parts) - 1) * _LINE_HEIGHT / 2 + 5
    return [
        TextLine(part, node.x + measures.box_width / 2, top + number * _LINE_HEIGHT)
        for number, part in enumerate(parts)
    ]


@register.filter
def channel_word(channel: str) -> str:
    """By which way it came in."""
    return str(next(words for key, words in CHANNELS.items() if key == channel))


@register.filter
def state_word(referral: ReferralView) -> str:
    """How far a referral is."""
    return str(STATES[referral.state])


@register.filter
def passed_as(referral: ReferralView) -> str:
    """What the receiver gets."""
    return str(MODES[referral.mode])


@register.filter
def one_needed(requirement: Requirement, pathway: Pathway) -> str:
    """One thing that must still be there."""
    return needed(requirement, pathway=pathway)


@register.filter
def promise(told: str) -> str:
    """What a caller hears, before there is a day: "bis …"."""
    return told.replace("{until}", "bis …")


@register.filter
def hours(time: timedelta) -> str:
    """A time at work as one says it."""
    total = round(time.total_seconds() / 60)
    if total < MINUTES:
        return f"{total} Min."
    return (
        f"{total // MINUTES} Std. {total % MINUTES} Min." if total % MINUTES else f"{total // MINUTES} Std."
    )


@register.filter
def basis_word(basis: LegalBasis) -> str:
    """On what a protection step rests."""
    return str(BASES[basis])


@register.filter
def called(organization: UUID, names: Mapping[UUID, str]) -> str:
    """How an organization is called."""
    return names.get(organization, "")

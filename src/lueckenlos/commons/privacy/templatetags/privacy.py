"""Words and the picture of who may know what: ``{% load privacy %}``.

{% who_may_know picture %}                 the drawing with its table behind it
{{ scope.value|category_word }}            words for categories, purposes, grounds, states, forms
"""

from __future__ import annotations

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from lueckenlos.commons.privacy import wording
from lueckenlos.commons.privacy.loading import paragraphs
from lueckenlos.commons.privacy.picture import Picture
from lueckenlos.core import icons
from lueckenlos.core.components import units

register = template.Library()


@register.simple_tag
def who_may_know(picture: Picture, *, name: str = "wer", table: str = "closed") -> SafeString:
    """Who may know what, what for, until when; `name` makes its ids unique on a page."""
    return render_to_string("privacy/picture.html", {"picture": picture, "name": name, "table": table})


@register.filter
def shifted(value: float, by: float) -> str:
    """A length moved by so much."""
    return units(value + float(by))


@register.filter
def drawn(name: str) -> str:
    """The line of one of the house's own icons."""
    return icons.OWN[name]


@register.filter
def category_word(category: Any) -> str:
    """A kind of data."""
    return str(wording.CATEGORIES[category])


@register.filter
def purpose_word(purpose: Any) -> str:
    """What for; empty where none was named."""
    return str(wording.PURPOSES.get(purpose, ""))


@register.filter
def mode_word(mode: Any) -> str:
    """To look, or to write too."""
    return str(wording.MODES[mode])


@register.filter
def ground_word(ground: Any) -> str:
    """Why somebody might see it."""
    return str(wording.GROUNDS[ground])


@register.filter
def form_word(form: Any) -> str:
    """How a consent was given."""
    return str(wording.FORMS[form])


@register.filter
def consent_state_word(state: Any) -> str:
    """How a consent stands."""
    return str(wording.STATES[state])


@register.filter
def draft_word(answer: Any) -> str:
    """What became of a question."""
    return str(wording.DRAFT_ANSWERS[answer])


@register.filter
def cover_word(kind: Any) -> str:
    """Why somebody steps in."""
    return str(wording.COVERS[kind])


@register.filter
def basis_word(basis: Any) -> str:
    """On what a step of protection rests."""
    return str(wording.BASES[basis])


@register.filter
def right_word(kind: Any) -> str:
    """What somebody asks for their own data."""
    return str(wording.RIGHTS[kind])


@register.filter
def outcome_word(outcome: Any) -> str:
    """How such a wish ended."""
    return str(wording.RIGHT_OUTCOMES[outcome])


@register.filter
def text_paragraphs(text: str) -> list[tuple[str, str]]:
    """A consent text as headings with what stands under them."""
    return paragraphs(text)


@register.filter
def text_direction(language: str) -> str:
    """From which side a language is read."""
    return "rtl" if language == "ar" else "ltr"


@register.filter
def spoken(language: str) -> str:
    """How HTML names a language; Einfache Sprache is German to whoever reads it out."""
    return "de" if language == "de-x-plain" else language

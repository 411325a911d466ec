"""Words for the pages of talks: ``{% load talks %}``."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BaseForm, BoundField

from lueckenlos.care.talks.forms import AskForm
from lueckenlos.care.talks.types import OfficeView, SeriesView, TalkView
from lueckenlos.care.talks.wording import STATES, day_and_hours, rhythm

register = template.Library()


@register.filter
def when(talk: TalkView) -> str:
    """ "Di, 3. März 2027, 9–11 Uhr"."""
    return day_and_hours(talk.starts_at, talk.ends_at)


@register.filter
def state_word(talk: TalkView) -> str:
    """How far it is."""
    return str(STATES[talk.state])


@register.filter
def rhythm_word(series: SeriesView) -> str:
    """ "jeden zweiten Dienstag im Monat"."""
    return rhythm(series.week, series.weekday)


@register.filter
def office_field(form: AskForm, office: OfficeView) -> BoundField:
    """The field of one office."""
    return form[AskForm.name_of(office)]


@register.filter
def has_errors(form: BaseForm | None) -> bool:
    """Whether a form came back with something to mend."""
    return form is not None and bool(form.errors)


@register.filter
def office_name(series: SeriesView, organization: Any) -> str:
    """How an office of the series is called at its table."""
    found = series.office(organization)
    return found.short if found else ""

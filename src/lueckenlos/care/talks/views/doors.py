"""Who may pass to the pages of talks, and as whom they act."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from lueckenlos.care.talks import selectors
from lueckenlos.care.talks.item_page import ItemPage, item_page
from lueckenlos.care.talks.page import TalkPage, talk_page
from lueckenlos.care.talks.types import SeriesView
from lueckenlos.commons.accounts import work
from lueckenlos.commons.privacy.types import Purpose
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor, Role
from lueckenlos.core.guards import actor_of, requires

at_table = requires(Role.PROFESSIONAL, Role.PREVENTION_OFFICER, Role.FAMILY_OFFICE, Role.COORDINATION)


def talker(request: HttpRequest) -> Actor:
    """The person at work for the talk of several offices; who serves none and coordinates nothing gets 404."""
    actor = work.at_work(actor_of(request), purpose=Purpose.CASE_TALK.value)
    if actor.organization is None and not actor.may(Role.COORDINATION):
        raise Http404
    return actor


def found_series(request: HttpRequest, key: UUID) -> tuple[Actor, SeriesView]:
    """A series of the actor's office, or 404."""
    actor = talker(request)
    series = selectors.series(actor, key)
    if series is None:
        raise Http404
    return actor, series


def found_talk(request: HttpRequest, key: UUID) -> tuple[Actor, TalkPage]:
    """A talk of the actor's office with its page, or 404."""
    actor = talker(request)
    talk = selectors.talk(actor, key)
    series = selectors.series(actor, talk.series) if talk else None
    if talk is None or series is None:
        raise Http404
    return actor, talk_page(actor, talk, series)


def found_item(request: HttpRequest, key: UUID) -> tuple[Actor, ItemPage]:
    """An item that the actor may know of, or 404, whether it exists or not."""
    actor = talker(request)
    page = item_page(actor, key, now=clock.real_now())
    if page is None:
        raise Http404
    return actor, page


def gone() -> HttpResponse:
    """What an open page gets once something is no longer the reader's: it loads anew and finds the page for nothing."""
    answer = HttpResponse(status=404)
    answer.headers["HX-Refresh"] = "true"
    return answer

"""Who may pass to the desk of an organization, and as whom they act."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase

from lueckenlos.commons.accounts import work
from lueckenlos.core.actor import Actor, Role
from lueckenlos.core.guards import View, actor_of, requires

at_work_only = requires(*work.SERVING)


def worker(request: HttpRequest, *, purpose: str | None = None) -> Actor:
    """The person at work, for their own tasks or for a purpose; who serves no organization gets 404."""
    actor = work.at_work(actor_of(request), purpose=purpose)
    if actor.organization is None:
        raise Http404
    return actor


def worker_or_coordination(request: HttpRequest) -> Actor:
    """The person at work, or the county's Koordination, which may serve no organization; everybody else gets 404."""
    actor = work.at_work(actor_of(request))
    if actor.organization is None and not actor.may(Role.COORDINATION):
        raise Http404
    return actor


def at_work(*hidden: type[Exception]) -> Callable[[View], View]:
    """Open a view for people at work; it gets the actor, and what is not theirs (`hidden`) answers 404."""
    return _opening(at_work_only, worker, hidden)


def at_work_or_coordinating(*hidden: type[Exception]) -> Callable[[View], View]:
    """The same for the county's Koordination as well, which acts for those who have no desk of their own."""
    return _opening(requires(*work.SERVING, Role.COORDINATION), worker_or_coordination, hidden)


def _opening(
    guard: Callable[[View], View],
    who: Callable[[HttpRequest], Actor],
    hidden: tuple[type[Exception], ...],
) -> Callable[[View], View]:
    def opened_by(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                return view(request, who(request), *args, **kwargs)
            except hidden as error:
                raise Http404 from error

        return guard(opened)

    return opened_by

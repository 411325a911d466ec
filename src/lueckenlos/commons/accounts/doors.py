"""Who may pass to the desk of an organization, and as whom they act."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase

from lueckenlos.commons.accounts import work
from lueckenlos.core.actor import Actor
from lueckenlos.core.guards import View, actor_of, requires

at_work_only = requires(*work.SERVING)


def worker(request: HttpRequest, *, purpose: str | None = None) -> Actor:
    """The person at work, for their own tasks or for a purpose; who serves no organization gets 404."""
    actor = work.at_work(actor_of(request), purpose=purpose)
    if actor.organization is None:
        raise Http404
    return actor


def at_work(*hidden: type[Exception]) -> Callable[[View], View]:
    """Open a view for people at work; it gets the actor, and what is not theirs (`hidden`) answers 404."""

    def opened_by(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                return view(request, worker(request), *args, **kwargs)
            except hidden as error:
                raise Http404 from error

        return at_work_only(opened)

    return opened_by

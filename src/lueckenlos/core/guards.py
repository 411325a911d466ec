"""The door asks who: every view carries one of these, and a stranger gets 404."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase

from lueckenlos.core.actor import Actor, Role

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Guard:
    """Who may pass; `tests/house` reads it from the view."""

    name: str
    roles: frozenset[Role] = frozenset()


def actor_of(request: HttpRequest) -> Actor:
    """The actor whom the middleware found for this request."""
    return cast("Actor", request.actor)  # type: ignore[attr-defined]


def public(view: View) -> View:
    """Everybody may see this page; its name also stands on the public list."""
    return _guarded(view, guard=Guard("public"), passes=lambda _actor: True)


def by_link(view: View) -> View:
    """Whoever holds the signed link may see this one record; the view itself checks the signature.

    The address itself is a key: no search engine may list it.
    """

    @wraps(view)
    def unlisted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return _guarded(unlisted, guard=Guard("by_link"), passes=lambda _actor: True)


def signed_in(view: View) -> View:
    """Anybody with an account."""
    return _guarded(view, guard=Guard("signed_in"), passes=lambda actor: actor.person_id is not None)


def requires(*roles: Role) -> Callable[[View], View]:
    """Whoever holds one of these roles, in whatever scope; the selector narrows to the scope."""

    def guard(view: View) -> View:
        return _guarded(
            view,
            guard=Guard("requires", frozenset(roles)),
            passes=lambda actor: any(actor.has_role(role) for role in roles),
        )

    return guard


def _guarded(view: View, *, guard: Guard, passes: Callable[[Actor], bool]) -> View:
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        actor = actor_of(request)
        if not passes(actor):
            if actor.person_id is None:
                return redirect_to_login(request.get_full_path())
            raise Http404
        return view(request, *args, **kwargs)

    checked.guard = guard  # type: ignore[attr-defined]
    return checked

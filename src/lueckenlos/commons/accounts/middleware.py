"""Who asks: turns the signed-in account into an `Actor`, without its roles while its door stands half open."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from lueckenlos.commons.accounts import selectors
from lueckenlos.commons.accounts.types import DEMO_ENTRY, SecondFactor, Standing
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor, Role

WITHOUT = frozenset({Role.FAMILY, Role.YOUNG_PERSON})
OWN_ACCESS = frozenset({"accounts:second_factor", "accounts:end_session"})


class ActorMiddleware:
    """Puts `request.actor` where guards and selectors find it.

    Whoever holds a role and has only a password asks without any role, and every guarded page leads to
    the one page that helps: a stolen password opens nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        standing = selectors.standing_of(request.user, today=clock.today())
        lacking = lacks_second_factor(request, standing)
        request.lacks_second_factor = lacking  # type: ignore[attr-defined]
        request.actor = _without_roles(standing.actor) if lacking else standing.actor  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Lead to the page that helps, instead of to a 404 that nobody understands."""
        guard = getattr(view, "guard", None)
        if not request.lacks_second_factor or guard is None or guard.name not in {"requires", "signed_in"}:  # type: ignore[attr-defined]
            return None
        match = request.resolver_match
        if match is not None and match.view_name in OWN_ACCESS:
            return None
        return redirect("accounts:second_factor")


def lacks_second_factor(request: HttpRequest, standing: Standing) -> bool:
    """Whether this session came in by a password or a mailbox alone although the account holds a role."""
    if settings.SECOND_FACTOR != SecondFactor.REQUIRED or standing.has_second_factor:
        return False
    if not standing.actor.roles - WITHOUT or (settings.DEMO and request.session.get(DEMO_ENTRY)):
        return False
    # An identity provider answers for its own second factor, but only for sessions that it opened.
    records = get_authentication_records(request, request.user)
    return not any(record["method"] == "socialaccount" for record in records)


def _without_roles(actor: Actor) -> Actor:
    return replace(actor, grants=())

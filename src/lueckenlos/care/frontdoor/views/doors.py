"""Who may open a page: whoever takes requests, and a family that comes back to its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from lueckenlos.care.frontdoor.errors import NoReceivingTeam
from lueckenlos.care.frontdoor.selectors import receiving_team
from lueckenlos.care.frontdoor.services import OWN_DATA
from lueckenlos.care.frontdoor.types import Receiver
from lueckenlos.commons.accounts import work
from lueckenlos.commons.families import selectors as families
from lueckenlos.commons.privacy.types import Purpose
from lueckenlos.core import clock, codes
from lueckenlos.core.actor import NOBODY, Actor, ActorKind, Role, link_to
from lueckenlos.core.context import acting_as
from lueckenlos.core.guards import actor_of, requires
from lueckenlos.kernels.codes import NotACode

COOKIE: Final = "anliegen"
SALT: Final = "frontdoor.code"
# A screen in a library is soon somebody else's.
MINUTES: Final = 30
FRESH: Final = "aufgenommen"
FRESH_MINUTES: Final = 10
OF_FAMILIES: Final = frozenset({Role.FAMILY, Role.YOUNG_PERSON})


@dataclass(frozen=True, slots=True)
class Desk:
    """Whoever is at work at the desk, and the team that takes requests."""

    actor: Actor
    receiver: Receiver


@dataclass(frozen=True, slots=True)
class Own:
    """A family's person who came back, and the code with which they did, if it was one."""

    actor: Actor
    code: str = ""


def at_desk(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """The Familienbüro, and professionals of the team that takes requests; for everybody else there is no desk."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        actor = actor_of(request)
        try:
            receiver = receiving_team(now=clock.real_now())
        except NoReceivingTeam as error:
            if not actor.has_role(Role.FAMILY_OFFICE):
                raise Http404 from error
            return render(request, "frontdoor/desk/not_set_up.html", {"reason": str(error)}, status=503)
        here = actor.may(Role.FAMILY_OFFICE, organization=receiver.organization)
        if not here and actor.person_id not in receiver.members:
            raise Http404
        worker = work.at_work(actor, purpose=Purpose.COUNSELLING.value, organization=receiver.organization)
        if worker.organization != receiver.organization:
            raise Http404
        return view(request, Desk(worker, receiver), *args, **kwargs)

    return requires(Role.FAMILY_OFFICE, Role.PROFESSIONAL)(opened)


def visitor(request: HttpRequest) -> Actor:
    """Who brings a matter by the public page: a family's account, else nobody; who works here brings none of their own."""
    actor = actor_of(request)
    return actor if actor.kind is ActorKind.PERSON and actor.roles <= OF_FAMILIES else NOBODY


def own_of(request: HttpRequest) -> Own | None:
    """The family's person who asks, by the code that this browser keeps for a while, or by account."""
    code = code_in(request)
    if code:
        found = looked_up(code)
        if found is not None:
            return Own(link_to(found, purpose=OWN_DATA), code)
    account = families.own_actor(visitor(request))
    return None if account is None else Own(account)


def looked_up(code: str) -> UUID | None:
    """Whose page a code opens, or nothing."""
    try:
        with acting_as(NOBODY):
            return codes.look(code, purpose=OWN_DATA).record
    except (codes.CodeNotValid, NotACode):
        return None


def code_in(request: HttpRequest) -> str:
    """The code that this browser keeps; empty where it keeps none, or somebody changed it."""
    try:
        return str(signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=MINUTES * 60))
    except signing.BadSignature:
        return ""


def keep_code(response: HttpResponseBase, code: str) -> None:
    """Let this browser keep the code for half an hour; nothing of it is stored in the house."""
    response.set_cookie(
        COOKIE,
        signing.dumps(code, salt=SALT),
        max_age=MINUTES * 60,
        httponly=True,
        samesite="Lax",
        secure=settings.SECURE,
    )


def forget_code(response: HttpResponseBase) -> None:
    """Take the code from this browser."""
    response.delete_cookie(COOKIE)


def keep_fresh(response: HttpResponseBase, *, file: UUID, code: str) -> None:
    """Let the counsellor's browser keep a code that was just made for somebody, for the one page that shows it."""
    response.set_cookie(
        FRESH,
        signing.dumps([str(file), code], salt=SALT),
        max_age=FRESH_MINUTES * 60,
        httponly=True,
        samesite="Lax",
        secure=settings.SECURE,
    )


def fresh_code(request: HttpRequest, *, file: UUID) -> str:
    """The code that was just made in this browser for a request; empty where it was another or too long ago."""
    try:
        known, code = signing.loads(request.COOKIES.get(FRESH, ""), salt=SALT, max_age=FRESH_MINUTES * 60)
    except (signing.BadSignature, ValueError):
        return ""
    return str(code) if known == str(file) else ""

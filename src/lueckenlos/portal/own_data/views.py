"""„Meine Daten“: each person's own page, never the family's."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lueckenlos.care.cases import services as cases
from lueckenlos.care.talks import services as talks
from lueckenlos.commons.accounts.attempts import TooManyAttempts, counted
from lueckenlos.commons.privacy import kept, services
from lueckenlos.commons.privacy import selectors as privacy
from lueckenlos.commons.privacy.errors import NotYours
from lueckenlos.commons.privacy.rights import RightKind
from lueckenlos.commons.privacy.types import WithdrawalWay
from lueckenlos.core import audit, clock, codes
from lueckenlos.core.actor import NOBODY
from lueckenlos.core.code_field import REFUSED, TOO_MANY, CodeForm
from lueckenlos.core.context import acting_as
from lueckenlos.core.guards import actor_of, by_link, public
from lueckenlos.core.storing import Damaged
from lueckenlos.kernels.codes import NotACode
from lueckenlos.portal.own_data import deeds, export, who
from lueckenlos.portal.own_data.forms import RightForm, TalkForm
from lueckenlos.portal.own_data.page import OwnPage, own_page
from lueckenlos.portal.own_data.who import Own

OwnView = Callable[..., HttpResponse]
OpenView = Callable[..., HttpResponseBase]


def own_only(view: OwnView) -> OpenView:
    """Open a view for whoever asks for their own data; everybody else is led to the door."""

    @by_link
    @never_cache
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        own = who.own_of(request, now=clock.real_now())
        if own is None:
            return redirect("own:enter")
        return _private(view(request, own, *args, **kwargs))

    return checked


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """The door: a code from a letter, or the way to sign in."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        opened = _open(request, form.cleaned_data["code"])
        if isinstance(opened, HttpResponse):
            return _private(opened)
        form.add_error("code", opened)
    page = {"form": form, "is_signed_in": actor_of(request).is_signed_in}
    return _private(render(request, "own/enter.html", page, status=422 if form.errors else 200))


@by_link
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_code(request: HttpRequest, code: str) -> HttpResponse:
    """The address in a letter: a button opens the page, so that no program that looks ahead does."""
    if request.method == "POST":
        opened = _open(request, code)
        return _private(opened if isinstance(opened, HttpResponse) else _closed(request, opened))
    try:
        with counted(request):
            codes.look(code, purpose=who.PURPOSE)
    except TooManyAttempts:
        return _private(_closed(request, str(TOO_MANY)))
    except (codes.CodeNotValid, NotACode):
        return _private(_closed(request, str(REFUSED)))
    return _private(render(request, "own/door.html", {"code": code}))


@own_only
@require_safe
def page(request: HttpRequest, own: Own) -> HttpResponse:
    """All of it on one page: held, allowed, who may know, who saw, what was asked for."""
    return _shown(request, own)


@own_only
@require_safe
def seen(request: HttpRequest, own: Own) -> HttpResponse:
    """The whole list of who saw what."""
    found = own_page(own.actor, own.person, now=clock.real_now(), most_seen=None)
    return render(request, "own/seen.html", {"page": found})


@own_only
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, own: Own, consent: UUID) -> HttpResponse:
    """Take a consent back, all of it or some lines: one click to come here, one to do it."""
    now = clock.real_now()
    found = own_page(own.actor, own.person, now=now)
    row = next((each for each in found.holding if each.consent.id == consent and each.is_mine), None)
    if row is None:
        raise Http404
    nothing = False
    if request.method == "POST":
        known = {str(each.id): each.id for each in row.rows}
        parts = [known[each] for each in request.POST.getlist("teil") if each in known]
        nothing = "ganz" not in request.POST and not parts
        if not nothing:
            way = WithdrawalWay.LINK if own.by_code else WithdrawalWay.OWN_PAGE
            whole = "ganz" in request.POST or len(parts) == len(known)
            deeds.take_back(own.actor, row.consent, parts=() if whole else parts, way=way, now=now)
            messages.success(request, _("Zurückgenommen. Das gilt ab sofort."))
            return redirect("own:page")
    return render(
        request,
        "own/withdraw.html",
        {"page": found, "row": row, "nothing": nothing},
        status=422 if nothing else 200,
    )


@own_only
@require_POST
def end_secrecy(request: HttpRequest, own: Own, release: UUID) -> HttpResponse:
    """Let somebody keep silent again."""
    try:
        services.end_secrecy(release, actor=own.actor)
    except NotYours as error:
        raise Http404 from error
    messages.success(request, _("Zurückgenommen. Die Person schweigt wieder."))
    return redirect("own:page")


@own_only
@require_POST
def ask(request: HttpRequest, own: Own) -> HttpResponse:
    """Ask for a correction, a deletion or another right; it has an owner and a day."""
    form = RightForm(request.POST)
    if not form.is_valid():
        return _shown(request, own, form=form, status=422)
    services.ask_right(
        services.NewRight(
            person=own.person,
            kind=RightKind(form.cleaned_data["kind"]),
            text=form.cleaned_data["text"],
            language=get_language() or "de",
        ),
        actor=own.actor,
        now=clock.real_now(),
    )
    messages.success(request, _("Angekommen. Sie bekommen spätestens in einem Monat eine Antwort."))
    return redirect("own:page")


@own_only
@require_POST
def say(request: HttpRequest, own: Own, item: UUID) -> HttpResponse:
    """Say what shall be spoken about in a talk of offices, and what not."""
    form = TalkForm(request.POST)
    if not form.is_valid():
        messages.error(
            request, _("Das ist zu lang. Bitte schreiben Sie höchstens 2000 Zeichen. Nichts wurde geändert.")
        )
        return redirect("own:page")
    try:
        talks.say_for_oneself(item, words=form.cleaned_data["words"], actor=own.actor)
    except NotYours as error:
        raise Http404 from error
    messages.success(request, _("Gespeichert. Ihre Fachkraft sieht, was Sie geschrieben haben."))
    return redirect("own:page")


@own_only
@require_POST
def answer(request: HttpRequest, own: Own, draft: UUID) -> HttpResponse:
    """Go to a question that waits for the person's answer."""
    found = privacy.draft(own.actor, draft)
    if found is None or found.asked != own.person:
        raise Http404
    now = clock.real_now()
    response = redirect("privacy:asked", draft)
    others = tuple(each for each in kept.drafts_on(request) if each != draft)
    kept.keep(response, (draft, *others), until=found.expires_at, now=now)
    return response


@own_only
@require_safe
def as_json(request: HttpRequest, own: Own) -> HttpResponse:
    """Everything as JSON, in one click."""
    now = clock.real_now()
    found = own_page(own.actor, own.person, now=now, most_seen=None)
    body = export.as_json(found, seen=privacy.disclosures_about(own.actor, own.person), now=now)
    _note(own, kind="json")
    return _file(body.encode(), "application/json; charset=utf-8", name="meine-daten.json")


@own_only
@require_safe
def as_pdf(request: HttpRequest, own: Own) -> HttpResponse:
    """Everything as PDF, in one click."""
    now = clock.real_now()
    found = own_page(own.actor, own.person, now=now, most_seen=None)
    _note(own, kind="pdf")
    return _file(export.as_pdf(found, now=now), "application/pdf", name="meine-daten.pdf")


@own_only
@require_safe
def document(request: HttpRequest, own: Own, key: UUID) -> HttpResponse:
    """One paper about the person."""
    try:
        content, media_type, name = cases.open_document(key, actor=own.actor)
    except (NotYours, Damaged) as error:
        raise Http404 from error
    return _file(content, media_type, name=name)


@by_link
@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Close the page on this device."""
    who.leave(request)
    messages.success(request, _("Ihre Seite ist auf diesem Gerät geschlossen."))
    return redirect("own:enter")


def _open(request: HttpRequest, code: str) -> HttpResponse | str:
    try:
        with counted(request), acting_as(NOBODY):
            opened = codes.redeem(code, purpose=who.PURPOSE)
    except TooManyAttempts:
        return str(TOO_MANY)
    except (codes.CodeNotValid, NotACode):
        return str(REFUSED)
    who.enter(request, opened.record, now=clock.real_now())
    language = get_language() or "de"
    with override(opened.language if language == "de" else language):
        return redirect("own:page")


def _closed(request: HttpRequest, told: str) -> HttpResponse:
    return render(request, "own/closed.html", {"form": CodeForm(), "told": told}, status=404)


def _shown(
    request: HttpRequest, own: Own, *, form: RightForm | None = None, status: int = 200
) -> HttpResponse:
    found: OwnPage = own_page(own.actor, own.person, now=clock.real_now())
    return render(
        request,
        "own/page.html",
        {
            "page": found,
            "form": form or RightForm(),
            "talks": [
                (row, TalkForm(initial={"words": row.talk.words}, auto_id=f"{row.talk.item}-%s"))
                for row in found.talks
            ],
            "held_back": export.held_back(),
            "by_code": own.by_code,
        },
        status=status,
    )


def _note(own: Own, *, kind: str) -> None:
    with acting_as(own.actor):
        audit.record("privacy.own_data.taken", subject="own-data", details={"kind": kind}, chain=audit.COUNTY)


def _file(content: bytes, media_type: str, *, name: str) -> HttpResponse:
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}
    return HttpResponse(content, content_type=media_type, headers=headers)


def _private(response: HttpResponse) -> HttpResponse:
    """Nobody's cache keeps it, no referrer names it, no search engine lists it."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "no-store"
    return response

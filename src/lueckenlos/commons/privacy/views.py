"""The pages of the one who is asked for a consent: opened by a link with code, on the device that opened it first."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lueckenlos.commons.accounts.attempts import TooManyAttempts, counted
from lueckenlos.commons.privacy import asking, kept, paper, services
from lueckenlos.commons.privacy.asked import GERMAN, AskedPage, asked_page
from lueckenlos.commons.privacy.errors import NotYours, Unfit
from lueckenlos.commons.privacy.forms import AnswerForm
from lueckenlos.core import clock, codes
from lueckenlos.core.actor import NOBODY, Actor, link_to
from lueckenlos.core.code_field import REFUSED, TOO_MANY, CodeForm
from lueckenlos.core.context import acting_as
from lueckenlos.core.guards import by_link, public
from lueckenlos.kernels.codes import NotACode

PURPOSE: Final = "consent"


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Type the code of a letter."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        opened = _open(request, form.cleaned_data["code"])
        if isinstance(opened, HttpResponse):
            return opened
        form.add_error("code", opened)
    return _private(render(request, "privacy/enter.html", {"form": form}, status=422 if form.errors else 200))


@by_link
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_code(request: HttpRequest, code: str) -> HttpResponse:
    """The address in a letter, mail or message: looking uses nothing up, since mail programs look ahead."""
    if request.method == "POST":
        opened = _open(request, code)
        return opened if isinstance(opened, HttpResponse) else _closed(request, opened)
    try:
        with counted(request):
            found = codes.look(code, purpose=PURPOSE)
    except TooManyAttempts:
        return _closed(request, str(TOO_MANY))
    except (codes.CodeNotValid, NotACode):
        return _closed(request)
    if found.record in kept.drafts_on(request):
        return redirect("privacy:asked", found.record)
    return _private(render(request, "privacy/door.html", {"code": code}))


@by_link
@never_cache
@require_safe
def asked(request: HttpRequest, draft: UUID) -> HttpResponse:
    """The question: text, lines, picture; after the answer what it allowed and how to take it back."""
    page = _page(request, draft)
    return _closed(request) if page is None else _shown(request, page)


@by_link
@never_cache
@require_POST
def answer(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Agree to all, to some lines, or to nothing."""
    places = [int(each) for each in request.POST.getlist("lines") if each.isdigit()]
    page = _page(request, draft, chosen=places)
    if page is None:
        return _closed(request)
    if not page.is_open:
        return redirect("privacy:asked", draft)
    form = AnswerForm(request.POST, number=len(page.draft.scopes))
    if not form.is_valid():
        return _shown(request, page, form=form)
    try:
        services.answer_draft(draft, answer=services.Answer(chosen=form.to_chosen()), actor=_link(draft))
    except NotYours:
        return _closed(request)
    except Unfit:
        form.add_error(None, _("Das geht gerade nicht. Bitte rufen Sie die Stelle an, die Sie fragt."))
        return _shown(request, page, form=form)
    asking.tell_asker(page.draft, actor=_link(draft), now=clock.real_now())
    return redirect("privacy:asked", draft)


@by_link
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Take back what was allowed, all of it or some lines: one click to come here, one to do it."""
    page = _page(request, draft)
    if page is None:
        return _closed(request)
    if not page.open_lines:
        return redirect("privacy:asked", draft)
    if request.method == "POST":
        known = {str(each.scope): each.scope for each in page.open_lines}
        parts = [known[each] for each in request.POST.getlist("teil") if each in known]
        if "ganz" not in request.POST and not parts:
            return _private(
                render(request, "privacy/withdraw.html", {"page": page, "nothing": True}, status=422)
            )
        services.withdraw_by_draft(
            draft,
            actor=_link(draft),
            now=clock.real_now(),
            scopes=() if "ganz" in request.POST or len(parts) == len(known) else parts,
        )
        messages.success(request, _("Zurückgenommen. Das gilt ab sofort."))
        return redirect("privacy:asked", draft)
    return _private(render(request, "privacy/withdraw.html", {"page": page}))


@by_link
@never_cache
@require_safe
def copy(request: HttpRequest, draft: UUID) -> HttpResponse:
    """The question and the answer on paper, in both languages."""
    page = _page(request, draft)
    if page is None:
        return _closed(request)
    made = paper.copy(page, now=clock.real_now())
    headers = {"Content-Disposition": content_disposition_header(False, "einwilligung.pdf") or ""}
    return _private(HttpResponse(made, content_type="application/pdf", headers=headers))


@by_link
@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget the questions on this device, for phones that several people use."""
    messages.success(request, _("Dieses Gerät weiß nichts mehr davon."))
    response = redirect("privacy:enter")
    kept.forget(response)
    return response


def _open(request: HttpRequest, code: str) -> HttpResponse | str:
    """Use a code up and keep its question on this device; else the one sentence for all that does not open."""
    now = clock.real_now()
    try:
        with counted(request), acting_as(NOBODY):
            opened = codes.redeem(code, purpose=PURPOSE)
    except TooManyAttempts:
        return str(TOO_MANY)
    except (codes.CodeNotValid, NotACode):
        return str(REFUSED)
    language = get_language() or GERMAN
    page = asked_page(_link(opened.record), opened.record, language=language, now=now)
    if page is None:
        return str(REFUSED)
    with override(opened.language if language == GERMAN else language):
        response = redirect("privacy:asked", opened.record)
    others = tuple(each for each in kept.drafts_on(request) if each != opened.record)
    kept.keep(response, (opened.record, *others), until=now + kept.LONGEST, now=now)
    return response


def _page(request: HttpRequest, draft: UUID, *, chosen: list[int] | None = None) -> AskedPage | None:
    if draft not in kept.drafts_on(request):
        return None
    language = get_language() or GERMAN
    beside = request.GET.get("neben") or GERMAN
    return asked_page(
        _link(draft), draft, language=language, beside=beside, chosen=chosen or (), now=clock.real_now()
    )


def _shown(request: HttpRequest, page: AskedPage, *, form: AnswerForm | None = None) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form is not None else HTTPStatus.OK
    given = {"page": page, "form": form, "own_url": reverse("privacy:enter")}
    return _private(render(request, "privacy/asked.html", given, status=status))


def _closed(request: HttpRequest, told: str = "") -> HttpResponse:
    """One kind answer to what was used, has expired, was forwarded, or never was."""
    page = {"form": CodeForm(), "told": told or str(REFUSED)}
    return _private(render(request, "privacy/closed.html", page, status=HTTPStatus.NOT_FOUND))


def _link(draft: UUID) -> Actor:
    return link_to(draft, purpose=PURPOSE)


def _private(response: HttpResponse) -> HttpResponse:
    """The address itself is a key: it must not travel on in a referrer or into a search engine."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response

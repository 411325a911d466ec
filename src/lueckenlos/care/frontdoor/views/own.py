"""Where a family reads its answer: with a code, or by its account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lueckenlos.care.cases import services as deeds
from lueckenlos.care.cases.errors import NoSuchCase
from lueckenlos.care.frontdoor.forms.public import HelpedForm, MoreWordsForm
from lueckenlos.care.frontdoor.selectors import cards_of, conversations
from lueckenlos.care.frontdoor.services import OWN_DATA
from lueckenlos.care.frontdoor.types import HELPED, Conversation, Message, Side
from lueckenlos.care.frontdoor.views.doors import Own, forget_code, keep_code, looked_up, own_of
from lueckenlos.care.frontdoor.wording import HELPED as HELPED_WORDS
from lueckenlos.care.frontdoor.wording import at_words, until_words
from lueckenlos.commons.accounts import attempts
from lueckenlos.commons.families import selectors as families
from lueckenlos.commons.places import selectors as places
from lueckenlos.core import clock, codes
from lueckenlos.core.actor import NOBODY
from lueckenlos.core.code_field import REFUSED, TOO_MANY, CodeForm
from lueckenlos.core.context import acting_as
from lueckenlos.core.guards import by_link, public
from lueckenlos.core.times import time_words
from lueckenlos.kernels import crisis
from lueckenlos.kernels.codes import NotACode
from lueckenlos.offers.bookings import selectors as bookings
from lueckenlos.offers.bookings.types import ResourceView
from lueckenlos.offers.finder import selectors as finder


@dataclass(frozen=True, slots=True)
class Line:
    """One message as the page shows it."""

    message: Message
    at: str
    cards: list[finder.Card]
    appointment: str

    @property
    def is_ours(self) -> bool:
        """The office said it."""
        return self.message.side is Side.OFFICE


@dataclass(frozen=True, slots=True)
class Shown:
    """One request with everything that its page says."""

    request: Conversation
    lines: list[Line]
    promise: str
    form: MoreWordsForm
    times: list[tuple[ResourceView, str]]


@public
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """Type the code, or read on."""
    if request.method == "POST":
        return _entered(request, form=CodeForm(request.POST))
    found = own_of(request)
    return _code_page(request, form=CodeForm()) if found is None else _own_page(request, found)


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def open_link(request: HttpRequest, code: str) -> HttpResponse:
    """The link in a mail or letter: looking uses nothing up, since programs open every link; a tap opens the page."""
    if request.method == "POST":
        return _entered(request, form=CodeForm({"code": code}))
    try:
        with attempts.counted(request):
            if looked_up(code) is None:
                raise codes.CodeNotValid
    except attempts.TooManyAttempts:
        return _code_page(request, form=_refused(CodeForm({"code": code}), TOO_MANY), status=429)
    except codes.CodeNotValid:
        return _code_page(request, form=_refused(CodeForm({"code": code}), REFUSED), status=404)
    return render(request, "frontdoor/public/open.html", {"code": code})


@public
@require_POST
def more(request: HttpRequest, file: UUID) -> HttpResponse:
    """Write again; what was answered or closed is open again."""
    found = _found(request)
    form = MoreWordsForm(request.POST)
    if not form.is_valid():
        return _own_page(request, found, file=file, form=form)
    try:
        deeds.add_words(
            file, words=form.cleaned_data["words"].strip(), actor=found.actor, now=clock.real_now()
        )
    except NoSuchCase as error:
        raise Http404 from error
    messages.success(request, _("Danke, das ist angekommen."))
    return _back(found)


@public
@require_POST
def helped(request: HttpRequest, file: UUID) -> HttpResponse:
    """Say whether the answer helped."""
    found = _found(request)
    form = HelpedForm(request.POST)
    if not form.is_valid():
        raise Http404
    value = form.cleaned_data["value"]
    try:
        deeds.rate_answer(file, question=HELPED, value=value, actor=found.actor, now=clock.real_now())
    except NoSuchCase as error:
        raise Http404 from error
    messages.success(request, _("Danke, das hilft uns."))
    return _back(found)


@public
@require_POST
def withdraw(request: HttpRequest, file: UUID) -> HttpResponse:
    """Take the request back."""
    found = _found(request)
    person = families.own_person(found.actor)
    if person is None:
        raise Http404
    try:
        deeds.withdraw_request(file, person=person, actor=found.actor, now=clock.real_now())
    except NoSuchCase as error:
        raise Http404 from error
    messages.success(request, _("Zurückgezogen. In 30 Tagen ist alles gelöscht."))
    return _back(found)


@public
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Close the page: this browser forgets the code."""
    response = redirect("portal:front")
    forget_code(response)
    return response


def _entered(request: HttpRequest, *, form: CodeForm) -> HttpResponse:
    if not form.is_valid():
        return _code_page(request, form=form, status=422)
    code = form.cleaned_data["code"]
    try:
        with attempts.counted(request), acting_as(NOBODY):
            codes.redeem(code, purpose=OWN_DATA)
    except attempts.TooManyAttempts:
        return _code_page(request, form=_refused(form, TOO_MANY), status=429)
    except (codes.CodeNotValid, NotACode):
        return _code_page(request, form=_refused(form, REFUSED), status=422)
    response = redirect("frontdoor:own")
    keep_code(response, code)
    return response


def _refused(form: CodeForm, words: Any) -> CodeForm:
    if form.is_valid() or "code" not in form.errors:
        form.add_error("code", words)
    return form


def _code_page(request: HttpRequest, *, form: CodeForm, status: int = 200) -> HttpResponse:
    county = places.county()
    language = get_language() or "de"
    context = {
        "form": form,
        "family_office": {
            name: county.office(name, language=language) for name in ("name", "phone", "hours")
        },
    }
    return render(request, "frontdoor/public/code.html", context, status=status)


def _own_page(
    request: HttpRequest, found: Own, *, file: UUID | None = None, form: MoreWordsForm | None = None
) -> HttpResponse:
    shown = [
        _shown(
            each,
            form=form if form and each.case.file == file else MoreWordsForm(auto_id=f"{each.case.file}_%s"),
        )
        for each in conversations(found.actor)
    ]
    words = " ".join(line.message.words for each in shown for line in each.lines if not line.is_ours)
    context = {
        "requests": shown,
        "code": found.code,
        "is_young": any(each.request.is_own for each in shown),
        "helped_words": [(value.value, word) for value, word in HELPED_WORDS.items()],
        "crisis": finder.help_for(
            crisis.detect(words), language=get_language() or "de", now=clock.real_now()
        ),
    }
    response = render(request, "frontdoor/public/own.html", context, status=422 if form else 200)
    if found.code:
        keep_code(response, found.code)
    response["Cache-Control"] = "no-store"
    return response


def _shown(conversation: Conversation, *, form: MoreWordsForm) -> Shown:
    now = clock.real_now()
    return Shown(
        request=conversation,
        lines=[_line(message) for message in conversation.messages],
        promise=until_words(conversation.due_at, now=now) if conversation.due_at else "",
        form=form,
        times=[] if conversation.is_closed else _times(conversation.case.organization),
    )


def _times(organization: UUID) -> list[tuple[ResourceView, str]]:
    """What can be booked with the office at once, and when it is free next."""
    views = bookings.public_resources(organizations=[organization])
    soonest = bookings.first_free(views, now=clock.real_now())
    return [
        (view, time_words(slot.span.begins, slot.span.ends))
        for view in views
        if (slot := soonest.get(view.id))
    ]


def _line(message: Message) -> Line:
    language = get_language() or "de"
    cards = cards_of(message.service_keys, language=language, now=clock.now()) if message.service_keys else []
    return Line(message, at_words(message.at), cards, appointment_words(message))


def appointment_words(message: Message) -> str:
    """A date as one says it; empty where none was made."""
    if message.day is None:
        return ""
    day = date_format(message.day, pgettext("Datumsformat", "D, j. F Y"))
    return _("%(day)s, %(start)s Uhr") % {
        "day": day,
        "start": message.hour.removesuffix(":00").removeprefix("0"),
    }


def _found(request: HttpRequest) -> Own:
    found = own_of(request)
    if found is None:
        raise Http404
    return found


def _back(found: Own) -> HttpResponse:
    response = redirect("frontdoor:own")
    if found.code:
        keep_code(response, found.code)
    return response

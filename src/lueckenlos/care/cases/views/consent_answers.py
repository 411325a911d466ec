"""How an answer comes in: by link, on the office's tablet, on paper, or as a word."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lueckenlos.care.cases import consent_ways
from lueckenlos.care.cases.consent_forms import LinesForm, OralForm, PaperForm
from lueckenlos.care.cases.consents import ConsentsPage
from lueckenlos.care.cases.services.consents import answer_with_evidence, signature_of
from lueckenlos.care.cases.services.documents import NewDocument
from lueckenlos.care.cases.views.consents import found_draft
from lueckenlos.commons.accounts.doors import at_work_only
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.directory.correspondence import sender_of
from lueckenlos.commons.families import selectors as families
from lueckenlos.commons.privacy import asking, paper, services
from lueckenlos.commons.privacy.asked import GERMAN, AskedPage, asked_page
from lueckenlos.commons.privacy.errors import NotYours, Unfit
from lueckenlos.commons.privacy.forms import AnswerForm
from lueckenlos.commons.privacy.types import Category, ConsentForm, DraftAnswer, DraftView
from lueckenlos.commons.privacy.wording import CATEGORIES, PURPOSES, refusal
from lueckenlos.core import clock, sms
from lueckenlos.core.actor import Actor
from lueckenlos.core.incoming import UnfitFile
from lueckenlos.core.incoming_wording import unfit_file

LINK_LASTS: Final = timedelta(days=14)


@at_work_only
@never_cache
@require_POST
def send(request: HttpRequest, file: UUID, draft: UUID) -> HttpResponse:
    """Send a fresh link: as a letter to print, by mail or as a short message, in the family's language."""
    actor, _page, view = found_draft(request, file, draft)
    now = clock.real_now()
    if view.answer is not DraftAnswer.OPEN or view.expires_at <= now:
        messages.warning(request, _("Diese Frage ist schon beantwortet oder abgelaufen."))
        return redirect("cases:consents", file)
    ways = consent_ways.ways_of(actor, view)
    language = request.POST.get("sprache", "")
    language = language if language in dict(ways.languages) else ways.language
    chosen = request.POST.get("weg", "")
    if chosen == "brief" and not ways.letter_why_not:
        link = asking.link_for(view, language=language, until=now + LINK_LASTS, actor=actor, now=now)
        return _letter(view, link, actor=actor)
    way = ways.usable(chosen)
    if way is None:
        messages.error(request, _("Dieser Weg geht gerade nicht. Bitte wählen Sie einen anderen."))
        return redirect("cases:consent_draft", file, draft)
    sender = sender_of(actor.organization)
    link = asking.link_for(view, language=language, until=now + LINK_LASTS, actor=actor, now=now)
    try:
        if way.kind.value == "email":
            asking.by_mail(view, link, to=way.value, office=sender.name, phone=sender.phone)
        else:
            asking.by_message(link, to=way.value, office=sender.name)
    except (sms.NoGateway, sms.NoNumber, sms.NotSent, OSError) as error:
        told = _("Die Nachricht ging nicht hinaus (%(why)s). Bitte wählen Sie einen anderen Weg.")
        messages.error(request, told % {"why": error or type(error).__name__})
        return redirect("cases:consent_draft", file, draft)
    messages.success(request, _("Der Link ist unterwegs an %(to)s. Er gilt 14 Tage.") % {"to": way.value})
    return redirect("cases:consent_draft", file, draft)


@at_work_only
@require_safe
def form_pdf(request: HttpRequest, file: UUID, draft: UUID) -> HttpResponse:
    """The blank form to print, in the family's language and German."""
    actor, _page, view = found_draft(request, file, draft)
    ways = consent_ways.ways_of(actor, view)
    language = request.GET.get("sprache", "")
    made = paper.blank(
        view,
        language=language if language in dict(ways.languages) else ways.language,
        office=sender_of(actor.organization).name,
        now=clock.real_now(),
    )
    return as_pdf(made, name="einwilligung-formular.pdf")


@at_work_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tablet(request: HttpRequest, file: UUID, draft: UUID) -> HttpResponse:
    """The question on the office's tablet, signed there with a finger; the language is that of the address."""
    actor, _page, view = found_draft(request, file, draft)
    places = [int(each) for each in request.POST.getlist("lines") if each.isdigit()]
    asked = asked_page(
        actor,
        view.id,
        language=get_language() or GERMAN,
        chosen=places,
        now=clock.real_now(),
    )
    if asked is None or not asked.is_open:
        messages.warning(request, _("Diese Frage ist schon beantwortet oder abgelaufen."))
        return redirect("cases:consents", file)
    form = AnswerForm(request.POST or None, number=len(view.scopes))
    told = ""
    if request.method == "POST" and form.is_valid():
        told = _signed(request, form, actor=actor, view=view)
        if not told:
            return render(request, "cases/consent_thanks.html", _after(asked, actor=actor))
    return render(
        request,
        "cases/consent_tablet.html",
        {"asked": asked, "file": file, "form": form, "told": told},
        status=422 if told or form.errors else 200,
    )


@at_work_only
@require_http_methods(["GET", "HEAD", "POST"])
def on_paper(request: HttpRequest, file: UUID, draft: UUID) -> HttpResponse:
    """Take in a signed sheet: the scan, the day, and the lines that were ticked."""
    actor, page, view = found_draft(request, file, draft)
    form = PaperForm(
        request.POST or None, request.FILES or None, choices=lines_of(view), now=clock.real_now()
    )
    if request.method == "POST" and form.is_valid():
        scan = form.cleaned_data["scan"]
        try:
            answer_with_evidence(
                file,
                draft=view.id,
                answer=services.Answer(
                    chosen=form.chosen,
                    form=ConsentForm.PAPER,
                    given_at=form.moment_of(form.cleaned_data["given_on"]),
                ),
                evidence=NewDocument(
                    name=f"Einwilligung {scan.name}"[:200],
                    content=scan.read(),
                    category=Category.DOCUMENTS,
                    about=view.asked,
                ),
                actor=actor,
                now=clock.real_now(),
            )
        except UnfitFile as error:
            form.add_error("scan", unfit_file(error))
        except (NotYours, Unfit) as error:
            form.add_error(None, refusal(error.name))
        else:
            return _stored(request, file)
    return _answer_page(request, page, view, form=form, kind="paper")


@at_work_only
@require_http_methods(["GET", "HEAD", "POST"])
def by_word(request: HttpRequest, file: UUID, draft: UUID) -> HttpResponse:
    """Note what somebody said, and why it was not written (§ 67b (2) SGB X)."""
    actor, page, view = found_draft(request, file, draft)
    form = OralForm(request.POST or None, choices=lines_of(view), now=clock.real_now())
    if request.method == "POST" and form.is_valid():
        try:
            services.answer_draft(
                view.id,
                answer=services.Answer(
                    chosen=form.chosen,
                    form=ConsentForm.ORAL,
                    oral_reason=form.cleaned_data["oral_reason"],
                    given_at=form.moment_of(form.cleaned_data["given_on"]),
                ),
                actor=actor,
            )
        except (NotYours, Unfit) as error:
            form.add_error(None, refusal(error.name))
        else:
            return _stored(request, file)
    return _answer_page(request, page, view, form=form, kind="oral")


def lines_of(view: DraftView) -> list[tuple[int, str]]:
    """The lines of a question, as one ticks them off a sheet."""
    names = directory.organization_names({scope.organization for scope in view.scopes})
    return [
        (
            place,
            f"{names.get(scope.organization, '')}: {CATEGORIES[scope.category]} ({PURPOSES[scope.purpose]})",
        )
        for place, scope in enumerate(view.scopes)
    ]


def as_pdf(made: bytes, *, name: str) -> HttpResponse:
    """A document to print, kept by no cache."""
    headers = {
        "Content-Disposition": content_disposition_header(True, name) or "",
        "Cache-Control": "no-store",
    }
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def _letter(view: DraftView, link: asking.Link, *, actor: Actor) -> HttpResponse:
    person = families.person(actor, view.asked)
    made = asking.letter(
        view,
        link,
        recipient=consent_ways.address_of(person, name=view.asked_label),
        sender=sender_of(actor.organization),
        now=clock.real_now(),
    )
    return as_pdf(made, name="brief-einwilligung.pdf")


def _signed(request: HttpRequest, form: AnswerForm, *, actor: Actor, view: DraftView) -> str:
    """Store the answer with its signature; what is wrong, or nothing. A no needs no signature."""
    chosen = form.to_chosen()
    answer = services.Answer(chosen=chosen, form=ConsentForm.SIGNATURE)
    try:
        if not chosen:
            services.answer_draft(view.id, answer=answer, actor=actor)
            return ""
        photo = request.FILES.get("foto")
        content = photo.read() if photo is not None else signature_of(request.POST.get("unterschrift", ""))
        answer_with_evidence(
            view.file,
            draft=view.id,
            answer=answer,
            evidence=NewDocument(
                name=f"Unterschrift {clock.real_now():%d.%m.%Y}.png",
                content=content,
                category=Category.DOCUMENTS,
                about=view.asked,
            ),
            actor=actor,
            now=clock.real_now(),
        )
    except UnfitFile as error:
        if error.why == "empty":
            return _("Bitte unterschreiben Sie im Feld mit dem Finger oder dem Stift.")
        return unfit_file(error)
    except (NotYours, Unfit) as error:
        return str(refusal(error.name))
    return ""


def _after(asked: AskedPage, *, actor: Actor) -> dict[str, object]:
    after = asked_page(actor, asked.draft.id, language=get_language() or GERMAN, now=clock.real_now())
    return {"asked": after or asked, "back": reverse("cases:consents", args=[asked.draft.file])}


def _stored(request: HttpRequest, file: UUID) -> HttpResponse:
    messages.success(request, _("Gespeichert. So steht es jetzt."))
    return redirect("cases:consents", file)


def _answer_page(
    request: HttpRequest, page: ConsentsPage, view: DraftView, *, form: LinesForm, kind: str
) -> HttpResponse:
    return render(
        request,
        "cases/consent_answer.html",
        {"page": page, "draft": view, "form": form, "kind": kind},
        status=422 if form.errors else 200,
    )

"""How agreeing ends: a withdrawal by word; and what is not a consent: secrecy, and the code for one's own page."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from lueckenlos.care.cases import consent_ways
from lueckenlos.care.cases.consent_forms import SecrecyForm, WithdrawForm, end_of
from lueckenlos.care.cases.consents import ConsentsPage
from lueckenlos.care.cases.correspondence import language_of
from lueckenlos.care.cases.views.consent_answers import as_pdf
from lueckenlos.care.cases.views.consents import found_consents
from lueckenlos.commons.accounts.doors import at_work_only
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.directory.correspondence import sender_of
from lueckenlos.commons.families import selectors as families
from lueckenlos.commons.privacy import asking, paper, services
from lueckenlos.commons.privacy import selectors as privacy
from lueckenlos.commons.privacy.errors import NotYours, Unfit
from lueckenlos.commons.privacy.types import ConsentForm, WithdrawalWay
from lueckenlos.commons.privacy.wording import CATEGORIES, PURPOSES, refusal
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor

OWN_PAGE_LASTS: Final = timedelta(days=365)
SECRECY_TEXT: Final = "schweigepflicht"


@at_work_only
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, file: UUID, consent: UUID) -> HttpResponse:
    """Note that somebody took a consent back by word, letter or mail; it acts at once."""
    actor, page = found_consents(request, file)
    line = next((each for each in page.holding if each.consent.id == consent), None)
    if line is None:
        raise Http404
    held = [scope for scope in line.consent.scopes if scope.ended_at is None]
    names = directory.organization_names({scope.value.organization for scope in held})
    parts = [
        (
            str(scope.id),
            f"{names.get(scope.value.organization, '')}: {CATEGORIES[scope.value.category]} "
            f"({PURPOSES[scope.value.purpose]})",
        )
        for scope in held
    ]
    form = WithdrawForm(request.POST or None, parts=parts)
    if request.method == "POST" and form.is_valid():
        chosen = [UUID(each) for each in form.cleaned_data["parts"]]
        services.withdraw(
            consent,
            way=WithdrawalWay(form.cleaned_data["way"]),
            actor=actor,
            now=clock.real_now(),
            scopes=() if len(chosen) == len(held) else chosen,
        )
        messages.success(
            request,
            _(
                "Der Widerruf gilt ab sofort. Wer schon etwas gesehen hat, hat die Aufgabe, Kopien zu löschen."
            ),
        )
        return redirect("cases:consents", file)
    return render(
        request,
        "cases/consent_withdraw.html",
        {"page": page, "line": line, "form": form},
        status=422 if form.errors else 200,
    )


@at_work_only
@require_http_methods(["GET", "HEAD", "POST"])
def secrecy(request: HttpRequest, file: UUID) -> HttpResponse:
    """Note a release from secrecy (§ 203 StGB), or print its sheet; it is no consent and opens no data."""
    actor, page = found_consents(request, file)
    known = {each.name: each.id for each in directory.own_organizations()}
    now = clock.real_now()
    people = [(str(line.party.person), line.name) for line in page.people]
    form = SecrecyForm(request.POST or None, people=people, known=known, now=now)
    if request.method == "POST" and form.is_valid():
        if "drucken" in request.POST:
            return _sheet(form, page, actor=actor)
        try:
            services.release_from_secrecy(file, new=_release(form), actor=actor)
        except (NotYours, Unfit) as error:
            form.add_error(None, refusal(error.name))
        else:
            messages.success(request, _("Eingetragen. Das ist keine Einwilligung: Daten öffnet es nicht."))
            return redirect("cases:consents", file)
    return render(
        request,
        "cases/secrecy.html",
        {"page": page, "form": form, "names": sorted(known)},
        status=422 if form.errors else 200,
    )


@at_work_only
@require_POST
def end_secrecy(request: HttpRequest, file: UUID, release: UUID) -> HttpResponse:
    """Note that somebody took a release from secrecy back."""
    actor, page = found_consents(request, file)
    if release not in {line.release.id for line in page.secrecy}:
        raise Http404
    try:
        services.end_secrecy(release, actor=actor)
        messages.success(request, _("Zurückgenommen. Die Schweigepflicht gilt wieder ganz."))
    except NotYours:
        messages.warning(request, _("Das war schon zurückgenommen."))
    return redirect("cases:consents", file)


@at_work_only
@never_cache
@require_POST
def own_page_letter(request: HttpRequest, file: UUID, person: UUID) -> HttpResponse:
    """A letter with a code for somebody's own page; to each person their own letter, never to a family."""
    actor, page = found_consents(request, file)
    line = next((each for each in page.own_pages if each.party.person == person), None)
    if line is None:
        raise Http404
    now = clock.real_now()
    known = families.person(actor, person)
    link = asking.own_data_link(
        person,
        language=language_of(known),
        actor=actor,
        now=now,
        until=now + OWN_PAGE_LASTS,
    )
    made = asking.own_data_letter(
        line.name,
        link,
        recipient=consent_ways.address_of(known, name=line.name),
        sender=sender_of(actor.organization),
        now=now,
    )
    return as_pdf(made, name="brief-meine-daten.pdf")


def _release(form: SecrecyForm) -> services.NewSecrecyRelease:
    given = form.cleaned_data
    return services.NewSecrecyRelease(
        released=given["released"],
        towards=given["towards"],
        given_by=UUID(given["given_by"]),
        subject=UUID(given["subject"]),
        form=ConsentForm(given["form"]),
        given_at=form.moment_given(),
        valid_until=end_of(given["valid_until"]),
        oral_reason=given["oral_reason"],
    )


def _sheet(form: SecrecyForm, page: ConsentsPage, *, actor: Actor) -> HttpResponse:
    given = form.cleaned_data
    language = language_of(families.person(actor, UUID(given["given_by"])))
    wanted = [language] if language == "de" else [language, "de"]
    texts = [text for each in wanted for text in privacy.texts(language=each) if text.code == SECRECY_TEXT]
    made = paper.secrecy(
        paper.SecrecyForm(
            released=given["released"],
            towards=directory.organization_names([given["towards"]]).get(given["towards"], ""),
            given_by=page.names.get(UUID(given["given_by"]), ""),
            until=end_of(given["valid_until"]),
        ),
        texts=texts,
        office=sender_of(actor.organization).name,
        now=clock.real_now(),
    )
    return as_pdf(made, name="schweigepflichtentbindung.pdf")

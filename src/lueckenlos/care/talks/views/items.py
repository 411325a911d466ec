"""One item: what is said about it, who may hear it, and asking the parents."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lueckenlos.care.talks import selectors, services
from lueckenlos.care.talks.errors import NobodyHears, NobodyToAsk, NoConsentText
from lueckenlos.care.talks.forms import AskForm, ContributionForm
from lueckenlos.care.talks.item_page import ItemPage, item_page, sharable, shown_parts
from lueckenlos.care.talks.types import Voice
from lueckenlos.care.talks.views.doors import at_table, found_item, gone, talker
from lueckenlos.care.talks.views.result_forms import agreement_form, result_form
from lueckenlos.commons.privacy.errors import EmptyConsent, Unfit
from lueckenlos.commons.privacy.types import Category
from lueckenlos.commons.privacy.wording import refusal
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor

# What the office that brings a case and its table need at the least: what it is about, and what is agreed.
USUAL = (Category.SITUATION.value, Category.AGREEMENTS.value)


@at_table
@require_safe
def item(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """An item with its parts; whoever reads it by consent leaves a trace."""
    actor, page = found_item(request, item_id)
    return shown(request, actor, page)


@at_table
@require_safe
def parts(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """What an open page asks for again and again; after a withdrawal there is nothing, and the page goes."""
    actor = talker(request)
    page = item_page(actor, item_id, now=clock.real_now())
    if page is None:
        return gone()
    _trace(actor, page)
    return render(request, "talks/partials/parts.html", {"page": page})


@at_table
@require_POST
def contribute(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Add what one's own office may share, or the family's own words."""
    actor, page = found_item(request, item_id)
    voice = Voice.FAMILY if request.POST.get("stimme") == Voice.FAMILY and page.has_case else Voice.OFFICE
    form = contribution_form(page, actor, voice=voice, data=request.POST)
    if form is None:
        raise Http404
    if form.is_valid():
        try:
            services.contribute(
                item_id, new=form.to_contribution(voice=voice), actor=actor, now=clock.real_now()
            )
        except NobodyHears:
            form.add_error(
                "category",
                _("Das darf kein anderes Amt hören. Bitte wählen Sie eine Angabe, die erlaubt ist."),
            )
        else:
            if page.is_running and page.has_case:
                services.tell(item_id, talk=page.talk.id, actor=actor, now=clock.real_now())
            messages.success(request, _("Eingetragen."))
            return redirect(f"{reverse('talks:item', args=[item_id])}#angaben")
    name = "family_form" if voice is Voice.FAMILY else "contribution_form"
    return shown(request, actor, page, status=422, **{name: form})


@at_table
@require_POST
def uncontribute(request: HttpRequest, item_id: UUID, contribution_id: UUID) -> HttpResponse:
    """Delete what one wrote."""
    actor, page = found_item(request, item_id)
    if contribution_id not in {each.contribution.id for each in page.parts if each.is_own}:
        raise Http404
    services.take_contribution_back(contribution_id, actor=actor)
    messages.success(request, _("Gelöscht."))
    return redirect(f"{reverse('talks:item', args=[item_id])}#angaben")


@at_table
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Prepare the question to the parents: each office a line of its own."""
    actor, page = found_item(request, item_id)
    if not page.has_case or not page.item.is_named:
        raise Http404
    try:
        text = services.consent_text("de")
    except NoConsentText:
        return render(request, "talks/no_text.html", {"page": page}, status=409)
    form = _ask_form(request, page, categories=[each for each in Category if each in text.categories])
    if request.method == "POST" and form.is_valid() and _asked(form, page=page, actor=actor):
        messages.success(
            request,
            _("Die Frage an die Eltern ist vorbereitet. Der Brief liegt bereit, für jede Person einer."),
        )
        return redirect(f"{reverse('talks:item', args=[item_id])}#einwilligung")
    return render(request, "talks/ask.html", {"page": page, "form": form}, status=422 if form.errors else 200)


def shown(
    request: HttpRequest, actor: Actor, page: ItemPage, *, status: int = 200, **bound: Any
) -> HttpResponse:
    """The page of an item with all its forms."""
    _trace(actor, page)
    forms: dict[str, Any] = {
        "contribution_form": contribution_form(page, actor, voice=Voice.OFFICE, data=None),
        "family_form": contribution_form(page, actor, voice=Voice.FAMILY, data=None)
        if page.has_case
        else None,
        "result_form": result_form(page, actor, data=None),
        "agreement_form": agreement_form(page, actor, data=None),
        "dates": [
            each
            for each in selectors.talks(actor, page.series.id)
            if each.state.is_ahead and each.id != page.talk.id
        ],
    }
    return render(request, "talks/item.html", {"page": page, **forms, **bound}, status=status)


def contribution_form(page: ItemPage, actor: Actor, *, voice: Voice, data: Any) -> ContributionForm | None:
    """What this actor may add about whom: whoever has the case anything, another office what somebody may hear."""
    if page.item.file is None or not page.talk.state.is_ahead:
        return None
    everybody = [(str(each.person), each.name) for each in page.people if each.is_subject]
    categories = [each for each in Category if each not in {Category.IDENTITY, Category.CONTACT}]
    if not page.has_case:
        allowed = sharable(page, actor=actor)
        if not allowed:
            return None
        about = {str(subject) for subject, _category in allowed}
        everybody = [each for each in everybody if each[0] in about]
        categories = [each for each in categories if each in {category for _subject, category in allowed}]
    initial = {"category": Category.SITUATION.value, "about": str(page.item.about)}
    return ContributionForm(
        data, people=everybody, categories=categories, initial=initial, auto_id=f"id_{voice}_%s"
    )


def _trace(actor: Actor, page: ItemPage) -> None:
    if page.item.is_named:
        services.look_at(page.item.id, seen=shown_parts(page), actor=actor, now=clock.real_now())


def _ask_form(request: HttpRequest, page: ItemPage, *, categories: list[Category]) -> AskForm:
    # The own office too: without a line for it nobody there may read what others add.
    initial: dict[str, Any] = {AskForm.name_of(office): USUAL for office in page.series.offices} | {
        "about": [str(page.item.about)]
    }
    return AskForm(
        request.POST or None,
        people=[(str(each.person), each.name) for each in page.people if each.is_subject],
        offices=page.series.offices,
        categories=categories,
        initial=initial,
    )


def _asked(form: AskForm, *, page: ItemPage, actor: Actor) -> bool:
    """Prepare the drafts, or say in the form why that does not go."""
    plain = replace(actor, purpose=None)
    try:
        services.ask(
            form.to_asked(item=page.item.id),
            item=page.item,
            talk=page.talk,
            actor=plain,
            now=clock.real_now(),
        )
    except NobodyToAsk as error:
        name = next((each.name for each in page.people if each.person == error.person), "")
        form.add_error(
            "about",
            _(
                "Für %(name)s ist niemand mit Sorgerecht vermerkt. Bitte fragen Sie, wer das Sorgerecht hat, und "
                "tragen Sie es im Fall ein."
            )
            % {"name": name},
        )
    except EmptyConsent:
        form.add_error(None, str(refusal("consent_is_empty")))
    except Unfit as error:
        form.add_error(None, str(refusal(error.name)))
    return not form.errors

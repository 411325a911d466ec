"""Bringing a case to a talk: without a name as a rule, with one only as far as a consent reaches."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lueckenlos.care.cases import selectors as cases
from lueckenlos.care.talks import selectors, services
from lueckenlos.care.talks.errors import TalkIsOver
from lueckenlos.care.talks.forms import NamedForm, QuestionForm
from lueckenlos.care.talks.item_page import people_of
from lueckenlos.care.talks.page import TalkPage
from lueckenlos.care.talks.views.doors import at_table, found_item, found_talk
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.places import selectors as places
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.core.locking import StaleVersion


@at_table
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """Bring a case without a name; what looks like a person is pointed at first."""
    actor, page = _bringing(request, talk_id)
    form = _question_form(request)
    if request.method == "POST" and form.is_valid():
        try:
            key = services.bring_pseudonymous(
                form.to_question(talk=talk_id), actor=actor, now=clock.real_now()
            )
        except TalkIsOver:
            return _too_late(request, talk_id)
        messages.success(request, _("Der Fall steht auf der Tagesordnung. Alle Ämter der Reihe sehen ihn."))
        return redirect("talks:item", key)
    return render(
        request, "talks/bring.html", {"page": page, "form": form}, status=422 if form.errors else 200
    )


@at_table
@require_safe
def choose(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """Which case of one's own; only whoever has it sees it here."""
    actor, page = _bringing(request, talk_id)
    plain = replace(actor, purpose=None)
    found = [each for each in cases.cases(plain) if each.closed_at is None]
    lines = [(each, people_of(plain, each.file)) for each in found]
    return render(request, "talks/choose.html", {"page": page, "cases": lines})


@at_table
@require_http_methods(["GET", "HEAD", "POST"])
def bring_case(request: HttpRequest, talk_id: UUID, file: UUID) -> HttpResponse:
    """Bring a case of one's own; nobody else learns of it before a consent covers their office."""
    actor, page = _bringing(request, talk_id)
    plain = replace(actor, purpose=None)
    case = cases.case(plain, file)
    if case is None:
        raise Http404
    people = [(str(each.person), each.name) for each in people_of(plain, file) if each.is_subject]
    form = NamedForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        try:
            key = services.bring_named(
                talk_id,
                file=file,
                about=UUID(form.cleaned_data["about"]),
                minutes=form.cleaned_data["minutes"],
                actor=actor,
                now=clock.real_now(),
            )
        except TalkIsOver:
            return _too_late(request, talk_id)
        return redirect("talks:ask", key)
    given = {"page": page, "form": form, "case": case, "people": people}
    return render(request, "talks/bring_case.html", given, status=422 if form.errors else 200)


@at_table
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Change a question that was brought without a name."""
    actor, page = found_item(request, item_id)
    if page.item.is_named or not page.may_change:
        raise Http404
    form = _question_form(request, initial=QuestionForm.initial_of(page.item))
    if request.method == "POST" and form.is_valid():
        expected = form.cleaned_data["seen"] or page.item.version
        try:
            services.change_item(item_id, changes=form.to_changes(), expected=expected, actor=actor)
        except StaleVersion as error:
            given = {"page": page, "form": form, "stale": error}
            return render(request, "talks/edit.html", given, status=409)
        messages.success(request, _("Gespeichert."))
        return redirect("talks:item", item_id)
    return render(
        request, "talks/edit.html", {"page": page, "form": form}, status=422 if form.errors else 200
    )


@at_table
@require_POST
def take_back(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Take an item off the agenda; one tap puts it back."""
    actor, page = _changing(request, item_id)
    services.take_back(item_id, actor=actor, now=clock.real_now())
    messages.success(request, _("Von der Tagesordnung genommen. Für die anderen ist der Fall nicht mehr da."))
    return redirect("talks:item", page.item.id)


@at_table
@require_POST
def bring_again(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Put an item that was taken off back on."""
    actor, page = _changing(request, item_id)
    services.bring_again(item_id, actor=actor)
    messages.success(request, _("Steht wieder auf der Tagesordnung."))
    return redirect("talks:item", page.item.id)


@at_table
@require_POST
def move(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Take an item along to another date of the same series."""
    actor, page = _changing(request, item_id)
    to = request.POST.get("gespraech", "")
    ahead = {str(each.id): each for each in selectors.talks(actor, page.series.id) if each.state.is_ahead}
    if to not in ahead:
        raise Http404
    services.move_item(item_id, talk=ahead[to].id, actor=actor)
    messages.success(request, _("Mitgenommen zum nächsten Termin."))
    return redirect("talks:item", item_id)


def _bringing(request: HttpRequest, talk_id: UUID) -> tuple[Actor, TalkPage]:
    actor, page = found_talk(request, talk_id)
    if not page.brings:
        raise Http404
    return actor, page


def _changing(request: HttpRequest, item_id: UUID) -> tuple[Actor, Any]:
    actor, page = found_item(request, item_id)
    if not page.may_change:
        raise Http404
    return actor, page


def _too_late(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    messages.error(request, _("Dieses Gespräch ist schon vorbei. Bitte wählen Sie den nächsten Termin."))
    return redirect("talks:talk", talk_id)


def _question_form(request: HttpRequest, *, initial: dict[str, Any] | None = None) -> QuestionForm:
    return QuestionForm(
        request.POST or None,
        places=[(each.ags, each.name) for each in places.municipalities()],
        fields=[(each.key, each.label) for each in directory.catalog().fields],
        initial=initial,
    )

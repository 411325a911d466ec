"""A case changes hands: a colleague, a team, cover for a time; and what was confided is opened where the law lets."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from lueckenlos.care.cases import services
from lueckenlos.care.cases.page import CasePage
from lueckenlos.care.cases.views.doors import found_page
from lueckenlos.commons.accounts import work
from lueckenlos.commons.accounts.doors import at_work_only, worker
from lueckenlos.commons.privacy import selectors as privacy_selectors
from lueckenlos.commons.privacy import services as privacy
from lueckenlos.commons.privacy.errors import Unfit
from lueckenlos.commons.privacy.types import CoverKind, OpeningGround
from lueckenlos.commons.privacy.wording import COVERS, OPENINGS, refusal
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.core.forms import offer_openly

REASON = gettext_lazy("Warum?")


class AssignForm(forms.Form):
    """To whom, and why; a record is kept."""

    owner = forms.ChoiceField(label=gettext_lazy("Wer übernimmt?"))
    reason = forms.CharField(label=REASON, max_length=300)

    def __init__(self, *given: Any, owners: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        offer_openly(self, "owner", owners)


class CoverForm(forms.Form):
    """Who steps in, why, and for how many days."""

    person = forms.ChoiceField(label=gettext_lazy("Wer springt ein?"))
    kind = forms.ChoiceField(
        label=gettext_lazy("Wofür?"), choices=[(kind.value, words) for kind, words in COVERS.items()]
    )
    reason = forms.CharField(label=REASON, max_length=300)
    days = forms.IntegerField(label=gettext_lazy("Für wie viele Tage?"), min_value=1, max_value=28, initial=7)

    def __init__(self, *given: Any, people: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        offer_openly(self, "person", people)


class OpeningForm(forms.Form):
    """For whom something confided is opened, on which ground of the law."""

    person = forms.ChoiceField(label=gettext_lazy("Wer soll es lesen dürfen?"))
    ground = forms.ChoiceField(
        label=gettext_lazy("Auf welcher Grundlage? (§ 65 Absatz 1 SGB VIII)"),
        choices=[
            (ground.value, words)
            for ground, words in OPENINGS.items()
            if ground is not OpeningGround.CHANGE_OF_WORKER
        ],
    )
    reason = forms.CharField(label=gettext_lazy("Begründung"), max_length=500)

    def __init__(self, *given: Any, people: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        offer_openly(self, "person", people)


@at_work_only
@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: HttpRequest, file: UUID) -> HttpResponse:
    """Give the case to a colleague or a team of the own office; tasks and clocks go with it."""
    actor, page = found_page(request, file)
    form = AssignForm(request.POST or None, owners=_owners(actor))
    if request.method == "POST" and form.is_valid():
        kind, _sep, key = form.cleaned_data["owner"].partition(":")
        privacy.assign(
            file,
            person=UUID(key) if kind == "person" else None,
            unit=UUID(key) if kind == "unit" else None,
            reason=form.cleaned_data["reason"],
            actor=actor,
        )
        messages.success(request, _("Der Fall ist übergeben. Anvertrautes bleibt bei Ihnen."))
        return redirect("cases:mine")
    return _form_page(request, page, form, title=_("Fall abgeben"), button=_("Abgeben"))


@at_work_only
@require_http_methods(["GET", "HEAD", "POST"])
def cover(request: HttpRequest, file: UUID) -> HttpResponse:
    """Let somebody step in for a time; the head of the case's team alone, who need not see the case themself."""
    actor, now = worker(request), clock.real_now()
    heads = [unit for unit in work.my_units(actor, now=now) if actor.person_id in unit.heads]
    if not heads or file not in {line.file for line in privacy_selectors.files_headed(actor)}:
        raise Http404
    form = CoverForm(request.POST or None, people=_people(actor))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            privacy.cover(
                file,
                new=privacy.NewCover(
                    UUID(given["person"]),
                    heads[0].organization,
                    CoverKind(given["kind"]),
                    given["reason"],
                    now + timedelta(days=given["days"]),
                ),
                actor=actor,
            )
        except Unfit as error:
            form.add_error(None, str(refusal(error.name)))
        else:
            messages.success(request, _("Die Vertretung ist eingerichtet und wird protokolliert."))
            return redirect("cases:team")
    return render(
        request,
        "cases/cover.html",
        {"form": form, "file": file},
        status=422 if form.errors else 200,
    )


@at_work_only
@require_http_methods(["GET", "HEAD"])
def team(request: HttpRequest) -> HttpResponse:
    """For heads: whose cases there are in the team, by number alone; content they see only by cover."""
    actor, now = worker(request), clock.real_now()
    heads = [unit for unit in work.my_units(actor, now=now) if actor.person_id in unit.heads]
    if not heads:
        raise Http404
    lines = privacy_selectors.files_headed(actor)
    names = work.names_of(line.person for line in lines if line.person)
    shown = [
        (line, names.get(line.person, _("das Team")) if line.person else _("das Team")) for line in lines
    ]
    return render(request, "cases/team.html", {"lines": shown})


@at_work_only
@require_http_methods(["GET", "HEAD", "POST"])
def open_confided(request: HttpRequest, file: UUID, record: UUID) -> HttpResponse:
    """Open for one other person what was confided to the actor."""
    actor, page = found_page(request, file)
    found = next(
        (line for line in page.records if line.record.id == record and line.record.is_confided), None
    )
    if found is None or actor.organization is None:
        raise Http404
    form = OpeningForm(request.POST or None, people=_people(actor))
    if request.method == "POST" and form.is_valid():
        services.open_confided(
            record,
            new=services.NewOpening(
                person=UUID(form.cleaned_data["person"]),
                organization=actor.organization,
                ground=OpeningGround(form.cleaned_data["ground"]),
                reason=form.cleaned_data["reason"],
            ),
            actor=actor,
        )
        messages.success(request, _("Die Person kann diesen einen Eintrag jetzt lesen."))
        return redirect("cases:case", file)
    return _form_page(request, page, form, title=_("Anvertrautes öffnen"), button=_("Öffnen"))


def _form_page(
    request: HttpRequest, page: CasePage, form: forms.Form, *, title: str, button: str
) -> HttpResponse:
    return render(
        request,
        "cases/form.html",
        {"page": page, "form": form, "title": title, "button": button},
        status=422 if form.errors else 200,
    )


def _people(actor: Actor) -> list[tuple[str, str]]:
    """Everybody in the teams of the own organization, but not oneself."""
    now = clock.real_now()
    units = work.units_of(actor.organization, now=now) if actor.organization else []
    names = work.names_of({member for unit in units for member in unit.members} - {actor.person_id})
    return sorted(((str(key), name) for key, name in names.items()), key=lambda each: each[1])


def _owners(actor: Actor) -> list[tuple[str, str]]:
    units = work.units_of(actor.organization, now=clock.real_now()) if actor.organization else []
    people = [(f"person:{key}", name) for key, name in _people(actor)]
    return [*people, *((f"unit:{unit.id}", f"Team {unit.name}") for unit in units)]

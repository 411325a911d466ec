"""The desk of cases: what is running, and how a new one begins."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from lueckenlos.care.cases import calendar, selectors, services
from lueckenlos.care.cases.forms import OpenForm
from lueckenlos.care.cases.selectors import pathways as ways
from lueckenlos.care.cases.services.advice import ADVICE
from lueckenlos.care.cases.types import CaseView, Channel
from lueckenlos.care.cases.views.first import first_question, open_to
from lueckenlos.commons.accounts import work
from lueckenlos.commons.accounts.doors import at_work_only, worker
from lueckenlos.commons.privacy import selectors as privacy
from lueckenlos.commons.privacy.types import AssignmentView
from lueckenlos.commons.tasks import selectors as tasks
from lueckenlos.core import clock
from lueckenlos.kernels import pathways


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in the list: whose it is, and whether something in it is overdue."""

    case: CaseView
    owner: str
    is_late: bool


LANGUAGES = {
    "de": "Deutsch",
    "de-x-plain": "Einfache Sprache",
    "en": "Englisch",
    "tr": "Türkisch",
    "ar": "Arabisch",
    "uk": "Ukrainisch",
}


@at_work_only
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The cases that are one's task or one's team's."""
    actor, now = worker(request), clock.real_now()
    found = selectors.cases(actor)
    whose = privacy.whose_task(actor, [case.file for case in found])
    late = {task.file for task in tasks.mine(actor, now=now).overdue}
    names = work.names_of(each.person for each in whose.values() if each.person)
    teams = work.my_units(actor, now=now)
    units = {unit.id: unit.name for unit in teams}
    lines = [
        CaseLine(case, _owner(whose.get(case.file), names=names, units=units), case.file in late)
        for case in found
    ]
    return render(
        request,
        "cases/desk.html",
        {
            "running": [line for line in lines if line.case.closed_at is None],
            "heads": any(actor.person_id in unit.heads for unit in teams),
            "closed": [line for line in lines if line.case.closed_at is not None],
        },
    )


@at_work_only
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Which way a new case goes: those that are on, and in which one's role may begin."""
    actor = worker(request)
    roles = {role.value for role in actor.roles}
    found = [
        pathway
        for row, pathway in ways.all_newest()
        if row.is_on and pathways.may_act(pathway, stage=pathway.first_stage.key, roles=roles)
    ]
    return render(request, "cases/choose.html", {"pathways": found})


@at_work_only
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, key: str) -> HttpResponse:
    """First the pathway's question of danger; only then a case begins, and the promise of time is said."""
    actor, now = worker(request), clock.real_now()
    pathway = open_to(actor, key)
    if pathway is None:
        raise Http404
    if key == ADVICE:
        # It begins with the question to the adviser, and with whom to ring.
        return redirect("cases:advice")
    asked = first_question(request, pathway, now=now)
    if asked is not None:
        return asked
    form = OpenForm(request.POST or None, languages=LANGUAGES.items())
    if request.method == "POST" and form.is_valid():
        units = work.my_units(actor, now=now)
        opened = services.open_case(
            services.NewCase(
                pathway=key,
                channel=Channel(form.cleaned_data["channel"]),
                language=form.cleaned_data["language"],
                unit=units[0].id if units else None,
            ),
            actor=actor,
            now=now,
        )
        return redirect("cases:case", opened.file)
    return render(
        request,
        "cases/begin.html",
        {"pathway": pathway, "form": form, "promises": calendar.promises(pathway, now=now)},
        status=422 if form.errors else 200,
    )


@at_work_only
@require_safe
def pathway(request: HttpRequest, key: str) -> HttpResponse:
    """A pathway as a picture, with its stages as a list behind it."""
    worker(request)
    found = next((each for row, each in ways.all_newest() if row.key == key), None)
    if found is None:
        raise Http404
    return render(request, "cases/pathway.html", {"pathway": found, "picture": pathways.layout(found)})


def _owner(assignment: AssignmentView | None, *, names: dict[UUID, str], units: dict[UUID, str]) -> str:
    if assignment is None:
        return ""
    called = {**names, **units}
    return next((called[key] for key in (assignment.person, assignment.unit) if key in called), "")

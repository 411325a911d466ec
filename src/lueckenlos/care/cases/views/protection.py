"""The protection of a child: judged together, reported with its reasons, confirmed by the youth office."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lueckenlos.care.cases import page as pages
from lueckenlos.care.cases import selectors, services
from lueckenlos.care.cases.forms_protection import ReportForm, TogetherForm
from lueckenlos.care.cases.page import CasePage
from lueckenlos.care.cases.selectors.protection import Competent
from lueckenlos.care.cases.services.protection import report_kind
from lueckenlos.care.cases.views.doors import found_page
from lueckenlos.commons.accounts import work
from lueckenlos.commons.accounts.doors import at_work_only
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.places import selectors as places
from lueckenlos.commons.privacy import services as privacy
from lueckenlos.commons.privacy.types import LegalBasis, PartyRole
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor, Role
from lueckenlos.kernels.crisis import CrisisKind
from lueckenlos.offers.finder import crisis

DANGER = (CrisisKind.DANGER_NOW, CrisisKind.CHILD_AT_RISK)


@at_work_only
@require_safe
def protection(request: HttpRequest, file: UUID) -> HttpResponse:
    """Who judges together, what was reported to whom, and what came back."""
    actor, page = found_page(request, file)
    now = clock.real_now()
    reports = selectors.reports_of(actor, file)
    asked = {report.second_person for report in reports if report.second_person}
    shown = {
        "page": page,
        "reports": reports,
        "called": directory.organization_names({report.organization for report in reports}),
        "phones": directory.organization_phones({report.organization for report in reports}),
        "names": work.names_of(asked),
        "colleagues": _together(page, now=now),
        "units": work.my_units(actor, now=now),
        "crisis": crisis.help_for(DANGER, language="de", now=now),
    }
    return render(request, "cases/protection.html", shown)


@at_work_only
@require_http_methods(["GET", "HEAD", "POST"])
def together(request: HttpRequest, file: UUID) -> HttpResponse:
    """Let one's own team see the case, so that a second professional writes what they think."""
    actor, page = found_page(request, file)
    now = clock.real_now()
    units = work.my_units(actor, now=now)
    names = work.names_of({person for unit in units for person in unit.members})
    choices = [
        (
            str(unit.id),
            f"{unit.name}: {', '.join(sorted(names[each] for each in unit.members if each in names))}",
        )
        for unit in units
    ]
    form = TogetherForm(request.POST or None, units=choices)
    if request.method == "POST" and form.is_valid():
        privacy.assign(
            file,
            unit=UUID(form.cleaned_data["unit"]),
            reason=_("Gefährdung gemeinsam einschätzen"),
            actor=actor,
        )
        messages.success(
            request, _("Ihr Team sieht den Fall jetzt. Jede Fachkraft schreibt ihre eigene Einschätzung.")
        )
        return redirect("cases:protection", file)
    return render(
        request,
        "cases/together.html",
        {"page": page, "form": form, "units": units},
        status=422 if form.errors else 200,
    )


@at_work_only
@require_http_methods(["GET", "HEAD", "POST"])
def protect(request: HttpRequest, file: UUID) -> HttpResponse:
    """Report to the youth office that is competent where the child lives; first where that is."""
    actor, page = found_page(request, file)
    if page.case.closed_at is not None or page.is_nameless:
        raise Http404
    now = clock.real_now()
    ags = request.GET.get("gemeinde") or page.case.ags or ""
    office = selectors.competent(ags, now=now) if ags else None
    if office is None:
        return render(
            request,
            "cases/where.html",
            {"page": page, "towns": places.municipalities(), "offices": places.youth_offices()},
        )
    if not office.is_reached:
        return render(
            request, "cases/not_reached.html", {"page": page, "office": office.office, "kind": _kind(page)}
        )
    return _report(request, actor=actor, page=page, office=office)


def _report(request: HttpRequest, *, actor: Actor, page: CasePage, office: Competent) -> HttpResponse:
    now, file = clock.real_now(), page.case.file
    form = ReportForm(
        request.POST or None,
        people=pages.choices_of(page.people, file),
        colleagues=_colleagues(actor, now=now),
        today=clock.day_of(now),
        kind=report_kind(page.way.pathway),
        initial={"legal_basis": _usual_basis(actor).value},
    )
    if request.method == "POST" and form.is_valid():
        children = [
            line.party.person
            for line in page.people
            if line.party.role in {PartyRole.CHILD, PartyRole.YOUNG_PERSON}
        ]
        services.report_danger(
            file, new=form.to_report(file=file, children=children), to=office, actor=actor, now=now
        )
        messages.success(
            request,
            _("Die Mitteilung ist beim %(office)s. Rufen Sie trotzdem an, wenn es eilt: %(phone)s")
            % {"office": office.office.name, "phone": office.office.phone},
        )
        return redirect("cases:protection", file)
    shown = {"page": page, "form": form, "office": office.office}
    return render(request, "cases/protect.html", shown, status=422 if form.errors else 200)


def _usual_basis(actor: Actor) -> LegalBasis:
    """What most often holds for this role; the person decides."""
    return LegalBasis.SGB8_8A_4 if actor.has_role(Role.PROVIDER) else LegalBasis.KKG_4


def _kind(page: CasePage) -> str:
    found = report_kind(page.way.pathway)
    return found.key if found else ""


def _colleagues(actor: Actor, *, now: datetime) -> list[tuple[str, str]]:
    """Everybody else who works with families in the own organization."""
    if actor.organization is None:
        return []
    people = work.serving([actor.organization], today=clock.day_of(now)).get(actor.organization, [])
    named = {each.person: each.name for each in people}
    for unit in work.units_of(actor.organization, now=now):
        named |= work.names_of(unit.members)
    return sorted(
        ((str(person), name) for person, name in named.items() if person != actor.person_id),
        key=lambda each: each[1],
    )


def _together(page: CasePage, *, now: datetime) -> list[str]:
    """Who sees the case as a team; nobody while it is one person's."""
    if page.assignment is None or page.assignment.unit is None:
        return []
    unit = work.unit(page.assignment.unit, now=now)
    return sorted(work.names_of(unit.members).values()) if unit else []

"""The register of advisers: for coordination, and for the heads of the advisers' own organization."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lueckenlos.care.advisers import selectors, services
from lueckenlos.care.advisers.errors import NotTheKeeper
from lueckenlos.care.advisers.forms import (
    AbsenceForm,
    AdvisedForm,
    AdviserForm,
    HeldForm,
    MeetingForm,
    initial_of,
    organization_of,
)
from lueckenlos.care.advisers.types import AdviserView, MeetingView
from lueckenlos.commons.accounts import work
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor, Role
from lueckenlos.core.guards import actor_of, requires
from lueckenlos.core.locking import StaleVersion

keepers = requires(
    Role.COORDINATION, Role.PROFESSIONAL, Role.PREVENTION_OFFICER, Role.FAMILY_OFFICE, Role.PROVIDER
)


@dataclass(frozen=True, slots=True)
class _Home:
    """An organization for which the actor keeps advisers."""

    id: UUID
    name: str


@keepers
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """All advisers that the actor keeps, and the meetings."""
    actor, now = actor_of(request), clock.real_now()
    lines = selectors.register(actor, now=now)
    if lines is None:
        raise Http404
    page = {"lines": lines, "meetings": selectors.meetings(actor, now=now), "now": now}
    return render(request, "advisers/register.html", page)


@keepers
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Enter an adviser; for whom they work is asked first where there is a choice."""
    actor, now = actor_of(request), clock.real_now()
    homes = _homes(actor)
    home = _chosen(request, homes)
    if home is None:
        return render(request, "advisers/choose.html", {"homes": homes})
    form = _form(request, home=home.id)
    if request.method == "POST" and form.is_valid():
        key = services.register(form.to_adviser(organization=home.id), by=actor, now=now)
        messages.success(request, _("Eingetragen. Bitte sagen Sie jetzt, wen die Person berät."))
        return redirect("advisers:adviser", key)
    return render(
        request, "advisers/edit.html", {"form": form, "home": home}, status=422 if form.errors else 200
    )


@keepers
@require_safe
def adviser(request: HttpRequest, key: UUID) -> HttpResponse:
    """One adviser: whom they advise, when they are away, how long contract and proof hold."""
    return _page(request, _found(request, key))


@keepers
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, key: UUID) -> HttpResponse:
    """Change contract, qualification, number or deputies; who was faster is shown, nobody is overwritten."""
    actor, now = actor_of(request), clock.real_now()
    view = _kept(request, key)
    home = _Home(view.organization, view.organization_name)
    form = _form(request, home=home.id, view=view)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            services.change(
                key,
                new=form.to_adviser(organization=home.id),
                by=actor,
                now=now,
                expected=form.cleaned_data["seen"],
            )
        except StaleVersion:
            form.add_error(
                None, _("Jemand hat den Eintrag inzwischen geändert. Bitte laden Sie die Seite neu.")
            )
            status = 409
        else:
            messages.success(request, _("Gespeichert."))
            return redirect("advisers:adviser", key)
    return render(request, "advisers/edit.html", {"form": form, "home": home, "adviser": view}, status=status)


@keepers
@require_POST
def away(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say when somebody is away, or that they are back."""
    actor, now = actor_of(request), clock.real_now()
    view = _found(request, key)
    if request.POST.get("wieder_da"):
        services.be_away(view.id, absence=None, by=actor, now=now)
        messages.success(request, _("Ab jetzt steht dort wieder die eigene Nummer."))
        return redirect("advisers:adviser", key)
    form = AbsenceForm(request.POST)
    if not form.is_valid():
        return _page(request, view, status=422, absence_form=form)
    services.be_away(view.id, absence=form.to_period(), by=actor, now=now)
    messages.success(request, _("Eingetragen. Solange steht dort die Vertretung."))
    return redirect("advisers:adviser", key)


@keepers
@require_POST
def advise(request: HttpRequest, key: UUID) -> HttpResponse:
    """One more organization is advised by this adviser."""
    actor, now = actor_of(request), clock.real_now()
    view = _kept(request, key)
    form = AdvisedForm(request.POST, organizations=selectors.organizations_to_choose())
    if not form.is_valid():
        return _page(request, view, status=422, advised_form=form)
    try:
        services.advise(view.id, organization=form.to_organization(), by=actor, now=now)
    except NotTheKeeper:
        form.add_error(
            "organization",
            _(
                "Diese Stelle hat schon eine Beratung bei einem anderen Träger. Die Koordination kann das ändern."
            ),
        )
        return _page(request, view, status=422, advised_form=form)
    messages.success(request, _("Die Stelle sieht diese Nummer ab jetzt als Erstes."))
    return redirect("advisers:adviser", key)


@keepers
@require_POST
def advise_no_longer(request: HttpRequest, key: UUID) -> HttpResponse:
    """An organization is no longer advised by this adviser."""
    view = _kept(request, key)
    try:
        organization = organization_of(request.POST.get("organization", ""))
    except ValueError as error:
        raise Http404 from error
    services.advise_no_longer(
        view.id, organization=organization, by=actor_of(request), now=clock.real_now()
    )  # fmt: skip
    messages.success(request, _("Beendet. Die Stelle sieht jetzt die Beratung für alle anderen."))
    return redirect("advisers:adviser", key)


@keepers
@require_http_methods(["GET", "HEAD", "POST"])
def plan_meeting(request: HttpRequest) -> HttpResponse:
    """Set the day of the yearly meeting."""
    actor, now = actor_of(request), clock.real_now()
    homes = _homes(actor)
    home = _chosen(request, homes)
    if home is None:
        return render(request, "advisers/choose.html", {"homes": homes, "for_meeting": True})
    colleagues = selectors.colleagues_of(home.id, today=clock.day_of(now))
    advised = selectors.advised_by([each.id for each in colleagues], today=clock.day_of(now))
    guests = [(str(each.organization), each.name) for each in advised if each.organization]
    form = MeetingForm(
        request.POST or None,
        organizations=guests,
        now=now,
        initial={"invited": [key for key, _name in guests]},
    )
    if request.method == "POST" and form.is_valid():
        services.plan_meeting(form.to_meeting(organization=home.id), by=actor, now=now)
        messages.success(request, _("Das Treffen steht jetzt bei allen Eingeladenen auf der Seite."))
        return redirect("advisers:register")
    page = {"form": form, "home": home, "guests": guests}
    return render(request, "advisers/plan_meeting.html", page, status=422 if form.errors else 200)


@keepers
@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request: HttpRequest, key: UUID) -> HttpResponse:
    """One meeting, and afterwards what was agreed."""
    actor, now = actor_of(request), clock.real_now()
    view = selectors.meeting(actor, key, now=now)
    if view is None:
        raise Http404
    form = HeldForm(request.POST or None, today=clock.day_of(now), initial=_held(view))
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            services.hold_meeting(
                key,
                held_on=given["held_on"],
                minutes=given["minutes"],
                by=actor,
                now=now,
                expected=given["seen"],
            )
        except StaleVersion:
            form.add_error(None, _("Jemand hat das inzwischen geändert. Bitte laden Sie die Seite neu."))
            status = 409
        else:
            messages.success(request, _("Gespeichert. An das nächste Treffen werden Sie erinnert."))
            return redirect("advisers:register")
    page = {"meeting": view, "form": form, "is_ahead": _day(view.starts_at) > clock.day_of(now)}
    return render(request, "advisers/meeting.html", page, status=status)


def _day(moment: datetime) -> date:
    return clock.day_of(moment)


def _held(view: MeetingView) -> dict[str, Any]:
    return {"held_on": view.held_on or _day(view.starts_at), "minutes": view.minutes, "seen": view.version}


def _homes(actor: Actor) -> list[_Home]:
    """The organizations for which the actor may keep advisers; a stranger has none and gets 404."""
    now = clock.real_now()
    if actor.may(Role.COORDINATION):
        return [_Home(each.id, each.name) for each in directory.own_organizations()]
    names = directory.organization_names(selectors.organizations_kept(actor, now=now))
    if not names:
        raise Http404
    return sorted((_Home(key, name) for key, name in names.items()), key=lambda home: home.name)


def _chosen(request: HttpRequest, homes: list[_Home]) -> _Home | None:
    if len(homes) == 1:
        return homes[0]
    wanted = request.GET.get("stelle", "")
    return next((home for home in homes if str(home.id) == wanted), None)


def _found(request: HttpRequest, key: UUID) -> AdviserView:
    """The adviser, for their keepers and for themselves."""
    view = selectors.adviser(actor_of(request), key, now=clock.real_now())
    if view is None:
        raise Http404
    return view


def _kept(request: HttpRequest, key: UUID) -> AdviserView:
    """The adviser, for their keepers alone."""
    view = _found(request, key)
    if not selectors.keeps(actor_of(request), view.organization, now=clock.real_now()):
        raise Http404
    return view


def _form(request: HttpRequest, *, home: UUID, view: AdviserView | None = None) -> AdviserForm:
    now = clock.real_now()
    colleagues = work.serving([home], today=clock.day_of(now)).get(home, [])
    units = work.units_of(home, now=now)
    return AdviserForm(
        request.POST or None,
        people=[(str(each.person), each.name) for each in colleagues],
        units=[(str(unit.id), unit.name) for unit in units],
        others=[
            (str(each.id), f"{each.name} ({each.organization_name})")
            for each in selectors.under_contract(today=clock.day_of(now))
            if view is None or each.id != view.id
        ],
        initial=initial_of(view) if view else {"unit": str(units[0].id) if units else ""},
    )


def _page(request: HttpRequest, view: AdviserView, *, status: int = 200, **bound: Any) -> HttpResponse:
    actor, now = actor_of(request), clock.real_now()
    units = {unit.id: unit.name for unit in work.units_of(view.organization, now=now)}
    page = {
        "adviser": view,
        "keeps": selectors.keeps(actor, view.organization, now=now),
        "team": units.get(view.unit, "") if view.unit else "",
        "advised": selectors.advised_by([view.id], today=clock.day_of(now)),
        "contract": view.contract.standing(today=clock.day_of(now)),
        "qualified": view.qualified.standing(today=clock.day_of(now)),
        "is_away": view.absence is not None and view.absence.covers(clock.day_of(now)),
        "absence_form": AbsenceForm(),
        "advised_form": AdvisedForm(organizations=selectors.organizations_to_choose()),
    }
    return render(request, "advisers/adviser.html", {**page, **bound}, status=status)

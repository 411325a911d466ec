"""The desk of those who plan: programmes, dates, who comes, who came."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lueckenlos.commons.accounts import work
from lueckenlos.commons.accounts.doors import at_work
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.core import bounces, clock, sheets
from lueckenlos.core.actor import Actor
from lueckenlos.core.editing import saved
from lueckenlos.offers.programmes import selectors, services
from lueckenlos.offers.programmes.errors import NoSuchProgramme, NoSuchRegistration, SeriesTooLong
from lueckenlos.offers.programmes.forms.dates import DatesForm, MoveForm
from lueckenlos.offers.programmes.forms.desk import AccessForm, MaterialForm, ProgrammeForm
from lueckenlos.offers.programmes.page import DateLine, shown
from lueckenlos.offers.programmes.types import (
    AccessView,
    Format,
    MaterialView,
    ProgrammeState,
    ProgrammeView,
    RegistrationState,
    RegistrationView,
    SessionView,
)
from lueckenlos.offers.programmes.wording import REGISTRATIONS, STATES, money, session_words, size_words

HEADINGS = (
    "Stand",
    "Vorname",
    "Nachname",
    "Geburtstag",
    "Unterstützung",
    "Angemeldet von",
    "E-Mail",
    "Telefon",
    "Preis",
    "Euro",
)


at_desk = at_work(NoSuchProgramme, NoSuchRegistration)


@at_desk
@require_safe
def home(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All programmes of the organization."""
    now = clock.real_now()
    views = selectors.of_organization(actor)
    ahead = [each for each in views if each.ends_at is None or each.ends_at > now]
    page = {
        "ahead": [(shown(each, now=now), STATES[each.state]) for each in ahead],
        "letters": len(selectors.due_letters(actor, now=now)),
        "over": [(shown(each, now=now), STATES[each.state]) for each in views if each not in ahead],
    }
    return render(request, "programmes/desk/home.html", page)


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Plan a programme with its first dates."""
    form = ProgrammeForm(request.POST or None, teams=_teams(actor), services=_services(actor))
    dates = DatesForm(request.POST or None)
    if request.method == "POST" and all((form.is_valid(), dates.is_valid())):
        key = services.found_programme(form.to_new(dates.to_dates()), actor=actor, now=clock.real_now())
        messages.success(
            request, _("Angelegt. Noch sieht es niemand: Prüfen Sie alles und veröffentlichen Sie es.")
        )
        return redirect("programmes:manage", key)
    page = {"form": form, "dates": dates}
    return render(
        request, "programmes/desk/new.html", page, status=422 if form.errors or dates.errors else 200
    )


@at_desk
@require_safe
def programme(request: HttpRequest, actor: Actor, programme: UUID) -> HttpResponse:
    """One programme: who comes, which dates, what is still to be done."""
    return page_of(request, actor, own_programme(actor, programme))


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, actor: Actor, programme: UUID) -> HttpResponse:
    """Change what is said about a programme; nobody's work is lost."""
    view = own_programme(actor, programme)
    form = ProgrammeForm(
        request.POST or None,
        initial=ProgrammeForm.initial_of(view),
        teams=_teams(actor, now_kept_by=view.unit),
        services=_services(actor),
    )
    if saved(
        request,
        form,
        version=view.version,
        deed=lambda expected: services.change_programme(
            view.id, form.to_new(), expected=expected, actor=actor, now=clock.real_now()
        ),
    ):
        messages.success(request, _("Gespeichert."))
        return redirect("programmes:manage", view.id)
    page = {"form": form, "view": view}
    return render(request, "programmes/desk/change.html", page, status=422 if form.errors else 200)


@at_desk
@require_POST
def dates(request: HttpRequest, actor: Actor, programme: UUID) -> HttpResponse:
    """Add dates."""
    view = own_programme(actor, programme)
    form = DatesForm(request.POST)
    if not form.is_valid():
        return page_of(request, actor, view, dates=form, status=422)
    try:
        added = services.add_sessions(view.id, form.to_dates(), actor=actor)
    except SeriesTooLong:
        form.add_error("times", _("Mehr als 120 Termine hat ein Programm nicht."))
        return page_of(request, actor, view, dates=form, status=422)
    messages.success(request, _("%(count)s neue Termine.") % {"count": added})
    return redirect("programmes:manage", view.id)


@at_desk
@require_POST
def publish(request: HttpRequest, actor: Actor, programme: UUID) -> HttpResponse:
    """Show it to everybody."""
    view = own_programme(actor, programme)
    services.publish(view.id, actor=actor, now=clock.real_now())
    messages.success(request, _("Veröffentlicht. Ab jetzt können sich Menschen anmelden."))
    return redirect("programmes:manage", view.id)


@at_desk
@require_POST
def cancel(request: HttpRequest, actor: Actor, programme: UUID) -> HttpResponse:
    """Nothing of it takes place."""
    view = own_programme(actor, programme)
    services.cancel_programme(view.id, actor=actor)
    messages.success(request, _("Abgesagt. Alle Angemeldeten bekommen eine E-Mail oder einen Brief."))
    return redirect("programmes:manage", view.id)


@at_desk
@require_POST
def access(request: HttpRequest, actor: Actor, programme: UUID) -> HttpResponse:
    """Say how those who are registered get in."""
    view = own_programme(actor, programme)
    form = AccessForm(request.POST)
    if not form.is_valid():
        return page_of(request, actor, view, way_in=form, status=422)
    services.set_access(view.id, form.to_access(), actor=actor)
    messages.success(request, _("Gespeichert. Den Link sehen nur die Angemeldeten."))
    return redirect("programmes:manage", view.id)


@at_desk
@require_safe
def table(request: HttpRequest, actor: Actor, programme: UUID) -> StreamingHttpResponse:
    """Who comes, as a table."""
    view = own_programme(actor, programme)
    rows = [
        (
            str(REGISTRATIONS[each.state]),
            seat.first_name,
            seat.family_name,
            seat.born_on.isoformat() if seat.born_on else "",
            seat.support,
            each.name,
            each.email,
            each.phone,
            seat.fare.label if seat.fare else "",
            f"{seat.fare.cents / 100:.2f}".replace(".", ",") if seat.fare else "",
        )
        for each in selectors.registrations(actor, view.id)
        for seat in each.seats
    ]
    response = StreamingHttpResponse(sheets.csv_lines(HEADINGS, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="anmeldungen.csv"'
    return response


@at_desk
@require_POST
def release(request: HttpRequest, actor: Actor, registration: UUID) -> HttpResponse:
    """Take a registration out."""
    found = selectors.registration(actor, registration)
    if found is None:
        raise Http404
    services.release(found.id, actor=actor, now=clock.real_now())
    messages.success(request, _("Gestrichen. Die Familie bekommt Bescheid, der Platz geht weiter."))
    return redirect("programmes:manage", found.programme)


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def session(request: HttpRequest, actor: Actor, session: UUID) -> HttpResponse:
    """One date: who came, and another hour or place for it."""
    view, date = _own_session(actor, session)
    form = MoveForm(request.POST if "day" in request.POST else None, initial=_initial(view, date))
    if request.method == "POST" and "day" not in request.POST:
        _mark(request, actor, view, date)
        return redirect("programmes:session", date.id)
    if request.method == "POST" and form.is_valid():
        starts, ends = form.to_times()
        services.move_session(
            date.id, starts_at=starts, ends_at=ends, place=form.cleaned_data["place"], actor=actor
        )
        messages.success(request, _("Verlegt. Alle mit einem Platz bekommen eine E-Mail oder einen Brief."))
        return redirect("programmes:session", date.id)
    came = selectors.came(actor, date.id)
    page = {
        "view": view,
        "date": DateLine(date, session_words(date), date.ends_at <= clock.real_now()),
        "form": form,
        "seats": [
            (seat, came.get(seat.id))
            for each in selectors.registrations(actor, view.id)
            if each.state is RegistrationState.PLACED
            for seat in each.seats
        ],
        "came": sum(came.values()),
    }
    return render(request, "programmes/desk/session.html", page, status=422 if form.errors else 200)


@at_desk
@require_POST
def cancel_date(request: HttpRequest, actor: Actor, session: UUID) -> HttpResponse:
    """One date does not take place."""
    view, date = _own_session(actor, session)
    services.cancel_session(date.id, actor=actor)
    messages.success(request, _("Abgesagt. Alle mit einem Platz bekommen eine E-Mail oder einen Brief."))
    return redirect("programmes:manage", view.id)


def own_programme(actor: Actor, key: UUID) -> ProgrammeView:
    """A programme that the actor keeps; every other answers 404."""
    view = selectors.by_id(key)
    if view is None or not selectors.is_kept_by(actor, view):
        raise Http404
    return view


def material_form(
    view: ProgrammeView, *, data: QueryDict | None = None, files: Any | None = None
) -> MaterialForm:
    """The form for a file, with the dates of this programme."""
    ahead = [(each.id, session_words(each)) for each in view.sessions if not each.is_cancelled]
    return MaterialForm(data, files, dates=ahead)


def page_of(
    request: HttpRequest,
    actor: Actor,
    view: ProgrammeView,
    *,
    dates: DatesForm | None = None,
    way_in: AccessForm | None = None,
    material: MaterialForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a programme at the desk, with a form as it was sent."""
    now = clock.real_now()
    found = selectors.access(actor, view.id)
    found_registrations = selectors.registrations(actor, view.id)
    known = {"hours_before": 24} if found is None else _as_initial(found)
    page = {
        "view": view,
        "shown": shown(view, now=now),
        "state": STATES[view.state],
        "is_draft": view.state is ProgrammeState.DRAFT,
        "is_cancelled": view.state is ProgrammeState.CANCELLED,
        "is_online": view.format is not Format.IN_PERSON,
        "groups": _groups(found_registrations),
        "unreachable": bounces.unreachable(each.email for each in found_registrations),
        "feedback": selectors.feedback(actor, view.id),
        "dates": dates or DatesForm(),
        "way_in": way_in or AccessForm(initial=known),
        "material": material or material_form(view),
        "files": _files(actor, view),
        "team": dict(_teams(actor, now_kept_by=view.unit))[view.unit] if view.unit else "",
    }
    return render(request, "programmes/desk/programme.html", page, status=status)


def _teams(actor: Actor, *, now_kept_by: UUID | None = None) -> list[tuple[UUID, str]]:
    """The teams of the actor, one of which may keep a programme; the one that does now, even if it has ended."""
    now = clock.real_now()
    found = {each.id: each.name for each in work.my_units(actor, now=now)}
    keeper = work.unit(now_kept_by, now=now) if now_kept_by and now_kept_by not in found else None
    return [*found.items(), *([(keeper.id, keeper.name)] if keeper else [])]


def _files(actor: Actor, view: ProgrammeView) -> list[tuple[MaterialView, str, str]]:
    """Each file with its size and the date after which it is given out."""
    when = {each.id: session_words(each) for each in view.sessions}
    return [
        (each, size_words(each), when.get(each.session, "") if each.session else "")
        for each in selectors.materials(actor, view.id)
    ]


def _groups(found: list[RegistrationView]) -> list[tuple[str, list[tuple[RegistrationView, str]]]]:
    """Registrations by where they stand with what they pay, empty groups left out."""
    return [
        (str(words), rows)
        for state, words in REGISTRATIONS.items()
        if (
            rows := [(each, money(each.cents) if each.cents else "") for each in found if each.state is state]
        )
    ]


def _mark(request: HttpRequest, actor: Actor, view: ProgrammeView, date: SessionView) -> None:
    """Whoever is ticked came, everybody else with a place did not."""
    here = set(request.POST.getlist("da"))
    for each in selectors.registrations(actor, view.id):
        if each.state is not RegistrationState.PLACED:
            continue
        for seat in each.seats:
            services.mark(date.id, seat=seat.id, came=str(seat.id) in here, actor=actor, now=clock.real_now())
    messages.success(request, _("Gespeichert: %(count)s waren da.") % {"count": len(here)})


def _own_session(actor: Actor, key: UUID) -> tuple[ProgrammeView, SessionView]:
    programme = selectors.programme_of_session(key)
    view = own_programme(actor, programme) if programme else None
    date = next((each for each in view.sessions if each.id == key), None) if view else None
    if view is None or date is None:
        raise Http404
    return view, date


def _initial(view: ProgrammeView, date: SessionView) -> dict[str, Any]:
    starts, ends = (each.astimezone(clock.zone()) for each in (date.starts_at, date.ends_at))
    return {
        "day": clock.day_of(starts),
        "begins": starts.time(),
        "ends": ends.time(),
        "place": "" if date.place == view.place else date.place,
    }


def _as_initial(found: AccessView) -> dict[str, Any]:
    return {name: getattr(found, name) for name in ("address", "note", "hours_before", "materials")}


def _services(actor: Actor) -> list[tuple[UUID, str]]:
    """The entries of the directory to one of which a programme may belong."""
    if actor.organization is None:
        return []
    today = clock.real_today()
    return list(directory.service_names_of(actor.organization, today=today).items())

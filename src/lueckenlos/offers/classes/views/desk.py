"""The desk of those who lead a class: free places and dates, who is invited, who takes part, the group's report."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lueckenlos.commons.accounts.doors import at_work
from lueckenlos.core import clock, sheets
from lueckenlos.core.actor import Actor
from lueckenlos.core.editing import saved
from lueckenlos.offers.classes import figures, selectors, services
from lueckenlos.offers.classes.errors import MorningThere, NoSuchClass, NoSuchInvitation, NoSuchMember
from lueckenlos.offers.classes.forms.desk import ClassForm, InviteForm, MorningForm, WeeklyForm
from lueckenlos.offers.classes.page import SOON, date_lines, report_rows, row, shown, today_words
from lueckenlos.offers.classes.types import FEW, ClassView

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

at_desk = at_work(NoSuchClass, NoSuchInvitation, NoSuchMember)


@at_desk
@require_safe
def home(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All classes of the organization, and where others have free places."""
    now = clock.real_now()
    own = selectors.of_organization(actor)
    others = [each for each in selectors.running(now=now) if each.organization != actor.organization]
    page = {
        "own": [shown(each, now=now) for each in own],
        "others": [shown(each, now=now) for each in others],
    }
    return render(request, "classes/desk/home.html", page)


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Set up a class with its fixed morning."""
    form, weekly = ClassForm(request.POST or None), WeeklyForm(request.POST or None)
    if request.method == "POST" and all((form.is_valid(), weekly.is_valid())):
        try:
            key = services.found_class(form.to_new(), weekly.to_weekly(), actor=actor, now=clock.real_now())
        except MorningThere:
            weekly.add_error("last_day", _("So viele Vormittage hat eine Familienklasse nicht."))
        else:
            messages.success(request, _("Angelegt. Die Vormittage stehen fest, ohne Feiertage und Ferien."))
            return redirect("classes:manage", key)
    page = {"form": form, "weekly": weekly}
    is_wrong = bool(form.errors or weekly.errors)
    return render(request, "classes/desk/new.html", page, status=422 if is_wrong else 200)


@at_desk
@require_safe
def family_class(request: HttpRequest, actor: Actor, family_class: UUID) -> HttpResponse:
    """One class: places, mornings, invitations, families."""
    return class_page(request, actor, own_class(actor, family_class))


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, actor: Actor, family_class: UUID) -> HttpResponse:
    """Change what is said; nobody loses their place."""
    view = own_class(actor, family_class)
    form = ClassForm(request.POST or None, initial=ClassForm.initial_of(view))
    if saved(
        request,
        form,
        version=view.version,
        deed=lambda expected: services.change_class(
            view.id, form.to_new(), expected=expected, actor=actor, now=clock.real_now()
        ),
    ):
        messages.success(request, _("Gespeichert. Wer einen Platz hat, behält ihn."))
        return redirect("classes:manage", view.id)
    page = {"form": form, "view": view}
    return render(request, "classes/desk/change.html", page, status=422 if form.errors else 200)


@at_desk
@require_safe
def report(request: HttpRequest, actor: Actor, family_class: UUID) -> HttpResponse:
    """The group in numbers, without a name."""
    view = own_class(actor, family_class)
    now = clock.real_now()
    found = figures.report(actor, view, now=now)
    page = {
        "view": view,
        "shown": shown(view, now=now),
        "rows": report_rows(found),
        "is_small": found.families < FEW or (found.came is None and not found.changes),
        "few": FEW,
        "today": clock.real_today(),
    }
    return render(request, "classes/desk/report.html", page)


@at_desk
@require_safe
def report_table(request: HttpRequest, actor: Actor, family_class: UUID) -> HttpResponse:
    """The same as a table to be kept."""
    view = own_class(actor, family_class)
    now = clock.real_now()
    rows = report_rows(figures.report(actor, view, now=now))
    book = sheets.xlsx([sheets.Sheet(_("Bericht"), (_("Was"), _("Wie viel")), rows, widths=(45, 30))])
    name = f"familienklasse-{today_words(now)}.xlsx"
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}
    return HttpResponse(book, content_type=XLSX, headers=headers)


def class_page(
    request: HttpRequest,
    actor: Actor,
    view: ClassView,
    *,
    invite: InviteForm | None = None,
    morning: MorningForm | None = None,
) -> HttpResponse:
    """The page of a class, with whatever form must be shown again."""
    now = clock.real_now()
    today = clock.day_of(now)
    invitations = selectors.invitations(actor, view.id)
    members = selectors.members(actor, view.id)
    named = {each.id for each in members}
    dates = date_lines(view, now=now, invitations=invitations)
    ahead = [each for each in dates if not each.is_over]
    hours = {"begins": view.begins, "ends": view.ends}
    page: dict[str, Any] = {
        "view": view,
        "shown": shown(view, now=now),
        "today": [each for each in dates if clock.day_of(each.morning.starts_at) == today],
        "soon": ahead[:SOON],
        "later": ahead[SOON:],
        "over": [each for each in dates if each.is_over],
        "asked": [row(each) for each in invitations if each.state.is_undecided],
        "agreed": [
            row(each)
            for each in invitations
            if each.state.is_open and not each.state.is_undecided and each.id not in named
        ],
        "ended": [row(each) for each in invitations if not each.state.is_open],
        "members": members,
        "invite": invite or InviteForm(initial={"talked_on": today, "language": "de"}),
        "morning": morning or MorningForm(initial=hours),
    }
    is_wrong = any(form is not None and form.errors for form in (invite, morning))
    return render(request, "classes/desk/class.html", page, status=422 if is_wrong else 200)


def own_class(actor: Actor, key: UUID) -> ClassView:
    """A class of the actor's organization, else nothing is found."""
    view = selectors.by_id(key)
    if view is None or view.organization != actor.organization:
        raise Http404
    return view

"""Planning together: a month with all dates and notes, and what the quarter lacks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor, Role
from lueckenlos.core.addresses import month_in
from lueckenlos.offers.centres import gaps, selectors, services
from lueckenlos.offers.centres.forms.desk import NoteForm
from lueckenlos.offers.centres.gaps import Cell, PhaseGaps, Supply
from lueckenlos.offers.centres.page import days, hours
from lueckenlos.offers.centres.planning import Clash, clashes
from lueckenlos.offers.centres.quarters import quarter_of
from lueckenlos.offers.centres.types import CentreView
from lueckenlos.offers.centres.views.desk import at_desk, own_centre

DECEMBER: Final = 12
# Who may open the chain's own page; others get the same in words here.
CHAIN_READERS: Final = (Role.COORDINATION, Role.MUNICIPALITY, Role.PROVIDER)
MOST_CLASHES: Final = 20


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, actor: Actor, centre: UUID) -> HttpResponse:
    """One month of a centre: all dates of its members, what clashes, what is noted."""
    view = own_centre(actor, centre)
    month = _month(request.GET.get("monat", ""))
    form = NoteForm(request.POST or None, month=month, members=view.joined)
    if request.method == "POST" and form.is_valid():
        services.note_plan(view.id, form.to_note(), actor=actor, now=clock.real_now())
        messages.success(request, _("Notiert. Alle, die dazugehören, sehen es."))
        return redirect(f"{reverse('centres:plan', args=[view.id])}?monat={month:%Y-%m}")
    page = _plan_page(actor, view, month=month, form=form)
    return render(request, "centres/desk/plan.html", page, status=422 if form.errors else 200)


@at_desk
@require_POST
def note(request: HttpRequest, actor: Actor, note: UUID) -> HttpResponse:
    """Something is done, or open again."""
    found = selectors.note(actor, note)
    if found is None:
        raise Http404
    deed = services.reopen if request.POST.get("tun") == "offen" else services.settle
    deed(found.id, actor=actor)
    return redirect(f"{reverse('centres:plan', args=[found.centre])}?monat={found.month:%Y-%m}")


@at_desk
@require_safe
def lacking(request: HttpRequest, actor: Actor, centre: UUID) -> HttpResponse:
    """What the quarter of the centre lacks, or its municipality where no quarter is known."""
    view = own_centre(actor, centre)
    today = clock.real_today()
    entries = directory.planning_entries() if view.ags else []
    quarter = quarter_of(view, entries)
    found: tuple[PhaseGaps, ...] = ()
    if view.ags:
        members = [each.organization for each in view.joined]
        found = gaps.gaps(entries, view.ags, members=members, today=today, quarter=quarter.key)
    page = {
        "view": view,
        "quarter": quarter,
        "phases": found,
        "missing": _only(found, Supply.NOTHING),
        "only_county": _only(found, Supply.COUNTY_ONLY),
        "only_town": _only(found, Supply.HERE) if quarter.key else [],
        "without_address": gaps.without_address(entries, view.ags, today=today)
        if view.ags and quarter.key
        else 0,
        "fields": [cell.field for cell in found[0].cells] if found else [],
        "asked": gaps.asked(view.ags, today=today) if view.ags else (),
        "reads_chain": any(actor.has_role(role) for role in CHAIN_READERS),
    }
    return render(request, "centres/desk/gaps.html", page)


def _only(phases: Sequence[PhaseGaps], supply: Supply) -> list[tuple[PhaseGaps, tuple[Cell, ...]]]:
    """The phases with the fields in which there is no nearer than this."""
    return [(each, each.of(supply)) for each in phases if each.of(supply)]


def _plan_page(actor: Actor, view: CentreView, *, month: date, form: NoteForm) -> dict[str, Any]:
    now = clock.real_now()
    this = clock.day_of(now).replace(day=1)
    begins, ends = _midnight(month), _midnight(_next(month))
    found = selectors.planned_dates(view, begins=max(begins, now), ends=ends)
    clashing = clashes(found)
    return {
        "view": view,
        "month": month,
        "earlier": _before(month) if month > this else None,
        "later": _next(month),
        "days": days(found),
        "clashes": [_said(each) for each in clashing[:MOST_CLASHES]],
        "notes": selectors.plan(actor, view.id, month=month),
        "still_open": selectors.open_before(actor, view.id, month=month),
        "form": form,
    }


def _said(clash: Clash) -> str:
    first, second = clash
    words = _(
        "%(day)s: „%(one)s“ (%(one_from)s, %(one_hours)s) und „%(two)s“ (%(two_from)s, %(two_hours)s) "
        "liegen zur gleichen Zeit."
    )
    return words % {
        "day": days([first])[0].words,
        "one": first.programme.title,
        "one_from": first.programme.organization_name,
        "one_hours": hours(first),
        "two": second.programme.title,
        "two_from": second.programme.organization_name,
        "two_hours": hours(second),
    }


def _month(text: str) -> date:
    """The month of an address; this one where it is none, or over."""
    this = clock.real_today().replace(day=1)
    return min(max(month_in(text) or this, this), this.replace(year=this.year + 2))


def _next(month: date) -> date:
    if month.month == DECEMBER:
        return date(month.year + 1, 1, 1)
    return month.replace(month=month.month + 1)


def _before(month: date) -> date:
    if month.month == 1:
        return date(month.year - 1, DECEMBER, 1)
    return month.replace(month=month.month - 1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), tzinfo=clock.zone())

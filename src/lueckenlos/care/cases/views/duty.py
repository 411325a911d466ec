"""The rota: who takes what is promised for a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lueckenlos.care.cases.calendar import calendar
from lueckenlos.care.cases.selectors.duty import on_duty
from lueckenlos.care.cases.services.promises import plan_duty
from lueckenlos.commons.accounts import work
from lueckenlos.commons.accounts.doors import at_work_only, worker
from lueckenlos.core import clock
from lueckenlos.kernels import deadlines

AHEAD: Final = 15
ONE_DAY: Final = timedelta(days=1)


@at_work_only
@require_http_methods(["GET", "HEAD", "POST"])
def rota(request: HttpRequest) -> HttpResponse:
    """The working days of the next weeks for each of one's teams; heads fill them in."""
    actor, now = worker(request), clock.real_now()
    units = work.my_units(actor, now=now)
    if not units:
        raise Http404
    days = _working_days(clock.day_of(now))
    if request.method == "POST":
        unit = next((each for each in units if str(each.id) == request.POST.get("team")), None)
        if unit is None:
            raise Http404
        chosen = {day: _person(request.POST.get(f"tag-{day.isoformat()}", "")) for day in days}
        plan_duty(unit, days=chosen, actor=actor)
        messages.success(request, _("Der Dienstplan für „%(team)s“ ist gespeichert.") % {"team": unit.name})
        return redirect("cases:rota")
    names = work.names_of({member for unit in units for member in unit.members})
    teams = []
    for unit in units:
        held = on_duty(unit.id, days=days)
        people = sorted(((key, names.get(key, "")) for key in unit.members), key=lambda each: each[1])
        teams.append(
            {
                "unit": unit,
                "is_head": actor.person_id in unit.heads,
                "people": people,
                "days": [
                    (day, held.get(day), names.get(held[day], "") if day in held else "") for day in days
                ],
            }
        )
    return render(request, "cases/rota.html", {"teams": teams})


def _working_days(first: date) -> list[date]:
    office = calendar()
    days = (first + number * ONE_DAY for number in range(AHEAD))
    return [
        day
        for day in days
        if deadlines.is_working_day(day, state=office.state, closed_days=office.closed_days)
    ]


def _person(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

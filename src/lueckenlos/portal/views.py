"""Start pages."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.places import selectors as places
from lueckenlos.core import clock
from lueckenlos.core.guards import actor_of, public, signed_in
from lueckenlos.offers.finder import wording
from lueckenlos.portal import doors, menu

MOST_EVENTS = 6
ONE_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Soon:
    """One date of this week."""

    day: str
    hours: str
    name: str
    where: str
    url: str


@public
def front(request: HttpRequest) -> HttpResponse:
    """The families' front page: one sentence, one field, the doors, this week, one number."""
    language = get_language() or "de"
    county = places.county()
    office = {name: county.office(name, language=language) for name in ("name", "phone", "hours")}
    context = {"doors": doors.DOORS, "young": doors.YOUNG, "soon": this_week(clock.now()), "office": office}
    return render(request, "portal/front.html", context)


@signed_in
def desk(request: HttpRequest) -> HttpResponse:
    """The start page of whoever is signed in: what their roles may do."""
    actor = actor_of(request)
    entries = menu.desk_entries(actor)
    return render(request, "portal/desk.html", {"actor": actor, "entries": entries})


def this_week(now: datetime) -> list[Soon]:
    """The next dates of open offers, one a service, soonest first."""
    found = []
    for service in directory.soon_services(now=now, until=now + ONE_WEEK, limit=MOST_EVENTS):
        place = service.locations[0] if service.locations else None
        found.append(
            Soon(
                day=wording.on_day(service.next_dates[0].day),
                hours=wording.hours(service.next_dates[0]),
                name=service.name,
                where=place.city or place.municipality if place else "",
                url=reverse("finder:service", args=[service.key]),
            )
        )
    return found

"""A service's own page: everything a family asks, and what they can do with it."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import json_script
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.directory import services as upkeep
from lueckenlos.commons.directory.types import PLAIN, InquiryReason, ServiceView
from lueckenlos.commons.places import selectors as places
from lueckenlos.commons.signals.forms import WhyNotForm
from lueckenlos.commons.signals.wording import WHY_NOT
from lueckenlos.core import clock, letters
from lueckenlos.core.actor import Role
from lueckenlos.core.guards import actor_of, public, requires
from lueckenlos.core.times import time_words
from lueckenlos.offers.bookings import selectors as bookings
from lueckenlos.offers.finder import (
    bookmarks,
    cards,
    details,
    ical,
    keeping,
    selectors,
    structured,
    traces,
    wording,
)
from lueckenlos.offers.finder.forms import InquiryForm
from lueckenlos.offers.programmes import selectors as programmes
from lueckenlos.offers.programmes.types import Filters, ProgrammeView

COUNSELLORS = (Role.PROFESSIONAL, Role.PREVENTION_OFFICER, Role.FAMILY_OFFICE)
MOST_ALTERNATIVES = 4
MOST_PROGRAMMES = 3


@public
@require_safe
def service(request: HttpRequest, key: str) -> HttpResponse:
    """The page; `?einfach=1` reads it in Einfache Sprache whatever the interface's language."""
    shown = found(key)
    language = PLAIN if request.GET.get("einfach") else get_language() or "de"
    return render(request, "finder/service.html", context_of(request, shown, language=language))


@public
@require_safe
def code(request: HttpRequest, key: str) -> HttpResponse:
    """The page's address as a QR code (SVG), made here."""
    address = settings.BASE_URL + reverse("finder:service", args=[found(key).key])
    return HttpResponse(letters.qr_svg(address), content_type="image/svg+xml")


@public
@require_safe
def calendar(request: HttpRequest, key: str) -> HttpResponse:
    """The dates as iCalendar, for the phone's own calendar."""
    shown = found(key)
    response = HttpResponse(
        ical.calendar_of(shown, now=clock.now()), content_type="text/calendar; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{shown.key}.ics"'
    return response


@public
@require_safe
def points(request: HttpRequest, key: str) -> JsonResponse:
    """The places of one service as points of a map (GeoJSON, WGS 84)."""
    shown = found(key)
    return JsonResponse(
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "geometry": {"type": "Point", "coordinates": [place.longitude, place.latitude]},
                    "properties": {"name": wording.where(place)},
                }
                for place in shown.locations
                if place.longitude is not None
            ],
        }
    )


@public
@require_http_methods(["GET", "HEAD", "POST"])
def not_true(request: HttpRequest, key: str) -> HttpResponse:
    """ "Stimmt nicht mehr": goes to the provider and Koordination, answered by a date."""
    shown = found(key)
    form = InquiryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = InquiryReason(form.cleaned_data["reason"])
        due = upkeep.report_error(
            shown.key, reason=reason, text=form.cleaned_data["text"], actor=actor_of(request), now=clock.now()
        )
        return render(request, "finder/not_true_thanks.html", {"service": shown, "due": due})
    return render(
        request, "finder/not_true.html", {"service": shown, "form": form}, status=422 if form.errors else 200
    )


@requires(*COUNSELLORS)
@require_POST
def not_tried(request: HttpRequest, key: str) -> HttpResponse:
    """One tap of a counsellor: why this service was not even tried."""
    shown = found(key)
    form = WhyNotForm(request.POST, among=WHY_NOT)
    if not form.is_valid():
        raise Http404
    ags = next((place.ags for place in shown.locations if place.ags), None)
    traces.count_not_tried(shown, reason=form.to_reason(), ags=ags, on=clock.today())
    messages.success(request, _("Danke. Das ist ohne Namen gezählt und hilft bei der Planung."))
    return redirect("finder:service", key=key)


def found(key: str) -> ServiceView:
    """The service, or 404 for what does not exist or is not shown."""
    shown = directory.service(key, now=clock.now())
    if shown is None:
        raise Http404
    return shown


def context_of(request: HttpRequest, shown: ServiceView, *, language: str) -> dict[str, Any]:
    """All that the page arranges."""
    now = clock.now()
    actor = actor_of(request)
    counsels = any(actor.has_role(role) for role in COUNSELLORS)
    first = next((place for place in shown.locations if place.ags), None)
    alternatives = selectors.related(shown.id)[:MOST_ALTERNATIVES]
    related = directory.glances(alternatives, language=language, now=now)
    return {
        "service": shown,
        "language": language,
        "is_easy": language == PLAIN,
        "name": shown.text("name", language),
        "description": shown.text("description", language),
        "easy": shown.easy,
        "facts": details.facts(shown, language=language),
        "start": details.how_to_start(shown),
        "map_links": details.map_links(shown),
        "dates": details.next_dates(shown),
        "note": cards.freshness_note(shown),
        "taking_part": _taking_part(shown),
        "times": bookings.public_resources(organizations=[shown.organization.id]),
        "related": [cards.card(other) for other in related],
        "is_marked": shown.key in bookmarks.keys_in(request),
        "youth_office": places.youth_office_for(first.ags) if first and first.ags else None,
        "not_tried": WHY_NOT.items() if counsels else [],
        "own_lists": keeping.lists_of(actor) if counsels else [],
        "linked_data": json_script_of(shown),
        "page_url": settings.BASE_URL + reverse("finder:service", args=[shown.key]),
    }


def _taking_part(shown: ServiceView) -> list[tuple[ProgrammeView, str]]:
    """What the same organization invites to in the coming time, and when next."""
    filters = Filters(organizations=frozenset({shown.organization.id}))
    found = programmes.upcoming(filters, now=clock.real_now())[:MOST_PROGRAMMES]
    dates = [(view, view.next_after(clock.real_now())) for view in found]
    return [(view, time_words(date.starts_at, date.ends_at)) for view, date in dates if date]


def json_script_of(shown: ServiceView) -> str:
    """schema.org as JSON-LD, escaped for HTML."""
    address = settings.BASE_URL + reverse("finder:service", args=[shown.key])
    text = json_script(structured.as_schema_org(shown, address=address))
    # json_script has escaped it; only the type of the script changes.
    return mark_safe(text.replace('type="application/json"', 'type="application/ld+json"'))  # noqa: S308

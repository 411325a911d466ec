"""What everybody sees: the list, one centre with all that its members offer, its calendar."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.core import clock
from lueckenlos.core.guards import public
from lueckenlos.core.times import time_words
from lueckenlos.kernels.slots import Slot
from lueckenlos.offers.bookings import selectors as bookings
from lueckenlos.offers.centres import calendars, selectors
from lueckenlos.offers.centres.page import days, groups, size, where
from lueckenlos.offers.centres.types import CentreView, dates_of

SOON: Final = timedelta(weeks=4)
FEW: Final = 6
WEEKS_SHOWN: Final = timedelta(weeks=10)


@public
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All family centres, by municipality."""
    found = selectors.centres()
    towns = [
        (town or _("Ganzer Kreis"), [(each, size(each)) for each in views])
        for town, views in groupby(found, key=lambda each: each.municipality)
    ]
    return render(request, "centres/public/listing.html", {"towns": towns})


@public
@require_safe
def centre(request: HttpRequest, key: str) -> HttpResponse:
    """One centre: what is on soon, what can be booked, what all members offer."""
    view, now = _found(key), clock.real_now()
    language = get_language() or "de"
    offered = selectors.offered(view, now=now)
    soonest = bookings.first_free(offered.resources, now=now)
    dates = [
        each
        for each in dates_of(offered.programmes, begins=now, ends=now + SOON)
        if not each.session.is_cancelled
    ]
    page = {
        "view": view,
        "where": where(view),
        "size": size(view),
        "days": days(dates[:FEW]),
        "resources": [(each, _free(soonest.get(each.id))) for each in offered.resources],
        "groups": groups(
            offered.services, words=directory.catalog().in_language(language), language=language
        ),
    }
    return render(request, "centres/public/centre.html", page)


@public
@require_safe
def dates(request: HttpRequest, key: str) -> HttpResponse:
    """The joint calendar of the next weeks."""
    view = _found(key)
    found = selectors.calendar(view, now=clock.real_now(), ahead=WEEKS_SHOWN)
    return render(request, "centres/public/dates.html", {"view": view, "days": days(found)})


@public
@require_safe
def calendar(request: HttpRequest, key: str) -> HttpResponse:
    """The same to subscribe."""
    view, now = _found(key), clock.real_now()
    headers = {"Content-Disposition": content_disposition_header(True, "termine.ics") or ""}
    content = calendars.of_centre(view, selectors.calendar(view, now=now), now=now)
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


@public
@require_safe
def feed(request: HttpRequest, key: str) -> HttpResponse:
    """What is on, as RSS for newsletters and other pages."""
    view = _found(key)
    made = Rss201rev2Feed(
        title=view.name,
        link=request.build_absolute_uri(reverse("centres:centre", args=[view.key])),
        description=_("Was bald stattfindet"),
        language=get_language() or "de",
    )
    for each in selectors.calendar(view, now=clock.real_now(), ahead=WEEKS_SHOWN):
        if each.session.is_cancelled:
            continue
        told = (time_words(each.session.starts_at, each.session.ends_at), each.programme.summary)
        made.add_item(
            title=each.programme.title,
            link=request.build_absolute_uri(reverse("programmes:programme", args=[each.programme.key])),
            description=". ".join(filter(None, told)),
            author_name=each.programme.organization_name,
            unique_id=str(each.session.id),
            unique_id_is_permalink=False,
        )
    return HttpResponse(made.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")


def _free(slot: Slot | None) -> str:
    return time_words(slot.span.begins, slot.span.ends) if slot else ""


def _found(key: str) -> CentreView:
    view = selectors.centre(key)
    if view is None:
        raise Http404
    return view

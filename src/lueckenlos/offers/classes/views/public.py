"""What everybody sees: what a family class is, and where there is one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lueckenlos.core import clock
from lueckenlos.core.guards import public
from lueckenlos.offers.classes import selectors
from lueckenlos.offers.classes.page import shown


@public
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The classes of the county with their fixed morning and free places."""
    now = clock.real_now()
    page = {"classes": [shown(each, now=now) for each in selectors.running(now=now)]}
    return render(request, "classes/public/listing.html", page)

"""Start pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lueckenlos.core.guards import public, signed_in


@public
def front(request: HttpRequest) -> HttpResponse:
    """The families' front page."""
    return render(request, "portal/front.html")


@signed_in
def desk(request: HttpRequest) -> HttpResponse:
    """The start page of whoever is signed in."""
    return render(request, "portal/desk.html")

"""Legal pages: filled from the county's own data."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lueckenlos.commons.places import selectors as places
from lueckenlos.core.guards import public


@public
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What this is and who stands behind it."""
    return render(request, "portal/about.html", {"motto": places.county().text("motto")})


@public
@require_safe
def imprint(request: HttpRequest) -> HttpResponse:
    """Who answers for these pages."""
    return render(request, "portal/imprint.html", {"legal": places.county().settings.get("legal", {})})


@public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about a visitor, and what is not."""
    return render(request, "portal/privacy.html", {"legal": places.county().settings.get("legal", {})})


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The statement on accessibility with its way for feedback (BITV 2.0)."""
    return render(request, "portal/accessibility.html", {"legal": places.county().settings.get("legal", {})})

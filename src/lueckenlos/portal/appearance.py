"""The county's color as a style sheet, and the reader's choice of light or dark."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_GET, require_POST

from lueckenlos.commons.places import selectors as places
from lueckenlos.core.addresses import back_in
from lueckenlos.core.appearance import style_sheet
from lueckenlos.core.guards import public

COOKIE = "farben"
CHOICES = {"hell", "dunkel"}
YEAR = 60 * 60 * 24 * 365


@public
@require_GET
def appearance(request: HttpRequest) -> HttpResponse:
    """Custom properties of the accent color; every page loads them after the house's own."""
    response = HttpResponse(style_sheet(places.county().accent), content_type="text/css; charset=utf-8")
    patch_cache_control(response, public=True, max_age=600)
    return response


@public
@require_POST
def colors(request: HttpRequest) -> HttpResponse:
    """Keeps light or dark in a cookie, or forgets it, and goes back to where the reader was."""
    response = redirect(back_in(request, "next", otherwise="/"))
    choice = request.POST.get("farben", "")
    if choice in CHOICES:
        response.set_cookie(
            COOKIE, choice, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure()
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response

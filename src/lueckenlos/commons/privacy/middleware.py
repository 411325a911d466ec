"""What the wall refuses answers like what does not exist, whatever the page forgot to ask."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import get_resolver

from lueckenlos.commons.privacy.errors import NotYours


class WallMiddleware:
    """Turns NotYours into the page for what is not there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """Existence is data: the same page and status as for an address that nobody has."""
        if not isinstance(exception, NotYours):
            return None
        not_found: Callable[..., HttpResponseBase] = get_resolver().resolve_error_handler(404)
        return not_found(request, exception=exception)

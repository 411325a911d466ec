"""One look at the county for a whole page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from lueckenlos.commons.places import selectors


class CountyMiddleware:
    """Lets a page that only reads ask once which version of the county holds; forms that write ask each time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        with selectors.one_look():
            return self.get_response(request)

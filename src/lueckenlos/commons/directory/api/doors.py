"""Opens addresses to every page of the world: public by guard, readable across origins."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, URLResolver

from lueckenlos.core import guards

View = Callable[..., HttpResponseBase]
_METHODS = "GET, HEAD, OPTIONS"


def readable_by_all(view: View) -> View:
    """A public view whose answer other origins may read; it is the same for everybody."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = (
            _asked_beforehand() if request.method == "OPTIONS" else _answer(request, view, args, kwargs)
        )
        response["Access-Control-Allow-Origin"] = "*"
        return response

    # No session is read and no cookie is set: there is nothing that a forged request could use.
    answered.csrf_exempt = True  # type: ignore[attr-defined]
    return guards.public(answered)


def opened_to_all(
    patterns: Iterable[URLPattern | URLResolver],
) -> list[URLPattern | URLResolver]:
    """The same addresses, each readable by all."""
    opened = list(patterns)
    for pattern in opened:
        if isinstance(pattern, URLPattern):
            pattern.callback = readable_by_all(pattern.callback)
    return opened


def _asked_beforehand() -> HttpResponse:
    """What browsers ask before a page of another origin may ask with headers of its own."""
    response = HttpResponse(status=204, headers={"Allow": _METHODS})
    response["Access-Control-Allow-Methods"] = _METHODS
    response["Access-Control-Allow-Headers"] = "*"
    response["Access-Control-Max-Age"] = "86400"
    return response


def _answer(request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponseBase:
    """HEAD is GET without the content, which the server leaves out; the interface itself knows GET alone."""
    asked = request.method
    if asked == "HEAD":
        request.method = "GET"
    try:
        return view(request, *args, **kwargs)
    finally:
        request.method = asked

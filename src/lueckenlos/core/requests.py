"""What every request leaves in the log, and what somebody reads who asks for a deed as if it were a page."""

import logging
import time
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import Resolver404, resolve

log = logging.getLogger("lueckenlos.requests")


class RequestLogMiddleware:
    """Logs the name of the route (never address or query), status and time of each request under a random number."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begin = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        log.info(
            "request",
            extra={
                "route": match.view_name if match else "",
                "status": response.status_code,
                "milliseconds": round((time.perf_counter() - begin) * 1000, 1),
                "request_id": uuid.uuid4().hex[:12],
            },
        )
        return response


class DeedAsPageMiddleware:
    """Says where the form is to whoever asks for its address as a page, where there was a white page before.

    Addresses that only take what a form sends show that form again with its errors. Reloading there,
    changing the language there or signing in on the way asks for them as pages.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method != "GET" or not isinstance(response, HttpResponseNotAllowed) or response.content:
            return response
        page = render(request, "405.html", {"above": _page_above(request)}, status=response.status_code)
        page["Allow"] = response["Allow"]
        return page


def _page_above(request: HttpRequest) -> str:
    """The nearest address above this one that is about the same: it reads no part of it as something else."""
    path, match = request.path_info, request.resolver_match
    known = match.kwargs.items() if match else {}.items()
    while path.strip("/"):
        path = path.rstrip("/").rpartition("/")[0] + "/"
        try:
            if resolve(path).kwargs.items() <= known:
                break
        except Resolver404:
            continue
    return path

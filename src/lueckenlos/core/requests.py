"""What every request leaves in the log: the route's name, never the address or the query."""

import logging
import time
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

log = logging.getLogger("lueckenlos.requests")


class RequestLogMiddleware:
    """Logs route, status and time of each request under a random number."""

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

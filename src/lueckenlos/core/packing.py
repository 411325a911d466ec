"""Sends open pages compressed; whoever is signed in gets them as they are.

A compressed page that repeats what came in an address lets an onlooker guess its secrets by the length (BREACH).
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

WORDS = (
    "text/",
    "application/json",
    "application/geo+json",
    "application/xml",
    "application/rss+xml",
    "image/svg+xml",
)


class PackedPagesMiddleware(GZipMiddleware):
    """Compresses what consists of words, for visitors without a session."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The answer, packed where nothing personal can be guessed from its length."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            return response
        if not response.get("Content-Type", "").startswith(WORDS):
            return response
        return super().process_response(request, response)

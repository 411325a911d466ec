"""What search engines may find: public pages and services, in every language, and what they leave alone."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.contrib.sitemaps import Sitemap, views
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.core import clock
from lueckenlos.core.guards import public

_PAGES: Final = (
    "portal:front",
    "portal:about",
    "portal:imprint",
    "portal:privacy",
    "portal:accessibility",
    "finder:search",
    "finder:topics",
    "finder:urgent",
    "chain:public",
    "frontdoor:write",
    "frontdoor:young",
)
_CLOSED: Final = (
    "/angebote-pflegen/",
    "/koordination/",
    "/pflege/",
    "/schreibtisch/",
    "/merkliste/",
    "/anliegen/antwort/",
    "/anliegen/danke/",
    "/familienbuero/",
    "/vermittlung/",
    "/demo/",
    "/werkstatt/",
)
# Every entry stands once in each language; a file may hold 50,000 addresses.
_ENTRIES: Final = 5_000


class _InEveryLanguage(Sitemap[Any]):
    """A part of the map whose pages exist in every language."""

    i18n = True
    alternates = True
    x_default = True
    limit = _ENTRIES


class Pages(_InEveryLanguage):
    """The pages that everybody may read."""

    def items(self) -> list[str]:
        """Names of addresses."""
        return list(_PAGES)

    def location(self, item: str) -> str:
        """The address of a page in the language at hand."""
        return reverse(item)


class Services(_InEveryLanguage):
    """The services that this county shows; a neighbour's are found with the neighbour."""

    def items(self) -> list[tuple[str, datetime]]:
        """Keys with when they changed."""
        shown = directory.shown_services(today=clock.today()).filter(feed__isnull=True)
        return list(shown.order_by("key").values_list("key", "modified_at"))

    def location(self, item: tuple[str, datetime]) -> str:
        """The service's page."""
        return reverse("finder:service", args=[item[0]])

    def lastmod(self, item: tuple[str, datetime]) -> datetime:
        """When the entry changed."""
        return item[1]


_SECTIONS: Final[Mapping[str, type[Sitemap[Any]]]] = {"seiten": Pages, "angebote": Services}


@public
def sitemap_index(request: HttpRequest) -> TemplateResponse:
    """The parts of the map."""
    return views.index(request, dict(_SECTIONS), sitemap_url_name="sitemap-section")


@public
def sitemap(request: HttpRequest, section: str) -> TemplateResponse:
    """One part of the map."""
    return views.sitemap(request, dict(_SECTIONS), section=section)


@public
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines leave alone; in the demo, where nothing is real, everything."""
    closed = ("/",) if settings.DEMO else _CLOSED
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")

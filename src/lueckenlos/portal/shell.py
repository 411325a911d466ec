"""What the page shell shows around every page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _

from lueckenlos.commons.places import selectors as places
from lueckenlos.core.actor import NOBODY
from lueckenlos.portal import menu


def shell(request: HttpRequest) -> dict[str, Any]:
    """County, menu, languages, legal pages and the demo's banner for `core/page.html`."""
    actor = getattr(request, "actor", NOBODY)
    county = places.county()
    return {
        "shell": {
            "county": county,
            "actor": actor,
            "menu": _menu(request),
            "about": _about(),
            "languages": _languages(request),
            "sources": county.settings.get("sources", []),
            "map_style_url": settings.MAP_STYLE_URL or "",
            "demo": settings.DEMO,
            "quick_exit": actor.person_id is None,
        }
    }


def _menu(request: HttpRequest) -> list[dict[str, Any]]:
    actor = getattr(request, "actor", NOBODY)
    entries = [
        {"label": entry.label, "url": entry.url, "current": request.path == entry.url}
        for entry in menu.public_entries()
    ]
    if actor.person_id is not None:
        url = reverse("portal:desk")
        entries.append({"label": _("Mein Schreibtisch"), "url": url, "current": request.path == url})
    return entries


def _about() -> list[dict[str, str]]:
    return [
        {"label": _("Dem Familienbüro schreiben"), "url": reverse("frontdoor:write")},
        {"label": _("Über lückenlos"), "url": reverse("portal:about")},
        {"label": _("Was da ist und was fehlt"), "url": reverse("chain:public")},
        {"label": _("Impressum"), "url": reverse("portal:imprint")},
        {"label": _("Datenschutz"), "url": reverse("portal:privacy")},
        {"label": _("Barrierefreiheit"), "url": reverse("portal:accessibility")},
    ]


def _in_language(request: HttpRequest, code: str) -> str:
    """The same page in another language; an address that leads nowhere stays as it is."""
    match = request.resolver_match
    if match is None:
        return translate_url(request.get_full_path(), code)
    with override(code):
        path = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
    query = request.META.get("QUERY_STRING", "")
    return f"{path}?{query}" if query else path


def _languages(request: HttpRequest) -> list[dict[str, Any]]:
    chosen = getattr(request, "LANGUAGE_CODE", "de")
    return [
        {
            "code": code,
            "label": get_language_info(code)["name_local"],
            "url": _in_language(request, code),
            "current": code == chosen,
        }
        for code, _name in settings.LANGUAGES
    ]

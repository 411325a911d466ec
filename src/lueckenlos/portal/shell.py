"""What the page shell shows around every page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.translation import get_language_info

from lueckenlos.commons.places import selectors as places
from lueckenlos.core.actor import NOBODY
from lueckenlos.portal import menu


def shell(request: HttpRequest) -> dict[str, Any]:
    """County, menu, languages and the demo's banner for `core/page.html`."""
    actor = getattr(request, "actor", NOBODY)
    return {
        "shell": {
            "county": places.county(),
            "actor": actor,
            "menu": [
                {"label": entry.label, "url": (url := reverse(entry.url_name)), "current": request.path == url}
                for entry in menu.entries_for(actor)
            ],
            "languages": [
                {
                    "code": code,
                    "label": get_language_info(code)["name_local"],
                    "url": translate_url(request.get_full_path(), code),
                    "current": code == getattr(request, "LANGUAGE_CODE", "de"),
                }
                for code, _name in settings.LANGUAGES
            ],
            "demo": settings.DEMO,
            "quick_exit": True,
        }
    }

"""What the pages of the social areas share: their tabs, and who writes there."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lueckenlos.core.actor import Role
from lueckenlos.core.guards import actor_of
from lueckenlos.steering.chain.views.shell import show

SECTION = "chain:analysis"
TABS: tuple[tuple[str | Promise, str], ...] = (
    (_("Rangfolge"), "chain:analysis"),
    (_("Standorte"), "chain:sites"),
    (_("Daten"), "chain:indicators"),
)


def show_social(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, tab: str, status: int = 200
) -> HttpResponse:
    """Render a page of the social areas with its own tabs below the chain's menu."""
    tabs = [
        {"label": label, "url": reverse(url_name), "current": url_name == tab} for label, url_name in TABS
    ]
    may_write = actor_of(request).has_role(Role.COORDINATION)
    return show(
        request,
        template,
        {**context, "social_tabs": tabs, "may_write": may_write},
        section=SECTION,
        status=status,
    )

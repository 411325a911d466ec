"""What every page of the chain shares: its own menu, and the way back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lueckenlos.core.actor import Role
from lueckenlos.core.guards import actor_of

PLANNERS = (Role.COORDINATION, Role.MUNICIPALITY)
READERS = (Role.COORDINATION, Role.MUNICIPALITY, Role.PROVIDER)


@dataclass(frozen=True, slots=True)
class Section:
    """One page of the chain in its menu; `roles` see it."""

    label: str | Promise
    url_name: str
    roles: tuple[Role, ...] = READERS


SECTIONS: list[Section] = [
    Section(_("Kette"), "chain:picture"),
    Section(_("Ziele"), "chain:targets", PLANNERS),
    Section(_("Fragen"), "chain:questions", (Role.COORDINATION,)),
    Section(_("Was wäre, wenn"), "chain:scenarios", PLANNERS),
    Section(_("Nächster Schritt"), "chain:steps", PLANNERS),
    Section(_("Lebenslinie"), "chain:life-line"),
    Section(_("Ausblick"), "chain:outlook", PLANNERS),
    Section(_("Sozialraum"), "chain:analysis", PLANNERS),
    Section(_("Doppelt"), "chain:duplicates", (Role.COORDINATION,)),
    Section(_("Angaben prüfen"), "chain:flaws", (Role.COORDINATION,)),
    Section(_("Verlauf"), "chain:history", roles=PLANNERS),
    Section(_("Geteilt und öffentlich"), "chain:standing", roles=(Role.COORDINATION,)),
]


def show(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, section: str, status: int = 200
) -> HttpResponse:
    """Render a page of the chain with its menu; `section` is the URL name that is current."""
    actor = actor_of(request)
    tabs = [
        {"label": each.label, "url": reverse(each.url_name), "current": each.url_name == section}
        for each in SECTIONS
        if any(actor.has_role(role) for role in each.roles)
    ]
    return render(request, template, {**context, "sections": tabs}, status=status)

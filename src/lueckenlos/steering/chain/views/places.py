"""Which place a planner looks at: Koordination any, a municipality its own."""

from dataclasses import dataclass

from django.http import HttpRequest

from lueckenlos.commons.places import selectors as places
from lueckenlos.core.actor import Role, ScopeKind
from lueckenlos.core.guards import actor_of


@dataclass(frozen=True, slots=True)
class Place:
    """The area that is looked at ("" is the whole county); `own` is the one that the reader is bound to, if any."""

    area: str
    name: str
    own: str | None
    options: tuple[tuple[str, str], ...] = ()

    @property
    def is_free(self) -> bool:
        """Whether the reader may look at any place."""
        return self.own is None


def own_place(request: HttpRequest, *, wanted: str = "") -> Place:
    """The place that the page or its address names, within what the reader may see."""
    towns = {each.ags: each.name for each in places.municipalities()}
    actor, chosen = actor_of(request), wanted or request.GET.get("gemeinde", "")
    if actor.may(Role.COORDINATION):
        area = chosen if chosen in towns else ""
        options = (("", places.county().name), *towns.items())
        return Place(area, towns.get(area, places.county().name), None, options)
    own = sorted(
        scope.key for scope in actor.scopes(Role.MUNICIPALITY) if scope.kind is ScopeKind.MUNICIPALITY
    )
    area = chosen if chosen in own else next((key for key in own if key in towns), "")
    return Place(area, towns.get(area, ""), area)

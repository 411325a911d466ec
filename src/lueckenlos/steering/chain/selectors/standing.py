"""How far cells and notes have gone, and who sees what of the chain."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeVar
from uuid import UUID

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.places import selectors as places
from lueckenlos.core.actor import Actor, Role, ScopeKind
from lueckenlos.kernels.chain.types import Cell, Seam
from lueckenlos.steering.chain.models import StandingChange
from lueckenlos.steering.chain.types import CellKey, Standing

Piece = TypeVar("Piece", Cell, Seam)
ORDER: Final = {Standing.INTERNAL: 0, Standing.SHARED: 1, Standing.PUBLIC: 2}


@dataclass(frozen=True, slots=True)
class Sight:
    """What of the chain an actor sees: everything, what is shared about their places or services, or what is public."""

    is_coordination: bool = False
    areas: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()
    organizations: frozenset[UUID] = frozenset()

    def sees(self, standing: Standing, *, area: str, services: Iterable[str] = ()) -> bool:
        """Whether something with this standing about this area and these services is to be seen."""
        if self.is_coordination or standing is Standing.PUBLIC:
            return True
        concerned = area in self.areas or not self.services.isdisjoint(services)
        return standing is Standing.SHARED and concerned


def sight_of(actor: Actor) -> Sight:
    """The sight that the actor's roles give."""
    if actor.has_role(Role.COORDINATION):
        return Sight(is_coordination=True)
    areas = {each.key for each in actor.scopes(Role.MUNICIPALITY) if each.kind is ScopeKind.MUNICIPALITY}
    own = directory.organizations_of(actor) if actor.has_role(Role.PROVIDER) else []
    keys = [each.id for each in own]
    services = (
        {entry.key for entry in directory.planning_entries() if entry.organization_id in keys} if keys else ()
    )
    return Sight(areas=frozenset(areas), services=frozenset(services), organizations=frozenset(keys))


def default_standing() -> Standing:
    """What a cell is before anybody said otherwise; the county sets it."""
    given = places.county().settings.get("chain", {}).get("default_standing", Standing.SHARED)
    return Standing(given)


def standings() -> dict[str, Standing]:
    """The standing of every subject about which somebody said something."""
    rows = StandingChange.objects.order_by("subject", "-at", "-id").distinct("subject")
    return {row.subject: Standing(row.state) for row in rows}


def cell_key(each: Cell | Seam) -> CellKey:
    """The key of a cell or a seam."""
    if isinstance(each, Seam):
        return CellKey(each.area, each.phase, to=each.to)
    return CellKey(each.area, each.phase, each.field)


def visible(pieces: Iterable[Piece], *, sight: Sight) -> list[Piece]:
    """Those cells or seams that the sight holds."""
    known, default = standings(), default_standing()
    return [
        piece
        for piece in pieces
        if sight.sees(
            known.get(cell_key(piece).subject, default),
            area=piece.area,
            services=(share.service for share in piece.services),
        )
    ]

"""What the house knows before a delivery comes in."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from lueckenlos.commons.directory.exchange.codes import Codes

NOBODY: Final = "Träger nicht angegeben"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an address lies, as far as the house knows."""

    ags: str | None
    latitude: float | None
    longitude: float | None


Locate = Callable[[str, str, float | None, float | None], Spot]


def nowhere(_postcode: str, _city: str, latitude: float | None, longitude: float | None) -> Spot:
    """Knows no address; keeps the coordinates that were given."""
    return Spot(None, latitude, longitude)


@dataclass(slots=True)
class Keys:
    """Who has which key; an entry that was there keeps its own."""

    by_key: dict[str, UUID] = field(default_factory=dict)
    by_id: dict[UUID, str] = field(default_factory=dict)

    def give(self, own_id: UUID, *, wanted: str, is_said: bool) -> str:
        """The key that the delivery says, else the one that the entry has, else one made from its name."""
        if not is_said and own_id in self.by_id:
            return self.by_id[own_id]
        if self.by_key.get(wanted, own_id) != own_id:
            wanted = f"{wanted[:100]}-{own_id.hex[:12]}"
        self.by_key[wanted] = own_id
        self.by_id[own_id] = wanted
        return wanted


@dataclass(slots=True)
class Surroundings:
    """What the house knows before a delivery comes in."""

    codes: Codes
    namespace: UUID
    services: Keys = field(default_factory=Keys)
    organizations: Keys = field(default_factory=Keys)
    known_organizations: frozenset[UUID] = frozenset()
    foreign_organizations: frozenset[UUID] = frozenset()
    locate: Locate = nowhere
    sender: str = NOBODY
    is_feed: bool = False

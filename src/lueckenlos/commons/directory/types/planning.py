"""What planning needs to know of a service, and nothing that only families ask."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lueckenlos.commons.directory.types.words import Audience, Format, ServiceStatus
from lueckenlos.commons.places.types import Metres


@dataclass(frozen=True, slots=True)
class PlanningSite:
    """Where a service is; `point` in metres (ETRS89 / UTM 32N)."""

    point: Metres
    ags: str | None
    city: str = ""
    street: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanningEntry:
    """One service of the county as it was known on a day."""

    key: str
    name: str
    organization_id: UUID
    organization: str
    kind: str | None
    phases: tuple[str, ...]
    fields: tuple[str, ...]
    age_min: float | None
    age_max: float | None
    audience: Audience
    format: Format
    is_free: bool
    languages: tuple[str, ...]
    accessible: bool | None
    whole_county: bool
    catchment: tuple[str, ...]
    sites: tuple[PlanningSite, ...]
    capacity: int | None
    status: ServiceStatus
    valid_from: date | None
    valid_to: date | None
    verified_on: date | None
    waiting_weeks: int | None
    funding_ends: date | None
    bridge: tuple[str, str] | None
    weekdays: frozenset[int]
    description: str

    def is_for_families_on(self, day: date) -> bool:
        """Whether families can use it on a day."""
        return (
            self.status is ServiceStatus.ACTIVE
            and self.audience is not Audience.PROFESSIONALS
            and (self.valid_from is None or self.valid_from <= day)
            and (self.valid_to is None or self.valid_to >= day)
        )

    def serves(self, ags: str) -> bool:
        """Whether it is in the municipality, or names it among those for whom it is."""
        return ags in self.catchment or any(site.ags == ags for site in self.sites)

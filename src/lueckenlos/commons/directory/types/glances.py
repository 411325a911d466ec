"""What lists show of a service: the few things that decide, where a `ServiceView` holds everything."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lueckenlos.commons.directory.types.views import DateView, LocalText
from lueckenlos.commons.directory.types.words import Access, Audience, Format, Freshness


@dataclass(frozen=True, slots=True)
class PlaceGlance:
    """One place of a service: its town, and where that is for a map."""

    town: str
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """One service at a glance, in one language; what it shares with `ServiceView` is named alike."""

    id: UUID
    key: str
    name: LocalText
    description: LocalText
    organization: str
    feed: str
    """The neighbour whose entry this is; empty for own ones."""
    age_min: float | None
    age_max: float | None
    audience: Audience
    format: Format
    access: Access
    fee: str
    is_free: bool
    languages: tuple[str, ...]
    places: tuple[PlaceGlance, ...]
    phone: str
    """The first number to call: the service's own, else its place's, else the organization's."""
    schedule_text: str
    next_dates: tuple[DateView, ...]
    waiting_weeks: int | None
    verified_on: date | None
    freshness: Freshness

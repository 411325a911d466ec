"""What an editor sends: the whole of an entry's content as one frozen value, and what comes back from a deed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from lueckenlos.commons.directory.types.words import Access, Audience, Format, ServiceStatus


@dataclass(frozen=True, slots=True)
class PhoneValue:
    """A telephone number with what it is for."""

    number: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class CostValue:
    """One price, and for whom it holds."""

    option: str
    amount: Decimal | None = None
    description: str = ""


@dataclass(frozen=True, slots=True)
class FundingValue:
    """Where the money comes from and until when."""

    source: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class LocationValue:
    """An address as it was typed; coordinates only where somebody knows them."""

    name: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    ags: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    transportation: str = ""
    accessible: bool | None = None
    accessibility_note: str = ""


@dataclass(frozen=True, slots=True, order=True)
class TextValue:
    """One field in another language or in Einfache Sprache."""

    language: str
    field: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceValues:
    """Everything about a service that people edit; equal values mean nothing changed."""

    name: str
    description: str
    audience: Audience
    format: Format
    access: Access
    alternate_name: str = ""
    status: ServiceStatus = ServiceStatus.ACTIVE
    valid_from: date | None = None
    valid_to: date | None = None
    kind: str | None = None
    phases: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    age_min: float | None = None
    age_max: float | None = None
    eligibility: str = ""
    application: str = ""
    fee: str = ""
    is_free: bool = False
    costs: tuple[CostValue, ...] = ()
    languages: tuple[str, ...] = ()
    interpretation: str = ""
    accessible: bool | None = None
    whole_county: bool = False
    catchment: tuple[str, ...] = ()
    locations: tuple[LocationValue, ...] = ()
    schedule_text: str = ""
    waiting_weeks: int | None = None
    capacity: int | None = None
    available: int | None = None
    phones: tuple[PhoneValue, ...] = ()
    email: str = ""
    website: str = ""
    documents: tuple[str, ...] = ()
    funding: tuple[FundingValue, ...] = ()
    bridge: tuple[str, str] | None = None
    texts: tuple[TextValue, ...] = ()


@dataclass(frozen=True, slots=True)
class Saved:
    """An entry as it stands after a deed; `changed` is false where there was nothing to write."""

    service_id: UUID
    key: str
    version: int
    changed: bool = True


@dataclass(frozen=True, slots=True)
class Proposed:
    """An edit that waits for Koordination."""

    proposal_id: UUID


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two editors saved the same entry: what it was when this one began, what it is, what this one wants."""

    key: str
    version: int
    base: ServiceValues
    theirs: ServiceValues
    mine: ServiceValues

    def fields(self) -> tuple[str, ...]:
        """Fields in which the entry as it is now and this editor's wish differ."""
        names = ServiceValues.__dataclass_fields__
        return tuple(name for name in names if getattr(self.theirs, name) != getattr(self.mine, name))

    def touched_by_both(self) -> frozenset[str]:
        """Fields that both editors changed in different ways; the others can be merged without asking."""
        return frozenset(
            name
            for name in self.fields()
            if getattr(self.base, name) not in (getattr(self.theirs, name), getattr(self.mine, name))
        )

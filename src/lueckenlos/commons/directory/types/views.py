"""What the directory shows to other rooms: one frozen value for everything a family asks about a service."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from decimal import Decimal
from uuid import UUID

from lueckenlos.commons.directory.types.words import (
    Access,
    Audience,
    Format,
    Freshness,
    InquiryReason,
    InquiryState,
    OrganizationKind,
    ProposalState,
    ServiceStatus,
    TextState,
)
from lueckenlos.kernels.schedule import Schedule

GERMAN = "de"
PLAIN = "de-x-plain"


@dataclass(frozen=True, slots=True)
class Label:
    """A key with the German word for it, and that of other languages where the county has told it."""

    key: str
    label: str
    labels: Mapping[str, str] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class PhaseView:
    """A life phase with its ages in years, before birth negative."""

    key: str
    label: str
    age_from: float
    age_to: float
    labels: Mapping[str, str] = field(default_factory=dict, compare=False)
    decay_km: float = 15.0
    """How far families go in this phase."""


@dataclass(frozen=True, slots=True)
class KindView:
    """A kind of service with its intensity and how many places such services have at most."""

    key: str
    label: str
    intensity: str
    usual_max: int


@dataclass(frozen=True, slots=True)
class Catalog:
    """Everything services are sorted by, in the county's own order."""

    phases: tuple[PhaseView, ...] = ()
    fields: tuple[Label, ...] = ()
    kinds: tuple[KindView, ...] = ()

    def in_language(self, language: str) -> "Catalog":
        """The same as families read it; what has no word in their language keeps its German one."""
        return replace(
            self,
            phases=tuple(replace(each, label=each.labels.get(language, each.label)) for each in self.phases),
            fields=tuple(replace(each, label=each.labels.get(language, each.label)) for each in self.fields),
        )


@dataclass(frozen=True, slots=True)
class PhoneView:
    """A telephone number with what it is for."""

    number: str
    description: str = ""
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ContactView:
    """A function one can ask, never a private person."""

    name: str
    title: str
    department: str
    email: str
    phones: tuple[PhoneView, ...] = ()


@dataclass(frozen=True, slots=True)
class OrganizationRef:
    """An organization as a link: enough to name it."""

    id: UUID
    key: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationView:
    """A provider; a renamed one knows who it was and who it is now."""

    id: UUID
    key: str
    name: str
    kind: OrganizationKind
    description: str
    email: str
    website: str
    is_trusted: bool
    ended_on: date | None
    feed: str | None
    phones: tuple[PhoneView, ...] = ()
    predecessor: OrganizationRef | None = None
    successor: OrganizationRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationView:
    """A place of a service; `point` is ETRS89 / UTM 32N in metres, for distances."""

    id: UUID
    name: str
    type: str
    street: str
    postcode: str
    city: str
    ags: str | None
    municipality: str
    latitude: float | None
    longitude: float | None
    point: tuple[float, float] | None
    transportation: str = ""
    accessible: bool | None = None
    accessibility_note: str = ""
    note: str = ""
    phones: tuple[PhoneView, ...] = ()

    @property
    def address(self) -> str:
        """Street, postcode and town on one line."""
        town = " ".join(part for part in (self.postcode, self.city) if part)
        return ", ".join(part for part in (self.street, town) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleView:
    """One recurrence with its words in German."""

    text: str
    rrule: str
    starts_on: date | None
    ends_on: date | None
    opens_at: time | None
    closes_at: time | None
    skips: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DateView:
    """One day on which it takes place; without an hour where nobody has told it."""

    day: date
    starts: time | None
    ends: time | None


@dataclass(frozen=True, slots=True)
class ScheduleReading:
    """How the house understands a schedule's words."""

    text: str
    is_understood: bool
    has_rules: bool
    next_dates: tuple[DateView, ...]


@dataclass(frozen=True, slots=True)
class CostView:
    """One price, and for whom it holds; without an amount the words say it."""

    option: str
    amount: Decimal | None
    description: str = ""


@dataclass(frozen=True, slots=True)
class FundingView:
    """Where the money comes from and until when."""

    source: str
    until: date | None


@dataclass(frozen=True, slots=True)
class CapacityView:
    """Places a year, free places where known, and the day on which that was known."""

    maximum: int
    available: int | None
    known_on: date


@dataclass(frozen=True, slots=True)
class TranslationView:
    """One field in one language and how far it can be trusted."""

    field: str
    language: str
    text: str
    state: TextState


@dataclass(frozen=True, slots=True)
class LocalText:
    """A text as somebody reads it: in their language, or in German because there is none."""

    text: str
    language: str
    is_fallback: bool
    state: TextState

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class FeedRef:
    """The neighbour whose entry this is."""

    key: str
    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceView:
    """One service with everything a family asks about it; all relations are read already.

    `plan` is what `kernels.schedule.open_at` takes to tell whether it is open now.
    """

    id: UUID
    key: str
    version: int
    name: str
    alternate_name: str
    description: str
    organization: OrganizationView
    status: ServiceStatus
    valid_from: date | None
    valid_to: date | None
    kind: KindView | None
    phases: tuple[PhaseView, ...]
    fields: tuple[Label, ...]
    age_min: float | None
    age_max: float | None
    audience: Audience
    eligibility: str
    format: Format
    access: Access
    application: str
    fee: str
    is_free: bool
    costs: tuple[CostView, ...]
    languages: tuple[str, ...]
    interpretation: str
    accessible: bool | None
    whole_county: bool
    catchment: tuple[Label, ...]
    locations: tuple[LocationView, ...]
    schedule_text: str
    schedules: tuple[ScheduleView, ...]
    plan: tuple[Schedule, ...]
    next_dates: tuple[DateView, ...]
    phones: tuple[PhoneView, ...]
    contacts: tuple[ContactView, ...]
    email: str
    website: str
    documents: tuple[str, ...]
    waiting_weeks: int | None
    waiting_on: date | None
    capacity: CapacityView | None
    funding: tuple[FundingView, ...]
    bridge: tuple[str, str] | None
    verified_on: date | None
    freshness: Freshness
    translations: tuple[TranslationView, ...]
    feed: FeedRef | None
    is_seed: bool
    modified_at: datetime
    unknown: dict[str, object] = field(default_factory=dict, hash=False)

    @property
    def easy(self) -> str:
        """The description in Einfache Sprache, empty where nobody has written one."""
        found = self.translation("description", PLAIN)
        return found.text if found else ""

    @property
    def all_phones(self) -> tuple[PhoneView, ...]:
        """Own numbers first, then those of the places, then the organization's."""
        own = [*self.phones, *(phone for place in self.locations for phone in place.phones)]
        known = {phone.number for phone in own}
        return (*own, *(phone for phone in self.organization.phones if phone.number not in known))

    @property
    def is_full(self) -> bool:
        """Whether it is known that no place is free."""
        return self.capacity is not None and self.capacity.available == 0

    def translation(self, name: str, language: str) -> TranslationView | None:
        """The stored text of a field in a language, if there is one."""
        return next((one for one in self.translations if (one.field, one.language) == (name, language)), None)

    def text(self, name: str, language: str = GERMAN) -> LocalText:
        """A field in a language; German, said to be a fallback, where it is not translated."""
        german = str(getattr(self, name))
        found = None if language == GERMAN else self.translation(name, language)
        if found is None or not found.text:
            return LocalText(german, GERMAN, bool(german) and language != GERMAN, TextState.ORIGINAL)
        return LocalText(found.text, language, is_fallback=False, state=found.state)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView:
    """One deed in an entry's history: only the fields that changed, as they were and as they became."""

    service_key: str
    version: int
    at: datetime
    by: str
    deed: str
    differences: "tuple[Difference, ...]"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field, before and after, as people read it."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalView:
    """A provider's edit or new entry with what it would change."""

    id: UUID
    organization: OrganizationRef
    service_key: str | None
    name: str
    state: ProposalState
    proposed_at: datetime
    decided_at: datetime | None
    answer: str
    base_version: int | None
    seen_version: int
    is_stale: bool
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryView:
    """Somebody says that an entry is no longer true, and by when that is answered."""

    id: UUID
    service_key: str
    service_name: str
    organization: OrganizationRef
    reason: InquiryReason
    text: str
    reported_at: datetime
    due_on: date
    is_late: bool
    state: InquiryState
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskEntry:
    """One line on a provider's or Koordination's desk."""

    id: UUID
    key: str
    name: str
    organization: OrganizationRef
    status: ServiceStatus
    verified_on: date | None
    freshness: Freshness
    open_proposals: int = 0
    open_inquiries: int = 0

"""What the social-area analysis and the choice of a site hand around."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from urllib.parse import urlencode
from uuid import UUID

from lueckenlos.commons.places.types import IndicatorInfo
from lueckenlos.kernels.social_areas import Direction, Missing, Role, Standard
from lueckenlos.steering.chain.types import SiteState

FIRST = 3
DRAWS = 1_000


class Flaw(StrEnum):
    """What is weak about an indicator."""

    EMPTY = "empty"
    CONSTANT = "constant"
    NO_DIRECTION = "no_direction"
    AREAS_MISSING = "areas_missing"
    YEARS_MISSING = "years_missing"
    OLD = "old"
    SMALL = "small"
    NO_COUNTS = "no_counts"

    @property
    def excludes(self) -> bool:
        """Whether an indicator with this flaw cannot count at all."""
        return self in {Flaw.EMPTY, Flaw.CONSTANT}


class LeftOut(StrEnum):
    """Why a chosen indicator does not count in this analysis."""

    ALL_MISSING = "all_missing"
    CONSTANT = "constant"
    NO_WEIGHT = "no_weight"
    NO_DIRECTION = "no_direction"
    NOT_THIS_YEAR = "not_this_year"


@dataclass(frozen=True, slots=True)
class Finding:
    """A flaw with the places or years that it is about."""

    flaw: Flaw
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IndicatorCard:
    """An indicator as the register shows it: what is known, and what is weak."""

    info: IndicatorInfo
    latest: int | None
    known: int
    areas: int
    findings: tuple[Finding, ...]

    @property
    def is_usable(self) -> bool:
        """Whether it can count in an index."""
        return not any(each.flaw.excludes for each in self.findings)


@dataclass(frozen=True, slots=True)
class Chosen:
    """An indicator in an index: with how much weight, and whether more or less of it counts; None is not said."""

    key: str
    weight: float = 1.0
    direction: Direction | None = Direction.MORE


@dataclass(frozen=True, slots=True)
class Wish:
    """What an analysis is asked for; the whole of it fits into an address."""

    role: Role = Role.NEED
    chosen: tuple[Chosen, ...] = ()
    year: int | None = None
    """None takes each indicator's latest."""
    standard: Standard = Standard.Z
    missing: Missing = Missing.AVERAGE
    first: int = FIRST

    @property
    def query(self) -> str:
        """The same as the address of its page says it."""
        words: list[tuple[str, str]] = [
            ("sicht", self.role.value), ("jahr", str(self.year or "")), ("weise", self.standard.value),
            ("fehlend", self.missing.value), ("erste", str(self.first)),
        ]  # fmt: skip
        for each in self.chosen:
            words.append(("i", each.key))
            words.append((f"w_{each.key}", f"{each.weight:g}"))
            words.append((f"d_{each.key}", each.direction.value if each.direction else ""))
        return urlencode(words)


@dataclass(frozen=True, slots=True)
class Part:
    """An indicator that counts in an index."""

    key: str
    label: str
    unit: str
    year: int
    sources: tuple[str, ...]
    weight: float
    share: float
    """Of 1."""
    direction: Direction


@dataclass(frozen=True, slots=True)
class Value:
    """An indicator's value in an area, with what it adds to the index."""

    value: float | None
    numerator: float | None
    denominator: float | None
    contribution: float
    is_small: bool


@dataclass(frozen=True, slots=True)
class Sureness:
    """Of the draws, the share in which an area is among the first, and the ranks of 5 %, 50 % and 95 %."""

    among_first: float
    low: int
    middle: int
    high: int


@dataclass(frozen=True, slots=True)
class Line:
    """An area in the ranking; `values` in the order of the parts."""

    area: str
    name: str
    rank: int
    score: float
    values: tuple[Value, ...]
    by_weights: Sureness
    by_counts: Sureness
    together: Sureness

    @property
    def has_small(self) -> bool:
        """Whether anything here rests on small numbers."""
        return any(each.is_small for each in self.values)

    @property
    def has_missing(self) -> bool:
        """Whether anything here is not known."""
        return any(each.value is None for each in self.values)


@dataclass(frozen=True, slots=True)
class Analysis:
    """A ranking with what each indicator contributes and how sure it is; without lines nothing could be ranked."""

    wish: Wish
    parts: tuple[Part, ...]
    lines: tuple[Line, ...]
    left_out: tuple[tuple[str, LeftOut], ...] = ()
    """Label and reason."""
    first: int = FIRST
    draws: int = DRAWS

    @property
    def leader(self) -> Line | None:
        """The area that comes first."""
        return self.lines[0] if self.lines else None


@dataclass(frozen=True, slots=True)
class Alternative:
    """A site that was weighed and not taken."""

    area: str
    why_not: str


@dataclass(frozen=True, slots=True)
class SiteValues:
    """What people write about the choice of a site."""

    title: str
    question: str = ""
    chosen: str = ""
    place: str = ""
    grounds: str = ""
    alternatives: tuple[Alternative, ...] = ()
    cost: int | None = None
    funding: str = ""


class SiteLack(StrEnum):
    """What a choice still needs before it can be decided."""

    QUESTION = "question"
    CHOSEN = "chosen"
    PLACE = "place"
    GROUNDS = "grounds"
    ALTERNATIVES = "alternatives"
    COST = "cost"
    FUNDING = "funding"


@dataclass(frozen=True, slots=True)
class SiteLine:
    """A choice in the list."""

    id: UUID
    title: str
    state: SiteState
    chosen: str
    place: str
    created_on: date
    decided_on: date | None


@dataclass(frozen=True, slots=True)
class WeighedSite:
    """An alternative with where it stood in the ranking."""

    name: str
    line: Line | None
    why_not: str


@dataclass(frozen=True, slots=True)
class SiteDocument:
    """All that a page or a PDF needs of a choice; the ranking is the one of its day."""

    id: UUID
    county: str
    title: str
    question: str
    state: SiteState
    values: SiteValues
    version: int
    chosen: str
    """Its name."""
    line: Line | None
    """Where it stood in the ranking."""
    alternatives: tuple[WeighedSite, ...]
    analysis: Analysis
    created_on: date
    decided_on: date | None
    lacks: tuple[SiteLack, ...] = field(default=())

    @property
    def is_decided(self) -> bool:
        """Whether it is fixed."""
        return self.state is SiteState.DECIDED

"""Services that look like the same thing twice, what is the same about them, and what was decided."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from lueckenlos.kernels.chain.duplicates import towns
from lueckenlos.kernels.chain.types import DuplicateGroup, Service
from lueckenlos.steering.chain.models import DuplicateDecision
from lueckenlos.steering.chain.selectors.drawing import county_of, drawn
from lueckenlos.steering.chain.types import DuplicateVerdict, Labels

SHORTEST = 6
MOST_WORDS = 8


class Aspect(StrEnum):
    """What of services is laid side by side."""

    ORGANIZATION = "organization"
    KIND = "kind"
    TOWN = "town"
    STREET = "street"
    WEEKDAYS = "weekdays"
    PHASES = "phases"
    FIELDS = "fields"
    AGES = "ages"
    CATCHMENT = "catchment"
    CAPACITY = "capacity"
    LANGUAGES = "languages"


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about a group, and when."""

    decision: DuplicateVerdict
    note: str
    at: datetime


@dataclass(frozen=True, eq=False)
class Evidence:
    """One aspect of all services of a group, in their order; `is_same` where all are alike and known."""

    aspect: Aspect
    values: tuple[object, ...]
    is_same: bool


@dataclass(frozen=True, eq=False)
class Double:
    """A group of services that look alike, with evidence; decisions the latest first."""

    key: str
    group: DuplicateGroup
    services: tuple[Service, ...]
    evidence: tuple[Evidence, ...]
    words: tuple[str, ...]
    """Words that all their texts share, the longest first."""
    decisions: tuple[Decision, ...] = ()

    @property
    def state(self) -> DuplicateVerdict | None:
        """What counts now; None where nobody has decided."""
        return self.decisions[0].decision if self.decisions else None


def group_key(services: Iterable[str]) -> str:
    """The key under which decisions about these services are kept: it changes when a service joins or leaves."""
    return hashlib.sha256("\n".join(sorted(services)).encode()).hexdigest()


def doubles(day: date | None = None) -> list[Double]:
    """Every group of the chain with its evidence and what was decided, those with the largest surplus first."""
    county, _knowledge = county_of(day)
    by_key = {service.key: service for service in county.services}
    known = _decisions()
    found = []
    for group in drawn(day).chain.duplicates:
        services = tuple(by_key[key] for key in group.services)
        key = group_key(group.services)
        found.append(
            Double(
                key=key,
                group=group,
                services=services,
                evidence=_evidence(services),
                words=shared_words([service.text for service in services]),
                decisions=known.get(key, ()),
            )
        )
    return sorted(found, key=lambda each: (-(each.group.surplus or 0.0), each.group.services))


def double(key: str, *, day: date | None = None) -> Double | None:
    """One group, or nothing where services have changed since."""
    return next((each for each in doubles(day) if each.key == key), None)


def on_purpose() -> tuple[frozenset[str], ...]:
    """The services of every group that is double on purpose: cells that hold it say so instead of asking."""
    latest = DuplicateDecision.objects.order_by("group", "-at", "-id").distinct("group")
    return tuple(frozenset(row.services) for row in latest if row.decision == DuplicateVerdict.INTENDED)


def past_decisions(*, without: Iterable[str]) -> list[tuple[tuple[str, ...], Decision]]:
    """Decisions about groups that are no longer there: merged, changed, or one of them is gone."""
    there = set(without)
    rows = DuplicateDecision.objects.exclude(group__in=there).order_by("-at", "-id")
    return [(tuple(row.services), _decision(row)) for row in rows]


def labels() -> Labels:
    """The German words for what groups name by key."""
    return drawn().labels


def shared_words(texts: Sequence[str]) -> tuple[str, ...]:
    """Words of at least six letters that stand in every text, the longest first: what a reader would underline."""
    common: set[str] = set.intersection(*(_words(text) for text in texts)) if texts else set()
    return tuple(sorted(common, key=lambda word: (-len(word), word))[:MOST_WORDS])


def _words(text: str) -> set[str]:
    parts = "".join(sign if sign.isalpha() else " " for sign in text.casefold()).split()
    return {part for part in parts if len(part) >= SHORTEST}


def _evidence(services: Sequence[Service]) -> tuple[Evidence, ...]:
    found = []
    for aspect, read in ASPECTS.items():
        values = tuple(read(service) for service in services)
        first = values[0]
        known = first not in (None, "", (), frozenset())
        found.append(Evidence(aspect, values, known and all(value == first for value in values)))
    return tuple(found)


def _streets(service: Service) -> tuple[str, ...]:
    return tuple(sorted({site.street for site in service.sites if site.street}))


def _towns(service: Service) -> tuple[str, ...]:
    return tuple(sorted({site.town for site in service.sites if site.town})) or tuple(sorted(towns(service)))


def _ages(service: Service) -> tuple[float | None, float | None] | None:
    ages = service.age_min, service.age_max
    return None if ages == (None, None) else ages


ASPECTS: dict[Aspect, Callable[[Service], object]] = {
    Aspect.ORGANIZATION: lambda service: service.organization,
    Aspect.KIND: lambda service: service.kind,
    Aspect.TOWN: _towns,
    Aspect.STREET: _streets,
    Aspect.WEEKDAYS: lambda service: tuple(sorted(service.weekdays)),
    Aspect.PHASES: lambda service: service.phases,
    Aspect.FIELDS: lambda service: service.fields,
    Aspect.AGES: _ages,
    Aspect.CATCHMENT: lambda service: "kreis" if service.catchment is None else tuple(sorted(service.catchment)),
    Aspect.CAPACITY: lambda service: service.capacity,
    Aspect.LANGUAGES: lambda service: tuple(sorted(service.languages)),
}  # fmt: skip


def _decisions() -> dict[str, tuple[Decision, ...]]:
    found: dict[str, tuple[Decision, ...]] = {}
    for row in DuplicateDecision.objects.order_by("-at", "-id"):
        found[row.group] = (*found.get(row.group, ()), _decision(row))
    return found


def _decision(row: DuplicateDecision) -> Decision:
    return Decision(DuplicateVerdict(row.decision), row.note, row.at)

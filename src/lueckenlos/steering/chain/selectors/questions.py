"""The fewest questions to providers that would settle the most cells, and who was asked already."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.directory.types import OrganizationView, PlanningEntry
from lueckenlos.commons.places import selectors as places
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.kernels.chain.questions import CellKey as PlaceKey
from lueckenlos.kernels.chain.questions import Question, Questions, open_cells, questions
from lueckenlos.kernels.chain.supply import months_later
from lueckenlos.kernels.chain.types import Cell, Seam
from lueckenlos.steering.chain.models import Asked
from lueckenlos.steering.chain.selectors.drawing import drawn
from lueckenlos.steering.chain.types import CellKey, Drawn, Labels

DEFAULT_WEEKS: Final = 12


class Asking(StrEnum):
    """What a provider is asked about a service."""

    PLACES = "places"
    STILL_TRUE = "still_true"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class AskedAlready:
    """When somebody was asked, and whether they have answered since without settling the matter."""

    service: str
    sent_at: datetime
    answered_on: date | None


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """One question in its place of the order: to whom, about what, and what its answer may settle."""

    rank: int
    service: str
    name: str
    organization: OrganizationView
    asking: Asking
    verified_on: date | None
    touches: tuple[CellKey, ...]
    may_settle: tuple[CellKey, ...]
    so_far: int

    @property
    def email(self) -> str:
        """Where a mail would go; empty means calling."""
        return self.organization.email


@dataclass(frozen=True, slots=True)
class WaitingQuestion:
    """A service that was asked lately and on which open cells still hang."""

    service: str
    name: str
    organization: str
    asked: AskedAlready
    cells: int


@dataclass(frozen=True, eq=False)
class QuestionList:
    """All questions in their order; the first `enough` decide whatever those who may be asked can decide.

    `decidable` of `cells` could be decided by them; nobody could do it with less than `at_least`.
    """

    first: tuple[OpenQuestion, ...]
    further: tuple[OpenQuestion, ...]
    waiting: tuple[WaitingQuestion, ...]
    cells: int
    decidable: int
    enough: int
    at_least: int | None
    ask_again_weeks: int
    labels: Labels

    @property
    def all(self) -> tuple[OpenQuestion, ...]:
        """Every question, in order."""
        return (*self.first, *self.further)


def ask_again_weeks() -> int:
    """For how many weeks somebody who was asked is left in peace; the county sets it."""
    given = places.county().settings.get("chain", {}).get("ask_again_weeks", DEFAULT_WEEKS)
    return max(int(given), 0)


def question_list(actor: Actor, *, now: datetime) -> QuestionList:
    """The questions that are open now, for Koordination."""
    there = drawn()
    pieces: list[Cell | Seam] = [*there.chain.cells, *there.chain.seams]
    open_ = [each for each in open_cells(pieces) if each.services]
    entries = {each.key: each for each in directory.planning_entries()}
    asked = asked_lately(now=now, entries=entries)
    found = questions(open_, asked=asked)
    organizations = {line.view.id: line.view for line in directory.all_organizations(actor)}
    lines = _lines(found, there=there, entries=entries, organizations=organizations)
    hanging: dict[str, int] = defaultdict(int)
    for cell in open_:
        for service in cell.services:
            hanging[service] += 1
    enough = [line for line in lines if line.rank <= found.enough]
    return QuestionList(
        first=tuple(enough),
        further=tuple(line for line in lines if line.rank > found.enough),
        waiting=tuple(
            WaitingQuestion(key, entries[key].name, entries[key].organization, asked[key], hanging[key])
            for key in sorted(found.asked, key=lambda each: (-hanging[each], each))
            if key in entries
        ),
        cells=found.cells,
        decidable=found.cells - len(found.waiting),
        enough=found.enough,
        at_least=found.at_least,
        ask_again_weeks=ask_again_weeks(),
        labels=there.labels,
    )


def asked_lately(*, now: datetime, entries: Mapping[str, PlanningEntry]) -> dict[str, AskedAlready]:
    """The services that were asked within the time in which nobody is asked again, by key."""
    since = now - timedelta(weeks=ask_again_weeks())
    rows = Asked.objects.filter(sent_at__gt=since).order_by("service_key", "-sent_at", "-id")
    return {
        row.service_key: AskedAlready(
            row.service_key, row.sent_at, _answered(entries.get(row.service_key), since=row.sent_at)
        )
        for row in rows.distinct("service_key")
    }


def organizations_by_service(keys: Iterable[str]) -> dict[UUID, list[str]]:
    """The own services among these keys, by the organization that runs them."""
    wanted, found = set(keys), defaultdict(list)
    for entry in directory.planning_entries():
        if entry.key in wanted:
            found[entry.organization_id].append(entry.key)
    return dict(found)


def cells_of(service: str, *, in_: QuestionList) -> list[CellKey]:
    """What the answer about one service may settle."""
    line = next((each for each in in_.all if each.service == service), None)
    return list(line.may_settle or line.touches) if line else []


def _lines(
    found: Questions,
    *,
    there: Drawn,
    entries: Mapping[str, PlanningEntry],
    organizations: Mapping[UUID, OrganizationView],
) -> list[OpenQuestion]:
    months = places.county().freshness_months
    limit = months_later(there.chain.as_of, months=-months)
    return [
        _line(question, rank=rank, entry=entry, organization=organizations[entry.organization_id], limit=limit, phases=there.phases)
        for rank, question in enumerate(found.questions, 1)
        if (entry := entries.get(question.service)) is not None and entry.organization_id in organizations
    ]  # fmt: skip


def _line(
    question: Question,
    *,
    rank: int,
    entry: PlanningEntry,
    organization: OrganizationView,
    limit: date,
    phases: tuple[str, ...],
) -> OpenQuestion:
    return OpenQuestion(
        rank=rank,
        service=entry.key,
        name=entry.name,
        organization=organization,
        asking=_asking(entry, limit=limit),
        verified_on=entry.verified_on,
        touches=tuple(_cell(key, phases=phases) for key in question.touches),
        may_settle=tuple(_cell(key, phases=phases) for key in question.may_settle),
        so_far=question.may_settle_so_far,
    )


def _asking(entry: PlanningEntry, *, limit: date) -> Asking:
    is_fresh = entry.verified_on is not None and entry.verified_on >= limit
    if entry.capacity is None:
        return Asking.PLACES if is_fresh else Asking.BOTH
    return Asking.STILL_TRUE


def _cell(key: PlaceKey, *, phases: tuple[str, ...]) -> CellKey:
    area, phase, third = key
    return CellKey(area, phase, to=third) if third in phases else CellKey(area, phase, third)


def _answered(entry: PlanningEntry | None, *, since: datetime) -> date | None:
    if entry is None or entry.verified_on is None or entry.verified_on < clock.day_of(since):
        return None
    return entry.verified_on

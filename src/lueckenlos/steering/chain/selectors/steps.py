"""The next best step: what a budget closes, with the fairest choice and the greedy one beside it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from lueckenlos.commons.places import selectors as places
from lueckenlos.core import clock
from lueckenlos.kernels.chain.groups import LANGUAGE
from lueckenlos.kernels.chain.measures import Plan, Shortage, choose, shortages
from lueckenlos.kernels.chain.types import Cell, CellKey, Rule, Step
from lueckenlos.steering.chain.models import CatalogStep
from lueckenlos.steering.chain.selectors.candidates import (
    Candidate,
    LanguageStep,
    StepView,
    Surroundings,
    candidates,
    languages,
)
from lueckenlos.steering.chain.selectors.drawing import chain_version, county_of, drawn
from lueckenlos.steering.chain.selectors.standing import Sight, visible
from lueckenlos.steering.chain.types import Drawn

SECONDS = 5.0
"""For each of the three programmes; then the best found stands, with how far it may be from the best there is."""
TINY = 1e-9


@dataclass(frozen=True, slots=True)
class StepRequest:
    """A budget in whole euros a year, and what it may be spent on; empty is all of it."""

    budget: int
    phases: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()

    def holds(self, cell: Cell) -> bool:
        """Whether a cell is among those that are looked at."""
        return (
            (not self.phases or cell.phase in self.phases)
            and (not self.fields or cell.field in self.fields)
            and (not self.areas or cell.area in self.areas)
        )


@dataclass(frozen=True, eq=False)
class NextSteps:
    """A plan with the candidates that it chose from, by key, and what further languages would open."""

    request: StepRequest
    plan: Plan
    candidates: dict[str, Candidate]
    languages: tuple[LanguageStep, ...]
    drawn: Drawn

    @property
    def left(self) -> int:
        """What the plan with the least missing places leaves of the budget."""
        return self.request.budget - self.plan.least.cost


def next_steps(request: StepRequest, *, sight: Sight) -> NextSteps:
    """Choose the next steps among what the sight holds of the chain. Raises `NegativeBudget`."""
    shown = visible(drawn().chain.cells, sight=sight)
    seen = frozenset((cell.area, cell.phase, cell.field) for cell in shown)
    return _next_steps(chain_version(), clock.today(), request, seen, tuple(catalog()))


@lru_cache(maxsize=16)
def _next_steps(
    _version: str, day: date, request: StepRequest, seen: frozenset[CellKey], steps: tuple[StepView, ...]
) -> NextSteps:
    county, _knowledge = county_of()
    now = drawn()
    every = [cell for cell in now.chain.cells if (cell.area, cell.phase, cell.field) in seen]
    cells = [cell for cell in every if request.holds(cell)]
    found = candidates(county, steps, around=surroundings(), as_of=day)
    short = shortages(cells)
    fair = harmless(found, looked_at=short, every=shortages(now.chain.cells))
    # The target of a cell already carries its need (`need_indicator`): weighing areas again would count it twice.
    plan = choose(short, (each.measure for each in fair), budget=request.budget, seconds=SECONDS)
    return NextSteps(
        request=request,
        plan=plan,
        candidates={each.measure.key: each for each in fair},
        languages=_languages(steps, cells=cells, day=day),
        drawn=now,
    )


def harmless(
    found: Collection[Candidate], *, looked_at: Collection[Shortage], every: Collection[Shortage]
) -> list[Candidate]:
    """The candidates that open no gap where nobody looks, with their gains where somebody does.

    A wider catchment takes places from those who had them; a plan for Titz must not be paid for by Jülich unseen.
    """
    keys = {each.key for each in looked_at}
    elsewhere = {each.key: each for each in every if each.key not in keys}
    kept = []
    for each in found:
        gains = each.measure.gains
        taken = (
            elsewhere[key].places - places > TINY
            for key, places in gains.items()
            if places < 0 and key in elsewhere
        )
        inside = {key: places for key, places in gains.items() if key in keys}
        if inside and not any(taken):
            kept.append(replace(each, measure=replace(each.measure, gains=inside)))
    return kept


def catalog() -> list[StepView]:
    """The steps that stand in the catalogue, by label."""
    rows = CatalogStep.objects.filter(ended_at__isnull=True)
    return [step_view(row) for row in rows.order_by("label", "key")]


def catalog_step(key: str) -> StepView | None:
    """One step that still stands in the catalogue."""
    row = CatalogStep.objects.filter(key=key, ended_at__isnull=True).first()
    return None if row is None else step_view(row)


def step_view(row: CatalogStep) -> StepView:
    """A row of the catalogue as a value."""
    return StepView(
        key=row.key,
        label=row.label,
        step=Step(row.step),
        cost=row.cost,
        places=row.places,
        kind=row.kind,
        phases=tuple(row.phases),
        fields=tuple(row.fields),
        language=row.language,
        basis=row.basis,
        from_folder=row.from_folder,
    )


def surroundings() -> Surroundings:
    """Who borders on whom and who plans together."""
    towns = places.municipalities()
    return Surroundings(
        neighbours={town.ags: places.neighbours(town.ags) for town in towns},
        groups={group.name: group.ags for group in places.area_groups()},
    )


def _languages(
    steps: tuple[StepView, ...], *, cells: Collection[Cell], day: date
) -> tuple[LanguageStep, ...]:
    county, _knowledge = county_of()
    areas = {cell.area for cell in cells}
    opened: list[LanguageStep] = []
    for language in dict.fromkeys(step.language for step in steps if step.step is Step.NEW_LANGUAGE):
        closed = {
            (cell.area, cell.phase, cell.field)
            for cell in cells
            if any(
                each.rule is Rule.CLOSED_TO_GROUP and each.group == f"{LANGUAGE}{language}"
                for each in cell.reasons
            )
        }
        own = [step for step in steps if step.language == language]
        opened += languages(county, own, closed=closed, areas=areas, as_of=day)
    return tuple(sorted(opened, key=lambda each: (-(each.children or 0.0), each.service)))

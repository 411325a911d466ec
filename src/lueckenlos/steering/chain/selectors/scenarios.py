"""What-ifs: who sees which, what each changes, and the chain with its changes beside today's."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any, Final
from uuid import UUID

from lueckenlos.core import clock
from lueckenlos.core.actor import Actor, Role
from lueckenlos.kernels.chain.types import Cell, Reason, Rule, Seam, Verdict
from lueckenlos.steering.chain.models import Scenario
from lueckenlos.steering.chain.scenario_changes import (
    Change,
    ServiceAdded,
    applied,
    from_record,
    gone,
    to_record,
)
from lueckenlos.steering.chain.selectors.drawing import chain_version, county_of, drawn, drawn_of
from lueckenlos.steering.chain.selectors.standing import Sight, cell_key, visible
from lueckenlos.steering.chain.types import CellKey, Drawn, ScenarioState

NOTHING: Final = 0.05
"""Places, or reach, so small a change that nobody would see it."""
ORDER: Final = {Verdict.GAP: 0, Verdict.CHECK: 1, Verdict.CLOSED: 2}
TOLD: Final = frozenset({Rule.NO_OFFER, Rule.NONE_HERE, Rule.CLOSED_TO_GROUP})
"""Reasons that a what-if may take away without changing a verdict."""


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change of a what-if: counted or left out, and whether its service is gone since."""

    id: int
    change: Change
    is_on: bool
    is_gone: bool


@dataclass(frozen=True, slots=True)
class ScenarioView:
    """A what-if as it stands; `area` is the municipality whose own it is, "" is Koordination's."""

    id: UUID
    name: str
    area: str
    note: str
    state: ScenarioState
    created_at: datetime
    ended_at: datetime | None
    lines: tuple[ChangeLine, ...]
    result: Mapping[str, Any] | None

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes that count."""
        return tuple(line.change for line in self.lines if line.is_on)

    @property
    def is_open(self) -> bool:
        """Whether it may still be changed."""
        return self.state is ScenarioState.OPEN


@dataclass(frozen=True, slots=True)
class ChangedPiece:
    """One cell or seam that is not the same with the changes."""

    key: CellKey
    now: Cell | Seam
    then: Cell | Seam
    missing_now: float
    missing_then: float
    lost: tuple[Reason, ...] = ()
    gained: tuple[Reason, ...] = ()

    @property
    def turns(self) -> bool:
        """Whether the verdict changes."""
        return self.now.verdict is not self.then.verdict

    @property
    def step(self) -> int:
        """Above 0 the verdict gets better, below 0 worse; 0 where they cannot be compared."""
        if self.now.verdict not in ORDER or self.then.verdict not in ORDER:
            return 0
        return ORDER[self.then.verdict] - ORDER[self.now.verdict]


@dataclass(frozen=True, slots=True)
class AreaChange:
    """One municipality before and after: places that are surely missing, and how many cells turn."""

    area: str
    missing_now: float
    missing_then: float
    turned: int


@dataclass(frozen=True, eq=False)
class Comparison:
    """Today and the what-if: sums over what is seen, and every cell and seam that changes."""

    missing_now: float
    missing_then: float
    at_most_now: float
    at_most_then: float
    pieces: tuple[ChangedPiece, ...]
    areas: tuple[AreaChange, ...]

    @cached_property
    def turned(self) -> tuple[ChangedPiece, ...]:
        """Those whose verdict changes, the worst first."""
        return tuple(piece for piece in self.pieces if piece.turns)

    @cached_property
    def moved(self) -> tuple[ChangedPiece, ...]:
        """Those where only numbers or reasons change."""
        return tuple(piece for piece in self.pieces if not piece.turns)

    @property
    def better(self) -> int:
        """How many verdicts get better."""
        return sum(piece.step > 0 for piece in self.turned)

    @property
    def worse(self) -> int:
        """How many verdicts get worse."""
        return sum(piece.step < 0 for piece in self.turned)

    @property
    def other(self) -> int:
        """How many verdicts come or go with their target."""
        return len(self.turned) - self.better - self.worse


def may_try(actor: Actor, *, area: str) -> bool:
    """Whether the actor may see and change what-ifs of this area: Koordination all, a municipality its own."""
    return actor.may(Role.COORDINATION) or (bool(area) and actor.may(Role.MUNICIPALITY, municipality=area))


def scenarios_for(actor: Actor) -> list[ScenarioView]:
    """The what-ifs that the actor may see, the newest first."""
    return [scenario_view(row) for row in Scenario.objects.all() if may_try(actor, area=row.area)]


def scenario_for(actor: Actor, scenario_id: UUID) -> ScenarioView | None:
    """One what-if; those of others do not exist."""
    row = Scenario.objects.filter(id=scenario_id).first()
    return scenario_view(row) if row is not None and may_try(actor, area=row.area) else None


def scenario_view(row: Scenario) -> ScenarioView:
    """A row with what became of the services that it is about."""
    county, _knowledge = county_of()
    day = clock.today()
    changes = [(record, from_record(record)) for record in row.changes]
    added = [change.key for _record, change in changes if isinstance(change, ServiceAdded)]
    return ScenarioView(
        id=row.id,
        name=row.name,
        area=row.area,
        note=row.note,
        state=ScenarioState(row.state),
        created_at=row.created_at,
        ended_at=row.ended_at,
        lines=tuple(
            ChangeLine(
                record["id"], change, not record.get("off"), gone(county, change, as_of=day, added=added)
            )
            for record, change in changes
        ),
        result=row.result,
    )


def scenario_drawn(scenario: ScenarioView) -> tuple[Drawn, Drawn]:
    """The chain of today, and the chain as it would be with the changes that count."""
    records = json.dumps([to_record(change) for change in scenario.changes], sort_keys=True)
    return drawn(), _there(chain_version(), clock.today(), records)


def comparison(scenario: ScenarioView, *, sight: Sight) -> Comparison:
    """Today and the what-if by what the reader sees; of a municipality's own only its own cells count."""
    now, there = scenario_drawn(scenario)
    seen: list[Cell | Seam] = [*visible(now.chain.cells, sight=sight), *visible(now.chain.seams, sight=sight)]
    # A municipality sees what its idea does at home; only Koordination sees what it does to the neighbours.
    pieces = seen if sight.is_coordination else [each for each in seen if each.area == scenario.area]
    all_: list[Cell | Seam] = [*there.chain.cells, *there.chain.seams]
    later = {cell_key(each): each for each in all_}
    pairs = [_piece(piece, later[cell_key(piece)]) for piece in pieces]
    cells = [pair for pair in pairs if isinstance(pair.now, Cell)]
    changed = sorted((pair for pair in pairs if _differs(pair)), key=_urgency)
    return Comparison(
        missing_now=sum(each.missing_now for each in cells),
        missing_then=sum(each.missing_then for each in cells),
        at_most_now=sum(_at_most(each.now) for each in cells),
        at_most_then=sum(_at_most(each.then) for each in cells),
        pieces=tuple(changed),
        areas=_areas(cells, changed),
    )


def result_document(found: Comparison, *, day: date, changes: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """What a kept what-if holds of its result, so that a later measure can be held against it."""
    return {
        "as_of": day.isoformat(),
        "changes": list(changes),
        "missing": {"today": found.missing_now, "then": found.missing_then},
        "missing_at_most": {"today": found.at_most_now, "then": found.at_most_then},
        "changed": [
            {
                "ags": each.key.area,
                "phase": each.key.phase,
                "field": each.key.field,
                "to": each.key.to,
                "today": _told(each.now, missing=each.missing_now),
                "then": _told(each.then, missing=each.missing_then),
            }
            for each in found.pieces
        ],
    }


@lru_cache(maxsize=16)
def _there(version: str, day: date, records: str) -> Drawn:
    county, knowledge = county_of()
    changes = [from_record(record) for record in json.loads(records)]
    return drawn_of(applied(county, changes, as_of=day), knowledge=knowledge, day=day)


def _piece(now: Cell | Seam, then: Cell | Seam) -> ChangedPiece:
    before, after = _reasons(now), _reasons(then)
    return ChangedPiece(
        cell_key(now),
        now,
        then,
        _surely(now),
        _surely(then),
        tuple(reason for key, reason in before.items() if key not in after),
        tuple(reason for key, reason in after.items() if key not in before),
    )


def _reasons(piece: Cell | Seam) -> dict[tuple[Rule, str | None, str | None], Reason]:
    if isinstance(piece, Seam):
        return {}
    return {(each.rule, each.kind, each.group): each for each in piece.reasons if each.rule in TOLD}


def _differs(pair: ChangedPiece) -> bool:
    return (
        pair.turns
        or abs(pair.missing_now - pair.missing_then) > NOTHING
        or abs(pair.now.reach_lo - pair.then.reach_lo) > NOTHING
        or abs(pair.now.reach_hi - pair.then.reach_hi) > NOTHING
        or bool(pair.lost or pair.gained)
        or pair.now.target != pair.then.target
    )


def _urgency(pair: ChangedPiece) -> tuple[bool, int, float, CellKey]:
    return not pair.turns, pair.step, pair.missing_then - pair.missing_now, pair.key


def _surely(piece: Cell | Seam) -> float:
    if isinstance(piece, Cell):
        return piece.missing_lo
    return max(0.0, (piece.target or 0.0) - piece.reach_hi) * piece.children / 100.0


def _at_most(piece: Cell | Seam) -> float:
    return piece.missing_hi if isinstance(piece, Cell) else 0.0


def _areas(cells: Iterable[ChangedPiece], changed: Iterable[ChangedPiece]) -> tuple[AreaChange, ...]:
    now: dict[str, float] = defaultdict(float)
    then: dict[str, float] = defaultdict(float)
    turned: dict[str, int] = defaultdict(int)
    for each in cells:
        now[each.key.area] += each.missing_now
        then[each.key.area] += each.missing_then
    touched = set()
    for each in changed:
        touched.add(each.key.area)
        turned[each.key.area] += each.turns
    return tuple(AreaChange(area, now[area], then[area], turned[area]) for area in now if area in touched)


def _told(piece: Cell | Seam, *, missing: float) -> dict[str, Any]:
    return {
        "verdict": piece.verdict.value,
        "target": piece.target,
        "reach_lo": piece.reach_lo,
        "reach_hi": piece.reach_hi,
        "missing": missing,
    }

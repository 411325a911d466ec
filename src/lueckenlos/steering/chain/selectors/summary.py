"""One chain added up: each cell and seam of one municipality, or the average of all with how many stand how."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np

from lueckenlos.kernels.chain.judging import TOLERANCE, VERDICTS, verdicts
from lueckenlos.kernels.chain.types import Cell, Seam, Verdict
from lueckenlos.steering.chain.selectors.standing import Sight, cell_key, visible
from lueckenlos.steering.chain.types import CellKey, Drawn

HELD = (Verdict.CLOSED, Verdict.NO_CHILDREN)
JUDGED = (Verdict.GAP, Verdict.CHECK, Verdict.CLOSED)


@dataclass(frozen=True, slots=True)
class Spot:
    """What one place of the picture shows: a cell or a seam of one area, or of all of them on average.

    Reach and target are places a year per 100 children; of several areas they are means of those with a target,
    weighted by children. Missing places are sums. `parts` are the areas with their own numbers.
    """

    phase: str
    field: str
    to: str
    children: float
    target: float | None
    is_essential: bool
    reach_lo: float
    reach_hi: float
    verdict: Verdict
    missing_lo: float
    missing_hi: float
    parts: tuple[Cell | Seam, ...]

    @property
    def key(self) -> CellKey:
        """Cell or seam without its area."""
        return CellKey("", self.phase, self.field, self.to)

    def count(self, *which: Verdict) -> int:
        """How many areas have one of these verdicts."""
        return sum(part.verdict in which for part in self.parts)

    def alone(self, part: Cell | Seam) -> "Spot":
        """The same of one of its areas."""
        return replace(_spot(self.key, [part]), verdict=part.verdict)

    def children_where(self, *which: Verdict) -> float:
        """How many children live in areas with one of these verdicts."""
        return sum(part.children for part in self.parts if part.verdict in which)


@dataclass(frozen=True, eq=False)
class Summary:
    """The chain of one area, or of all areas that are seen, by phase and field."""

    area: str | None
    areas: tuple[str, ...]
    as_of: date
    phases: tuple[str, ...]
    fields: tuple[str, ...]
    spots: Mapping[CellKey, Spot]
    continuity: float | None
    """Share of children who live where the chain holds; None where not everything is seen."""

    def cell(self, phase: str, field: str) -> Spot | None:
        """The cell of a phase and field; None where nothing of it is seen."""
        return self.spots.get(CellKey("", phase, field))

    def seam(self, phase: str, to: str) -> Spot | None:
        """The seam between two phases; None where nothing of it is seen."""
        return self.spots.get(CellKey("", phase, to=to))

    @cached_property
    def cells(self) -> tuple[Spot, ...]:
        """All cells that are seen, by phase, then by field."""
        found = (self.cell(phase, field) for phase in self.phases for field in self.fields)
        return tuple(spot for spot in found if spot is not None)

    @cached_property
    def seams(self) -> tuple[Spot, ...]:
        """All seams that are seen, from the first phase to the last."""
        pairs = zip(self.phases, self.phases[1:], strict=False)
        return tuple(spot for spot in (self.seam(*pair) for pair in pairs) if spot is not None)

    @property
    def seen_areas(self) -> frozenset[str]:
        """The areas of which anything is seen."""
        return frozenset(part.area for spot in self.cells for part in spot.parts)

    @cached_property
    def children(self) -> float:
        """Everybody between the first phase and the last, each counted once."""
        return sum(self.children_of(phase) for phase in self.phases)

    def is_seen(self, phase: str) -> bool:
        """Whether anything of a phase is seen."""
        return any(spot.phase == phase for spot in self.cells)

    def children_of(self, phase: str) -> float:
        """Those of one phase, of all areas of which anything is seen."""
        living: dict[str, float] = {}
        for spot in self.cells:
            if spot.phase == phase:
                living.update({part.area: part.children for part in spot.parts})
        return sum(living.values())

    def count(self, *which: Verdict) -> int:
        """How many cells of single areas have one of these verdicts."""
        return sum(spot.count(*which) for spot in self.cells)

    @property
    def missing(self) -> tuple[float, float]:
        """Places a year that are missing: surely, and at most."""
        return sum(spot.missing_lo for spot in self.cells), sum(spot.missing_hi for spot in self.cells)


def cells_of(spot: Spot) -> list[Cell]:
    """The cells of single areas behind a spot; a seam has none."""
    return [part for part in spot.parts if isinstance(part, Cell)]


def seen(drawn: Drawn, *, sight: Sight) -> Drawn:
    """The same chain with what the sight holds alone."""
    if sight.is_coordination:
        return drawn
    chain = replace(
        drawn.chain,
        cells=tuple(visible(drawn.chain.cells, sight=sight)),
        seams=tuple(visible(drawn.chain.seams, sight=sight)),
    )
    return replace(drawn, chain=chain)


def summarize(drawn: Drawn, *, area: str | None, fields: Sequence[str] = ()) -> Summary:
    """Add up the chain of one area or of all; `fields` narrows the lanes."""
    lanes = tuple(key for key in drawn.fields if not fields or key in fields)
    pieces: list[Cell | Seam] = [cell for cell in drawn.chain.cells if cell.field in lanes]
    pieces += drawn.chain.seams
    groups: dict[CellKey, list[Cell | Seam]] = defaultdict(list)
    for piece in pieces:
        if area is None or piece.area == area:
            groups[replace(cell_key(piece), area="")].append(piece)
    return Summary(
        area=area,
        areas=tuple(key for key in drawn.areas if area in (None, key)),
        as_of=drawn.chain.as_of,
        phases=drawn.phases,
        fields=lanes,
        spots={spot.key: spot for spot in _judged([_spot(key, group) for key, group in groups.items()])},
        continuity=_continuity(drawn, area=area),
    )


def unbroken(drawn: Drawn, *, area: str) -> bool:
    """Tell whether the chain of one area holds: every essential cell and every seam is closed."""
    essential = [cell.verdict for cell in drawn.chain.cells if cell.area == area and cell.is_essential]
    seams = [seam.verdict for seam in drawn.chain.seams if seam.area == area]
    return bool(essential) and all(verdict in HELD for verdict in (*essential, *seams))


def _continuity(drawn: Drawn, *, area: str | None) -> float | None:
    """Only whoever sees every cell and every seam is told whether the chain holds."""
    cells = Counter(cell.area for cell in drawn.chain.cells)
    seams = Counter(seam.area for seam in drawn.chain.seams)
    whole = len(drawn.phases) * len(drawn.fields), len(drawn.phases) - 1
    areas = drawn.areas if area is None else (area,)
    if any((cells[key], seams[key]) != whole for key in areas):
        return None
    return drawn.chain.continuity if area is None else float(unbroken(drawn, area=area))


def _spot(key: CellKey, parts: Sequence[Cell | Seam]) -> Spot:
    aimed = [part for part in parts if part.target is not None and part.children > 0]
    weighed = aimed or [part for part in parts if part.children > 0]
    lowest, highest = (_mean(weighed, [getattr(each, name) for each in weighed]) for name in REACHES)
    missing = [_missing(part) for part in parts]
    target = _mean(aimed, [part.target or 0.0 for part in aimed]) if aimed else None
    return Spot(
        phase=key.phase,
        field=key.field,
        to=key.to,
        children=sum(part.children for part in parts),
        target=target,
        is_essential=any(part.is_essential for part in parts),
        reach_lo=lowest,
        reach_hi=highest,
        verdict=parts[0].verdict,
        missing_lo=sum(lo for lo, _hi in missing),
        missing_hi=sum(hi for _lo, hi in missing),
        parts=tuple(parts),
    )


REACHES = ("reach_lo", "reach_hi")


def _mean(parts: Sequence[Cell | Seam], values: Sequence[float]) -> float:
    children = sum(part.children for part in parts)
    weighed = zip(parts, values, strict=True)
    return sum(part.children * value for part, value in weighed) / children if children > 0 else 0.0


def _missing(part: Cell | Seam) -> tuple[float, float]:
    """A seam's missing places likewise, which the calculations leave out."""
    if isinstance(part, Cell):
        return part.missing_lo, part.missing_hi
    target = part.target or 0.0
    least, most = (
        max(0.0, target - reach) * part.children / 100.0 for reach in (part.reach_hi, part.reach_lo)
    )
    return least, most


def _judged(spots: Sequence[Spot]) -> Iterable[Spot]:
    """Judge every average as a cell is judged; one area alone keeps its own verdict."""
    many = [spot for spot in spots if len(spot.parts) > 1]
    codes = verdicts(
        np.array([np.nan if spot.target is None else spot.target for spot in many], dtype=np.float64),
        lo=np.array([spot.reach_lo for spot in many], dtype=np.float64),
        hi=np.array([spot.reach_hi for spot in many], dtype=np.float64),
        children=np.array([spot.children for spot in many], dtype=np.float64),
        is_estimated=np.array(
            [any(_is_estimated(part) for part in spot.parts) for spot in many], dtype=np.bool_
        ),
    )
    judged = {spot.key: VERDICTS[code] for spot, code in zip(many, codes.tolist(), strict=True)}
    return [replace(spot, verdict=judged.get(spot.key, spot.verdict)) for spot in spots]


def _is_estimated(part: Cell | Seam) -> bool:
    """Told by a verdict that its numbers alone would not give: the number of children is an estimate."""
    if part.verdict is not Verdict.CHECK or part.target is None:
        return False
    return part.reach_lo >= part.target - TOLERANCE or part.reach_hi < part.target - TOLERANCE

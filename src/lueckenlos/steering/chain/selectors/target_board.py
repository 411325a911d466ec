"""Targets as people set and read them: what holds where, what it comes to, and how it came about."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from lueckenlos.commons.places import selectors as places
from lueckenlos.kernels.chain.types import Cell, Seam, Target
from lueckenlos.steering.chain.models import TargetRevision
from lueckenlos.steering.chain.selectors.drawing import drawn
from lueckenlos.steering.chain.selectors.targets import target_view, targets_at
from lueckenlos.steering.chain.types import CellKey, Drawn, Labels, TargetView, TargetWords


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of a target with the number by which an editor says which one they have seen."""

    id: int
    view: TargetView


@dataclass(frozen=True, slots=True)
class Result:
    """What a target comes to in one municipality: after the weight of its need, with what stands against it."""

    area: str
    name: str
    piece: Cell | Seam
    is_own: bool
    weight: float | None

    @property
    def needed(self) -> float:
        """Places a year that the target asks for here."""
        return (self.piece.target or 0.0) * self.piece.children / 100.0


@dataclass(frozen=True, slots=True)
class Line:
    """One cell or seam of the overview: the county's target, municipalities' own, and what comes of them."""

    key: CellKey
    label: str
    county: TargetView | None
    own: tuple[TargetView, ...]
    results: tuple[Result, ...]

    @property
    def is_set(self) -> bool:
        """Whether a target holds anywhere."""
        return self.county is not None or bool(self.own)

    @property
    def span(self) -> tuple[float, float] | None:
        """The lowest and the highest of what holds in the municipalities."""
        values = [each.piece.target for each in self.results if each.piece.target is not None]
        return (min(values), max(values)) if values else None

    def result_in(self, area: str) -> Result | None:
        """What holds in one municipality."""
        return next((each for each in self.results if each.area == area), None)


@dataclass(frozen=True, slots=True)
class PhaseTargets:
    """The targets of one phase, and of the seam that leads out of it."""

    phase: str
    label: str
    lines: tuple[Line, ...]
    seam: Line | None


def latest_wording(key: CellKey) -> Wording | None:
    """The wording that holds, which may be the end of a target; None before the first."""
    return next(iter(wordings(key, limit=1)), None)


def wordings(key: CellKey, *, limit: int | None = None) -> list[Wording]:
    """Every wording of one target, the latest first."""
    rows = TargetRevision.objects.filter(area=key.area, phase=key.phase, field=key.field, to=key.to)
    return [Wording(row.id, target_view(row)) for row in rows.order_by("-known_at", "-id")[:limit]]


def is_place(key: CellKey, *, drawn_: Drawn) -> bool:
    """Whether the county has this area, and this cell or seam."""
    if key.area not in {places.county().key, *drawn_.areas}:
        return False
    if key.to:
        return (key.phase, key.to) in pairwise(drawn_.phases)
    return key.phase in drawn_.phases and key.field in drawn_.fields


def target_board(*, only: str | None = None) -> list[PhaseTargets]:
    """All cells and seams by phase; `only` leaves out what other municipalities have set for themselves."""
    there = drawn()
    county = places.county().key
    by_key = {each.key: each for each in targets_at()}
    own: dict[tuple[str, str, str], list[TargetView]] = defaultdict(list)
    for each in by_key.values():
        if each.area != county and only in {None, each.area}:
            own[each.phase, each.field, each.to].append(each)
    pieces = _pieces(there, only=only)

    def line(key: CellKey, label: str) -> Line:
        at = (key.phase, key.field, key.to)
        standing = by_key.get(key)
        results = _results(pieces.get(at, ()), by_key=by_key, county=standing, names=there.labels.areas)
        return Line(key, label, standing, tuple(own.get(at, ())), results)

    seams = dict(pairwise(there.phases))
    labels = there.labels
    return [
        PhaseTargets(
            phase,
            labels.phases[phase],
            tuple(line(CellKey(county, phase, field), labels.fields[field]) for field in there.fields),
            line(CellKey(county, phase, to=seams[phase]), labels.phases[seams[phase]])
            if phase in seams
            else None,
        )
        for phase in there.phases
    ]


def results_of(key: CellKey, *, drawn_: Drawn, only: str | None = None) -> tuple[Result, ...]:
    """What holds at one cell or seam in each municipality of a chain."""
    by_key = {each.key: each for each in targets_at()}
    standing = by_key.get(CellKey(places.county().key, key.phase, key.field, key.to))
    pieces = _pieces(drawn_, only=only).get((key.phase, key.field, key.to), ())
    return _results(pieces, by_key=by_key, county=standing, names=drawn_.labels.areas)


def target_of(key: CellKey, words: TargetWords) -> Target:
    """What somebody says of a target, as the calculations see it."""
    return Target(
        phase=key.phase,
        field=key.field,
        places_per_100=words.places_per_100,
        area=None if key.area == places.county().key else key.area,
        to=key.to or None,
        is_essential=words.is_essential,
        need_indicator=words.need_indicator or None,
        intensities=frozenset(words.intensities),
    )


def place_words(key: CellKey, *, labels: Labels) -> str:
    """A cell or seam in words: Grundschule · Kultur; Kita → Grundschule."""
    phase = labels.phases[key.phase]
    return f"{phase} → {labels.phases[key.to]}" if key.to else f"{phase} · {labels.fields[key.field]}"


def area_words(area: str, *, labels: Labels) -> str:
    """An area's name, the county's among them."""
    return labels.areas.get(area) or places.county().name


def _pieces(drawn_: Drawn, *, only: str | None) -> Mapping[tuple[str, str, str], list[Cell | Seam]]:
    found: dict[tuple[str, str, str], list[Cell | Seam]] = defaultdict(list)
    for cell in drawn_.chain.cells:
        if only in {None, cell.area}:
            found[cell.phase, cell.field, ""].append(cell)
    for seam in drawn_.chain.seams:
        if only in {None, seam.area}:
            found[seam.phase, "", seam.to].append(seam)
    return found


def _results(
    pieces: Iterable[Cell | Seam],
    *,
    by_key: Mapping[CellKey, TargetView],
    county: TargetView | None,
    names: Mapping[str, str],
) -> tuple[Result, ...]:
    results = []
    for piece in pieces:
        to = piece.to if isinstance(piece, Seam) else ""
        field = "" if isinstance(piece, Seam) else piece.field
        own = by_key.get(CellKey(piece.area, piece.phase, field, to))
        holds = own or county
        base = holds.places_per_100 if holds else None
        weight = piece.target / base if piece.target is not None and base else None
        results.append(Result(piece.area, names.get(piece.area, piece.area), piece, own is not None, weight))
    return tuple(results)

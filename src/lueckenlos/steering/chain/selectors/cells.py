"""A cell or a seam opened: everything that its page says, read for one actor."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from lueckenlos.core.actor import Actor
from lueckenlos.kernels.chain.people import people, portions
from lueckenlos.kernels.chain.supply import months_later, supply
from lueckenlos.kernels.chain.types import Cell, County, Phase, Rule, Seam, Service, Settings
from lueckenlos.steering.chain.explaining import Explained, Grounds, explain_all, make_known
from lueckenlos.steering.chain.selectors.causes import is_fresh
from lueckenlos.steering.chain.selectors.cell_evidence import (
    IndicatorLine,
    Missed,
    TargetStory,
    indicator_lines,
    missed_here,
    target_story,
)
from lueckenlos.steering.chain.selectors.drawing import county_of, drawn
from lueckenlos.steering.chain.selectors.duplicates import on_purpose
from lueckenlos.steering.chain.selectors.standing import cell_key, sight_of
from lueckenlos.steering.chain.selectors.talk import standing_of
from lueckenlos.steering.chain.telling import cell_sentence, how_sure, seam_sentence
from lueckenlos.steering.chain.types import CellKey, Drawn, Knowledge, Standing


@dataclass(frozen=True, slots=True)
class AgeBar:
    """Children of one year of age; `age` -1 are the unborn. `share` is of the longest bar, 0 to 1."""

    age: int
    children: float
    share: float


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One service that fills the cell: what it gives, how many places it has, how far it is."""

    service: Service
    reach_lo: float
    reach_hi: float
    places_lo: int
    places_hi: int
    is_fresh: bool
    km: float | None
    """Straight distance in the mean of the people of the area; None where it travels or has no place."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """What one organization could say: its services whose places are unknown or overdue."""

    organization: str
    services: tuple[Service, ...]


@dataclass(frozen=True, eq=False)
class Opened:
    """A cell or a seam with its evidence, as known on a day."""

    key: CellKey
    piece: Cell | Seam
    drawn: Drawn
    phase: Phase
    next_phase: str
    standing: Standing
    day: date
    is_past: bool
    sentence: str
    how_sure: str
    make_known: str
    ages: tuple[AgeBar, ...]
    is_estimated: bool
    target: TargetStory | None
    services: tuple[ServiceLine, ...]
    unknown: tuple[Unknown, ...]
    reasons: tuple[Explained, ...]
    signals: Missed
    indicators: tuple[IndicatorLine, ...]
    settings: Settings

    @property
    def is_seam(self) -> bool:
        """Whether this is the way from one phase to the next."""
        return isinstance(self.piece, Seam)


def opened(key: CellKey, *, actor: Actor, day: date | None = None) -> Opened | None:
    """The cell or seam of a key as known on a past day (today without one); nothing where the actor may not see it.

    Who sees it hangs on what it is today, not on what it was then.
    """
    now = piece_of(key, of=drawn())
    if now is None or not sees(actor, now):
        return None
    picture = drawn(day)
    piece = piece_of(key, of=picture)
    if piece is None:
        return None
    county, knowledge = county_of(day)
    return _opened(piece, drawn=picture, county=county, knowledge=knowledge, is_past=day is not None)


def piece_of(key: CellKey, *, of: Drawn) -> Cell | Seam | None:
    """The cell or seam of a chain with this key."""
    if not key.to:
        return of.chain.by_place.get((key.area, key.phase, key.field))
    return next((seam for seam in of.chain.seams if cell_key(seam) == key), None)


def sees(actor: Actor, piece: Cell | Seam) -> bool:
    """Whether the actor sees this cell or seam."""
    keys = (share.service for share in piece.services)
    return sight_of(actor).sees(standing_of(cell_key(piece).subject), area=piece.area, services=keys)


def phases_of(county: County) -> dict[str, Phase]:
    """The phases by key, in the order of age."""
    return {phase.key: phase for phase in sorted(county.phases, key=lambda each: each.age_from)}


def _opened(
    piece: Cell | Seam, *, drawn: Drawn, county: County, knowledge: Knowledge, is_past: bool
) -> Opened:
    day = drawn.chain.as_of
    phases = phases_of(county)
    phase = phases[piece.phase]
    services = {each.key: each for each in county.services}
    lines = service_lines(piece, county=county, day=day)
    explained: tuple[Explained, ...] = ()
    sentences = (seam_sentence(piece, labels=drawn.labels), "") if isinstance(piece, Seam) else ("", "")
    following = following_phase(piece, phases=phases)
    known = ""
    if isinstance(piece, Cell):
        grounds = _grounds(piece, county=county, drawn=drawn, services=services, next_phase=following)
        explained = explain_all(piece.reasons, grounds=grounds)
        sentences = cell_sentence(piece, labels=drawn.labels, phase=phase), how_sure(piece)
        known = make_known(piece, explained=explained)
    bars, is_estimated = age_bars(piece, county=county)
    return Opened(
        key=cell_key(piece),
        piece=piece,
        drawn=drawn,
        phase=phase,
        next_phase=following,
        standing=standing_of(cell_key(piece).subject),
        day=day,
        is_past=is_past,
        sentence=sentences[0],
        how_sure=sentences[1],
        make_known=known,
        ages=bars,
        is_estimated=is_estimated,
        target=target_story(piece, county=county, knowledge=knowledge, day=day if is_past else None),
        services=lines,
        unknown=_unknown(lines),
        reasons=explained,
        signals=missed_here(
            None if is_past else piece, day=day, minimum=int(knowledge.content["minimum_cell"])
        ),
        indicators=indicator_lines(piece, county=county, knowledge=knowledge),
        settings=county.settings,
    )


def following_phase(piece: Cell | Seam, *, phases: Mapping[str, Phase]) -> str:
    """The key of the next phase, empty for the last."""
    order = list(phases)
    return dict(itertools.pairwise(order)).get(piece.phase, "")


def _grounds(
    cell: Cell, *, county: County, drawn: Drawn, services: Mapping[str, Service], next_phase: str
) -> Grounds:
    place = (cell.area, cell.phase, cell.field)
    return Grounds(
        cell=cell,
        phase=phases_of(county)[cell.phase],
        next_phase=next_phase,
        labels=drawn.labels,
        settings=county.settings,
        services=services,
        known=county.evidence.known.get(place),
        missed=county.evidence.missed_need.get(place),
        on_purpose=on_purpose() if any(each.rule is Rule.DOUBLE for each in cell.reasons) else (),
    )


def age_bars(piece: Cell | Seam, *, county: County) -> tuple[tuple[AgeBar, ...], bool]:
    """The children of the cell by year of age, and whether some of the numbers are estimates."""
    names = (piece.phase, piece.to) if isinstance(piece, Seam) else (piece.phase,)
    chosen = [phase for phase in county.phases if phase.key in names]
    found = people(county.areas, phases=chosen)
    row = county.areas.index[piece.area]
    begins = np.array([phase.age_from for phase in chosen], dtype=np.float64)
    ends = np.array([phase.age_to for phase in chosen], dtype=np.float64)
    numbers = portions(begins, ends).sum(axis=0) * found.by_age[row]
    longest = float(numbers.max()) or 1.0
    bars = tuple(
        AgeBar(age - 1, children, children / longest)
        for age, children in enumerate(numbers.tolist())
        if children > 0
    )
    return bars, bool(found.is_estimated[row].any())


def service_lines(piece: Cell | Seam, *, county: County, day: date) -> tuple[ServiceLine, ...]:
    """The services that reach the cell, those that give most first."""
    by_key = {each.key: each for each in county.services}
    months = county.settings.freshness_months
    since = months_later(day, months=-months)
    lines = []
    for share in piece.services:
        service = by_key[share.service]
        places = supply(service, kinds=county.kinds, as_of=day, fresh_since=since)
        lines.append(
            ServiceLine(
                service=service,
                reach_lo=share.reach_lo,
                reach_hi=share.reach_hi,
                places_lo=places.lo,
                places_hi=places.hi,
                is_fresh=is_fresh(service, as_of=day, months=months),
                km=distance(service, county=county, area=piece.area),
            )
        )
    return tuple(sorted(lines, key=lambda line: (-line.reach_hi, line.service.name, line.service.key)))


def distance(service: Service, *, county: County, area: str) -> float | None:
    """Kilometres as the crow flies from where the people of an area live to the nearest place, in the mean."""
    areas = county.areas
    here = areas.point_area == areas.index[area]
    if service.travels or not service.sites or not here.any():
        return None
    sites = np.array([(site.x, site.y) for site in service.sites], dtype=np.float64)
    away = np.hypot(*(areas.points[here][:, None, :] - sites[None, :, :]).transpose(2, 0, 1)).min(axis=1)
    sizes = areas.sizes[here]
    weights = np.where(np.isfinite(sizes) & (sizes > 0), sizes, 1.0)
    return float((away * weights).sum() / weights.sum()) / 1000.0


def _unknown(lines: tuple[ServiceLine, ...]) -> tuple[Unknown, ...]:
    open_: dict[str, list[Service]] = {}
    for line in lines:
        if line.places_lo != line.places_hi:
            open_.setdefault(line.service.organization, []).append(line.service)
    return tuple(Unknown(name, tuple(services)) for name, services in sorted(open_.items()))

"""The chain of a county on a day: every area, phase and field with its verdict and reasons, seams, continuity."""

from collections.abc import Callable
from datetime import date
from math import isnan

import numpy as np

from lueckenlos.kernels.chain.board import Board, board, shares
from lueckenlos.kernels.chain.duplicates import duplicates
from lueckenlos.kernels.chain.flows import network
from lueckenlos.kernels.chain.judging import VERDICTS, missing
from lueckenlos.kernels.chain.reasons import reasons
from lueckenlos.kernels.chain.seams import continuity, runs, seams
from lueckenlos.kernels.chain.supply import is_offered
from lueckenlos.kernels.chain.types import Cell, Chain, County, Reason, Service


def calculate(county: County, *, as_of: date, told: Callable[[float], object] = float) -> Chain:
    """Reckon the chain as it stands on a day; `told` hears how far it is, from 0 to 1.

    Cells come in the order of areas, phases and fields of the county, with or without target. Bad input never
    stops it and never makes a cell green; what is wrong with it is said by `checks.check`. The order of services,
    targets and points changes nothing.
    """
    state = board(county, as_of=as_of)
    told(0.3)
    sewn = seams(state)
    doubles = duplicates(state)
    told(0.5)
    why = reasons(state, seams=sewn, duplicates=doubles)
    told(0.8)
    return Chain(
        as_of=as_of,
        cells=_cells(state, why),
        seams=sewn.seams,
        duplicates=doubles,
        continuity=continuity(state, sewn),
        runs=runs(state),
    )


def reached(county: County, service: Service, *, as_of: date) -> dict[tuple[str, str], float]:
    """The children whom one service (of the county, or only thought of) reaches, by area and phase, weighted.

    These are Σ_i w · D[s,i,p], persons times weight; what `measures.spread` divides its places by. Whoever is not
    offered on the day reaches nobody.
    """
    if not is_offered(service, as_of=as_of):
        return {}
    flows = network(county, [service]).flows
    return {
        (county.areas.keys[area], county.phases[phase].key): children
        for area, phase, children in zip(
            flows.area.tolist(), flows.phase.tolist(), flows.children.tolist(), strict=True
        )
        if children > 0
    }


def places_given(county: County, *, as_of: date) -> dict[str, tuple[float, float]]:
    """Places a year that each service gives to children, at least and at most, over all areas and phases.

    Equal to its supply wherever it has at least one child in reach, else 0: the conservation of section 2.
    """
    state = board(county, as_of=as_of)
    flows = state.network.flows
    here = state.network.people.children[flows.area, flows.phase]
    each = np.bincount(flows.service, weights=flows.per_place * here / 100.0, minlength=len(state.services))
    pairs = zip((each * state.lo).tolist(), (each * state.hi).tolist(), strict=True)
    return {service.key: pair for service, pair in zip(state.services, pairs, strict=True)}


def _cells(state: Board, why: list[tuple[Reason, ...]]) -> tuple[Cell, ...]:
    county = state.county
    keys = (
        (area, phase.key, field)
        for area in county.areas.keys
        for phase in county.phases
        for field in county.fields
    )
    sure = missing(state.target, reach=state.reach_hi, children=state.children)
    at_most = missing(state.target, reach=state.reach_lo, children=state.children)
    numbers = zip(
        state.children.tolist(), state.target.tolist(), state.goals.is_essential.ravel().tolist(),
        state.reach_lo.tolist(), state.reach_hi.tolist(), state.verdict.tolist(),
        sure.tolist(), at_most.tolist(), shares(state.filling, state.entry_keys), why, strict=True,
    )  # fmt: skip
    return tuple(
        Cell(
            area, phase, field, children, None if isnan(target) else target, essential, lo, hi,
            VERDICTS[code], least, most, given, because,
        )
        for (area, phase, field), (children, target, essential, lo, hi, code, least, most, given, because)
        in zip(keys, numbers, strict=True)
    )  # fmt: skip

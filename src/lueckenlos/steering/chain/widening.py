"""One chain over several ways in which a county's population may turn out: intervals span them all.

Reach at least is the least of any way, at most the most of any; verdicts follow anew from these intervals by the rule
of section 3, so that an uncertain future shows as "check" and never as a gap or as closed. Missing places likewise.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from math import isnan

import numpy as np

from lueckenlos.kernels.chain.board import Board, board, shares
from lueckenlos.kernels.chain.calculation import calculate
from lueckenlos.kernels.chain.judging import VERDICTS, missing, verdicts
from lueckenlos.kernels.chain.seams import Seams, continuity, runs, seams
from lueckenlos.kernels.chain.types import (
    Cell,
    Chain,
    County,
    Floats,
    Reason,
    Rule,
    Seam,
    Share,
    Verdict,
)


def widened(likely: County, *, others: Sequence[County], as_of: date) -> Chain:
    """The chain of the likely county, its intervals widened by the others.

    All have the same areas, phases, fields, services and targets; only persons differ. Reasons and duplicates are
    the likely county's, less the reasons that the wider interval no longer bears out.
    """
    chain = calculate(likely, as_of=as_of)
    wide = outlined((likely, *others), as_of=as_of)
    broken = {(seam.area, seam.phase) for seam in wide.seams if seam.verdict is Verdict.GAP}
    cells = tuple(
        replace(
            spanned,
            reasons=_borne_out(
                cell.reasons, verdict=spanned.verdict, is_broken=(cell.area, cell.phase) in broken
            ),
        )
        for cell, spanned in zip(chain.cells, wide.cells, strict=True)
    )
    return replace(wide, cells=cells, duplicates=chain.duplicates)


def outlined(ways: Sequence[County], *, as_of: date) -> Chain:
    """The same without reasons and duplicates, which take most of the time; the first way is the likely one."""
    span = Span.over(ways, as_of=as_of)
    sewn = _seams(span.boards)
    return Chain(
        as_of=as_of,
        cells=tuple(span.cells()),
        seams=sewn.seams,
        duplicates=(),
        continuity=continuity(span.wide, sewn),
        runs=runs(span.wide),
    )


@dataclass(frozen=True, eq=False)
class Span:
    """The boards of all ways, and one that spans them."""

    boards: tuple[Board, ...]

    @classmethod
    def over(cls, ways: Sequence[County], *, as_of: date) -> "Span":
        """Reckon every way."""
        return cls(tuple(board(county, as_of=as_of) for county in ways))

    @cached_property
    def wide(self) -> Board:
        """The likely board with intervals over all, and the verdicts that follow."""
        likely = self.boards[0]
        lo = _least([each.reach_lo for each in self.boards])
        hi = _most([each.reach_hi for each in self.boards])
        # Weights do not hang on persons, so the entries of all fillings are the same services in the same cells.
        filling = replace(
            likely.filling,
            lo=_least([each.filling.lo for each in self.boards]),
            hi=_most([each.filling.hi for each in self.boards]),
        )
        return replace(likely, reach_lo=lo, reach_hi=hi, verdict=likely.judged(lo, hi), filling=filling)

    def verdicts(self) -> list[Verdict]:
        """The verdict of each cell, in the order of areas, phases and fields."""
        return [VERDICTS[code] for code in self.wide.verdict.tolist()]

    def cells(self) -> Iterable[Cell]:
        """Every cell, without reasons."""
        wide, county = self.wide, self.wide.county
        sure = _least(
            [missing(each.target, reach=each.reach_hi, children=each.children) for each in self.boards]
        )
        most = _most(
            [missing(each.target, reach=each.reach_lo, children=each.children) for each in self.boards]
        )
        keys = (
            (area, phase.key, field)
            for area in county.areas.keys
            for phase in county.phases
            for field in county.fields
        )
        numbers = zip(
            keys, wide.children.tolist(), wide.target.tolist(), wide.goals.is_essential.ravel().tolist(),
            wide.reach_lo.tolist(), wide.reach_hi.tolist(), self.verdicts(), sure.tolist(), most.tolist(),
            shares(wide.filling, wide.entry_keys), strict=True,
        )  # fmt: skip
        for key, children, target, essential, lo, hi, verdict, least, at_most, given in numbers:
            wanted = None if isnan(target) else target
            area, phase, field = key
            yield Cell(
                area=area, phase=phase, field=field, children=children, target=wanted, is_essential=essential,
                reach_lo=lo, reach_hi=hi, verdict=verdict, missing_lo=least, missing_hi=at_most, services=given,
            )  # fmt: skip


def _borne_out(reasons: Sequence[Reason], *, verdict: Verdict, is_broken: bool) -> tuple[Reason, ...]:
    gone: set[Rule] = set()
    if verdict is not Verdict.GAP:
        gone.add(Rule.TOO_FEW)
    if not is_broken:
        gone.add(Rule.CHAIN_BROKEN)
    return tuple(reason for reason in reasons if reason.rule not in gone)


def _seams(boards: Sequence[Board]) -> Seams:
    sewn = [seams(each) for each in boards]
    found = tuple(_seam(each) for each in zip(*(one.seams for one in sewn), strict=True))
    shape = sewn[0].verdict.shape
    codes = np.array([VERDICTS.index(seam.verdict) for seam in found], dtype=np.int64)
    return replace(sewn[0], seams=found, verdict=codes.reshape(shape))


def _seam(ways: Sequence[Seam]) -> Seam:
    likely = ways[0]
    lo, hi = min(each.reach_lo for each in ways), max(each.reach_hi for each in ways)
    services = tuple(
        Share(same[0].service, min(each.reach_lo for each in same), max(each.reach_hi for each in same))
        for same in zip(*(each.services for each in ways), strict=True)
    )
    return replace(likely, reach_lo=lo, reach_hi=hi, verdict=_judged(likely, lo=lo, hi=hi), services=services)


def _judged(seam: Seam, *, lo: float, hi: float) -> Verdict:
    if seam.verdict not in {Verdict.GAP, Verdict.CLOSED} or seam.target is None:
        return seam.verdict  # a wider interval leaves a question a question
    codes = verdicts(
        np.array([seam.target]),
        lo=np.array([lo]),
        hi=np.array([hi]),
        children=np.array([seam.children]),
        is_estimated=np.array([False]),
    )
    return VERDICTS[int(codes[0])]


def _least(ways: Sequence[Floats]) -> Floats:
    return np.asarray(np.minimum.reduce(list(ways)), dtype=np.float64)


def _most(ways: Sequence[Floats]) -> Floats:
    return np.asarray(np.maximum.reduce(list(ways)), dtype=np.float64)

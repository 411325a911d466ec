"""What changed between two days and why, each day as known then, cell by cell and seam by seam.

The reach of a service hangs on nothing of the other services, so what changed in a cell is told from its own services,
its target and what was known of places and people: no cause is guessed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date

from lueckenlos.kernels.chain.types import Cell, Chain, Seam
from lueckenlos.steering.chain.selectors.causes import Cause, Causes
from lueckenlos.steering.chain.selectors.drawing import county_of, drawn
from lueckenlos.steering.chain.selectors.standing import Sight, cell_key, default_standing, standings
from lueckenlos.steering.chain.selectors.targets import targets_at
from lueckenlos.steering.chain.types import CellKey, Labels, Standing, Verdict

TINY = 1e-9
ORDER = {Verdict.GAP: 0, Verdict.CHECK: 1, Verdict.CLOSED: 2}


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell or seam that is not what it was, with the causes."""

    key: CellKey
    before: Cell | Seam | None
    after: Cell | Seam | None
    causes: tuple[Cause, ...] = ()

    @property
    def has_other_verdict(self) -> bool:
        """Whether the verdict changed, not the numbers alone."""
        return _verdict(self.before) is not _verdict(self.after)

    @property
    def is_better(self) -> bool:
        """Whether the verdict went up: from gap to check or closed, from check to closed."""
        return self._rank(self.after) > self._rank(self.before)

    @property
    def is_worse(self) -> bool:
        """Whether the verdict went down."""
        return self._rank(self.after) < self._rank(self.before)

    def is_seen(self, sight: Sight, *, standing: Standing) -> bool:
        """Whether the sight holds it, by the services that reach it now or reached it then."""
        pieces = [piece for piece in (self.before, self.after) if piece is not None]
        services = {share.service for piece in pieces for share in piece.services}
        return sight.sees(standing, area=self.key.area, services=services)

    def _rank(self, piece: Cell | Seam | None) -> int:
        both = _verdict(self.before), _verdict(self.after)
        if any(each not in ORDER for each in both):
            return 0
        return ORDER[piece.verdict] if piece is not None else 0


@dataclass(frozen=True, slots=True)
class CauseGroup:
    """One cause with everything that it touched."""

    cause: Cause
    differences: tuple[Difference, ...]

    @property
    def verdicts(self) -> int:
        """In how many of them the verdict changed."""
        return sum(each.has_other_verdict for each in self.differences)


@dataclass(frozen=True, eq=False)
class Changes:
    """Everything that differs between two days."""

    since: date
    until: date
    labels: Labels
    total: int
    differences: tuple[Difference, ...]

    @property
    def verdicts(self) -> tuple[Difference, ...]:
        """Those with another verdict."""
        return tuple(each for each in self.differences if each.has_other_verdict)

    @property
    def groups(self) -> tuple[CauseGroup, ...]:
        """By cause, those first that changed most verdicts."""
        by_cause: dict[Cause, list[Difference]] = {}
        for each in self.differences:
            for cause in each.causes:
                by_cause.setdefault(cause, []).append(each)
        groups = [CauseGroup(cause, tuple(found)) for cause, found in by_cause.items()]
        return tuple(
            sorted(groups, key=lambda group: (-group.verdicts, -len(group.differences), group.cause))
        )


def changes_between(since: date, until: date, *, today: date, sight: Sight) -> Changes:
    """Compare the chain as known at the end of two days; only what the sight holds today."""
    last = until if until < today else None
    before, after = drawn(since), drawn(last)
    known, default = standings(), default_standing()
    found = differences(before.chain, after.chain)
    shown = [each for each in found if each.is_seen(sight, standing=known.get(each.key.subject, default))]
    causes = _causes(since, last, until=until)
    return Changes(
        since=since,
        until=until,
        labels=both_labels(before.labels, after.labels),
        total=len(after.chain.cells) + len(after.chain.seams),
        differences=tuple(
            Difference(each.key, each.before, each.after, causes.of(each.before, each.after))
            for each in shown
        ),
    )


def both_labels(one: Labels, other: Labels) -> Labels:
    """The words of two days; where they differ the later one's."""
    return Labels(
        **{each.name: {**getattr(one, each.name), **getattr(other, each.name)} for each in fields(Labels)}
    )


def differences(before: Chain, after: Chain) -> list[Difference]:
    """The cells and seams whose verdict, reach, target or children differ, in the order of the later chain."""
    old, new = _by_key(before), _by_key(after)
    keys = [*new, *(key for key in old if key not in new)]
    return [
        Difference(key, old.get(key), new.get(key)) for key in keys if differs(old.get(key), new.get(key))
    ]


def differs(one: Cell | Seam | None, other: Cell | Seam | None) -> bool:
    """Whether two wordings of a cell or seam say something else."""
    if one is None or other is None:
        return one is not other
    if one.verdict is not other.verdict or (one.target is None) is not (other.target is None):
        return True
    pairs = (
        (one.reach_lo, other.reach_lo),
        (one.reach_hi, other.reach_hi),
        (one.target or 0.0, other.target or 0.0),
        (one.children, other.children),
    )
    return any(abs(old - new) > TINY for old, new in pairs)


def _by_key(chain: Chain) -> Mapping[CellKey, Cell | Seam]:
    pieces: Iterable[Cell | Seam] = (*chain.cells, *chain.seams)
    return {cell_key(piece): piece for piece in pieces}


def _causes(since: date, last: date | None, *, until: date) -> Causes:
    old_county, old_knowledge = county_of(since)
    new_county, new_knowledge = county_of(last)
    return Causes(
        (old_county, old_knowledge.content, targets_at(since), since),
        (new_county, new_knowledge.content, targets_at(last), until),
    )


def _verdict(piece: Cell | Seam | None) -> Verdict | None:
    return None if piece is None else piece.verdict

"""Baselines: what was frozen, and what is different today."""

from dataclasses import dataclass
from datetime import date, datetime

from lueckenlos.steering.chain.documents import chain_of
from lueckenlos.steering.chain.models import Baseline
from lueckenlos.steering.chain.selectors.changes import Difference, differences
from lueckenlos.steering.chain.selectors.drawing import drawn
from lueckenlos.steering.chain.selectors.standing import Sight, default_standing, standings
from lueckenlos.steering.chain.types import Labels


@dataclass(frozen=True, slots=True)
class BaselineLine:
    """One baseline in the list."""

    id: int
    name: str
    day: date
    note: str
    created_at: datetime


@dataclass(frozen=True, eq=False)
class Compared:
    """A baseline beside today."""

    line: BaselineLine
    today: date
    labels: Labels
    continuity_then: float
    continuity_now: float
    differences: tuple[Difference, ...]

    @property
    def verdicts(self) -> tuple[Difference, ...]:
        """Those with another verdict."""
        return tuple(each for each in self.differences if each.has_other_verdict)

    @property
    def numbers(self) -> tuple[Difference, ...]:
        """Those with the same verdict and other numbers."""
        return tuple(each for each in self.differences if not each.has_other_verdict)


def baselines() -> list[BaselineLine]:
    """Everything that was frozen, the latest day first."""
    rows = Baseline.objects.defer("document").order_by("-day", "name")
    return [_line(row) for row in rows]


def baseline_with(baseline_id: int, *, sight: Sight) -> Compared | None:
    """One baseline compared with today; only what the sight holds."""
    row = Baseline.objects.filter(pk=baseline_id).first()
    if row is None:
        return None
    now, then = drawn(), chain_of(row.document)
    known, default = standings(), default_standing()
    found = [
        each
        for each in differences(then, now.chain)
        if each.is_seen(sight, standing=known.get(each.key.subject, default))
    ]
    return Compared(
        _line(row), now.chain.as_of, now.labels, then.continuity, now.chain.continuity, tuple(found)
    )


def _line(row: Baseline) -> BaselineLine:
    return BaselineLine(row.pk, row.name, row.day, row.note, row.created_at)

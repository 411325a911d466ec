"""The picture's cells and seams as rows, for the list on a phone and for the table."""

from collections.abc import Callable
from dataclasses import dataclass

from lueckenlos.kernels.chain.types import Verdict
from lueckenlos.steering.chain.picture import telling
from lueckenlos.steering.chain.picture.legend import shape_of
from lueckenlos.steering.chain.picture.shapes import LOOKS, Look, Place
from lueckenlos.steering.chain.selectors.summary import Spot, Summary
from lueckenlos.steering.chain.telling import number
from lueckenlos.steering.chain.types import Labels

NOTHING = "–"
QUIET = (Look.NO_TARGET, Look.NO_CHILDREN)


@dataclass(frozen=True, slots=True)
class Row:
    """One cell or seam in words; numbers are written, "–" where there is none."""

    label: str
    word: str
    look: Look
    sample: Place
    url: str
    children: str = NOTHING
    target: str = NOTHING
    reach: str = NOTHING
    lowest: str = NOTHING
    highest: str = NOTHING
    missing: str = ""
    surely: str = NOTHING
    at_most: str = NOTHING
    counts: tuple[str, ...] = ()
    """How many municipalities are gap, check, closed, without target; empty for one alone."""
    told: str = ""
    is_essential: bool = False


@dataclass(frozen=True, slots=True)
class PhaseRows:
    """One phase with its fields, and the seam that leads on from it."""

    key: str
    label: str
    children: str
    rows: tuple[Row, ...]
    seam: Row | None

    @property
    def aimed(self) -> tuple[Row, ...]:
        """Fields with a target, or about which nothing is shown."""
        return tuple(row for row in self.rows if row.look not in QUIET)

    @property
    def rest(self) -> tuple[Row, ...]:
        """Fields without target, never counted as fine."""
        return tuple(row for row in self.rows if row.look in QUIET)


def rows_of(summary: Summary, labels: Labels, *, address: Callable[[Spot], str]) -> list[PhaseRows]:
    """All rows, from the first phase to the last."""
    found = []
    onward = dict(zip(summary.phases, summary.phases[1:], strict=False))
    for phase in summary.phases:
        cells = (summary.cell(phase, field) for field in summary.fields)
        rows = [
            _hidden(labels.fields.get(field, field))
            if spot is None
            else row_of(spot, label=labels.fields.get(field, field), url=address(spot))
            for field, spot in zip(summary.fields, cells, strict=True)
        ]
        found.append(
            PhaseRows(
                phase,
                labels.phases.get(phase, phase),
                telling.living(summary, phase),
                tuple(rows),
                _seam(summary, labels, pair=(phase, onward.get(phase)), address=address),
            )
        )
    return found


def row_of(spot: Spot, *, label: str, url: str) -> Row:
    """One cell or seam in words."""
    look = LOOKS[spot.verdict]
    lives = spot.verdict is not Verdict.NO_CHILDREN
    aimed = lives and spot.target is not None
    many = len(spot.parts) > 1
    return Row(
        label=label,
        word=telling.verdict_word(spot),
        look=look,
        sample=shape_of(look),
        url=url,
        children=number(spot.children),
        target=telling.places(spot.target or 0.0) if aimed else NOTHING,
        reach=telling.reach_words(spot),
        lowest=telling.places(spot.reach_lo) if lives else NOTHING,
        highest=telling.places(spot.reach_hi) if lives else NOTHING,
        missing=telling.missing_words(spot),
        surely=telling.missing_number(spot.missing_lo) if aimed else NOTHING,
        at_most=telling.missing_number(spot.missing_hi) if aimed else NOTHING,
        counts=tuple(number(spot.count(verdict)) for verdict in telling.COUNTED[:4]) if many else (),
        told=telling.counts(spot) if many else "",
        is_essential=spot.is_essential,
    )


def municipalities(spot: Spot, labels: Labels, *, address: Callable[[Spot, str], str]) -> list[Row]:
    """One row for each municipality of a cell or seam, the worst first."""
    order = {verdict: row for row, verdict in enumerate(telling.COUNTED)}
    parts = sorted(spot.parts, key=lambda part: (order[part.verdict], labels.areas.get(part.area, "")))
    return [
        row_of(alone, label=labels.areas.get(area, area), url=address(alone, area))
        for area, alone in ((part.area, spot.alone(part)) for part in parts)
    ]


def _seam(
    summary: Summary, labels: Labels, *, pair: tuple[str, str | None], address: Callable[[Spot], str]
) -> Row | None:
    phase, to = pair
    if to is None:
        return None
    label = f"{labels.phases.get(phase, phase)} → {labels.phases.get(to, to)}"
    spot = summary.seam(phase, to)
    return _hidden(label) if spot is None else row_of(spot, label=label, url=address(spot))


def _hidden(label: str) -> Row:
    return Row(label, telling.hidden(), Look.HIDDEN, shape_of(Look.HIDDEN), "", reach=NOTHING)

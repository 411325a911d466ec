"""One cell of the picture: the lane's line with its gap, the word, the interval bar, the people."""

from dataclasses import replace
from typing import Final

from lueckenlos.kernels.chain.types import Verdict
from lueckenlos.steering.chain.picture import telling
from lueckenlos.steering.chain.picture.metrics import Detail, Metrics
from lueckenlos.steering.chain.picture.path import Point, level
from lueckenlos.steering.chain.picture.shapes import LOOKS, Bar, Look, Mark, Place, Stroke, Words
from lueckenlos.steering.chain.picture.strips import strip
from lueckenlos.steering.chain.picture.text import BOLD, width_of
from lueckenlos.steering.chain.selectors.summary import Spot
from lueckenlos.steering.chain.telling import number
from lueckenlos.steering.chain.wording import VERDICTS

TICK_AT: Final = 0.62
"""Where the target stands on every bar, so that all bars can be compared at a glance."""
SMALLEST_GAP: Final = 0.24
LARGEST_GAP: Final = 0.8
TORN: Final = 9.0


def cell(spot: Spot, at: Point, *, metrics: Metrics, torn: tuple[bool, bool], said: tuple[str, str]) -> Place:
    """Draw one cell with its corner at a point; `said` is its title and where it leads."""
    title, url = said
    strokes, marks = _line(spot, at, metrics=metrics, torn=torn)
    drawn = Place(*_touched(at, metrics), LOOKS[spot.verdict], title, url, strokes, marks)
    return (
        _full(drawn, spot, at, metrics) if metrics.detail is Detail.FULL else _short(drawn, spot, at, metrics)
    )


def hidden(at: Point, *, metrics: Metrics) -> Place:
    """A cell that whoever looks may not see: it says that much, and nothing else."""
    words = Words(at.x + metrics.column / 2, at.y + metrics.lane / 2, telling.hidden(), "quiet", "middle")
    return Place(*_touched(at, metrics), Look.HIDDEN, telling.hidden(), words=(words,))


def _touched(at: Point, metrics: Metrics) -> tuple[float, float, float, float]:
    return round(at.x + 2, 1), round(at.y + 2, 1), round(metrics.column - 4, 1), round(metrics.lane - 4, 1)


def _line(
    spot: Spot, at: Point, *, metrics: Metrics, torn: tuple[bool, bool]
) -> tuple[tuple[Stroke, ...], tuple[Mark, ...]]:
    y = round(at.y + metrics.line_y, 1)
    begin = at.x + (TORN if torn[0] else 0.0)
    end = at.x + metrics.column - (TORN if torn[1] else 0.0)
    look, middle = LOOKS[spot.verdict], at.x + metrics.column / 2
    knot = (Mark(round(middle, 1), y, "knot"),) if spot.is_essential and metrics.detail is Detail.FULL else ()
    if spot.verdict is Verdict.NO_CHILDREN:
        return (), ()
    if spot.verdict is Verdict.NO_TARGET:
        return (Stroke(level(begin, end, y), look),), (Mark(round(middle, 1), y, "open"),)
    if spot.verdict is not Verdict.GAP:
        return (Stroke(level(begin, end, y), look),), knot
    missing = 1.0 - spot.reach_hi / spot.target if spot.target else 1.0
    half = (metrics.column - 2 * metrics.pad) * (SMALLEST_GAP + (LARGEST_GAP - SMALLEST_GAP) * missing) / 2
    left, right = round(middle - half, 1), round(middle + half, 1)
    ends = (Mark(left, y, "end"), Mark(right, y, "end"))
    return (Stroke(level(begin, left, y), look), Stroke(level(right, end, y), look)), (*ends, *knot)


def _full(drawn: Place, spot: Spot, at: Point, metrics: Metrics) -> Place:
    left, right = round(at.x + metrics.pad, 1), round(at.x + metrics.column - metrics.pad, 1)
    first, second = at.y + 43 * metrics.spread, at.y + 79 * metrics.spread
    people = number(spot.children)
    words = [
        Words(left, round(first, 1), telling.verdict_word(spot), "word"),
        Words(right, round(first, 1), people, "people", "end"),
        Words(left, round(second, 1), telling.reach_words(spot), "reach"),
    ]
    many = len(spot.parts) > 1
    said = telling.gaps(spot) if many else telling.missing_shortly(spot)
    room = right - left - width_of(words[2].text, size=metrics.font) - metrics.pad
    if many and said and width_of(said, size=metrics.font, weight=BOLD) > room:
        said = telling.gaps_shortly(spot)
    if said:
        is_sure = spot.count(Verdict.GAP) > 0
        words.append(Words(right, round(second, 1), said, "missing" if is_sure else "unclear", "end"))
    glyph = right - width_of(people, size=metrics.font) - 9
    y = at.y + 88 * metrics.spread
    return replace(
        drawn, words=tuple(words),
        marks=(*drawn.marks, Mark(round(glyph, 1), round(first - 4.5, 1), "person")),
        bar=_bar(spot, Point(left, at.y + 53 * metrics.spread), width=right - left, height=8),
        strip=strip(spot, x=left, y=y, width=right - left) if many else (),
    )  # fmt: skip


def _short(drawn: Place, spot: Spot, at: Point, metrics: Metrics) -> Place:
    middle = at.x + metrics.column / 2
    words = [Words(round(middle, 1), at.y + 28, str(VERDICTS[spot.verdict]), "word", "middle")]
    if len(spot.parts) > 1:
        wide = metrics.column - 2 * metrics.pad
        bits = strip(spot, x=at.x + metrics.pad, y=at.y + 35, width=wide)
        return replace(drawn, words=tuple(words), strip=bits)
    reach = telling.reach_words(spot)
    if width_of(reach, size=metrics.font) > metrics.column - 4:
        reach = telling.reach_shortly(spot)
    words.append(Words(round(middle, 1), at.y + 42, reach, "reach", "middle"))
    return replace(drawn, words=tuple(words))


def _bar(spot: Spot, at: Point, *, width: float, height: float) -> Bar | None:
    if spot.target is None or spot.target <= 0 or spot.verdict is Verdict.NO_CHILDREN:
        return None
    scale = width * TICK_AT / spot.target
    sure, most = (min(width, max(0.0, reach * scale)) for reach in (spot.reach_lo, spot.reach_hi))
    return Bar(
        round(at.x, 1), round(at.y, 1), round(width, 1), height,
        sure=round(sure, 1), open_from=round(at.x + sure, 1), open_width=round(most - sure, 1),
        tick=round(at.x + width * TICK_AT, 1), is_beyond=spot.reach_hi * scale > width,
    )  # fmt: skip

"""The picture of a goal: a line for each who looks at it, over the mornings; shape first, then word, then color."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lueckenlos.core.components import units
from lueckenlos.offers.classes.types import Face, GoalView, Rater

WIDE, HIGH = 320, 170
LEFT, RIGHT, ABOVE, BELOW = 34, 14, 16, 34
SIZE = 5.0
# Two at the same face at the same morning lie beside each other, not on top.
ASIDE = 6.0


@dataclass(frozen=True, slots=True)
class Line:
    """What one rater said: the line through it, and a mark (circle, square, diamond, triangle) for each time."""

    rater: Rater
    path: str
    marks: str


@dataclass(frozen=True, slots=True)
class Picture:
    """One goal, in units of its own box; `rows` are the table behind it."""

    goal: GoalView
    lines: tuple[Line, ...]
    levels: tuple[tuple[Face, str], ...]
    days: tuple[tuple[str, date], ...]
    rows: tuple[tuple[date, tuple[Face | None, ...]], ...]
    wide: int = WIDE
    high: int = HIGH
    left: int = LEFT
    right: int = WIDE - RIGHT
    words: int = HIGH - 10

    @property
    def is_empty(self) -> bool:
        """Whether nobody has said anything yet."""
        return not self.rows


def picture(goal: GoalView, raters: Sequence[Rater]) -> Picture:
    """Lay out what these raters said about a goal."""
    mornings = list(dict.fromkeys((each.morning, each.day) for each in goal.ratings))
    places = {key: _across(number, len(mornings)) for number, (key, _day) in enumerate(mornings)}
    named = mornings if len(mornings) < 2 else [mornings[0], mornings[-1]]
    return Picture(
        goal,
        tuple(
            line
            for number, rater in enumerate(raters)
            if (line := _line(goal, rater, places=places, aside=ASIDE * (number - (len(raters) - 1) / 2)))
        ),
        tuple((face, units(_up(face))) for face in Face),
        tuple((units(places[key]), day) for key, day in named),
        tuple((day, tuple(goal.face(rater, key) for rater in raters)) for key, day in mornings),
    )


def pictures(goals: Sequence[GoalView], raters: Sequence[Rater]) -> list[Picture]:
    """One picture a goal."""
    return [picture(goal, raters) for goal in goals]


def _line(goal: GoalView, rater: Rater, *, places: dict[UUID, float], aside: float) -> Line | None:
    points = [(places[each.morning] + aside, _up(each.face)) for each in goal.ratings if each.rater is rater]
    if not points:
        return None
    path = "M" + "L".join(f"{units(x)} {units(y)}" for x, y in points)
    return Line(rater, path, "".join(_mark(rater, x, y) for x, y in points))


def _mark(rater: Rater, x: float, y: float) -> str:
    if rater is Rater.CHILD:
        arc = f"a{SIZE} {SIZE} 0 1 0"
        return f"M{units(x - SIZE)} {units(y)}{arc} {units(2 * SIZE)} 0{arc} {units(-2 * SIZE)} 0Z"
    if rater is Rater.PARENT:
        side = units(2 * SIZE)
        return f"M{units(x - SIZE)} {units(y - SIZE)}h{side}v{side}h-{side}Z"
    if rater is Rater.SECOND:
        half = units(SIZE)
        return f"M{units(x)} {units(y - SIZE)}l{half} {half}l-{half} {half}l-{half} -{half}Z"
    return f"M{units(x)} {units(y - SIZE)}l{units(SIZE)} {units(2 * SIZE)}h{units(-2 * SIZE)}Z"


def _across(number: int, count: int) -> float:
    room = WIDE - LEFT - RIGHT - 4 * SIZE
    return LEFT + 2 * SIZE + (room / 2 if count < 2 else room * number / (count - 1))


def _up(face: Face) -> float:
    return HIGH - BELOW - (HIGH - ABOVE - BELOW) * (face - min(Face)) / (max(Face) - min(Face))

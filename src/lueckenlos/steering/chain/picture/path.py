"""The lines of the picture as path data: the path itself, what grows on it, and where it tears."""

from typing import NamedTuple


class Point(NamedTuple):
    """A point of the drawing."""

    x: float
    y: float


def between(one: Point, other: Point, *, begin: float = 0.0, end: float = 1.0) -> str:
    """A stretch of the winding path from one stop to the next; `begin` and `end` are shares of the way."""
    middle = (one.x + other.x) / 2
    curve = (one, Point(middle, one.y), Point(middle, other.y), other)
    if begin > 0:
        curve = _split(curve, begin)[1]
    if end < 1:
        curve = _split(curve, (end - begin) / (1.0 - begin))[0]
    a, b, c, d = curve
    return f"M{a.x:.1f} {a.y:.1f}C{b.x:.1f} {b.y:.1f} {c.x:.1f} {c.y:.1f} {d.x:.1f} {d.y:.1f}"


def level(begin: float, end: float, y: float) -> str:
    """A stretch of a lane."""
    return f"M{begin:.1f} {y:.1f}H{end:.1f}"


def stem(foot: Point, *, height: float) -> str:
    """A stem that leans a little, as living ones do."""
    return f"M{foot.x:.1f} {foot.y:.1f}q{height * 0.06:.1f} {-height * 0.5:.1f} 0 {-height:.1f}"


def leaf(at: Point, *, reach: float, side: int) -> str:
    """A leaf to the left (-1) or right (1) of its stem."""
    x, y = side * reach, -reach * 0.62
    return (
        f"M{at.x:.1f} {at.y:.1f}q{x * 0.15:.1f} {y * 0.95:.1f} {x:.1f} {y:.1f}"
        f"q{-x * 0.1:.1f} {-y * 0.95:.1f} {-x:.1f} {-y:.1f}Z"
    )


def zigzag(x: float, top: float, bottom: float, *, step: float = 9.0, swing: float = 4.0) -> str:
    """A tear from top to bottom."""
    points = [f"M{x:.1f} {top:.1f}"]
    y, side = top, 1
    while y + step < bottom:
        y += step
        points.append(f"L{x + side * swing:.1f} {y:.1f}")
        side = -side
    return "".join((*points, f"L{x:.1f} {bottom:.1f}"))


Curve = tuple[Point, Point, Point, Point]


def _split(curve: Curve, at: float) -> tuple[Curve, Curve]:
    """De Casteljau: the curve before and after a share of its parameter."""
    a, b, c, d = curve
    ab, bc, cd = _mix(a, b, at), _mix(b, c, at), _mix(c, d, at)
    abc, bcd = _mix(ab, bc, at), _mix(bc, cd, at)
    middle = _mix(abc, bcd, at)
    return (a, ab, abc, middle), (middle, bcd, cd, d)


def _mix(one: Point, other: Point, share: float) -> Point:
    return Point(one.x + (other.x - one.x) * share, one.y + (other.y - one.y) * share)

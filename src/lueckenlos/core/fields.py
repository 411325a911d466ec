"""Columns that Django does not bring: a point in metres."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Point(NamedTuple):
    """A place in ETRS89 / UTM zone 32N, metres east and north."""

    x: float
    y: float


class PointField(models.Field[Point | None, Point | None]):
    """PostgreSQL's own `point`, indexable with GiST for nearest neighbours (`<->`)."""

    description = "Point in metres (ETRS89 / UTM 32N)"

    def db_type(self, connection: Any) -> str:
        return "point"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Point | None:
        return self.to_python(value)

    def to_python(self, value: Any) -> Point | None:
        if value is None or isinstance(value, Point):
            return value
        if isinstance(value, str):
            x, y = value.strip("()").split(",")
            return Point(float(x), float(y))
        return Point(float(value[0]), float(value[1]))

    def get_prep_value(self, value: Any) -> str | None:
        point = self.to_python(value)
        return None if point is None else f"({point.x!r},{point.y!r})"

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.get_prep_value(self.value_from_object(obj)))


class Distance(models.Func):
    """Metres between a point column and a fixed point; ordering by it uses the GiST index (nearest first)."""

    output_field = models.FloatField()

    def __init__(self, column: str, *, to: Point) -> None:
        # Both numbers are floats: nothing of a visitor's text enters the statement.
        x, y = float(to.x), float(to.y)
        super().__init__(models.F(column), template=f"(%(expressions)s <-> point '({x!r},{y!r})')")


class Among(models.Func):
    """Whether a column's value is one of many, given as one array: a list of placeholders costs as much again."""

    output_field = models.BooleanField()
    arg_joiner = " = ANY("
    template = "(%(expressions)s))"

    def __init__(self, column: str, listed: Sequence[Any], *, of: models.Field[Any, Any]) -> None:
        super().__init__(models.F(column), models.Value(list(listed), output_field=ArrayField(of)))


class AgeField(models.FloatField[float | int | None, float | None]):
    """An age in years; half a year is 0.5, whole years are read back as whole numbers (6, not 6.0)."""

    description = "Age in years"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> float | None:
        return int(value) if isinstance(value, float) and value.is_integer() else value

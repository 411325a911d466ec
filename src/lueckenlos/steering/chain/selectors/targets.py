"""Targets as they stood on a day, and how they came to be."""

from datetime import date

from lueckenlos.steering.chain.models import TargetRevision
from lueckenlos.steering.chain.selectors.moments import end_of
from lueckenlos.steering.chain.types import CellKey, TargetView


def targets_at(day: date | None = None) -> list[TargetView]:
    """The targets that stand today, or stood at the end of a day; before the first day the first ones."""
    rows = TargetRevision.objects.order_by("area", "phase", "field", "to", "-known_at", "-id")
    if day is not None:
        first = TargetRevision.objects.order_by("known_at").values_list("known_at", flat=True).first()
        end = end_of(day)
        rows = rows.filter(known_at__lt=end) if first is None or first < end else rows.filter(known_at=first)
    latest = rows.distinct("area", "phase", "field", "to")
    return [target_view(row) for row in latest if row.places_per_100 is not None]


def target_history(key: CellKey) -> list[TargetView]:
    """Every wording of one target, the latest first; one without places ended it."""
    rows = TargetRevision.objects.filter(area=key.area, phase=key.phase, field=key.field, to=key.to)
    return [target_view(row) for row in rows.order_by("-known_at", "-id")]


def target_view(row: TargetRevision) -> TargetView:
    """One wording as a value."""
    return TargetView(
        area=row.area,
        phase=row.phase,
        field=row.field,
        to=row.to,
        places_per_100=row.places_per_100,
        is_essential=row.is_essential,
        need_indicator=row.need_indicator,
        intensities=tuple(row.intensities),
        basis=row.basis,
        resolution=row.resolution,
        resolved_on=row.resolved_on,
        known_at=row.known_at,
        by=row.by,
        from_folder=row.from_folder,
    )

"""What reading indicators in would change, before it does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lueckenlos.commons.places import selectors as places
from lueckenlos.commons.places.types import IndicatorReading

SAMPLES = 12


@dataclass(frozen=True, slots=True)
class Plan:
    """What a table brings for one indicator; `missing` are municipalities that its latest year leaves out."""

    label: str
    is_new: bool
    unit: str
    years: tuple[int, ...]
    least: float
    most: float
    added: int
    changed: int
    unchanged: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """One value as it was understood, and what stood there before."""

    reading: IndicatorReading
    label: str
    place: str
    before: float | None


def planned(readings: Sequence[IndicatorReading], *, labels: Mapping[str, str]) -> list[Plan]:
    """By indicator what is new, changed and the same; `labels` are those of indicators that are new."""
    infos = {info.key: info for info in places.indicators()}
    names = {place.ags: place.name for place in places.municipalities()}
    plans = []
    for key in dict.fromkeys(reading.indicator for reading in readings):
        rows = [reading for reading in readings if reading.indicator == key]
        info = infos.get(key)
        before = [info.values.get(row.year, {}).get(row.ags) if info else None for row in rows]
        changed = sum(old is not None and old != row.value for old, row in zip(before, rows, strict=True))
        added = sum(old is None for old in before)
        years = tuple(sorted({row.year for row in rows}))
        latest = {row.ags for row in rows if row.year == years[-1]}
        if info is not None:
            latest |= set(info.values.get(years[-1], {}))
        plans.append(
            Plan(
                info.label if info else labels.get(key, key),
                info is None,
                rows[0].unit,
                years,
                min(row.value for row in rows),
                max(row.value for row in rows),
                added,
                changed,
                len(rows) - added - changed,
                tuple(name for ags, name in names.items() if ags not in latest),
            )
        )
    return plans


def samples(readings: Sequence[IndicatorReading], *, labels: Mapping[str, str]) -> list[Sample]:
    """The first values as they were understood; those that replace another come first."""
    infos = {info.key: info for info in places.indicators()}
    names = {place.ags: place.name for place in places.municipalities()}
    found = []
    for row in readings:
        info = infos.get(row.indicator)
        before = info.values.get(row.year, {}).get(row.ags) if info else None
        label = info.label if info else labels.get(row.indicator, row.indicator)
        found.append(Sample(row, label, names[row.ags], before))
    found.sort(key=lambda each: each.before is None or each.before == each.reading.value)
    return found[:SAMPLES]

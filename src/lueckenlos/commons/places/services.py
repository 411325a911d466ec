"""Deeds on places: indicators that somebody reads in or mends here, beside those of the county's folder."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import astuple, replace
from typing import Final

from lueckenlos.commons.places.models import Indicator, IndicatorValue
from lueckenlos.commons.places.types import (
    IndicatorDefinition,
    IndicatorReading,
    IndicatorsWritten,
)
from lueckenlos.core import audit, locking
from lueckenlos.core.actor import Actor, Role
from lueckenlos.core.context import acting_as
from lueckenlos.kernels.likeness import plain

INDICATORS_LOCK: Final = "places indicators"
LONGEST_KEY: Final = 50
_VALUE: Final = ("value", "numerator", "denominator", "unit", "source")


class NotCoordination(Exception):
    """Only Koordination writes what is measured."""


class UnknownIndicator(Exception):
    """No indicator has this key."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def free_indicator_keys(labels: Sequence[str]) -> list[str]:
    """A key for each label that no indicator has yet."""
    taken = set(Indicator.objects.values_list("key", flat=True))
    keys = []
    for label in labels:
        stem = re.sub(r"[^a-z0-9]+", "_", plain(label)).strip("_")[: LONGEST_KEY - 4] or "indikator"
        key, number = stem, 2
        while key in taken:
            key, number = f"{stem}_{number}", number + 1
        taken.add(key)
        keys.append(key)
    return keys


def write_indicators(
    readings: Sequence[IndicatorReading], *, new: Mapping[str, IndicatorDefinition], actor: Actor
) -> IndicatorsWritten:
    """Add indicators and values, all or none; a value of the same place and year is replaced, every other stays.

    Readings of a new indicator go by its word in `new`; it gets a free key here. What is written here outlives
    the next `load-county`.
    """
    with acting_as(actor):
        _demand_coordination(actor)
        locking.hold(INDICATORS_LOCK)
        free = free_indicator_keys([each.label for each in new.values()])
        keys_of = dict(zip(new, free, strict=True))
        Indicator.objects.bulk_create(
            [Indicator(key=keys_of[word], from_folder=False, **_fields(each)) for word, each in new.items()]
        )
        readings = [replace(each, indicator=keys_of.get(each.indicator, each.indicator)) for each in readings]
        known = {
            (row.indicator_id, row.municipality_id, row.year): tuple(getattr(row, name) for name in _VALUE)
            for row in IndicatorValue.objects.filter(indicator__in={each.indicator for each in readings})
        }
        keys = [(each.indicator, each.ags, each.year) for each in readings]
        differing = [
            each for each, key in zip(readings, keys, strict=True) if known.get(key) != astuple(each)[3:]
        ]
        IndicatorValue.objects.bulk_create(
            [_row(each) for each in differing],
            batch_size=2_000,
            update_conflicts=True,
            unique_fields=["indicator", "municipality", "year"],
            update_fields=[*_VALUE, "from_folder"],
        )
        added = sum(key not in known for key in keys)
        done = IndicatorsWritten(len(new), added, len(differing) - added, len(readings) - len(differing))
        audit.record("places.indicators.written", subject="indicators", details=_details(readings, done))
        return done


def change_indicator(definition: IndicatorDefinition, *, actor: Actor) -> None:
    """Mend what an indicator means: its words, its direction, need or use."""
    with acting_as(actor):
        _demand_coordination(actor)
        locking.hold(INDICATORS_LOCK)
        changes = {**_fields(definition), "from_folder": False}
        if not Indicator.objects.filter(key=definition.key).update(**changes):
            raise UnknownIndicator(definition.key)
        audit.record(
            "places.indicator.changed", subject=f"indicator/{definition.key}", details=_fields(definition)
        )


def forget_values(key: str, *, year: int, actor: Actor) -> int:
    """Take back what was read in here for a year; an indicator of which nothing is left goes as well."""
    with acting_as(actor):
        _demand_coordination(actor)
        locking.hold(INDICATORS_LOCK)
        rows = IndicatorValue.objects.filter(indicator_id=key, from_folder=False)
        gone = rows.filter(year=year).delete()[0]
        Indicator.objects.filter(key=key, from_folder=False, values__isnull=True).delete()
        audit.record(
            "places.indicator.forgotten", subject=f"indicator/{key}", details={"year": year, "values": gone}
        )
        return gone


def _demand_coordination(actor: Actor) -> None:
    if not actor.has_role(Role.COORDINATION):
        raise NotCoordination


def _fields(definition: IndicatorDefinition) -> dict[str, str]:
    return {
        "label": definition.label,
        "direction": definition.direction.value,
        "about": definition.about.value,
        "phase": definition.phase,
        "field": definition.field,
        "need": definition.need,
    }


def _row(reading: IndicatorReading) -> IndicatorValue:
    return IndicatorValue(
        indicator_id=reading.indicator,
        municipality_id=reading.ags,
        year=reading.year,
        value=reading.value,
        numerator=reading.numerator,
        denominator=reading.denominator,
        unit=reading.unit,
        source=reading.source,
        from_folder=False,
    )


def _details(readings: Sequence[IndicatorReading], done: IndicatorsWritten) -> dict[str, object]:
    text = "\n".join(sorted(repr(astuple(each)) for each in readings))
    return {
        "indicators": sorted({each.indicator for each in readings}),
        "years": sorted({each.year for each in readings}),
        "added": done.added,
        "changed": done.changed,
        "digest": hashlib.sha256(text.encode()).hexdigest(),
    }

"""What is wrong with a county's data, before anybody believes its chain: findings, never exceptions.

The calculation goes on with each of them and errs on the side of not knowing: a target that is none is left out
(`no_target`), missing persons are estimated and nothing is decided there (`check`), a capacity below 0 is unknown, a
catchment that names nobody reaches nobody, ages that meet no listed phase give way to the listing.
"""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final

import numpy as np

from lueckenlos.kernels.chain.judging import is_usable
from lueckenlos.kernels.chain.people import limits, people, portions
from lueckenlos.kernels.chain.seams import in_order
from lueckenlos.kernels.chain.types import Areas, County, Phase, Service, Target

MOST_PLACES: Final = 500.0
"""Places a year per 100 children beyond which a target is hardly meant: five for every child."""
TINY: Final = 1e-9


class Flaw(StrEnum):
    """What can be wrong; `Finding.subject` names the row that it is about."""

    PERSONS_MISSING = "persons_missing"
    PERSONS_NEGATIVE = "persons_negative"
    AREA_WITHOUT_CHILDREN = "area_without_children"
    AREA_WITHOUT_POINT = "area_without_point"
    PHASE_EMPTY = "phase_empty"
    PHASES_OVERLAP = "phases_overlap"
    PHASES_LEAVE_HOLE = "phases_leave_hole"
    PHASE_WITHOUT_REACH = "phase_without_reach"
    TARGET_NOT_ABOVE_ZERO = "target_not_above_zero"
    TARGET_IMPLAUSIBLE = "target_implausible"
    TARGET_TWICE = "target_twice"
    INDICATOR_EMPTY = "indicator_empty"
    INDICATOR_INCOMPLETE = "indicator_incomplete"
    SERVICE_TWICE = "service_twice"
    AGES_REVERSED = "ages_reversed"
    AGES_MISS_PHASE = "ages_miss_phase"
    CAPACITY_ZERO = "capacity_zero"
    CAPACITY_NEGATIVE = "capacity_negative"
    ALL_CAPACITIES_UNKNOWN = "all_capacities_unknown"
    CATCHMENT_OUTSIDE = "catchment_outside"
    VALIDITY_REVERSED = "validity_reversed"
    SITE_UNPLACED = "site_unplaced"
    BRIDGE_OVER_NO_SEAM = "bridge_over_no_seam"
    KIND_MISSING = "kind_missing"
    UNKNOWN_KIND = "unknown_kind"
    UNKNOWN_PHASE = "unknown_phase"
    UNKNOWN_FIELD = "unknown_field"
    UNKNOWN_AREA = "unknown_area"
    UNKNOWN_INTENSITY = "unknown_intensity"


@dataclass(frozen=True, slots=True)
class Finding:
    """One flaw: `subject` is the key of the area, phase, service or indicator, or a target's area:phase:field.

    `detail` names a second thing (the other phase, the unknown key), `value` the number that stands there.
    """

    flaw: Flaw
    subject: str
    detail: str = ""
    value: float | None = None


Found = Iterator[Finding]


def check(county: County) -> tuple[Finding, ...]:
    """All flaws of a county's data: people, phases, targets, indicators, services, each in their order."""
    return (
        *_population(county.areas, phases=county.phases),
        *_phases(county.phases),
        *_targets(county),
        *_indicators(county),
        *_services(county),
    )


def _population(areas: Areas, *, phases: Sequence[Phase]) -> Found:
    everyone = people(areas, phases=phases)
    homes = np.bincount(areas.point_area, minlength=len(areas.keys))
    for row, key in enumerate(areas.keys):
        missing = int((~np.isfinite(areas.persons[row])).sum())
        if missing:
            yield Finding(Flaw.PERSONS_MISSING, key, value=missing)
        for age in np.flatnonzero(areas.persons[row] < 0).tolist():
            yield Finding(Flaw.PERSONS_NEGATIVE, key, str(age), float(areas.persons[row, age]))
        if not everyone.children[row].sum() > 0:
            yield Finding(Flaw.AREA_WITHOUT_CHILDREN, key)
        if not homes[row]:
            yield Finding(Flaw.AREA_WITHOUT_POINT, key)


def _phases(phases: Sequence[Phase]) -> Found:
    for phase in phases:
        if not phase.age_to > phase.age_from:
            yield Finding(Flaw.PHASE_EMPTY, phase.key, value=phase.age_to - phase.age_from)
        if not (math.isfinite(phase.decay_km) and phase.decay_km > 0):
            yield Finding(Flaw.PHASE_WITHOUT_REACH, phase.key, value=phase.decay_km)
    for one, other in pairwise(in_order(phases)):
        apart = phases[other].age_from - phases[one].age_to
        if abs(apart) > TINY:
            flaw = Flaw.PHASES_LEAVE_HOLE if apart > 0 else Flaw.PHASES_OVERLAP
            yield Finding(flaw, phases[one].key, phases[other].key, apart)


def _targets(county: County) -> Found:
    phases, fields = {phase.key for phase in county.phases}, set(county.fields)
    intensities = {kind.intensity for kind in county.kinds.values()}
    count = Counter(_name(target) for target in county.targets)
    for target in county.targets:
        name = _name(target)
        if not is_usable(target):
            yield Finding(Flaw.TARGET_NOT_ABOVE_ZERO, name, value=target.places_per_100)
        elif target.places_per_100 > MOST_PLACES:
            yield Finding(Flaw.TARGET_IMPLAUSIBLE, name, value=target.places_per_100)
        if target.area is not None and target.area not in county.areas.index:
            yield Finding(Flaw.UNKNOWN_AREA, name, target.area)
        for phase in sorted({target.phase, target.to or target.phase} - phases):
            yield Finding(Flaw.UNKNOWN_PHASE, name, phase)
        if target.to is None and target.field not in fields:
            yield Finding(Flaw.UNKNOWN_FIELD, name, target.field)
        for intensity in sorted(target.intensities - intensities):
            yield Finding(Flaw.UNKNOWN_INTENSITY, name, intensity)
    for name, times in count.items():
        if times > 1:
            yield Finding(Flaw.TARGET_TWICE, name, value=times)


def _name(target: Target) -> str:
    return f"{target.area or ''}:{target.phase}" + (f">{target.to}" if target.to else f":{target.field}")


def _indicators(county: County) -> Found:
    used = {target.need_indicator for target in county.targets if target.need_indicator}
    for key in sorted(used | set(county.indicators)):
        values = county.indicators.get(key, {})
        known = [area for area in county.areas.keys if math.isfinite(values.get(area, math.nan))]
        if not known:
            yield Finding(Flaw.INDICATOR_EMPTY, key)
            continue
        for area in county.areas.keys:
            if area not in known:
                yield Finding(Flaw.INDICATOR_INCOMPLETE, key, area)


def _services(county: County) -> Found:
    services = county.services
    pairs = {
        (county.phases[one].key, county.phases[other].key) for one, other in pairwise(in_order(county.phases))
    }
    if services and all(service.capacity is None for service in services):
        yield Finding(Flaw.ALL_CAPACITIES_UNKNOWN, "", value=len(services))
    for key, times in Counter(service.key for service in services).items():
        if times > 1:
            yield Finding(Flaw.SERVICE_TWICE, key, value=times)
    for service in services:
        yield from _numbers(service)
        yield from _unmet(service, phases=county.phases)
        yield from _names(service, county=county)
        if service.bridge is not None and service.bridge not in pairs:
            yield Finding(Flaw.BRIDGE_OVER_NO_SEAM, service.key, ">".join(service.bridge))


def _numbers(service: Service) -> Found:
    low, high = service.age_min, service.age_max
    if low is not None and high is not None and low > high:
        yield Finding(Flaw.AGES_REVERSED, service.key, value=low - high)
    if service.capacity is not None and service.capacity <= 0:
        flaw = Flaw.CAPACITY_NEGATIVE if service.capacity < 0 else Flaw.CAPACITY_ZERO
        yield Finding(flaw, service.key, value=service.capacity)
    begin, end = service.valid_from, service.valid_to
    if begin is not None and end is not None and begin > end:
        yield Finding(Flaw.VALIDITY_REVERSED, service.key)
    if any(not (math.isfinite(site.x) and math.isfinite(site.y)) for site in service.sites):
        yield Finding(Flaw.SITE_UNPLACED, service.key)


def _unmet(service: Service, *, phases: Sequence[Phase]) -> Found:
    """Listed phases that no age of the service meets: there the listing wins."""
    youngest, oldest = limits(service)
    for phase in phases:
        begin, end = max(phase.age_from, youngest), min(phase.age_to, oldest)
        if phase.key in service.phases and not portions(np.array([begin]), np.array([end])).sum() > TINY:
            yield Finding(Flaw.AGES_MISS_PHASE, service.key, phase.key)


def _names(service: Service, *, county: County) -> Found:
    phases, areas = {phase.key for phase in county.phases}, county.areas.index
    if service.kind is None:
        yield Finding(Flaw.KIND_MISSING, service.key)
    elif service.kind not in county.kinds:
        yield Finding(Flaw.UNKNOWN_KIND, service.key, service.kind)
    for phase in sorted({*service.phases} - phases):
        yield Finding(Flaw.UNKNOWN_PHASE, service.key, phase)
    for field in sorted({*service.fields} - {*county.fields}):
        yield Finding(Flaw.UNKNOWN_FIELD, service.key, field)
    if service.catchment is not None:
        outside = sorted(key for key in service.catchment if key not in areas)
        if len(outside) == len(service.catchment):
            yield Finding(Flaw.CATCHMENT_OUTSIDE, service.key, " ".join(outside))
        else:
            yield from (Finding(Flaw.UNKNOWN_AREA, service.key, key) for key in outside)

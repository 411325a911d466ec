"""Puts together what one calculation of the chain rests on, as it was known on a day."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.directory.types import Audience, Format, PlanningEntry, ServiceStatus
from lueckenlos.kernels.chain.types import (
    OLDEST,
    Areas,
    Basis,
    County,
    Floats,
    Kind,
    Phase,
    Service,
    Serving,
    Settings,
    Site,
    Target,
)
from lueckenlos.steering.chain import models
from lueckenlos.steering.chain.selectors.basis import current_basis
from lueckenlos.steering.chain.selectors.evidence import evidence_at, latest_values
from lueckenlos.steering.chain.selectors.moments import end_of
from lueckenlos.steering.chain.selectors.targets import targets_at
from lueckenlos.steering.chain.types import Knowledge, Labels, Narrowing, TargetView

TRAVELLING = frozenset({Format.ONLINE, Format.PHONE, Format.OUTREACH, Format.MOBILE})
SERVING = {Audience.PARENTS: Serving.PARENTS, Audience.PROFESSIONALS: Serving.PROFESSIONALS}
THRESHOLDS = (
    "kind_spread", "language_share", "waiting_weeks", "funding_months", "known_share",
)  # fmt: skip


def knowledge_at(day: date) -> Knowledge:
    """What was known of places and people at the end of a day; before the first day the first knowledge counts."""
    rows = models.Basis.objects.order_by("-known_at", "-id")
    row = rows.filter(known_at__lt=end_of(day)).first() or rows.last()
    if row is None:
        return Knowledge(end_of(day), "", current_basis())
    return Knowledge(row.known_at, row.cause, row.content)


def county_at(day: date, *, is_today: bool, knowledge: Knowledge | None = None) -> County:
    """The county as it was known at the end of a day; `is_today` spares walking back through the history."""
    known = (knowledge or knowledge_at(day)).content
    entries = directory.planning_entries(as_of=None if is_today else day)
    by_key = {each["key"]: each for each in known["indicators"]}
    return County(
        areas=areas_of(known),
        phases=tuple(Phase(key, *map(float, ages)) for key, _label, *ages in known["phases"]),
        fields=tuple(key for key, _label in known["fields"]),
        kinds=_kinds(known),
        services=tuple(service_of(each) for each in entries),
        targets=tuple(
            _target(each, county=known["county"]) for each in targets_at(None if is_today else day)
        ),
        indicators={key: latest_values(each) for key, each in by_key.items()},
        settings=settings_of(known),
        evidence=evidence_at(day, indicators=known["indicators"], minimum=int(known["minimum_cell"])),
    )


def labels_of(knowledge: Knowledge, *, services: Iterable[Service] = ()) -> Labels:
    """The German words for everything that the chain names by key."""
    known = knowledge.content
    return Labels(
        areas={each["ags"]: each["name"] for each in known["areas"]},
        phases={key: label for key, label, *_ages in known["phases"]},
        fields=dict(known["fields"]),
        kinds={key: label for key, label, *_rest in known["kinds"]},
        services={each.key: each.name for each in services},
        indicators={each["key"]: each["label"] for each in known["indicators"]},
    )


def areas_of(known: Mapping[str, Any]) -> Areas:
    """The areas with their people of the latest year and the points where they live."""
    keys = tuple(each["ags"] for each in known["areas"])
    index = {key: row for row, key in enumerate(keys)}
    points = [each for each in known["points"] if each[0] in index]
    basis = {each[0]: Basis(each[4]) for each in points}
    return Areas(
        keys=keys,
        persons=persons_of(known, year=None),
        point_area=np.array([index[each[0]] for each in points], dtype=np.int64),
        points=np.array([each[1:3] for each in points], dtype=np.float64).reshape(-1, 2),
        sizes=np.array([np.nan if each[3] is None else each[3] for each in points], dtype=np.float64),
        basis=tuple(basis.get(key, Basis.CENTER) for key in keys),
    )


def persons_of(known: Mapping[str, Any], *, year: int | None) -> Floats:
    """Persons by area and age in completed years, of a year or the latest known one; nan where nobody knows."""
    years: Mapping[str, Mapping[str, list[float | None]]] = known["population"]
    chosen = years[str(year) if year else max(years, key=int)] if years else {}
    rows = [chosen.get(each["ags"], [None] * OLDEST) for each in known["areas"]]
    numbers = [[np.nan if persons is None else persons for persons in row] for row in rows]
    return np.array(numbers, dtype=np.float64).reshape(-1, OLDEST)


def settings_of(known: Mapping[str, Any]) -> Settings:
    """The county's thresholds; what its folder does not say has its default."""
    given = known["thresholds"]
    return Settings(
        freshness_months=int(known["freshness_months"]),
        group_languages=group_languages_of(known),
        **{name: given[name] for name in THRESHOLDS if name in given},
    )


def group_languages_of(known: Mapping[str, Any]) -> dict[str, float]:
    """The share of children by language that their families speak, without German."""
    return {str(key): float(share) for key, share in known["thresholds"].get("languages", {}).items()}


def service_of(entry: PlanningEntry) -> Service:
    """A service of the directory as the calculations see it."""
    return Service(
        key=entry.key,
        name=entry.name,
        organization=entry.organization,
        kind=entry.kind,
        phases=entry.phases,
        fields=entry.fields,
        age_min=entry.age_min,
        age_max=entry.age_max,
        serving=SERVING.get(entry.audience, Serving.CHILDREN),
        travels=entry.format in TRAVELLING,
        sites=tuple(Site(*each.point, each.ags, each.city, each.street) for each in entry.sites),
        catchment=None if entry.whole_county else frozenset(entry.catchment),
        capacity=entry.capacity,
        is_active=entry.status is ServiceStatus.ACTIVE,
        valid_from=entry.valid_from,
        valid_to=entry.valid_to,
        verified_on=entry.verified_on,
        languages=frozenset(entry.languages),
        accessible=entry.accessible,
        is_free=entry.is_free,
        waiting_weeks=entry.waiting_weeks,
        funding_ends=entry.funding_ends,
        bridge=entry.bridge,
        weekdays=entry.weekdays,
        text=entry.description,
    )


def narrowed(county: County, narrowing: Narrowing, *, entries: Iterable[PlanningEntry]) -> County:
    """The county with those services alone that fit; what their own numbers would be if there were only these."""
    if not narrowing:
        return county
    kept = {each.key for each in entries if all(test(each) for test in _tests(narrowing))}
    return replace(county, services=tuple(each for each in county.services if each.key in kept))


def _tests(narrowing: Narrowing) -> list[Callable[[PlanningEntry], bool]]:
    tests: list[Callable[[PlanningEntry], bool]] = []
    if narrowing.language:
        tests.append(lambda each: narrowing.language in each.languages)
    if narrowing.free:
        tests.append(lambda each: each.is_free)
    if narrowing.accessible:
        tests.append(lambda each: each.accessible is True)
    if narrowing.format:
        tests.append(lambda each: each.format.value == narrowing.format)
    if narrowing.kind:
        tests.append(lambda each: each.kind == narrowing.kind)
    if narrowing.audience:
        word = narrowing.audience.casefold()
        tests.append(lambda each: word in f"{each.name} {each.description}".casefold())
    return tests


def _kinds(known: Mapping[str, Any]) -> dict[str, Kind]:
    basic = set(known["thresholds"].get("basic_kinds", ()))
    return {
        key: Kind(key, intensity, max(1, usual), key in basic)
        for key, _label, intensity, usual in known["kinds"]
    }


def _target(view: TargetView, *, county: str) -> Target:
    return Target(
        phase=view.phase,
        field=view.field,
        places_per_100=float(view.places_per_100 or 0.0),
        area=None if view.area == county else view.area,
        to=view.to or None,
        is_essential=view.is_essential,
        need_indicator=view.need_indicator or None,
        intensities=frozenset(view.intensities),
    )

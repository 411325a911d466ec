"""Reads of places."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import F, Func, TextField

from lueckenlos.commons.places import gazetteer
from lueckenlos.commons.places.models import (
    AreaGroup,
    County,
    Indicator,
    IndicatorValue,
    Municipality,
    Population,
    PopulationCell,
    Postcode,
    SocialArea,
    Village,
    YouthOffice,
)
from lueckenlos.commons.places.naming import name_key
from lueckenlos.commons.places.types import (
    AreaGroupInfo,
    AreaKind,
    CountyInfo,
    IndicatorAbout,
    IndicatorInfo,
    Metres,
    MunicipalityInfo,
    NearPlace,
    OutsideCounty,
    PlaceKind,
    PlaceMatch,
    PostcodePlace,
    Settlement,
    SettlementKind,
    SocialAreaInfo,
    YouthOfficeInfo,
)
from lueckenlos.core.fields import Distance, Point
from lueckenlos.kernels.geometry import AreaIndex, to_degrees, to_metres

__all__ = [
    "area_groups",
    "areas_geojson",
    "children",
    "county",
    "find_place",
    "indicator_values",
    "indicators",
    "municipalities",
    "municipality",
    "municipality_at",
    "nearest_villages",
    "neighbours",
    "one_look",
    "population_by_age",
    "populations",
    "postcode_place",
    "settlement_points",
    "settlements",
    "social_areas",
    "social_areas_at",
    "youth_office_for",
]


def county() -> CountyInfo:
    """The county of this house; a nameless one before the first `load-county`."""
    version = _version()
    return CountyInfo(key="", name="lückenlos") if version is None else _county(*version)


def municipalities() -> list[MunicipalityInfo]:
    """All municipalities in dictionary order."""
    version = _version()
    return [] if version is None else list(_municipalities(*version))


def municipality(ags: str) -> MunicipalityInfo | None:
    """One municipality by its official key."""
    return next((place for place in municipalities() if place.ags == ags), None)


def find_place(text: str) -> list[PlaceMatch] | OutsideCounty:
    """The places that a text may mean, best first: a municipality, village or postcode, however it is spelled.

    Several places of one name are all listed. A postcode or town that is known not to be ours gives
    `OutsideCounty`; a text without any likely place gives an empty list.
    """
    version = _version()
    if version is None:
        return []
    return gazetteer.look_up(text, places=_places(*version), outside=_outside(*version))


def municipality_at(longitude: float, latitude: float) -> str | None:
    """The official key of the municipality that holds the point (WGS 84), or nothing outside the county."""
    version = _version()
    return None if version is None else _areas(*version).at(to_metres(longitude, latitude))


def postcode_place(code: str, *, city: str = "") -> PostcodePlace | None:
    """The municipality and point that a postcode stands for; a town's name chooses among several."""
    rows = Postcode.objects.filter(code=code.strip()).select_related("municipality")
    found = sorted(rows, key=lambda row: (name_key(row.place) != name_key(city), row.place))
    first = next((row for row in found if row.point is not None), None)
    if first is None:
        return None
    point = Point(*(first.point or (0.0, 0.0)))
    longitude, latitude = to_degrees(*point)
    return PostcodePlace(first.code, first.place, first.municipality_id, longitude, latitude, point)


def nearest_villages(point: Metres, *, limit: int = 5) -> list[NearPlace]:
    """The villages nearest to a point in metres, with their distance."""
    rows = (
        Village.objects.filter(point__isnull=False)
        .annotate(distance=Distance("point", to=Point(*point)))
        .order_by("distance", "pk")
        .values_list("name", "municipality_id", "municipality__name", "distance")[:limit]
    )
    return [NearPlace(name, ags, town, distance) for name, ags, town, distance in rows]


def youth_office_for(ags: str) -> YouthOfficeInfo | None:
    """The youth office that is competent for an address in this municipality."""
    office = YouthOffice.objects.prefetch_related("municipalities").filter(municipalities=ags).first()
    return None if office is None else _youth_office(office)


def youth_offices() -> list[YouthOfficeInfo]:
    """All youth offices of the county, by name; a town may have its own."""
    rows = YouthOffice.objects.prefetch_related("municipalities").order_by("name")
    return [_youth_office(row) for row in rows]


def neighbours(ags: str) -> tuple[str, ...]:
    """The municipalities that share a stretch of boundary with this one, by key."""
    version = _version()
    return () if version is None else _neighbours(*version).get(ags, ())


def area_groups() -> list[AreaGroupInfo]:
    """The groups of municipalities that plan together, by name."""
    rows = AreaGroup.objects.prefetch_related("municipalities").order_by("name", "key")
    return [
        AreaGroupInfo(row.key, row.name, tuple(sorted(town.ags for town in row.municipalities.all())))
        for row in rows
    ]


def areas_geojson() -> dict[str, Any]:
    """All municipalities with their boundaries and where their names stand, for maps (WGS 84).

    `attribution` is what the source of the boundaries asks to be shown with them.
    """
    return {
        "type": "FeatureCollection",
        "attribution": str(county().settings.get("map", {}).get("attribution", "")),
        "features": [_area(place) for place in Municipality.objects.all()],
    }


def social_areas(ags: str | None = None, *, kind: AreaKind = AreaKind.SOCIAL_AREA) -> list[SocialAreaInfo]:
    """The social areas (or school districts) of one municipality or the whole county, by name."""
    rows = SocialArea.objects.filter(kind=kind).order_by("municipality__sort_key", "name", "key")
    rows = rows if ags is None else rows.filter(municipality_id=ags)
    return [
        SocialAreaInfo(row.key, row.name, AreaKind(row.kind), row.municipality_id, row.boundary)
        for row in rows
    ]


def social_areas_at(points: Sequence[Metres]) -> list[str | None]:
    """For each point in metres the key of the social area that holds it, or nothing; on a common edge the first by key."""
    version = _version()
    return [None] * len(points) if version is None else _social_areas(*version).at_many(points)


def population_by_age(ags: str, *, year: int | None = None) -> dict[int, int]:
    """Persons by age in completed years, in the given or the latest known year."""
    rows = Population.objects.filter(municipality_id=ags)
    latest = year or rows.order_by("-year").values_list("year", flat=True).first() or 0
    return dict(rows.filter(year=latest).order_by("age").values_list("age", "persons"))


def children(ags: str | None = None, *, age_from: float, age_to: float, year: int | None = None) -> float:
    """Persons from `age_from` to under `age_to`, of one municipality or the county; parts of a year count in part.

    Before birth there are as many as at age 0, as the calculations have it.
    """
    rows = Population.objects.all() if ags is None else Population.objects.filter(municipality_id=ags)
    latest = year or rows.order_by("-year").values_list("year", flat=True).first() or 0
    total = 0.0
    for age, persons in rows.filter(year=latest).values_list("age", "persons"):
        share = max(0.0, min(age + 1, age_to) - max(age, age_from))
        unborn = max(0.0, min(0.0, age_to) - age_from) if age == 0 else 0.0
        total += persons * (share + unborn)
    return total


def indicator_values(indicator: str, *, year: int | None = None) -> dict[str, float]:
    """One indicator's value by municipality, in the given or the latest known year."""
    rows = IndicatorValue.objects.filter(indicator_id=indicator)
    latest = year or rows.order_by("-year").values_list("year", flat=True).first() or 0
    return dict(rows.filter(year=latest).values_list("municipality_id", "value"))


def settlement_points(ags: str) -> list[tuple[Metres, int | None]]:
    """Where people of a municipality live: its villages with known position and their size, else its postcodes."""
    villages = Village.objects.filter(municipality_id=ags, point__isnull=False).values_list(
        "point", "persons"
    )
    known: list[tuple[Metres, int | None]] = [
        (Point(*at), persons) for at, persons in villages if at is not None
    ]
    if known:
        return known
    codes = Postcode.objects.filter(municipality_id=ags, is_delivery=True).values_list("point", flat=True)
    return [(Point(*point), None) for point in codes if point is not None]


def settlements() -> list[Settlement]:
    """Where the people of every municipality live, by the finest that is known: cells, villages, postcodes, centre."""
    towns = {place.ags: place.point for place in municipalities()}
    cells = PopulationCell.objects.values_list("municipality_id", "point", "persons")
    villages = Village.objects.filter(point__isnull=False).values_list("municipality_id", "point", "persons")
    codes = Postcode.objects.filter(is_delivery=True).values_list("municipality_id", "point")
    found: dict[str, list[Settlement]] = {ags: [] for ags in towns}
    known = (
        (SettlementKind.CELLS, cells.order_by("id")),
        (SettlementKind.VILLAGES, villages.order_by("id")),
        (SettlementKind.POSTCODES, ((*row, None) for row in codes.order_by("id"))),
        (SettlementKind.CENTER, ((*each, None) for each in towns.items())),
    )
    for kind, rows in known:
        waiting = {ags for ags, points in found.items() if not points}
        for ags, point, persons in rows:
            if ags in waiting and point is not None:
                found[ags].append(Settlement(ags, (point[0], point[1]), persons, kind))
    return [point for ags in sorted(found) for point in found[ags]]


def populations() -> dict[int, dict[str, dict[int, int]]]:
    """Persons by year, municipality and age in completed years."""
    found: dict[int, dict[str, dict[int, int]]] = {}
    rows = Population.objects.order_by("year", "municipality_id", "age")
    for year, ags, age, persons in rows.values_list("year", "municipality_id", "age", "persons"):
        found.setdefault(year, {}).setdefault(ags, {})[age] = persons
    return found


def indicators() -> list[IndicatorInfo]:
    """Every indicator with its values, by label."""
    found = {
        row.key: IndicatorInfo(
            row.key, row.label, row.direction, IndicatorAbout(row.about), row.phase, row.field, row.need
        )
        for row in Indicator.objects.order_by("label", "key")
    }
    for row in IndicatorValue.objects.order_by("indicator_id", "year", "municipality_id"):
        info = found[row.indicator_id]
        info.values.setdefault(row.year, {})[row.municipality_id] = row.value
        info.counts.setdefault(row.year, {})[row.municipality_id] = (row.numerator, row.denominator)
        if row.source not in info.sources.get(row.year, ()):
            info.sources[row.year] = (*info.sources.get(row.year, ()), row.source)
        own = info.own_years if row.from_folder else info.own_years | {row.year}
        found[row.indicator_id] = replace(info, unit=row.unit, source=row.source, own_years=own)
    return list(found.values())


Version = tuple[str, str]


def _youth_office(row: YouthOffice) -> YouthOfficeInfo:
    return YouthOfficeInfo(
        key=row.key,
        name=row.name,
        phone=row.phone,
        website=row.website,
        ags=tuple(sorted(town.ags for town in row.municipalities.all())),
        organization=row.organization,
        team=row.team,
    )


_looked: ContextVar[list[Version | None] | None] = ContextVar("county_version", default=None)


@contextmanager
def one_look() -> Iterator[None]:
    """Ask for the county's version once within this block, in which nobody writes: a page asks six times."""
    token = _looked.set([])
    try:
        yield
    finally:
        _looked.reset(token)


def _version() -> Version | None:
    """What the caches hang on: one small query that sees every write to the county's row, by any process."""
    looked = _looked.get()
    if looked:
        return looked[0]
    found = _written_version()
    if looked is not None:
        looked.append(found)
    return found


def _written_version() -> Version | None:
    written = Func(template="loaded_at::text || ' ' || xmin::text", output_field=TextField())
    return County.objects.order_by("key").annotate(written=written).values_list("key", "written").first()


@lru_cache(maxsize=4)
def _county(key: str, written: str) -> CountyInfo:
    row = County.objects.get(key=key)
    given = row.settings
    demo_date = given.get("demo_date")
    return CountyInfo(
        key=row.key,
        name=row.name,
        accent=str(given.get("accent", CountyInfo.accent)),
        languages=tuple(given.get("languages", ("de",))),
        freshness_months=int(given.get("freshness_months", CountyInfo.freshness_months)),
        minimum_cell=int(given.get("minimum_cell", CountyInfo.minimum_cell)),
        demo_date=date.fromisoformat(str(demo_date)) if demo_date else None,
        settings=given,
    )


@lru_cache(maxsize=4)
def _municipalities(key: str, written: str) -> Sequence[MunicipalityInfo]:
    return tuple(
        MunicipalityInfo(row.ags, row.name, row.designation, row.label_point or Point(0, 0))
        for row in Municipality.objects.defer("boundary")
    )


@lru_cache(maxsize=4)
def _areas(key: str, written: str) -> AreaIndex:
    return AreaIndex(dict(Municipality.objects.order_by("ags").values_list("ags", "boundary")))


@lru_cache(maxsize=4)
def _social_areas(key: str, written: str) -> AreaIndex:
    rows = SocialArea.objects.filter(kind=AreaKind.SOCIAL_AREA.value).order_by("key")
    drawn = rows.values_list("key", "boundary")
    return AreaIndex({area: boundary for area, boundary in drawn if boundary is not None})


@lru_cache(maxsize=4)
def _neighbours(key: str, written: str) -> dict[str, tuple[str, ...]]:
    return _areas(key, written).all_neighbours()


@lru_cache(maxsize=4)
def _places(key: str, written: str) -> Sequence[PlaceMatch]:
    towns = [
        PlaceMatch(PlaceKind.MUNICIPALITY, row.name, row.ags, row.name, row.point, 100)
        for row in _municipalities(key, written)
    ]
    named = {(place.name, place.ags) for place in towns}
    town = F("municipality__name")
    villages = [
        PlaceMatch(PlaceKind.VILLAGE, name, ags, of, point, 100)
        for name, ags, of, point in Village.objects.values_list("name", "municipality_id", town, "point")
        if (name, ags) not in named
    ]
    codes = [
        PlaceMatch(PlaceKind.POSTCODE, code, ags, of, point, 100)
        for code, ags, of, point in Postcode.objects.values_list("code", "municipality_id", town, "point")
    ]
    return (*towns, *villages, *codes)


@lru_cache(maxsize=4)
def _outside(key: str, written: str) -> Sequence[str]:
    return tuple(_county(key, written).settings.get("outside", ()))


def _area(place: Municipality) -> dict[str, Any]:
    longitude, latitude = to_degrees(*(place.label_point or (0.0, 0.0)))
    return {
        "type": "Feature",
        "id": place.ags,
        "properties": {
            "ags": place.ags, "name": place.name, "label_lon": longitude, "label_lat": latitude,
        },
        "geometry": place.boundary,
    }  # fmt: skip

"""Loads the places of a county's folder: all of it or, where something does not fit, nothing."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from lueckenlos.commons.places.loading.boundaries import read_municipalities, write_municipalities
from lueckenlos.commons.places.loading.groups import read_area_groups, read_youth_offices, write_groups
from lueckenlos.commons.places.loading.numbers import (
    CELLS,
    read_cells,
    read_indicators,
    read_population,
    write_numbers,
)
from lueckenlos.commons.places.loading.settings import read_settings, write_county
from lueckenlos.commons.places.loading.social_areas import read_social_areas, write_social_areas
from lueckenlos.commons.places.loading.villages import read_postcodes, read_villages, write_villages
from lueckenlos.core.merging import FileReport
from lueckenlos.core.tables import Mistakes
from lueckenlos.kernels.geometry import AreaIndex

__all__ = ["LoadedPlaces", "load_places", "read_settings"]


@dataclass(frozen=True, slots=True)
class LoadedPlaces:
    """What the next rooms' loaders need to know, and what changed."""

    ags: frozenset[str]
    areas: AreaIndex
    indicators: frozenset[str]
    reports: tuple[FileReport, ...]


def load_places(
    folder: Path,
    *,
    settings: dict[str, Any],
    mistakes: Mistakes,
    now: datetime,
) -> LoadedPlaces:
    """Bring all places to the folder's state within the caller's transaction.

    Nothing is written once a mistake is known, but every file is read, so that all of them are named;
    the caller rolls back.
    """
    county = str(settings.get("key", ""))
    boundaries = read_municipalities(folder / "municipalities.geojson", county=county, mistakes=mistakes)
    areas = AreaIndex({place.ags: place.boundary for place in boundaries.sound})
    ags = boundaries.ags
    if not ags:
        return LoadedPlaces(ags, areas, frozenset(), ())
    postcodes = read_postcodes(folder / "postcodes.csv", ags=ags, areas=areas, mistakes=mistakes)
    villages = read_villages(folder / "villages.csv", ags=ags, areas=areas, mistakes=mistakes)
    offices = read_youth_offices(folder / "youth_offices.csv", ags=ags, mistakes=mistakes)
    groups = read_area_groups(folder / "area_groups.csv", ags=ags, mistakes=mistakes)
    parts = read_social_areas(folder / "social_areas.geojson", ags=ags, areas=areas, mistakes=mistakes)
    population = read_population(folder / "population.csv", ags=ags, mistakes=mistakes)
    indicators = read_indicators(folder, ags=ags, mistakes=mistakes)
    cells = read_cells(folder / CELLS, ags=ags, areas=areas, mistakes=mistakes)
    if mistakes:
        return LoadedPlaces(ags, areas, indicators.keys, ())
    reports = [
        write_county(settings, now=now),
        write_municipalities(boundaries.sound, county=county),
        *write_villages(postcodes, villages),
        *write_groups(offices, groups),
        *write_social_areas(parts),
        *write_numbers(population, indicators, cells=cells),
    ]
    return LoadedPlaces(ags, areas, indicators.keys, tuple(reports))

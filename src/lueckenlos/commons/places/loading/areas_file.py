"""Takes municipal boundaries from a file of others, for the house or for a county's folder."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from lueckenlos.commons.places.loading.boundaries import (
    ReadMunicipality,
    municipalities_from,
    write_municipalities,
)
from lueckenlos.commons.places.loading.geopackage import geopackage_features, is_geopackage
from lueckenlos.commons.places.models import County
from lueckenlos.core.merging import FileReport
from lueckenlos.core.tables import Mistakes, RowMistake, Why, json_document

# How official sources name what the folder calls ags, name and bez.
_NAMES: Final = {"ags": ("ags", "AGS"), "name": ("name", "GEN"), "bez": ("bez", "BEZ")}


def read_areas(path: Path, *, county: str, mistakes: Mistakes) -> list[ReadMunicipality]:
    """The county's municipalities in a GeoPackage or GeoJSON file; those of other counties are passed over."""
    if is_geopackage(path):
        features = list(geopackage_features(path, county=county, mistakes=mistakes))
    else:
        features = list(_geojson(path, county=county, mistakes=mistakes))
    if not features and not mistakes:
        mistakes.add(
            RowMistake(path.name, 0, "AGS", Why.STILL_NEEDED, county, "mindestens eine Gemeinde des Kreises")
        )
    return municipalities_from(path.name, features, county=county, mistakes=mistakes).sound


def take_areas(areas: Sequence[ReadMunicipality], *, county: str, file: str) -> FileReport:
    """Bring the house's municipalities to these boundaries within the caller's transaction."""
    report = write_municipalities(areas, county=county)
    # Every process hangs its caches on the county's row.
    row = County.objects.get(key=county)
    row.save(update_fields=["settings"])
    return FileReport(file, report.added, report.changed, report.unchanged, report.gone)


def write_areas(areas: Sequence[ReadMunicipality], *, path: Path) -> None:
    """Write the municipalities as a folder's municipalities.geojson, one feature a line."""
    lines = ",\n".join(
        json.dumps(_feature(area), ensure_ascii=False, separators=(",", ":")) for area in areas
    )
    path.write_text('{"type":"FeatureCollection","features":[\n' + lines + "\n]}\n", encoding="utf-8")


def _geojson(path: Path, *, county: str, mistakes: Mistakes) -> Sequence[dict[str, Any]]:
    document = json_document(path, mistakes=mistakes)
    given = document.get("features") if isinstance(document, dict) else None
    if not isinstance(given, list):
        if document is not None:
            mistakes.add(RowMistake(path.name, 0, "features", Why.EMPTY))
        return []
    features = [_renamed(feature) for feature in given if isinstance(feature, dict)]
    return [feature for feature in features if str(feature["properties"].get("ags", "")).startswith(county)]


def _renamed(feature: dict[str, Any]) -> dict[str, Any]:
    given = feature.get("properties")
    properties = given if isinstance(given, dict) else {}
    named = {
        ours: next((properties[name] for name in theirs if properties.get(name)), "")
        for ours, theirs in _NAMES.items()
    }
    label = {name: properties[name] for name in ("label_lon", "label_lat") if name in properties}
    return {"properties": named | label, "geometry": feature.get("geometry")}


def _feature(area: ReadMunicipality) -> dict[str, Any]:
    longitude, latitude = area.label
    properties = {
        "ags": area.ags, "name": area.name, "bez": area.designation, "label_lon": longitude, "label_lat": latitude,
    }  # fmt: skip
    return {"type": "Feature", "id": area.ags, "properties": properties, "geometry": area.boundary}

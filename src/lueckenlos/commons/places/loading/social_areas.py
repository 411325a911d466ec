"""Reads and writes parts of municipalities: social areas and school districts, where a county has drawn some."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from psycopg.types.json import Jsonb

from lueckenlos.commons.places.loading.boundaries import features_of, note_unsound
from lueckenlos.commons.places.loading.groups import SLUG
from lueckenlos.commons.places.models import SocialArea
from lueckenlos.commons.places.types import AreaKind
from lueckenlos.core.merging import FileReport, mirror_rows
from lueckenlos.core.tables import Mistakes, Row, Why
from lueckenlos.kernels import geometry
from lueckenlos.kernels.geometry import AreaIndex, to_metres

# Municipal boundaries are simplified: what lies a little outside lies on the edge.
_TOLERANCE: Final = 400.0
_LONGEST_KEY: Final = 50


@dataclass(frozen=True, slots=True)
class ReadSocialArea:
    """A part of a municipality as the folder has it."""

    key: str
    name: str
    kind: str
    ags: str
    boundary: dict[str, Any] | None


def read_social_areas(
    path: Path, *, ags: Collection[str], areas: AreaIndex, mistakes: Mistakes
) -> list[ReadSocialArea] | None:
    """The parts of a GeoJSON file, each within its municipality; nothing where the county has no such file.

    A feature without geometry is welcome: many areas have a name long before they have a boundary.
    """
    if not path.is_file():
        return None
    read: list[ReadSocialArea] = []
    lines: dict[str, int] = {}
    for row, shape in features_of(path, mistakes=mistakes):
        key = row.key("key", form=SLUG, expected="Kleinbuchstaben, Ziffern und Bindestriche")
        if len(key) > _LONGEST_KEY:
            row.note("key", Why.TOO_LONG, expected=str(_LONGEST_KEY))
        if key in lines:
            row.note("key", Why.TWICE, expected=str(lines[key]))
        lines.setdefault(key, row.line)
        part = ReadSocialArea(
            key,
            row.text("name", longest=120),
            row.choice("kind", among=list(AreaKind), default=AreaKind.SOCIAL_AREA),
            row.choice("ags", among=ags),
            _boundary(row, shape, areas=areas),
        )
        if row.fits:
            read.append(part)
    return read


def write_social_areas(parts: Sequence[ReadSocialArea] | None) -> list[FileReport]:
    """Bring the parts to this state; without a file there are none."""
    rows = [
        (part.key, part.name, part.kind, part.ags, None if part.boundary is None else Jsonb(part.boundary))
        for part in parts or ()
    ]
    merge = mirror_rows(SocialArea, ("key", "name", "kind", "municipality_id", "boundary"), rows, key=["key"])
    return [] if parts is None and not merge.gone else [merge.report("social_areas.geojson")]


def _boundary(row: Row, shape: dict[str, Any] | None, *, areas: AreaIndex) -> dict[str, Any] | None:
    if shape is None:
        return None
    trouble = geometry.unsound(shape)
    if trouble is not None:
        note_unsound(row, trouble)
        return None
    boundary, ags = geometry.plain(shape), row.words("ags")
    inside = to_metres(*geometry.inner_point(boundary))
    if ags in areas.keys and areas.distance_to(ags, inside) > _TOLERANCE:
        row.note("geometry", Why.OUTSIDE, expected=f"in der Gemeinde {ags}")
    return boundary

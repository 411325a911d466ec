"""Parts of a municipality that planning looks at on its own: social areas and school districts."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from lueckenlos.commons.places import selectors
from lueckenlos.commons.places.models import SocialArea
from lueckenlos.commons.places.types import AreaKind
from lueckenlos.config.county_folder import load_county
from lueckenlos.core.tables import Why
from lueckenlos.kernels import geometry
from tests.commons.places.folders import copied
from tests.servers import COUNTY

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 1, 10, tzinfo=UTC)
DUEREN = "05358008"
FILE = "social_areas.geojson"
BOW = {"type": "Polygon", "coordinates": [[[6.47, 50.79], [6.48, 50.8], [6.48, 50.79], [6.47, 50.8], [6.47, 50.79]]]}  # fmt: skip

Features = list[dict[str, Any]]


def edited(tmp_path: Path, change: Callable[[Features], object]) -> Path:
    folder = copied(tmp_path)
    document = json.loads((folder / FILE).read_text(encoding="utf-8"))
    change(document["features"])
    (folder / FILE).write_text(json.dumps(document), encoding="utf-8")
    return folder


def test_the_demo_town_has_invented_ones_that_say_so() -> None:
    for kind, count in ((AreaKind.SOCIAL_AREA, 4), (AreaKind.SCHOOL_DISTRICT, 2)):
        found = selectors.social_areas(DUEREN, kind=kind)
        assert len(found) == count == len(selectors.social_areas(kind=kind))
        for area in found:
            assert "(erfunden)" in area.name
            assert area.boundary is not None
            assert selectors.municipality_at(*geometry.inner_point(area.boundary)) == DUEREN
    assert selectors.social_areas("05358004") == []
    assert '"invented":true' in (COUNTY / FILE).read_text(encoding="utf-8")


def test_a_county_that_has_drawn_none_needs_no_file(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / FILE).unlink()
    assert {each.file: each.gone for each in load_county(folder, now=NOW).reports}[FILE] == 6
    assert not SocialArea.objects.exists()
    assert FILE not in {each.file for each in load_county(folder, now=NOW).reports}


def test_an_area_may_have_a_name_before_it_has_a_boundary(tmp_path: Path) -> None:
    def change(features: Features) -> None:
        del features[1:]
        features[0]["geometry"] = None

    load_county(edited(tmp_path, change), now=NOW)
    assert [(area.name, area.boundary) for area in selectors.social_areas()] == [
        ("Düren-Mitte (erfunden)", None)
    ]


@pytest.mark.parametrize(
    ("change", "line", "field", "why"),
    [
        (lambda found: found[1]["properties"].update(key="dueren-mitte"), 2, "key", Why.TWICE),
        (lambda found: found[0]["properties"].update(key="Düren Mitte"), 1, "key", Why.WRONG_FORM),
        (lambda found: found[0]["properties"].update(key="a" * 51), 1, "key", Why.TOO_LONG),
        (lambda found: found[0]["properties"].update(name=""), 1, "name", Why.EMPTY),
        (lambda found: found[0]["properties"].update(ags="05358009"), 1, "ags", Why.NOT_ALLOWED),
        (lambda found: found[0]["properties"].update(kind="bezirk"), 1, "kind", Why.NOT_ALLOWED),
        (lambda found: found[0]["properties"].update(ags="05358004"), 1, "geometry", Why.OUTSIDE),
        (lambda found: found[0].update(geometry=BOW), 1, "geometry", Why.SELF_CROSSING),
        (lambda found: found[0].update(geometry=7), 1, "geometry", Why.NOT_AN_AREA),
        (lambda found: found.clear(), 0, "features", Why.EMPTY),
    ],
)
def test_what_does_not_fit_is_named_and_nothing_is_loaded(
    tmp_path: Path, change: Callable[[Features], object], line: int, field: str, why: Why
) -> None:
    before = list(SocialArea.objects.order_by("key").values())
    report = load_county(edited(tmp_path, change), now=NOW)
    assert (FILE, line, field, why) in {
        (each.file, each.line, each.field, each.why) for each in report.mistakes.kept
    }
    assert list(SocialArea.objects.order_by("key").values()) == before

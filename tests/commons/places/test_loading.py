"""Loading a county: all or nothing, and every wrong row named."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lueckenlos.commons.places import selectors
from lueckenlos.commons.places.models import County, Municipality, Population, Village
from lueckenlos.config.county_folder import load_county, try_county
from lueckenlos.core.tables import Why
from tests.commons.places.folders import copied, edit, edit_areas
from tests.servers import COUNTY

NOW = datetime(2026, 11, 1, 8, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def bow(features: list[dict[str, object]]) -> None:
    features[0]["geometry"] = {
        "type": "Polygon",
        "coordinates": [[[6.2, 50.9], [6.3, 51], [6.3, 50.9], [6.2, 51], [6.2, 50.9]]],
    }


def test_a_second_load_changes_nothing() -> None:
    report = load_county(COUNTY, now=NOW)
    assert not report.mistakes
    assert {(each.file, each.added, each.changed, each.gone) for each in report.reports} == {
        (each.file, 0, 0, 0) for each in report.reports
    }


def test_a_changed_number_is_one_changed_row(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    edit(folder / "population.csv", "05358004,2025,0,140", "05358004,2025,0,141")
    edit(folder / "villages.csv", "Hoven,05358008", "Hoven am Bach,05358008")
    reports = {each.file: each for each in load_county(folder, now=NOW).reports}
    assert (reports["population.csv"].changed, reports["population.csv"].unchanged) == (1, 1499)
    assert (reports["villages.csv"].added, reports["villages.csv"].gone) == (1, 1)
    assert Population.objects.get(municipality="05358004", year=2025, age=0).persons == 141


def test_a_try_says_what_would_change_and_writes_nothing(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    edit(folder / "county.toml", 'name = "Kreis Düren"', 'name = "Kreis Anderswo"')
    before = County.objects.values().get()
    reports = {each.file: each for each in try_county(folder, now=NOW).reports}
    assert reports["county.toml"].changed == 1
    assert County.objects.values().get() == before
    assert selectors.county().name == "Kreis Düren"


@pytest.mark.parametrize(
    ("file", "change", "line", "field", "why"),
    [
        ("postcodes.csv", ("plz,ort,ags", "plz,ort,gemeindeschluessel"), 1, "ags", Why.COLUMN_MISSING),
        ("postcodes.csv", ("52348,Düren,05358008", "52348,Düren,05358009"), 2, "ags", Why.NOT_ALLOWED),
        (
            "postcodes.csv",
            ("52349,Düren,05358008,50.8009", "52349,Düren,05358008,51.8009"),
            3,
            "lat",
            Why.OUTSIDE,
        ),
        ("postcodes.csv", ("52351,Düren", "5235,Düren"), 4, "plz", Why.WRONG_FORM),
        ("villages.csv", ("Dürboslar,05358004", "Aldenhoven,05358004"), 3, "ort", Why.TWICE),
        ("population.csv", ("05358004,2025,1,139", "05358004,2025,0,139"), 3, "age", Why.TWICE),
        ("population.csv", ("05358004,2025,1,139", "05358004,2025,1,-3"), 3, "persons", Why.OUT_OF_RANGE),
        ("youth_offices.csv", ("05358004 05358012", "05358008 05358012"), 3, "ags", Why.TWICE),
        ("area_groups.csv", ("sued,", "nord,"), 4, "key", Why.TWICE),
        ("targets.csv", ("05358,u3,gesundheit", "05358,u4,gesundheit"), 6, "phase", Why.UNKNOWN_KEY),
        ("targets.csv", ("u3>kita", "u3>kindergarten"), 33, "phase", Why.UNKNOWN_KEY),
        (
            "indicators.csv",
            ("2021,sgb2_minors,19.3", "2021,sgb3_minors,19.3"),
            2,
            "indicator",
            Why.NOT_ALLOWED,
        ),
        ("phases.csv", ("u3,Unter drei,0.25,3", "u3,Unter drei,3,0.25"), 3, "age_to", Why.OUT_OF_RANGE),
        ("kinds.csv", (",information,0", ",infos,0"), 2, "intensity", Why.NOT_ALLOWED),
        ("county.toml", ('accent = "#0f6b6b"', 'accent = "teal"'), 0, "accent", Why.WRONG_FORM),
        (
            "county.toml",
            ("freshness_months = 12", "freshness_months = 0"),
            0,
            "freshness_months",
            Why.OUT_OF_RANGE,
        ),
        ("county.toml", ("Europe/Berlin", "Europe/Dueren"), 0, "time_zone", Why.WRONG_FORM),
        ("county.toml", ("minimum_cell = 5", "minimum_cell = "), 0, "", Why.NOT_TOML),
    ],
)
def test_what_does_not_fit_is_named_and_nothing_is_loaded(
    tmp_path: Path, file: str, change: tuple[str, str], line: int, field: str, why: Why
) -> None:
    folder = copied(tmp_path)
    edit(folder / file, *change)
    villages = Village.objects.count()
    # Something else that would change must not slip in beside it.
    if file != "villages.csv":
        edit(folder / "villages.csv", "Hoven,05358008", "Hoven am Bach,05358008")
    report = load_county(folder, now=NOW)
    assert (file, line, field, why) in {
        (each.file, each.line, each.field, each.why) for each in report.mistakes.kept
    }
    assert report.reports == ()
    assert Village.objects.count() == villages
    assert not Village.objects.filter(name="Hoven am Bach").exists()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (bow, Why.SELF_CROSSING),
        (lambda features: features[0]["properties"].update(ags="05359004"), Why.WRONG_FORM),
        (lambda features: features[1]["properties"].update(ags="05358004"), Why.TWICE),
        (lambda features: features[0].update(geometry=None), Why.NOT_AN_AREA),
        (lambda features: features[0]["properties"].update(label_lat=52.0), Why.OUTSIDE),
        (lambda features: features.clear(), Why.EMPTY),
        (lambda features: features.insert(0, "Aldenhoven"), Why.EMPTY),
    ],
)
def test_a_boundary_that_cannot_be_is_named(
    tmp_path: Path, change: Callable[[list[dict[str, object]]], object], why: Why
) -> None:
    folder = copied(tmp_path)
    edit_areas(folder, change)
    report = load_county(folder, now=NOW)
    assert why in {each.why for each in report.mistakes.kept if each.file == "municipalities.geojson"}
    assert Municipality.objects.count() == 15


def test_all_files_are_read_so_that_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    edit(folder / "population.csv", "05358004,2025,1,139", "05358004,2025,1,x")
    edit(folder / "kinds.csv", ",information,0", ",infos,0")
    (folder / "targets.csv").unlink()
    (folder / "postcodes.csv").write_bytes((folder / "postcodes.csv").read_bytes().decode().encode("cp1252"))
    report = load_county(folder, now=NOW)
    assert {"population.csv", "kinds.csv", "targets.csv", "postcodes.csv"} <= {
        each.file for each in report.mistakes.kept
    }


def test_the_folder_of_another_county_is_refused(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    edit(folder / "county.toml", 'key = "05358"', 'key = "05370"')
    report = load_county(folder, now=NOW)
    assert Why.OTHER_COUNTY in {each.why for each in report.mistakes.kept}
    assert County.objects.get().key == "05358"


def test_a_municipality_without_youth_office_is_named(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    edit(folder / "youth_offices.csv", "05358004 05358012", "05358012")
    assert [(each.why, each.value) for each in load_county(folder, now=NOW).mistakes.kept] == [
        (Why.STILL_NEEDED, "05358004")
    ]


def test_help_lines_become_a_part_of_the_settings(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "crisis.toml").write_text('[[line]]\nkey = "notruf"\nphone = "112"\n', encoding="utf-8")
    load_county(folder, now=NOW)
    assert selectors.county().settings["crisis"] == {"line": [{"key": "notruf", "phone": "112"}]}


def test_one_mistake_is_told_once_and_not_by_all_that_refers_to_it(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    edit_areas(folder, bow)
    edit(folder / "kinds.csv", ",information,0", ",infos,0")
    report = load_county(folder, now=NOW)
    assert sorted(each.file for each in report.mistakes.kept) == ["kinds.csv", "municipalities.geojson"]

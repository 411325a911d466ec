"""The chain's part of a county's folder: targets that follow each other, steps, cells of people."""

import csv
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from lueckenlos.config.county_folder import FolderReport, load_county
from lueckenlos.kernels.chain.types import Basis
from lueckenlos.steering.chain import selectors
from lueckenlos.steering.chain.models import CatalogStep, TargetRevision
from lueckenlos.steering.chain.types import CellKey
from tests.servers import COUNTY
from tests.steering.chain.conftest import TITZ

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 3, 12, tzinfo=ZoneInfo("Europe/Berlin"))
SPORT = CellKey("05358", "sek1", "sport_freizeit")
Edit = Callable[[list[dict[str, str]]], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The demo county's folder, to be written in; the finder's words change nothing here and stay away."""
    copy = tmp_path / "county"
    shutil.copytree(COUNTY, copy, ignore=shutil.ignore_patterns("vectors.npz", "thesaurus.csv"))
    return copy


def rewrite(path: Path, edit: Edit) -> None:
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        rows, names = list(reader), list(reader.fieldnames or ())
    edit(rows)
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, names)
        writer.writeheader()
        writer.writerows(rows)


def of(report: FolderReport, file: str) -> tuple[int, int, int, int]:
    [found] = [each for each in report.reports if each.file == file]
    return found.added, found.changed, found.unchanged, found.gone


def sport_to(places: str) -> Edit:
    def edit(rows: list[dict[str, str]]) -> None:
        [row] = [r for r in rows if (r["ags"], r["phase"], r["field"]) == ("05358", "sek1", "sport_freizeit")]
        row["places_per_100"] = places

    return edit


def test_a_new_number_follows_the_old_one_which_stays_in_the_history(folder: Path) -> None:
    rewrite(folder / "targets.csv", sport_to("14"))
    report = load_county(folder, now=NOW)
    assert of(report, "targets.csv") == (0, 1, 35, 0)
    assert [each.places_per_100 for each in selectors.target_history(SPORT)] == [14.0, 12.0]
    assert selectors.drawn().chain.by_place[TITZ, "sek1", "sport_freizeit"].target == 14.0


def test_a_target_that_leaves_the_folder_ends(folder: Path) -> None:
    rewrite(folder / "targets.csv", lambda rows: rows.__delitem__(slice(0, 1)))
    assert of(load_county(folder, now=NOW), "targets.csv") == (0, 0, 35, 1)
    first = CellKey("05358", "schwangerschaft_geburt", "gesundheit")
    assert first not in {each.key for each in selectors.targets_at()}


def test_a_target_that_was_set_in_the_house_is_held_and_named(folder: Path) -> None:
    TargetRevision.objects.create(
        area="05358",
        phase="sek1",
        field="sport_freizeit",
        places_per_100=20,
        known_at=NOW - timedelta(hours=1),
    )
    rewrite(folder / "targets.csv", sport_to("14"))
    [targets] = [each for each in load_county(folder, now=NOW).reports if each.file == "targets.csv"]
    assert targets.held == (SPORT.subject,)
    assert selectors.drawn().chain.by_place[TITZ, "sek1", "sport_freizeit"].target == 20.0


@pytest.mark.parametrize("places", ["0", "-3", "zwölf", "99999"])
def test_a_target_that_is_none_is_named_with_its_line_and_nothing_changes(folder: Path, places: str) -> None:
    rewrite(folder / "targets.csv", sport_to(places))
    before = TargetRevision.objects.count()
    report = load_county(folder, now=NOW)
    assert [(each.file, each.field, each.value) for each in report.mistakes.kept] == [
        ("targets.csv", "places_per_100", places)
    ]
    assert TargetRevision.objects.count() == before


def test_a_step_of_an_unknown_kind_is_named(folder: Path) -> None:
    rewrite(folder / "steps.csv", lambda rows: rows[0].update(kind="zauberei"))
    report = load_county(folder, now=NOW)
    assert [(each.file, each.line, each.field) for each in report.mistakes.kept] == [("steps.csv", 2, "kind")]


def test_a_step_that_leaves_the_folder_is_no_longer_offered(folder: Path) -> None:
    rewrite(folder / "steps.csv", lambda rows: rows.__delitem__(slice(0, 1)))
    assert of(load_county(folder, now=NOW), "steps.csv") == (0, 0, 11, 1)
    assert CatalogStep.objects.filter(ended_at__isnull=False).count() == 1


def test_cells_of_people_take_the_place_of_villages(folder: Path) -> None:
    before = selectors.drawn().chain.by_place[TITZ, "kita", "familie_erziehung"].reach_hi
    cells = "lat,lon,persons,ags\n51.0,6.42,10,05358056\n51.02,6.44,900,05358056\n"
    (folder / "population_cells.csv").write_text(cells, encoding="utf-8")
    load_county(folder, now=NOW)
    county, _knowledge = selectors.county_of()
    basis = dict(zip(county.areas.keys, county.areas.basis, strict=True))
    assert basis[TITZ] is Basis.CELLS and basis["05358008"] is Basis.VILLAGES
    assert selectors.drawn().chain.by_place[TITZ, "kita", "familie_erziehung"].reach_hi != before


def test_a_cell_outside_the_county_is_named(folder: Path) -> None:
    (folder / "population_cells.csv").write_text("lat,lon,persons\n48.1,11.5,10\n", encoding="utf-8")
    report = load_county(folder, now=NOW)
    assert [(each.file, each.line) for each in report.mistakes.kept] == [("population_cells.csv", 2)]

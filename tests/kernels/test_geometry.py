"""Places as numbers."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lueckenlos.kernels.geometry import (
    AreaIndex,
    distance,
    geometry_from_wkb,
    holds,
    inner_point,
    many_to_metres,
    to_degrees,
    to_metres,
    unsound,
)

COUNTY = Path(__file__).resolve().parents[2] / "counties" / "dueren" / "municipalities.geojson"
longitudes = st.floats(6.0, 12.0)
latitudes = st.floats(47.0, 55.0)


def square(west: float, south: float, *, side: float = 0.1) -> dict[str, Any]:
    east, north = west + side, south + side
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def county() -> list[dict[str, Any]]:
    return json.loads(COUNTY.read_text(encoding="utf-8"))["features"]  # type: ignore[no-any-return]


def areas() -> AreaIndex:
    return AreaIndex({feature["properties"]["ags"]: feature["geometry"] for feature in county()})


def test_the_zones_middle_meridian_is_at_500_kilometres_east() -> None:
    x, y = to_metres(9.0, 50.0)
    assert x == 500_000.0
    # Meridian arc to 50° on GRS80 (5 540 847.042 m) times the scale of 0.9996.
    assert y == pytest.approx(5_540_847.042 * 0.9996, abs=0.01)


@given(longitudes, latitudes)
def test_degrees_come_back_from_metres(longitude: float, latitude: float) -> None:
    back = to_degrees(*to_metres(longitude, latitude))
    assert back == pytest.approx((longitude, latitude), abs=2e-6)


@given(st.lists(st.tuples(longitudes, latitudes), max_size=5))
def test_many_points_are_the_same_as_each_alone(points: list[tuple[float, float]]) -> None:
    together = many_to_metres([point[0] for point in points], [point[1] for point in points])
    assert together == [to_metres(*point) for point in points]


def test_a_degree_of_latitude_is_about_111_kilometres() -> None:
    assert distance(to_metres(6.5, 50.0), to_metres(6.5, 51.0)) == pytest.approx(111_240, abs=150)


def test_every_label_lies_in_its_municipality() -> None:
    index = areas()
    for feature in county():
        given = feature["properties"]
        assert index.at(to_metres(given["label_lon"], given["label_lat"])) == given["ags"]


@given(st.integers(0, 14), st.floats(-3, 3), st.floats(-3, 3))
def test_a_point_lies_in_the_area_that_holds_it_and_in_no_other(
    number: int, east: float, north: float
) -> None:
    feature = county()[number]
    given = feature["properties"]
    longitude, latitude = given["label_lon"] + east / 100, given["label_lat"] + north / 100
    found = areas().at(to_metres(longitude, latitude))
    holding = {
        other["properties"]["ags"] for other in county() if holds(other["geometry"], longitude, latitude)
    }
    assert found in holding if holding else found is None


def test_one_question_or_many_give_the_same_areas() -> None:
    points = [to_metres(6.0 + step / 50, 50.6 + step / 100) for step in range(40)]
    index = areas()
    assert index.at_many(points) == [index.at(point) for point in points]


def test_neighbours_are_so_in_both_directions() -> None:
    beside = areas().all_neighbours()
    assert all(one in beside[other] for one, others in beside.items() for other in others)
    assert beside["05358012"] == ("05358044",), "Heimbach touches Nideggen alone"
    assert "05358024" not in beside["05358008"], "Düren and Jülich do not touch"


def test_a_common_corner_is_no_neighbourhood() -> None:
    index = AreaIndex({"a": square(6.0, 50.0), "beside": square(6.1, 50.0), "corner": square(6.1, 50.1)})
    assert index.neighbours("a") == ("beside",)


def test_a_boundary_that_crosses_itself_is_named_with_its_place() -> None:
    bow = {"type": "Polygon", "coordinates": [[[6, 50], [7, 51], [7, 50], [6, 51], [6, 50]]]}
    trouble = unsound(bow)
    assert trouble is not None
    assert trouble.reason == "self_intersection"
    assert trouble.where == (6.5, 50.5)


@pytest.mark.parametrize(
    "shape",
    [
        {},
        {"type": "Point", "coordinates": [6, 50]},
        {"type": "Polygon"},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[[6, 50], [7, 51]]]},
        {"type": "Polygon", "coordinates": "here"},
        {"type": "Polygon", "coordinates": [[["a", "b"], [1, 2], [3, 4], ["a", "b"]]]},
        {
            "type": "Polygon",
            "coordinates": [[[320000, 5630000], [330000, 5630000], [330000, 5640000], [320000, 5630000]]],
        },
    ],
)
def test_what_is_no_area_in_degrees_is_refused(shape: dict[str, Any]) -> None:
    assert unsound(shape) is not None


def test_the_countys_boundaries_are_sound() -> None:
    assert [feature["id"] for feature in county() if unsound(feature["geometry"]) is not None] == []


@given(longitudes, latitudes, st.floats(0.001, 1))
def test_an_inner_point_lies_inside(west: float, south: float, side: float) -> None:
    shape = square(west, south, side=side)
    assert holds(shape, *inner_point(shape))


def test_distance_to_an_area_is_nothing_inside() -> None:
    index = AreaIndex({"a": square(6.0, 50.0)})
    assert index.distance_to("a", to_metres(6.05, 50.05)) == 0
    assert index.distance_to("a", to_metres(6.05, 50.2)) == pytest.approx(11_120, rel=0.01)


def test_what_is_no_well_known_binary_is_a_value_error() -> None:
    with pytest.raises(ValueError):
        geometry_from_wkb(b"\x01nonsense")

"""Reach by floating catchments: equal to PySAL's saved results, to plain loops, and to what was supplied."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from scipy.spatial import cKDTree

from lueckenlos.kernels.chain.reach import (
    BadDecay,
    WrongShape,
    accessibility,
    floating,
    gaussian,
    grid_of,
    selective,
    steps,
    within,
)
from lueckenlos.kernels.chain.types import Floats

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "access"
PEOPLE, DOCTORS = np.array([100.0, 50.0, 10.0]), np.array([15.0, 20.0, 100.0])
THIRD = [(40, 40, 80), (20, 40, 80), (40, 20, 80), (20, 20, 40)]
BINARY = [(0.761364, 0.958333, 1.094697)] * 3 + [(0.843750, 0.843750, 0.843750)]
GRAVITY = [
    (0.331444, 0.579828, 7.286418), (0.435340, 0.683724, 5.727977),
    (0.331072, 0.577858, 7.299992), (0.442568, 0.666758, 5.740525),
]  # fmt: skip
ROUNDED = 0.002
"""Two tracts lie 10,000.001 m apart by the saved coordinates, which are rounded to a centimetre; PySAL knew them to
lie within 10 km."""
COLUMNS = {
    "2sfca10": within(10_000 + ROUNDED),
    "e2sfca": steps([(5_000, 1.0), (10_000 + ROUNDED, 0.68), (15_000, 0.22)]),
}


def costs(to_third: float, from_third: float, between: float) -> Floats:
    return np.array(
        [[1.0, between, to_third], [between, 1.0, to_third], [from_third, from_third, 1.0]], dtype=np.float64
    )


@pytest.mark.parametrize("scenario", range(4))
def test_three_areas_equal_pysal(scenario: int) -> None:
    cost = costs(*THIRD[scenario])
    near = csr_matrix((cost < 61).astype(np.float64))
    found = accessibility(near, demand=PEOPLE, supply=DOCTORS)
    assert np.round(found, 6).tolist() == list(BINARY[scenario])
    assert (PEOPLE * found).sum() == pytest.approx(DOCTORS.sum(), rel=1e-12)
    found = accessibility(near.multiply(1.0 / cost).tocsr(), demand=PEOPLE, supply=DOCTORS)
    assert np.round(found, 6).tolist() == list(GRAVITY[scenario])


def rows(name: str) -> list[dict[str, str]]:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"the Chicago example is not beside this repository: {name} is missing")
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def chicago() -> tuple[Floats, dict[str, Floats], dict[str, Floats]]:
    """Places of the tracts, people, doctors and dentists by name, and PySAL's results in the same order."""
    tracts, results = rows("chicago_tracts_xy.csv"), rows("chicago_reference_pysal_access_1.1.10.csv")
    by_tract = {row["geoid"]: row for row in results}
    places = np.array([[float(row["x_m"]), float(row["y_m"])] for row in tracts])
    numbers = {key: np.array([float(row[key]) for row in tracts]) for key in ("pop", "doc", "dentist")}
    columns = [key for key in results[0] if "sfca" in key]
    saved = {key: np.array([float(by_tract[row["geoid"]][key]) for row in tracts]) for key in columns}
    return places, numbers, saved


@pytest.mark.parametrize("of", ["doc", "dentist"])
@pytest.mark.parametrize("measure", COLUMNS)
def test_chicago_equals_pysal_to_its_last_digit(
    chicago: tuple[Floats, dict[str, Floats], dict[str, Floats]], measure: str, of: str
) -> None:
    places, numbers, saved = chicago
    found = floating(places, demand=numbers["pop"], sites=places, supply=numbers[of], decay=COLUMNS[measure])
    assert np.array_equal(np.round(found, 9), saved[f"{measure}_{of}"])
    assert (found * numbers["pop"]).sum() == pytest.approx(numbers[of].sum(), rel=1e-12)


@pytest.mark.parametrize("of", ["doc", "dentist"])
def test_chicago_in_three_steps_equals_pysal_to_its_last_digit(
    chicago: tuple[Floats, dict[str, Floats], dict[str, Floats]], of: str
) -> None:
    places, numbers, saved = chicago
    tree = cKDTree(places)
    near = tree.sparse_distance_matrix(tree, 15_000, output_type="coo_matrix")
    weights = np.select([near.data <= 5_000, near.data <= 10_000 + ROUNDED], [1.0, 0.68], 0.22)
    matrix = csr_matrix((weights, (near.row, near.col)), shape=near.shape)
    found = accessibility(selective(matrix), demand=numbers["pop"], supply=numbers[of])
    assert np.array_equal(np.round(found, 9), saved[f"3sfca_{of}"])


spots = st.lists(st.tuples(st.floats(-20e3, 20e3), st.floats(-20e3, 20e3)), min_size=1, max_size=12)
decays = st.sampled_from([gaussian(9_000), within(7_000), steps([(2_000, 1.0), (8_000, 0.3)]), gaussian(50)])


@settings(max_examples=80, deadline=None)
@given(spots, spots, decays, st.data())
def test_the_grid_finds_what_every_pair_finds(points, sites, decay, data) -> None:
    people = np.array(
        data.draw(st.lists(st.integers(0, 9), min_size=len(points), max_size=len(points))), float
    )
    supply = np.arange(1.0, len(sites) + 1)
    weights = np.zeros((len(points), len(sites)))
    for row, point in enumerate(points):
        for column, site in enumerate(sites):
            distance = float(np.hypot(point[0] - site[0], point[1] - site[1]))
            if distance > decay.reach:
                continue
            held = [w for limit, w in zip(decay.limits, decay.weights, strict=True) if distance <= limit]
            bell = np.exp(-0.5 * (distance / (decay.reach / 2)) ** 2)
            weights[row, column] = held[0] if len(decay.limits) else bell
    expected = accessibility(csr_matrix(weights), demand=people, supply=supply)
    found = floating(np.array(points), demand=people, sites=np.array(sites), supply=supply, decay=decay)
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_all_that_is_supplied_arrives_when_many_live_among_many() -> None:
    rng = np.random.default_rng(3)
    points, sites = rng.uniform(0, 80_000, (20_000, 2)), rng.uniform(0, 80_000, (5_000, 2))
    people, supply = rng.uniform(1, 90, 20_000), rng.uniform(1, 50, 5_000)
    found = floating(points, demand=people, sites=sites, supply=supply, decay=gaussian(10_000))
    assert (found * people).sum() == pytest.approx(supply.sum(), rel=1e-9)


def test_points_without_any_service_have_nothing_and_are_not_missing() -> None:
    found = floating(
        np.array([[0.0, 0.0], [90_000.0, 0.0]]), demand=np.ones(2), sites=np.array([[10.0, 0.0], [4e6, 4e6]]),
        supply=np.array([7.0, 5.0]), decay=within(1_000),
    )  # fmt: skip
    assert found.tolist() == [7.0, 0.0]


def test_points_far_apart_or_nowhere_do_not_ask_for_a_grid_of_the_world() -> None:
    grid = grid_of(np.array([[0.0, 0.0], [1e9, 1e9], [np.nan, 0.0]]), side=1.0)
    assert len(grid.first) < 3_000_000
    assert sorted(grid.order.tolist()) == [0, 1]
    assert len(grid_of(np.empty((0, 2)), side=10.0).x) == 0


def test_decays_and_shapes_that_make_no_sense_are_refused() -> None:
    for limits in ([], [(0.0, 1.0)], [(5.0, 1.0), (5.0, 0.5)], [(float("inf"), 1.0)]):
        with pytest.raises(BadDecay):
            steps(limits)
    with pytest.raises(WrongShape) as caught:
        floating(
            np.zeros((3, 2)), demand=np.ones(2), sites=np.zeros((1, 2)), supply=np.ones(1), decay=within(5)
        )
    assert caught.value.given == (3, 2, 1, 2)

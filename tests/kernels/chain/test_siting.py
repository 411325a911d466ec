"""Sites that reach most, or all: exact on San Francisco and against every set on small maps."""

import csv
import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lueckenlos.kernels.chain.siting import NotCoverable, WrongShape, cover_most, fewest_covering, within
from lueckenlos.kernels.chain.types import Bools, Floats

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "access"
RADIUS = 5_000.0


def rows(name: str) -> list[dict[str, str]]:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"the San Francisco example is not beside this repository: {name} is missing")
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture
def san_francisco() -> tuple[Floats, Floats]:
    """Distances (stores x tracts) and people by tract, joined by name: the files have different orders."""
    people = {row["NAME"]: float(row["POP2000"]) for row in rows("SF_demand_205.csv")}
    table = rows("SF_network_distance_16x205.csv")
    stores = {name: at for at, name in enumerate(dict.fromkeys(row["name"] for row in table))}
    tracts = {name: at for at, name in enumerate(dict.fromkeys(row["DestinationName"] for row in table))}
    distances = np.full((len(stores), len(tracts)), np.nan)
    for row in table:
        distances[stores[row["name"]], tracts[row["DestinationName"]]] = float(row["distance"])
    return distances, np.array([people[name] for name in tracts])


def test_four_stores_reach_875247_people_of_san_francisco(san_francisco: tuple[Floats, Floats]) -> None:
    distances, people = san_francisco
    assert people.sum() == 955_113
    found = cover_most(within(distances, radius=RADIUS), people, sites=4)
    assert (found.covered, int(found.reached.sum()), len(found.sites), found.gap) == (875_247, 184, 4, 0.0)


def test_eight_stores_reach_everybody_in_san_francisco(san_francisco: tuple[Floats, Floats]) -> None:
    found = fewest_covering(within(san_francisco[0], radius=RADIUS))
    assert (len(found.sites), int(found.reached.sum()), found.gap) == (8, 205, 0.0)


def test_the_distance_itself_is_in_reach_and_the_unknown_is_not() -> None:
    assert within(np.array([[5.0, 5.1, np.nan]]), radius=5.0).tolist() == [[True, False, False]]


def test_who_cannot_be_reached_is_named() -> None:
    with pytest.raises(NotCoverable) as caught:
        fewest_covering(np.array([[True, False, True, False]]))
    assert caught.value.points == (1, 3)


def test_weights_that_do_not_fit_are_refused() -> None:
    with pytest.raises(WrongShape):
        cover_most(np.ones((2, 3), dtype=np.bool_), np.ones(2), sites=1)
    with pytest.raises(WrongShape):
        cover_most(np.ones((2, 3), dtype=np.bool_), np.array([1.0, -1.0, 1.0]), sites=1)


def test_no_site_reaches_nobody_and_idle_sites_are_left_out() -> None:
    reach = np.array([[True, True], [True, False]])
    assert cover_most(reach, np.ones(2), sites=0).sites == ()
    assert cover_most(reach, np.ones(2), sites=2).sites == (0,)
    assert cover_most(np.zeros((2, 2), dtype=np.bool_), np.ones(2), sites=1).covered == 0.0


maps = arrays(np.bool_, st.tuples(st.integers(1, 6), st.integers(1, 8)))


@settings(max_examples=60)
@given(maps, st.data())
def test_the_most_covered_equals_trying_every_set(reach: Bools, data: st.DataObject) -> None:
    people = np.array(
        data.draw(st.lists(st.integers(0, 9), min_size=reach.shape[1], max_size=reach.shape[1])), float
    )
    sites = data.draw(st.integers(0, reach.shape[0]))
    found = cover_most(reach, people, sites=sites)
    best = max(
        people[reach[list(chosen)].any(axis=0)].sum()
        for chosen in itertools.combinations(range(len(reach)), sites)
    )
    assert found.covered == best == people[reach[list(found.sites)].any(axis=0)].sum()
    assert len(found.sites) <= sites
    assert found.gap == 0.0


@settings(max_examples=60)
@given(maps)
def test_the_fewest_equal_trying_every_set(reach: Bools) -> None:
    reach = np.vstack([reach, np.eye(reach.shape[1], dtype=np.bool_)])
    fewest = next(
        size
        for size in range(len(reach) + 1)
        if any(reach[list(c)].any(axis=0).all() for c in itertools.combinations(range(len(reach)), size))
    )
    found = fewest_covering(reach)
    assert len(found.sites) == fewest
    assert found.reached.all()

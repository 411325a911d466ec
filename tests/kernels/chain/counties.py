"""Small counties for tests: one by hand, and any number drawn by hypothesis."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from hypothesis import strategies as st

from lueckenlos.kernels.chain.types import (
    Areas,
    Basis,
    County,
    Floats,
    Kind,
    Phase,
    Service,
    Serving,
    Settings,
    Site,
    Target,
)

AS_OF = date(2026, 11, 1)
FRESH, STALE = date(2026, 6, 1), date(2024, 1, 1)
PHASES = (
    Phase("birth", -0.75, 0.25, 15.0),
    Phase("u3", 0.25, 3.0, 12.0),
    Phase("kita", 3.0, 6.0, 15.0),
    Phase("school", 6.0, 10.0, 15.0),
)
FIELDS = ("family", "health", "sport")
KINDS = {
    "course": Kind("course", "course", 30),
    "advice": Kind("advice", "counselling", 100, is_basic=True),
    "leaflet": Kind("leaflet", "information", 0),
    "cash": Kind("cash", "duty_or_cash", 0),
}


def places(
    *persons: Sequence[float] | Floats, points: Sequence[tuple[int, float, float, float]] | None = None
) -> Areas:
    """Areas a, b, c … with so many persons of each of the first ages; by default one point each, 10 km apart."""
    table = np.zeros((len(persons), 100))
    for row, ages in enumerate(persons):
        table[row, : len(ages)] = ages
    spots = points if points is not None else [(row, 10_000.0 * row, 0.0, 1.0) for row in range(len(persons))]
    return Areas(
        keys=tuple("abcdefghij"[: len(persons)]),
        persons=table,
        point_area=np.array([spot[0] for spot in spots], dtype=np.int64),
        points=np.array([spot[1:3] for spot in spots], dtype=np.float64).reshape(-1, 2),
        sizes=np.array([spot[3] for spot in spots], dtype=np.float64),
        basis=(Basis.VILLAGES,) * len(persons),
    )


def county(areas: Areas, *services: Service, targets: Sequence[Target] = (), **other: Any) -> County:
    whole: dict[str, Any] = {
        "areas": areas, "phases": PHASES, "fields": FIELDS, "kinds": KINDS, "services": services,
        "targets": tuple(targets),
    }  # fmt: skip
    return County(**{**whole, **other})


def service(key: str = "s", **changes: Any) -> Service:
    """A course for kita children, 10 places, just verified, that comes to everybody."""
    whole: dict[str, Any] = {
        "key": key, "kind": "course", "phases": ("kita",), "fields": ("family",), "travels": True, "capacity": 10,
        "verified_on": FRESH,
    }  # fmt: skip
    return Service(**{**whole, **changes})


def site(x: float, y: float = 0.0, *, area: str | None = None, town: str = "") -> Site:
    return Site(x, y, area, town)


@st.composite
def drawn_services(draw: st.DrawFn, *, key: str, areas: tuple[str, ...]) -> Service:
    ages = draw(st.sampled_from([(None, None), (0, 3), (3, 6), (0.5, 2), (6, 10), (9, 4), (14, None)]))
    homes = draw(st.lists(st.tuples(st.floats(-30, 30), st.floats(-30, 30)), max_size=3))
    return Service(
        key=key,
        kind=draw(st.sampled_from([None, "course", "advice", "leaflet", "unheard"])),
        phases=tuple(draw(st.sets(st.sampled_from([p.key for p in PHASES]), min_size=1))),
        fields=tuple(draw(st.sets(st.sampled_from(FIELDS), min_size=1))),
        age_min=ages[0],
        age_max=ages[1],
        serving=draw(st.sampled_from([*Serving, Serving.CHILDREN, Serving.CHILDREN])),
        travels=draw(st.booleans()),
        sites=tuple(site(1000 * x, 1000 * y, area=draw(st.sampled_from([None, *areas]))) for x, y in homes),
        catchment=draw(st.none() | st.frozensets(st.sampled_from([*areas, "elsewhere"]))),
        capacity=draw(st.none() | st.integers(0, 200)),
        is_active=draw(st.sampled_from([True, True, True, False])),
        valid_to=draw(st.sampled_from([None, None, AS_OF, date(2026, 10, 31)])),
        verified_on=draw(st.sampled_from([None, FRESH, FRESH, STALE, date(2025, 11, 1), date(2025, 10, 31)])),
        languages=draw(st.frozensets(st.sampled_from(["de", "tr"]))),
        accessible=draw(st.sampled_from([True, False, None])),
        is_free=draw(st.booleans()),
        waiting_weeks=draw(st.none() | st.integers(0, 20)),
        funding_ends=draw(st.sampled_from([None, date(2027, 1, 1), date(2027, 11, 1), date(2028, 1, 1)])),
        bridge=draw(st.sampled_from([None, ("u3", "kita"), ("kita", "school"), ("birth", "school")])),
    )


@st.composite
def drawn_targets(draw: st.DrawFn, *, areas: tuple[str, ...]) -> Target:
    phase, to = draw(st.sampled_from([("birth", None), ("kita", None), ("school", None), ("u3", "kita")]))
    return Target(
        phase=phase,
        field="" if to else draw(st.sampled_from(FIELDS)),
        to=to,
        places_per_100=draw(st.sampled_from([0.0, 0.5, 3.0, 10.0, 40.0])),
        area=draw(st.sampled_from([None, None, *areas])),
        is_essential=draw(st.booleans()),
        need_indicator=draw(st.sampled_from([None, "need", "unheard"])),
        intensities=draw(st.sampled_from([frozenset(), frozenset({"course"}), frozenset({"information"})])),
    )


@st.composite
def counties(draw: st.DrawFn) -> County:
    """Any county of up to four areas and eight services."""
    size = draw(st.integers(1, 4))
    persons = [draw(st.lists(st.integers(0, 60), min_size=12, max_size=12)) for _ in range(size)]
    points = [(row, 0.0, 0.0, 1.0) for row in range(size)]
    points += draw(
        st.lists(
            st.tuples(
                st.integers(0, size - 1), st.floats(-25e3, 25e3), st.floats(-25e3, 25e3), st.sampled_from([0.0, 1.0, 90.0])
            ),
            max_size=6,
        )
    )  # fmt: skip
    areas = places(*persons, points=points)
    number = draw(st.integers(0, 8))
    return county(
        areas,
        *(draw(drawn_services(key=f"s{row}", areas=areas.keys)) for row in range(number)),
        targets=draw(st.lists(drawn_targets(areas=areas.keys), max_size=6)),
        indicators={"need": {key: draw(st.sampled_from([0.0, 5.0, 20.0])) for key in areas.keys[1:]}},
        settings=Settings(group_languages={"tr": 0.1, "ar": 0.01}),
    )

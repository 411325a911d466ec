"""What a quarter lacks: a service counts where it is or for whom it is, and what few looked for is not told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from lueckenlos.commons.directory.models import ActionField, LifePhase
from lueckenlos.commons.places.models import County, Municipality
from lueckenlos.commons.signals import services as signals
from lueckenlos.commons.signals.types import SignalReason, SignalSource
from lueckenlos.core.fields import Point
from lueckenlos.offers.centres import gaps
from lueckenlos.offers.centres.gaps import Supply
from tests.offers.centres.house import Together

HOME, AWAY = "05358008", "05358060"
TODAY = date(2026, 12, 1)


@pytest.fixture
def county(together: Together) -> Together:
    """Two towns, one phase, two fields."""
    here = County.objects.create(key="05358", name="Kreis", settings={}, loaded_at=timezone.now())
    for ags in (HOME, AWAY):
        Municipality.objects.create(
            ags=ags, county=here, name=ags, sort_key=ags, boundary={}, label_point=Point(0, 0)
        )
    LifePhase.objects.create(key="kita", label="Kita", age_from=3, age_to=6, decay_km=9, position=0)
    for number, key in enumerate(("kultur", "sport")):
        ActionField.objects.create(key=key, label=key.title(), position=number)
    return together


def offer(together: Together, *, towns: tuple[str, ...] = (), **more: object) -> None:
    """A service for nursery children in culture."""
    made = together.service(together.stranger, "Angebot", **more)
    made.phases.set(LifePhase.objects.filter(key="kita"))
    made.fields.set(ActionField.objects.filter(key="kultur"))
    made.catchment.set(Municipality.objects.filter(ags__in=towns))


def supply(together: Together) -> Supply:
    """What there is for culture at home."""
    members = [each.organization for each in together.look().joined]
    found = gaps.gaps(HOME, members=members, today=TODAY)
    assert [each.phase.key for each in found] == ["kita"]
    return found[0].cells[0].supply


@pytest.mark.parametrize(
    "more",
    [
        {"towns": (AWAY,)},
        {"towns": (HOME,), "status": "defunct"},
        {"towns": (HOME,), "audience": "fachkraefte"},
        {"towns": (HOME,), "valid_to": TODAY - timedelta(days=1)},
        {"towns": (HOME,), "valid_from": TODAY + timedelta(days=1)},
    ],
)
def test_what_is_elsewhere_over_or_not_for_families_does_not_count(
    county: Together, more: dict[str, object]
) -> None:
    offer(county, **more)  # type: ignore[arg-type]
    assert supply(county) is Supply.NOTHING


def test_for_the_whole_county_is_less_than_for_the_town(county: Together) -> None:
    offer(county, whole_county=True)
    assert supply(county) is Supply.COUNTY_ONLY
    offer(county, towns=(HOME, AWAY))
    assert supply(county) is Supply.HERE
    found = gaps.gaps(HOME, members=[county.stranger.organization], today=TODAY)
    culture, sport = found[0].cells
    assert (culture.here, culture.whole_county, culture.members) == (1, 1, 2)
    assert sport.supply is Supply.NOTHING


def test_what_few_looked_for_is_not_told(county: Together) -> None:
    def count(field: str, times: int, *, ags: str = HOME) -> None:
        for _ in range(times):
            signals.count(
                signals.Count(
                    source=SignalSource.SEARCH,
                    reason=SignalReason.NOTHING_FOUND,
                    on=TODAY,
                    ags=ags,
                    phase="kita",
                    field=field,
                )
            )

    count("sport", 4)
    count("kultur", 6)
    count("sport", 9, ags=AWAY)
    found = gaps.asked(HOME, today=TODAY)
    assert [(each.phase, each.field, each.count) for each in found] == [("Kita", "Kultur", 6)]
    assert gaps.asked(HOME, today=TODAY + timedelta(days=500)) == ()
    del county

"""What a quarter lacks: a service counts where it is or for whom it is, and what few looked for is not told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.directory.models import ActionField, LifePhase, Location, ServiceAtLocation
from lueckenlos.commons.places.models import County, Municipality, SocialArea
from lueckenlos.commons.signals import services as signals
from lueckenlos.commons.signals.types import SignalReason, SignalSource
from lueckenlos.core.fields import Point
from lueckenlos.kernels.geometry import to_metres
from lueckenlos.offers.centres import gaps, services
from lueckenlos.offers.centres.gaps import Supply
from lueckenlos.offers.centres.quarters import Ground, Quarter, quarter_of
from tests.offers.browsing import client
from tests.offers.centres.house import NEW, Together

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
    found = gaps.gaps(directory.planning_entries(), HOME, members=members, today=TODAY)
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
    found = gaps.gaps(directory.planning_entries(), HOME, members=[county.stranger.organization], today=TODAY)
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


NORTH, SOUTH = (6.48, 50.81), (6.48, 50.79)


@pytest.fixture
def quarters(county: Together) -> Together:
    """The town has a quarter in the north and one in the south, and one of which only the name is known."""
    for key, (west, south) in {"nord": (6.47, 50.80), "sued": (6.47, 50.78)}.items():
        ring = [
            [west, south],
            [west + 0.02, south],
            [west + 0.02, south + 0.02],
            [west, south + 0.02],
            [west, south],
        ]
        SocialArea.objects.create(
            key=key,
            name=key.title(),
            municipality_id=HOME,
            boundary={"type": "Polygon", "coordinates": [ring]},
        )
    SocialArea.objects.create(key="ost", name="Ost", municipality_id=HOME, boundary=None)
    return county


def place(together: Together, where: tuple[float, float], *, street: str = "Beispielweg 3") -> None:
    """The last service is at this place of the town."""
    made = ServiceAtLocation(
        service=together.service(together.stranger, "Treff"),
        location=Location.objects.create(
            street=street, city="Stadt", municipality_id=HOME, point=Point(*to_metres(*where))
        ),
    )
    made.save(force_insert=True)
    made.service.phases.set(LifePhase.objects.filter(key="kita"))
    made.service.fields.set(ActionField.objects.filter(key="kultur"))


def lies(together: Together, **more: object) -> Quarter:
    """In which quarter a centre is whose page says this."""
    view = together.look()
    new = replace(NEW, ags=HOME, **more)  # type: ignore[arg-type]
    services.change_centre(together.key, new, expected=view.version, actor=together.lead.acting())
    return quarter_of(together.look(), directory.planning_entries())


def in_quarter(together: Together, key: str) -> Supply:
    """What there is for culture in a quarter."""
    found = gaps.gaps(directory.planning_entries(), HOME, members=[], today=TODAY, quarter=key)
    return found[0].cells[0].supply


def test_a_quarter_is_what_the_page_says_else_where_its_address_lies(quarters: Together) -> None:
    assert lies(quarters, social_area="sued") == Quarter(Ground.SAID, "sued", "Sued")
    assert lies(quarters, social_area="ost") == Quarter(Ground.NOT_DRAWN, name="Ost")
    assert lies(quarters) == Quarter(Ground.NOT_KNOWN)
    place(quarters, NORTH)
    assert lies(quarters) == Quarter(Ground.ADDRESS, "nord", "Nord")
    assert lies(quarters, place="Beispielweg 33, Stadt").ground is Ground.NOT_KNOWN
    assert lies(quarters, place="In der Mitte").ground is Ground.NOT_KNOWN


def test_a_town_without_quarters_is_counted_as_a_whole(county: Together) -> None:
    assert lies(county) == Quarter(Ground.NONE_HERE)


def test_what_lies_in_another_quarter_is_only_near(quarters: Together) -> None:
    assert in_quarter(quarters, "nord") is Supply.NOTHING
    offer(quarters, whole_county=True)
    assert in_quarter(quarters, "nord") is Supply.COUNTY_ONLY
    place(quarters, SOUTH)
    assert (in_quarter(quarters, "nord"), in_quarter(quarters, "sued")) == (Supply.HERE, Supply.QUARTER)
    offer(quarters, towns=(HOME,))
    assert in_quarter(quarters, "nord") is Supply.HERE
    assert gaps.without_address(directory.planning_entries(), HOME, today=TODAY) == 1
    assert supply(quarters) is Supply.HERE


@override_settings(SECOND_FACTOR="offered")
def test_the_page_says_for_what_it_counts(quarters: Together) -> None:
    browser, url = client(quarters.member), reverse("centres:gaps", args=[quarters.key])
    place(quarters, SOUTH, street="Am Park 1")
    for more, says in (
        ({"social_area": "nord"}, "Gezählt für das Viertel Nord"),
        ({"place": "Am Park 1, Stadt"}, "aus der Adresse des Familienzentrums gelesen"),
        ({"social_area": "ost"}, "ist nicht hinterlegt"),
        ({"place": ""}, "in welchem Viertel das Familienzentrum liegt"),
    ):
        lies(quarters, **more)
        page = browser.get(url).content.decode()
        assert says in page
        assert ("nur Angebote anderswo in der Gemeinde" in page) == (more == {"social_area": "nord"})
    assert client(quarters.stranger).get(url).status_code == 404

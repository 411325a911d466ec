"""Whoever names a place reads how far it is from there, and what is near comes first."""

import math
import re

import pytest
from django.test import Client

from lueckenlos.commons.places import selectors as places
from lueckenlos.commons.places.types import PlaceMatch
from lueckenlos.offers.finder import selectors, services
from lueckenlos.offers.finder.models import IndexedService
from lueckenlos.offers.finder.types import SearchRequest

pytestmark = pytest.mark.django_db
FAR = re.compile(r"([\d,]+) km")
ACROSS_THE_COUNTY = 60.0


@pytest.fixture(autouse=True)
def indexed(db: None) -> None:
    services.refresh_index(limit=1_000)


def meant(typed: str) -> PlaceMatch:
    found = places.find_place(typed)
    assert isinstance(found, list)
    return found[0]


@pytest.mark.parametrize("place", ["Titz", "Heimbach", "Gürzenich", "52351"])
def test_the_page_says_how_far_it_is_from_the_place_named(place: str) -> None:
    page = Client().get("/suche/", {"q": "Krabbelgruppe", "ort": place}).content.decode()
    told = [float(each.replace(",", ".")) for each in FAR.findall(page)]

    assert told
    assert max(told) < ACROSS_THE_COUNTY
    assert "inf km" not in page


def test_without_words_what_is_near_comes_first() -> None:
    here = meant("Titz")
    answer = selectors.search(SearchRequest(ags=here.ags, point=here.point, limit=30))
    far = [hit.distance_km for hit in answer.hits if hit.distance_km is not None]

    assert len(far) > 10
    assert far == sorted(far)


def test_a_village_is_measured_from_itself_and_not_from_its_town() -> None:
    here = meant("Gürzenich")
    [hit] = selectors.search(
        SearchRequest(text="Krabbelgruppe Arnoldsweiler", ags=here.ags, point=here.point, limit=1)
    ).hits
    place = IndexedService.objects.get(key=hit.key).point
    assert place is not None
    assert here.point is not None

    assert hit.distance_km == pytest.approx(math.dist(here.point, place) / 1000, abs=0.06)

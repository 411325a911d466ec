"""Asking for places: by name, postcode, village, position."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lueckenlos.commons.places import selectors
from lueckenlos.commons.places.models import County, Municipality, Postcode, Village
from lueckenlos.commons.places.types import OutsideCounty, PlaceKind
from lueckenlos.kernels import geometry
from lueckenlos.kernels.geometry import AreaIndex, distance, to_metres

pytestmark = pytest.mark.django_db
DUEREN, JUELICH, TITZ, HEIMBACH = "05358008", "05358024", "05358056", "05358012"


def found(text: str) -> list[tuple[str, str]]:
    answer = selectors.find_place(text)
    assert not isinstance(answer, OutsideCounty)
    return [(place.name, place.ags) for place in answer]


def test_the_county_knows_its_name_languages_and_demo_day() -> None:
    county = selectors.county()
    assert (county.key, county.name) == ("05358", "Kreis Düren")
    assert county.demo_date == date(2026, 11, 1)
    assert county.languages == ("de", "de-x-plain", "en", "tr", "ar", "uk")
    assert county.text("banner") == "Beispieldaten: keine echten Angebote"
    assert county.text("banner", language="en").startswith("Example data")
    assert county.text("motto", language="tr") == county.text("motto"), "falls back to German"
    assert county.office("phone").startswith("0221 4710-")
    assert county.text("no such text") == ""


def test_a_page_asks_once_for_the_county_and_the_next_page_sees_changes() -> None:
    with CaptureQueriesContext(connection) as queries, selectors.one_look():
        assert {selectors.county().name for _ in range(3)} == {"Kreis Düren"}
        assert selectors.municipalities()
    assert len([each for each in queries if "xmin" in each["sql"]]) == 1
    County.objects.update(settings={"accent": "#123456"})
    with selectors.one_look():
        assert selectors.county().accent == "#123456"


def test_asking_for_the_county_costs_one_small_query_and_sees_changes() -> None:
    selectors.county()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        selectors.county()
    assert len(queries) == 1
    assert "settings" not in queries[0]["sql"]
    County.objects.update(settings={"accent": "#123456"})
    assert selectors.county().accent == "#123456"


def test_municipalities_stand_in_dictionary_order() -> None:
    names = [place.name for place in selectors.municipalities()]
    assert len(names) == 15
    assert names[:6] == ["Aldenhoven", "Düren", "Heimbach", "Hürtgenwald", "Inden", "Jülich"]
    assert names.index("Niederzier") < names.index("Nörvenich") < names.index("Titz")


@pytest.mark.parametrize(
    "text",
    [
        "Gürzenich",
        "gurzenich",
        "GUERZENICH",
        " in Gürzenich ",
        "Düren-Gürzenich",
        "Gürzenich, Düren",
        "52355 Gürzenich",
    ],
)
def test_a_village_is_found_however_it_is_spelled(text: str) -> None:
    assert found(text)[0] == ("Gürzenich", DUEREN)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jülch", "Jülich"),
        ("Langerweh", "Langerwehe"),
        ("Hürtgenwlad", "Hürtgenwald"),
        ("Birkesdrof", "Birkesdorf"),
        ("Nörfenich", "Nörvenich"),
    ],
)
def test_one_typing_error_is_forgiven(text: str, name: str) -> None:
    assert found(text)[0][0] == name


def test_a_name_that_several_places_bear_lists_them_all() -> None:
    places = found("Krauthausen")
    assert {ags for name, ags in places if name == "Krauthausen"} == {DUEREN, "05358048"}
    assert {ags for name, ags in found("Rath") if name == "Rath"} == {"05358044", "05358052"}


def test_the_town_comes_before_the_village_of_its_name() -> None:
    answer = selectors.find_place("Aldenhoven")
    assert isinstance(answer, list)
    assert [(place.kind, place.ags) for place in answer] == [(PlaceKind.MUNICIPALITY, "05358004")]


def test_a_postcode_gives_its_town_and_point() -> None:
    answer = selectors.find_place("52445")
    assert isinstance(answer, list)
    assert [(place.kind, place.ags, place.label) for place in answer] == [
        (PlaceKind.POSTCODE, TITZ, "52445 Titz")
    ]
    assert answer[0].point is not None


@pytest.mark.parametrize("text", ["50667", "52062 Aachen", "Köln", "koeln", "aachen"])
def test_what_lies_outside_is_said(text: str) -> None:
    assert isinstance(selectors.find_place(text), OutsideCounty)


def test_a_town_outside_still_shows_our_places_of_nearly_that_name() -> None:
    answer = selectors.find_place("Eschweiler")
    assert isinstance(answer, OutsideCounty)
    assert [place.name for place in answer.similar] == ["Eschweiler über Feld"]


def test_our_own_village_wins_over_the_town_of_its_name_outside() -> None:
    assert ("Schleiden", "05358004") in found("Schleiden")


@pytest.mark.parametrize(
    "text", ["", "   ", "?!", "xyzzy", "a", "\x00\x01", "' OR 1=1 --", "<b>", "ß" * 10_000]
)
def test_what_is_no_place_finds_none(text: str) -> None:
    assert selectors.find_place(text) == []


def test_every_village_and_postcode_lies_in_or_close_to_its_municipality() -> None:
    areas = AreaIndex(dict(Municipality.objects.values_list("ags", "boundary")))
    points = [
        *Village.objects.values_list("municipality_id", "point"),
        *Postcode.objects.values_list("municipality_id", "point"),
    ]
    known = [(ags, point) for ags, point in points if point is not None]
    assert len(known) > 150
    assert [(ags, point) for ags, point in known if areas.distance_to(ags, point) > 400] == []


def test_every_municipality_has_villages() -> None:
    assert set(Municipality.objects.filter(villages=None).values_list("name", flat=True)) == set()


def test_a_position_lies_in_its_municipality_or_outside() -> None:
    assert selectors.municipality_at(6.4919, 50.8043) == DUEREN
    assert selectors.municipality_at(6.9583, 50.9413) is None, "Köln"


def test_the_nearest_villages_come_first_with_their_distance() -> None:
    at = to_metres(6.437, 50.794)
    near = selectors.nearest_villages(at, limit=3)
    assert near[0].name == "Gürzenich"
    assert near[0].distance < 50
    assert [place.distance for place in near] == sorted(place.distance for place in near)
    every = {
        (name, ags): distance(at, point)
        for name, ags, point in Village.objects.exclude(point=None).values_list(
            "name", "municipality_id", "point"
        )
        if point is not None
    }
    assert near[2].distance == pytest.approx(sorted(every.values())[2])


def test_the_youth_office_follows_from_the_municipality() -> None:
    town, county = selectors.youth_office_for(DUEREN), selectors.youth_office_for(TITZ)
    assert town is not None and county is not None
    assert town.name == "Jugendamt der Stadt Düren"
    assert (county.name, len(county.ags)) == ("Jugendamt des Kreises Düren", 14)
    assert selectors.youth_office_for("05315000") is None


def test_neighbours_are_known() -> None:
    assert selectors.neighbours(HEIMBACH) == ("05358044",)
    assert selectors.neighbours("05315000") == ()


def test_maps_get_all_areas() -> None:
    areas = selectors.areas_geojson()
    features = areas["features"]
    assert len(features) == 15
    assert (features[0]["properties"]["ags"], features[0]["properties"]["name"]) == ("05358004", "Aldenhoven")
    # The name stands where the folder says, and always inside.
    assert features[0]["properties"]["label_lon"] == pytest.approx(6.2557, abs=1e-5)
    for feature in features:
        given = feature["properties"]
        assert geometry.holds(feature["geometry"], given["label_lon"], given["label_lat"]), given["name"]


def test_maps_name_the_source_of_the_boundaries() -> None:
    assert selectors.areas_geojson()["attribution"] == "© GeoBasis-DE / BKG 2017 (Daten verändert)"


def test_children_are_counted_by_phase_with_parts_of_years() -> None:
    by_age = selectors.population_by_age(TITZ)
    assert selectors.children(TITZ, age_from=10, age_to=16) == sum(by_age[age] for age in range(10, 16))
    assert selectors.children(TITZ, age_from=0.25, age_to=3) == pytest.approx(
        0.75 * by_age[0] + by_age[1] + by_age[2]
    )
    assert selectors.children(TITZ, age_from=-0.75, age_to=0.25) == pytest.approx(by_age[0])
    assert selectors.children(age_from=0, age_to=18) == pytest.approx(
        sum(selectors.children(place.ags, age_from=0, age_to=18) for place in selectors.municipalities())
    )


def test_an_indicator_is_read_in_its_latest_year() -> None:
    values = selectors.indicator_values("sgb2_minors")
    assert len(values) == 15
    assert values != selectors.indicator_values("sgb2_minors", year=2021)


def test_a_postcode_stands_for_a_town() -> None:
    place = selectors.postcode_place("52445", city="Titz")
    assert place is not None and place.ags == TITZ
    assert selectors.postcode_place("50667") is None

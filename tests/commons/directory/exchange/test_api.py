"""The public interface answers what the format promises, to everybody, at the same price."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from lueckenlos.commons.directory.models import Organization, Service
from tests.commons.directory.exchange.schemas import Judge, judge_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return Client()


@pytest.fixture(params=["hsds", "oruk"])
def profile(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def judge(profile: str) -> Judge:
    return judge_of(profile)


def get(client: Client, path: str, **asked: Any) -> Any:
    response = client.get(path, asked)
    assert response.status_code == 200, response.content
    assert response["Access-Control-Allow-Origin"] == "*"
    return json.loads(response.content)


def test_the_root_says_version_profile_and_description(client: Client, profile: str) -> None:
    root = get(client, f"/api/{profile}/")
    assert root["version"] == {"hsds": "3.1", "oruk": "HSDS-UK-3.0"}[profile]
    described = get(client, root["openapi_url"].removeprefix("http://testserver"))
    assert f"/api/{profile}/services/{{id}}" in described["paths"]
    assert "service" in described["components"]["schemas"]


@pytest.mark.parametrize(
    ("path", "entity"),
    [
        ("services", "service"),
        ("service_at_locations", "service_at_location"),
        ("organizations", "organization"),
        ("taxonomies", "taxonomy"),
        ("taxonomy_terms", "taxonomy_term"),
    ],
)
def test_every_record_of_every_page_is_valid(
    client: Client, profile: str, judge: Judge, path: str, entity: str
) -> None:
    number, total = 1, 1
    seen = []
    while number <= total:
        page = get(client, f"/api/{profile}/{path}", page=number, per_page=200, full="true")
        total = page["total_pages"]
        assert page["size"] == len(page["contents"])
        for record in page["contents"]:
            assert judge(record, entity) == []
            seen.append(record["id"])
        number += 1
    assert len(seen) == len(set(seen)) == page["total_items"] > 0
    assert page["last_page"] is True
    one = get(client, f"/api/{profile}/{path}/{seen[0]}")
    assert one["id"] == seen[0]
    assert judge(one, entity) == []


def test_the_short_list_has_no_lists(client: Client, profile: str, judge: Judge) -> None:
    for record in get(client, f"/api/{profile}/services", per_page=5)["contents"]:
        assert judge(record, "service") == []
        assert not [value for value in record.values() if isinstance(value, list)]
        assert record["organization"]["name"]


def test_minimal_gives_id_and_change_alone(client: Client) -> None:
    record = get(client, "/api/hsds/services", minimal="true")["contents"][0]
    assert record.keys() == {"id", "last_modified"}


def count(client: Client, path: str, **asked: Any) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        get(client, path, **asked)
    return len(queries)


@pytest.mark.parametrize("path", ["services", "service_at_locations", "organizations"])
def test_a_long_page_costs_as_many_queries_as_a_short_one(client: Client, path: str) -> None:
    assert count(client, f"/api/hsds/{path}", per_page=3, full="true") >= count(
        client, f"/api/hsds/{path}", per_page=100, full="true"
    )


def test_filters_narrow(client: Client) -> None:
    everything = get(client, "/api/hsds/services", per_page=1)["total_items"]
    term = get(client, "/api/hsds/services", per_page=1, full="true")["contents"][0]["attributes"][0]
    for asked in (
        {"search": "Beratung"},
        {"taxonomy_term_id": term["taxonomy_term"]["id"]},
        {"postcode": "52428"},
        {"postcode": "52428", "proximity": "3000"},
        {"maximum_age": "6"},
    ):
        assert 0 < get(client, "/api/hsds/services", per_page=1, **asked)["total_items"] < everything, asked
    for asked in (
        {"search": "gibtesnichtxyz"},
        {"modified_after": "2999-01-01"},
        {"postcode": "99999"},
        {"taxonomy_term_id": "00000000-0000-4000-8000-000000000000"},
    ):
        page = get(client, "/api/hsds/services", **asked)
        assert (page["total_items"], page["empty"], page["last_page"]) == (0, True, True), asked


def test_near_places_are_near(client: Client) -> None:
    near = get(client, "/api/hsds/service_at_locations", postcode="52428", proximity="2500", full="true")
    assert near["contents"]
    for record in near["contents"]:
        assert abs(record["location"]["latitude"] - 50.92) < 0.06


@pytest.mark.parametrize(
    ("asked", "word"),
    [
        ({"page": "null"}, "ganze Zahl"),
        ({"page": "0"}, "mindestens 1"),
        ({"per_page": "100000"}, "höchstens 500"),
        ({"full": "vielleicht"}, "true oder false"),
        ({"taxonomy_id": "7"}, "UUID"),
        ({"modified_after": "gestern"}, "Datum"),
        ({"proximity": "nah"}, "Zahl"),
        ({"proximity": "nan", "postcode": "52428"}, "höchstens"),
        ({"search": "x" * 201}, "200 Zeichen"),
        ({"format": "xml"}, "eines sein von"),
    ],
)
def test_a_wrong_parameter_is_refused_in_a_sentence(client: Client, asked: dict[str, str], word: str) -> None:
    response = client.get("/api/hsds/services", asked)
    assert response.status_code == 422
    assert word in json.loads(response.content)["message"]


@pytest.mark.parametrize("text", ["\x00", "'; DROP TABLE directory_service; --", "%", "<script>", "\ud83d"])
def test_hostile_words_are_words(client: Client, text: str) -> None:
    assert client.get("/api/hsds/services", {"search": text.encode("utf-8", "replace")}).status_code == 200
    assert (
        client.get("/api/hsds/services", {"postcode": text.encode("utf-8", "replace")[:12]}).status_code
        == 200
    )


def test_what_is_not_there_is_not_found(client: Client, profile: str) -> None:
    nowhere = "00000000-0000-4000-8000-000000000000"
    for path in ("services", "service_at_locations", "taxonomies", "taxonomy_terms", "organizations"):
        assert client.get(f"/api/{profile}/{path}/{nowhere}").status_code == 404
    assert client.get(f"/api/{profile}/services/keine-uuid").status_code == 422


def test_nobody_writes_here(client: Client) -> None:
    assert client.post("/api/hsds/services").status_code == 405
    assert client.delete("/api/hsds/services").status_code == 405


def test_who_asks_for_the_head_alone_gets_it(client: Client, profile: str) -> None:
    for path in (f"/api/{profile}/", f"/api/{profile}/services", "/api/daten/angebote.geojson"):
        head = client.head(path)
        assert (head.status_code, head["Access-Control-Allow-Origin"], head.content) == (200, "*", b"")
    nowhere = "00000000-0000-4000-8000-000000000000"
    assert client.head(f"/api/{profile}/services/{nowhere}").status_code == 404


def test_a_page_of_another_origin_may_ask_with_headers_of_its_own(client: Client) -> None:
    asked = client.options(
        "/api/hsds/services",
        headers={"origin": "https://example.org", "access-control-request-method": "GET"},
    )
    assert asked.status_code == 204
    assert asked["Access-Control-Allow-Origin"] == "*"
    assert asked["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    refused = client.get("/api/hsds/services", {"page": "null"})
    assert (refused.status_code, refused["Access-Control-Allow-Origin"]) == (422, "*")


NASTY = [
    "", " ", "\x00", "-1", "0", "1e400", "9" * 20, "1e15", "NaN", "-Infinity", "null", "[]", "{}", "' OR 1=1 --",
    "<script>", "\ud83d", "😀" * 300, "%00", "٣", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00",
    "2026-02-30", "253402300800", "-62135596801", "24:00", "12:00+05:00", "MO,TU", "true",
]  # fmt: skip


def test_no_value_of_any_parameter_breaks_the_interface(profile: str) -> None:
    client = Client(raise_request_exception=False)
    description = get(client, f"/api/{profile}/openapi.json")
    asked = [
        (path, parameter["name"], parameter["in"])
        for path, operations in description["paths"].items()
        for parameter in operations["get"].get("parameters", [])
    ]
    assert len(asked) > 30
    broken = []
    for path, name, place in asked:
        for value in NASTY:
            sent = value.encode("utf-8", "replace")
            inside = (
                quote(sent, safe="") or "x" if place == "path" else "00000000-0000-4000-8000-000000000000"
            )
            # One record a page: what is asked here is whether it answers, not what.
            given = {"postcode": "52428", "per_page": "1"} | ({name: sent} if place == "query" else {})
            response = client.get(path.replace("{id}", inside), given)
            if response.status_code not in {200, 404, 422}:
                broken.append((path, name, value, response.status_code))
    assert broken == []


def test_what_is_not_published_is_not_answered(client: Client) -> None:
    service = Service.objects.filter(status="active").order_by("key")[0]
    assert client.get(f"/api/hsds/services/{service.id}").status_code == 200
    Service.objects.filter(id=service.id).update(status="inactive")
    assert client.get(f"/api/hsds/services/{service.id}").status_code == 404
    ids = [each["id"] for each in get(client, "/api/hsds/services", minimal="true", per_page=500)["contents"]]
    assert str(service.id) not in ids


def test_where_reminders_go_stays_inside(client: Client) -> None:
    for path in ("organizations", "services"):
        text = json.dumps(get(client, f"/api/hsds/{path}", full="true", per_page=500))
        for address in Organization.objects.exclude(email="").values_list("email", flat=True)[:20]:
            assert address not in text


def test_every_address_of_the_interface_is_open_on_purpose() -> None:
    assert reverse("hsds:services") == "/api/hsds/services"
    mounted: list[Any] = [each for each in get_resolver().url_patterns if str(each.pattern) == "api/"]
    found: list[Any] = [each for part in mounted[0].url_patterns for each in part.url_patterns]
    assert len(found) > 20
    assert {each.callback.guard.name for each in found} == {"public"}

"""Our table of the format says what the published schemas say, and the checks judge as they do."""

import json
from typing import Any

import pytest

from lueckenlos.kernels.openreferral import (
    Form,
    Profile,
    Verdict,
    Why,
    check_record,
    entities,
    kind_of,
    validate,
    validate_feed,
)
from tests.commons.directory.exchange.schemas import HSDS, SAMPLES, documents, judge_of, needed

FORMATS = {"uuid": Form.UUID, "uri": Form.URI, "email": Form.EMAIL, "date-time": Form.DATETIME}


@pytest.mark.parametrize(("profile", "folder"), [(Profile.HSDS, "hsds-3.1"), (Profile.ORUK, "oruk-3.0")])
def test_the_table_is_what_the_published_schemas_say(profile: Profile, folder: str) -> None:
    published = documents(HSDS / folder / "schema")
    del published["openapi"]
    assert entities(profile).keys() == published.keys()
    for entity, schema in published.items():
        ours = entities(profile)[entity]
        theirs = schema["properties"]
        kept = {name for name, part in ours.items() if not part.entity or part.entity in published}
        assert kept == theirs.keys(), entity
        for name in kept:
            part, said = ours[name], theirs[name]
            assert part.is_required == (name in schema.get("required", [])), (entity, name)
            assert part.is_list == (said.get("type") == "array"), (entity, name)
            assert list(part.choices) == said.get("enum", []), (entity, name)
            if part.entity:
                assert f"{part.entity}.json" == (said.get("items") or said)["$ref"]
            elif said["type"] == "number":
                assert part.form is Form.NUMBER
            else:
                assert part.form == FORMATS.get(said.get("format", ""), Form.TEXT), (entity, name)


@pytest.mark.parametrize("name", ["examples", "oruk"])
def test_the_checks_and_the_published_schemas_agree(name: str) -> None:
    folder, profile = {
        "examples": (HSDS / "hsds-3.1" / "examples", Profile.HSDS),
        "oruk": (SAMPLES / "V3.0-UK-Fail", Profile.ORUK),
    }[name]
    judge = judge_of(profile.value)
    compared = 0
    for stem, document in documents(folder).items():
        entity = kind_of(document, hint=stem)
        records = document["contents"] if entity == "page" else [document]
        for record in records:
            entity = kind_of(record, hint=stem)
            if entity in entities(profile):
                assert len(check_record(record, entity, profile=profile)) == len(judge(record, entity)), stem
                compared += 1
    assert compared >= 8


@pytest.mark.parametrize(
    ("folder", "verdict"),
    [
        ("V3.0-UK-Default", Verdict.PASS),
        ("V3.0-UK-Test", Verdict.PASS),
        ("V3.0-UK-Warn", Verdict.WARN),
        ("V3.0-UK-Fail", Verdict.FAIL),
    ],
)
def test_the_british_mocks_behave_as_their_names_say(folder: str, verdict: Verdict) -> None:
    assert validate_feed(documents(SAMPLES / folder), Profile.ORUK).verdict is verdict


def test_a_feed_without_its_root_fails() -> None:
    assert validate_feed({"service_list": []}).errors[0].why is Why.MISSING


def service(**more: Any) -> dict[str, Any]:
    return {
        "id": "ac148810-d857-441c-9679-408f346de14b",
        "name": "Elterncafé",
        "status": "active",
        **more,
    }


@pytest.mark.parametrize(
    ("more", "path", "why"),
    [
        ({"id": "7"}, "$.id", Why.WRONG_FORM),
        ({"id": 7}, "$.id", Why.WRONG_KIND),
        ({"status": "open"}, "$.status", Why.UNKNOWN_WORD),
        ({"email": "nobody"}, "$.email", Why.WRONG_FORM),
        ({"url": "example/counselling"}, "$.url", Why.WRONG_FORM),
        ({"minimum_age": "12"}, "$.minimum_age", Why.WRONG_KIND),
        ({"minimum_age": True}, "$.minimum_age", Why.WRONG_KIND),
        ({"last_modified": "gestern"}, "$.last_modified", Why.WRONG_FORM),
        ({"last_modified": "2026-02-30T00:00:00Z"}, "$.last_modified", Why.WRONG_FORM),
        ({"phones": {}}, "$.phones", Why.WRONG_KIND),
        ({"phones": [{"id": "ac148810-d857-441c-9679-408f346de14b"}]}, "$.phones[0].number", Why.MISSING),
        ({"organization": "x"}, "$.organization", Why.WRONG_KIND),
    ],
)
def test_each_mistake_is_named_with_its_place(more: dict[str, Any], path: str, why: Why) -> None:
    assert validate(service()).verdict is Verdict.PASS
    found = validate(service(**more)).errors
    assert [(each.path, each.why) for each in found] == [(path, why)]


def test_a_page_that_contradicts_itself_warns() -> None:
    page = {
        "total_items": 1, "total_pages": 2, "page_number": 1, "size": 1, "first_page": True, "last_page": True,
        "empty": False, "contents": [service()],
    }  # fmt: skip
    assert validate(page).verdict is Verdict.WARN
    assert validate({**page, "last_page": False, "total_items": 2}).verdict is Verdict.PASS


@pytest.mark.parametrize("document", [None, 7, "x", {}, [7], {"contents": [None]}, {"foo": 1}])
def test_what_is_no_document_is_an_error_and_no_crash(document: Any) -> None:
    assert validate(document).verdict is Verdict.FAIL


def test_endless_nesting_ends() -> None:
    document: dict[str, Any] = service()
    for _ in range(200):
        document = service(
            service_at_locations=[{"id": service()["id"], "location": {}}],
            organization={
                "id": service()["id"],
                "name": "x",
                "description": "",
                "locations": [
                    {
                        "id": service()["id"],
                        "location_type": "physical",
                        "contacts": [],
                        "organization": document,
                    }
                ],
            },
        )
    assert json.dumps(document)
    validate(document)


def test_the_samples_are_where_they_belong() -> None:
    assert needed(SAMPLES).is_dir()

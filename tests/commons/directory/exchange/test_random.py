"""Export and import are inverse to each other on entries that nobody thought of."""

from datetime import date, time
from decimal import Decimal
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lueckenlos.commons.directory.exchange import codes as lists
from lueckenlos.commons.directory.exchange import documents
from lueckenlos.commons.directory.exchange.codes import EXCEPTIONS, FACTS, Codes
from lueckenlos.commons.directory.exchange.intake import Intake
from lueckenlos.commons.directory.exchange.keeping import overlay
from lueckenlos.commons.directory.exchange.records import Directory, Entry, Row, in_order
from lueckenlos.commons.directory.exchange.surroundings import Surroundings
from lueckenlos.commons.directory.exchange.troubles import Notes
from lueckenlos.commons.directory.types import (
    Access,
    Audience,
    Format,
    OrganizationKind,
    ServiceStatus,
    TextState,
)
from lueckenlos.kernels.openreferral import from_tables, to_tables
from lueckenlos.kernels.openreferral.spec import Profile
from lueckenlos.kernels.sortkey import sort_key

PHASES, FIELDS, KINDS, AGS = ("unter_3", "kita"), ("gesundheit",), ("kurs",), ("05358008", "05358024")
CODES = Codes(
    {
        lists.LIFE_PHASE: dict.fromkeys(PHASES, "Phase"),
        lists.ACTION_FIELD: dict.fromkeys(FIELDS, "Feld"),
        lists.KIND: dict.fromkeys(KINDS, "Art"),
        lists.AUDIENCE: {each: each for each in Audience},
        lists.FORMAT: {each: each for each in Format},
        lists.ACCESS: {each: each for each in Access},
        lists.ORGANIZATION_KIND: {each: each for each in OrganizationKind},
        lists.MUNICIPALITY: dict.fromkeys(AGS, "Gemeinde"),
        lists.EXCEPTION: EXCEPTIONS,
        lists.FACT: FACTS,
        lists.TEXT_STATE: {each: each for each in TextState},
    },
    "05358",
    "Kreis",
)
letters = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
name = st.text(letters, min_size=1, max_size=20).filter(lambda each: each.strip())
words = st.one_of(st.just(""), st.text(letters, max_size=30))
ids = st.integers(1, 2**128 - 1).map(lambda number: UUID(int=number))
days = st.dates(date(1990, 1, 1), date(2090, 1, 1))
maybe_day = st.none() | days
keys = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)
email = st.sampled_from(["", "info@example.org"])
website = st.sampled_from(["", "https://example.org/a"])
extras = st.dictionaries(
    st.sampled_from(["x_a", "x_b"]),
    st.one_of(st.text(letters, min_size=1), st.integers(1, 99), st.lists(st.integers(), min_size=1)),
    max_size=2,
)
flag = st.sampled_from([None, True, False])


def unique(row: st.SearchStrategy[Row], most: int = 3) -> st.SearchStrategy[list[Row]]:
    return st.lists(row, max_size=most, unique_by=lambda each: each.get("id")).map(in_order)


phones = unique(
    st.fixed_dictionaries(
        {
            "id": ids, "number": name, "extension": st.sampled_from(["", "12", "012", "-7"]), "type": words.map(lambda w: w[:20]),
            "description": words, "languages": st.lists(st.sampled_from(["de", "tr"]), unique=True), "unknown": extras,
        }
    )
)  # fmt: skip
contacts = unique(
    st.fixed_dictionaries(
        {"id": ids, "name": words, "title": name, "department": words, "email": email, "unknown": extras, "phones": phones}
    ), 2,
)  # fmt: skip
funding = unique(st.fixed_dictionaries({"id": ids, "source": name, "until": maybe_day, "unknown": extras}))
costs = unique(
    st.fixed_dictionaries(
        {
            "id": ids, "option": words, "amount": st.none() | st.decimals(0, 9999, places=2).map(lambda d: Decimal(d).quantize(Decimal("0.01"))),
            "currency": st.just("EUR"), "description": words, "unknown": extras,
        }
    )
)  # fmt: skip
rules = st.sampled_from(
    [
        "",
        "FREQ=WEEKLY;BYDAY=MO,TH",
        "FREQ=MONTHLY;INTERVAL=2;BYDAY=2TU",
        "FREQ=DAILY",
        "FREQ=WEEKLY;UNTIL=20261231",
        "FREQ=MONTHLY;COUNT=3",
    ]
)
schedules = st.lists(
    st.fixed_dictionaries(
        {
            "id": ids, "position": st.just(0), "rrule": rules, "starts_on": maybe_day, "ends_on": maybe_day,
            "opens_at": st.none() | st.times().map(lambda t: time(t.hour, t.minute)), "closes_at": st.none() | st.just(time(17, 30)),
            "skips": st.lists(st.sampled_from(sorted(EXCEPTIONS)), unique=True), "description": words, "unknown": extras,
        }
    ),
    max_size=2, unique_by=lambda each: each["id"],
).map(lambda rows: [row | {"position": number} for number, row in enumerate(rows)])  # fmt: skip
capacities = unique(
    st.fixed_dictionaries(
        {"id": ids, "maximum": st.integers(0, 500), "available": st.none() | st.integers(0, 500), "known_on": days, "unknown": extras}
    ), 2,
)  # fmt: skip
papers = unique(st.fixed_dictionaries({"id": ids, "document": name, "unknown": extras}))
texts = st.lists(
    st.fixed_dictionaries(
        {
            "field": st.sampled_from(["name", "description"]), "language": st.sampled_from(["tr", "de-x-plain"]), "text": words,
            "state": st.sampled_from([str(each) for each in TextState]), "source_hash": st.sampled_from(["", "ab" * 32]),
        }
    ),
    max_size=3, unique_by=lambda each: (each["field"], each["language"]),
).map(lambda rows: [row for row in in_order(rows) if row["text"]])  # fmt: skip


@st.composite
def directories(draw: st.DrawFn) -> Directory:
    made = Directory()
    organization = draw(ids)
    title = draw(name)
    made.organizations[organization] = Entry(
        {
            "id": organization, "key": draw(keys), "name": title, "sort_key": sort_key(title.strip())[:300],
            "kind": draw(st.sampled_from([str(each) for each in OrganizationKind])), "description": draw(words), "email": draw(email),
            "website": draw(website), "predecessor_id": draw(st.none() | ids), "ended_on": draw(maybe_day), "unknown": draw(extras),
        },
        {"phones": draw(phones), "contacts": draw(contacts), "funding": draw(funding), "translations": draw(texts)},
    )  # fmt: skip
    place = draw(ids)
    where = draw(st.booleans())
    made.locations[place] = Entry(
        {
            "id": place, "organization_id": draw(st.sampled_from([None, organization])), "name": draw(words),
            "location_type": draw(st.sampled_from(["physical", "virtual"])), "street": draw(words), "postcode": draw(st.sampled_from(["", "52349"])),
            "city": draw(words), "country": draw(st.sampled_from(["DE", "BE"])), "municipality_id": draw(st.sampled_from([None, *AGS])),
            "latitude": 50.5 if where else None, "longitude": 6.25 if where else None, "transportation": draw(words),
            "accessible": draw(flag), "accessibility_note": draw(words), "unknown": draw(extras),
        },
        {"phones": draw(phones)},
    )  # fmt: skip
    for own_id, key in zip(
        draw(st.lists(ids, min_size=1, max_size=2, unique=True)),
        draw(st.lists(keys, min_size=2, max_size=2, unique=True)),
        strict=False,
    ):
        made.services[own_id] = _service(draw, own_id, key=key, organization=organization, place=place)
    return made


def _service(draw: st.DrawFn, own_id: UUID, *, key: str, organization: UUID, place: UUID) -> Entry:
    crosses = draw(st.booleans())
    row: Row = {
        "id": own_id, "key": key, "organization_id": organization, "name": draw(name), "alternate_name": draw(words),
        "description": draw(words), "website": draw(website), "email": draw(email),
        "status": draw(st.sampled_from([str(each) for each in ServiceStatus])), "valid_from": draw(maybe_day), "valid_to": draw(maybe_day),
        "kind_id": draw(st.sampled_from([None, *KINDS])), "age_min": draw(st.sampled_from([None, 0, 0.5, 6])),
        "age_max": draw(st.sampled_from([None, 6, 27.5])), "audience": draw(st.sampled_from([str(each) for each in Audience])),
        "eligibility": draw(words), "format": draw(st.sampled_from([str(each) for each in Format])),
        "access": draw(st.sampled_from([str(each) for each in Access])), "application": draw(words), "fee": draw(words),
        "is_free": draw(st.booleans()), "languages": draw(st.lists(st.sampled_from(["de", "tr", "uk"]), unique=True)),
        "interpretation": draw(words), "accessible": draw(flag), "whole_county": draw(st.booleans()), "schedule_text": draw(words),
        "waiting_weeks": draw(st.none() | st.integers(0, 99)), "waiting_on": draw(maybe_day), "verified_on": draw(maybe_day),
        "bridge_from_id": PHASES[0] if crosses else None, "bridge_to_id": PHASES[1] if crosses else None,
        "is_seed": draw(st.booleans()), "unknown": draw(extras),
    }  # fmt: skip
    at = [{"id": draw(ids), "location_id": place, "description": draw(words), "unknown": draw(extras)}]
    parts: dict[str, list[Row]] = {
        "phones": draw(phones), "contacts": draw(contacts), "schedules": draw(schedules), "cost_options": draw(costs),
        "funding": draw(funding), "required_documents": draw(papers), "capacities": draw(capacities),
        "at_locations": at if draw(st.booleans()) else [], "translations": draw(texts),
    }  # fmt: skip
    areas = draw(st.lists(st.sampled_from(AGS), unique=True))
    return Entry(row, parts, {"phases": draw(st.sampled_from([(), PHASES[1:], tuple(sorted(PHASES))])), "fields": FIELDS, "catchment": tuple(sorted(areas))})  # fmt: skip


def distinct(made: Directory) -> bool:
    """Whether no id stands twice, as no database would hold it."""
    seen: list[UUID] = [*made.organizations, *made.locations, *made.services]
    for entry in [*made.organizations.values(), *made.locations.values(), *made.services.values()]:
        for name_, rows in entry.parts.items():
            if name_ != "translations":
                seen += [row["id"] for row in rows]
                seen += [phone["id"] for row in rows for phone in row.get("phones", ())]
    return len(seen) == len(set(seen))


def come_back(services: list[Row], organizations: list[Row]) -> Directory:
    notes = Notes()
    intake = Intake(Surroundings(CODES, UUID(int=7)), notes)
    for document in organizations:
        intake.organization(document, "hier")
    for document in services:
        intake.service(document, "hier")
    assert notes.kept == []
    return intake.directory


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(directories().filter(distinct))
def test_random_directories_come_back_as_they_went_out(made: Directory) -> None:
    services = [
        documents.service_document(entry, directory=made, codes=CODES) for entry in made.services.values()
    ]
    organizations = [
        documents.organization_document(entry, codes=CODES, places=made.locations.values())
        for entry in made.organizations.values()
    ]
    assert come_back(services, organizations) == made
    tables = to_tables({"organization": organizations, "service": services}, profile=Profile.DE)
    nested = from_tables(tables)
    from_rows = come_back(nested.services, nested.organizations)
    assert from_rows.services == made.services
    assert from_rows.organizations == made.organizations


def test_what_we_know_ourselves_goes_before_what_was_kept() -> None:
    assert overlay({"name": "neu"}, {"name": "alt", "x": 1}) == {"name": "neu", "x": 1}

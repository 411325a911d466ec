"""Nested records and tables are two forms of the same thing."""

from typing import Any
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from lueckenlos.kernels.openreferral import from_tables, to_tables
from tests.commons.directory.exchange.schemas import HSDS, documents

words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
numbers = st.integers(min_value=1, max_value=2**120)
extras = st.dictionaries(
    st.sampled_from(["x_eins", "x_zwei"]), st.one_of(words, st.integers(), st.lists(words))
)


@st.composite
def services(draw: st.DrawFn) -> list[dict[str, Any]]:
    used: set[int] = set()

    def own_id() -> str:
        number = draw(numbers.filter(lambda each: each not in used))
        used.add(number)
        return str(UUID(int=number))

    organization = {"id": own_id(), "name": draw(words), "description": draw(words), **draw(extras)}
    made = []
    for _ in range(draw(st.integers(1, 3))):
        phones = [
            {"id": own_id(), "number": draw(words), "languages": [{"id": own_id(), "code": "de"}]}
            for _ in range(draw(st.integers(1, 2)))
        ]
        location = {
            "id": own_id(),
            "location_type": "physical",
            "latitude": draw(st.integers(-90, 90)),
            "phones": phones,
        }
        made.append(
            {
                "id": own_id(), "name": draw(words), "status": "active", **draw(extras),
                "minimum_age": draw(st.integers(0, 99)),
                "organization": organization,
                "service_at_locations": [{"id": own_id(), "location": location}],
                "attributes": [
                    {"id": own_id(), "link_entity": "service", "value": draw(words),
                     "taxonomy_term": {"id": own_id(), "name": draw(words), "description": "x"}}
                ],
            }
        )  # fmt: skip
    return made


@settings(max_examples=60, deadline=None)
@given(services())
def test_tables_give_back_what_they_were_made_of(made: list[dict[str, Any]]) -> None:
    assert from_tables(to_tables({"service": made})).services == made


def test_the_published_example_survives_its_tables() -> None:
    example = documents(HSDS / "hsds-3.1" / "examples")["service_full"]
    back = from_tables(to_tables({"service": [example]}))
    assert back.loose == {}
    again = back.services[0]
    assert again["phones"] == example["phones"]
    assert again["capacities"] == example["capacities"]
    assert again["service_at_locations"][0]["location"]["addresses"][0]["city"] == "MyCity"


def test_a_ring_of_rows_ends() -> None:
    tables: dict[str, list[dict[str, Any]]] = {
        "service": [{"id": "a", "name": "x", "organization_id": "o"}],
        "organization": [{"id": "o", "name": "y", "parent_organization_id": "o"}],
        "location": [{"id": "l", "organization_id": "o"}],
        "service_at_location": [{"id": "s", "service_id": "a", "location_id": "l"}],
        "phone": [{"id": "p", "number": "1", "service_id": "a", "location_id": "l", "organization_id": "o"}],
        "contact": [{"id": "c", "contact_id": "c", "service_id": "a"}],
    }
    service = from_tables(tables).services[0]
    assert service["service_at_locations"][0]["location"]["phones"][0]["number"] == "1"
    assert service["organization"]["phones"][0]["number"] == "1"


def test_rows_that_belong_to_nothing_are_counted() -> None:
    nested = from_tables({"service": [], "phone": [{"id": "p", "number": "1", "service_id": "gone"}]})
    assert nested.loose == {"phone": 1}

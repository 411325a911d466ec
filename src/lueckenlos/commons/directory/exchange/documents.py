"""Entries as Open Referral documents, in the German profile: nothing that the directory says is left out."""

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID, uuid5

from lueckenlos.commons.directory.exchange import codes as lists
from lueckenlos.commons.directory.exchange import parts
from lueckenlos.commons.directory.exchange.codes import Codes
from lueckenlos.commons.directory.exchange.keeping import clean, overlay
from lueckenlos.commons.directory.exchange.parts import attribute, fact, fitting
from lueckenlos.commons.directory.exchange.records import Directory, Entry, Row
from lueckenlos.kernels.openreferral import Form

_STATES: Final = {
    "01": "Schleswig-Holstein", "02": "Hamburg", "03": "Niedersachsen", "04": "Bremen",
    "05": "Nordrhein-Westfalen", "06": "Hessen", "07": "Rheinland-Pfalz", "08": "Baden-Württemberg",
    "09": "Bayern", "10": "Saarland", "11": "Berlin", "12": "Brandenburg", "13": "Mecklenburg-Vorpommern",
    "14": "Sachsen", "15": "Sachsen-Anhalt", "16": "Thüringen",
}  # fmt: skip
_STEP_FREE: Final = {True: "stufenlos zugänglich", False: "nicht stufenlos zugänglich"}
HOME: Final = "DE"


def service_document(entry: Entry, *, directory: Directory, codes: Codes) -> Row:
    """A service with its organization, its places and all else, nested."""
    document = service_core(entry, codes=codes)
    document["service_at_locations"] = [
        at_location_document(row, directory.locations[row["location_id"]], codes=codes)
        for row in entry.parts["at_locations"]
    ]
    document["organization"] = organization_document(
        directory.organizations[entry.row["organization_id"]], codes=codes
    )
    return overlay(clean(document), entry.row["unknown"])


def service_core(entry: Entry, *, codes: Codes) -> Row:
    """A service with its own parts, without organization and places, and without what was kept."""
    row = entry.row
    document = clean(
        {
            "id": str(row["id"]),
            "name": row["name"],
            "alternate_name": row["alternate_name"],
            "description": row["description"],
            "url": fitting(row["website"], Form.URI),
            "email": fitting(row["email"], Form.EMAIL),
            "status": row["status"],
            "interpretation_services": row["interpretation"],
            "application_process": row["application"],
            "fees_description": row["fee"],
            "wait_time": _waiting(row),
            "eligibility_description": row["eligibility"],
            "minimum_age": row["age_min"],
            "maximum_age": row["age_max"],
            "assured_date": row["verified_on"].isoformat() if row["verified_on"] else None,
            "service_areas": parts.areas(
                row["id"], entry.lists["catchment"], whole_county=row["whole_county"], codes=codes
            ),
            "languages": parts.languages(row["id"], row["languages"]),
        }
    )
    for name, write in parts.PARTS.items():
        document |= clean({name: [write(each, codes) for each in entry.parts.get(name, ())]})
    return document | {"attributes": _service_attributes(entry, codes=codes)}


def organization_document(entry: Entry, *, codes: Codes, places: Iterable[Entry] = ()) -> Row:
    """An organization; with its places where they are handed in."""
    row = entry.row
    said: list[Row] = []
    for name, value in (
        ("key", row["key"]),
        ("predecessor", row["predecessor_id"]),
        ("ended_on", row["ended_on"]),
    ):
        said += fact(row["id"], name, value, entity="organization", codes=codes)
    document = clean(
        {
            "id": str(row["id"]),
            "name": row["name"],
            "email": fitting(row["email"], Form.EMAIL),
            "website": fitting(row["website"], Form.URI),
            "phones": [parts.phone(each) for each in entry.parts["phones"]],
            "contacts": [parts.contact(each) for each in entry.parts["contacts"]],
            "funding": [parts.funding(each, codes) for each in entry.parts["funding"]],
            "locations": [location_document(place, codes=codes) for place in places],
            "attributes": [
                attribute(
                    row["id"],
                    lists.ORGANIZATION_KIND,
                    codes.term(lists.ORGANIZATION_KIND, row["kind"]),
                    entity="organization",
                ),
                *said,
                *parts.translations(
                    row["id"], entry.parts["translations"], entity="organization", codes=codes
                ),
            ],
        }
    )
    return overlay(document | {"description": row["description"]}, row["unknown"])


def at_location_document(row: Row, place: Entry, *, codes: Codes) -> Row:
    """A service at one of its places."""
    document = clean({"id": str(row["id"]), "description": row["description"]})
    document["location"] = location_document(place, codes=codes)
    return overlay(document, row["unknown"])


def location_document(entry: Entry, *, codes: Codes) -> Row:
    """A place."""
    row = entry.row
    said = fact(row["id"], "accessible", row["accessible"], entity="location", codes=codes)
    if row["municipality_id"]:
        term = codes.term(lists.MUNICIPALITY, row["municipality_id"])
        said.append(attribute(row["id"], lists.MUNICIPALITY, term, entity="location"))
    document = clean(
        {
            "id": str(row["id"]),
            "location_type": row["location_type"],
            "organization_id": str(row["organization_id"]) if row["organization_id"] else None,
            "name": row["name"],
            "transportation": row["transportation"],
            "latitude": row["latitude"],
            "longitude": row["longitude"],
            "addresses": address(row),
            "accessibility": _accessibility(row),
            "phones": [parts.phone(each) for each in entry.parts["phones"]],
            "attributes": said,
        }
    )
    return overlay(document, row["unknown"])


def address(row: Row) -> list[Row]:
    """The address of a place, with all six fields that the format demands; none where nothing is known."""
    if not (row["street"] or row["postcode"] or row["city"] or row["country"] != HOME):
        return []
    return [
        {
            "id": str(uuid5(row["id"], "address")),
            "address_1": row["street"],
            "city": row["city"],
            "state_province": _STATES.get((row["municipality_id"] or "")[:2], ""),
            "postal_code": row["postcode"],
            "country": row["country"],
            "address_type": "physical",
        }
    ]


def accessibility_id(location: UUID) -> str:
    """The id of what we ourselves say about a place's accessibility."""
    return str(uuid5(location, "accessibility"))


def _accessibility(row: Row) -> list[Row]:
    if row["accessible"] is None and not row["accessibility_note"]:
        return []
    words = _STEP_FREE.get(row["accessible"], "")
    return [
        clean({"id": accessibility_id(row["id"]), "description": words, "details": row["accessibility_note"]})
    ]


def _waiting(row: Row) -> str:
    if row["waiting_weeks"] is None:
        return ""
    weeks = "1 Woche" if row["waiting_weeks"] == 1 else f"{row['waiting_weeks']} Wochen"
    return f"{weeks} (Stand {row['waiting_on']:%d.%m.%Y})" if row["waiting_on"] else weeks


def _service_attributes(entry: Entry, *, codes: Codes) -> list[Row]:
    row = entry.row
    terms: list[tuple[str, str]] = [
        *((lists.LIFE_PHASE, key) for key in entry.lists["phases"]),
        *((lists.ACTION_FIELD, key) for key in entry.lists["fields"]),
        *(((lists.KIND, row["kind_id"]),) if row["kind_id"] else ()),
        (lists.AUDIENCE, row["audience"]),
        (lists.FORMAT, row["format"]),
        (lists.ACCESS, row["access"]),
    ]
    said = [
        attribute(row["id"], taxonomy, codes.term(taxonomy, code), entity="service")
        for taxonomy, code in terms
    ]
    values: dict[str, Any] = {
        "key": row["key"],
        "valid_from": row["valid_from"],
        "valid_to": row["valid_to"],
        "is_free": row["is_free"] or None,
        "accessible": row["accessible"],
        "schedule_text": row["schedule_text"],
        "waiting_weeks": row["waiting_weeks"],
        "waiting_on": row["waiting_on"],
        "is_seed": row["is_seed"] or None,
        "bridge_from": row["bridge_from_id"],
        "bridge_to": row["bridge_to_id"],
    }
    for name, value in values.items():
        said += fact(row["id"], name, value, entity="service", codes=codes)
    return said + parts.translations(row["id"], entry.parts["translations"], entity="service", codes=codes)

"""What Open Referral's records consist of, in one line an entity: HSDS 3.1, and what the profiles change.

`name:form` is a value (text without a form), `name>entity` one record inside, `name[]entity` a list of them;
`!` marks what must be there. A test holds this table against the published schemas.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final


class Profile(StrEnum):
    """Which reading of Open Referral is meant."""

    HSDS = "hsds"
    ORUK = "oruk"
    DE = "de"


class Form(StrEnum):
    """What a value must look like."""

    TEXT = ""
    NUMBER = "number"
    UUID = "uuid"
    URI = "uri"
    EMAIL = "email"
    DATETIME = "datetime"


@dataclass(frozen=True, slots=True)
class Property:
    """One property of an entity; `entity` names the record inside, if it is one or a list of them."""

    name: str
    form: Form = Form.TEXT
    entity: str = ""
    is_list: bool = False
    is_required: bool = False
    choices: tuple[str, ...] = ()


_HSDS: Final = """
accessibility = id:uuid! location_id:uuid description details url:uri attributes[]attribute
    metadata[]metadata
address = id:uuid! location_id:uuid attention address_1! address_2 city! region state_province!
    postal_code! country! address_type! attributes[]attribute metadata[]metadata
attribute = id:uuid! link_id:uuid taxonomy_term_id:uuid link_type link_entity value
    taxonomy_term>taxonomy_term metadata[]metadata label
contact = id:uuid! organization_id:uuid service_id:uuid service_at_location_id:uuid location_id:uuid
    name title department email:email phones[]phone attributes[]attribute metadata[]metadata
cost_option = id:uuid! service_id:uuid valid_from valid_to option currency amount:number
    amount_description attributes[]attribute metadata[]metadata
funding = id:uuid! organization_id:uuid service_id:uuid source attributes[]attribute
    metadata[]metadata
language = id:uuid! service_id:uuid location_id:uuid phone_id:uuid name code note
    attributes[]attribute metadata[]metadata
location = id:uuid! location_type! url:uri organization_id:uuid name alternate_name description
    transportation latitude:number longitude:number external_identifier external_identifier_type
    languages[]language addresses[]address contacts[]contact accessibility[]accessibility
    phones[]phone schedules[]schedule attributes[]attribute metadata[]metadata
meta_table_description = id:uuid! name language character_set attributes[]attribute
    metadata[]metadata
metadata = id:uuid! resource_id:uuid resource_type last_action_date! last_action_type! field_name!
    previous_value! replacement_value! updated_by!
organization = id:uuid! name! alternate_name description! email:email website:uri
    additional_websites[]url tax_status tax_id year_incorporated:number legal_status logo uri:uri
    parent_organization_id:uuid funding[]funding contacts[]contact phones[]phone locations[]location
    programs[]program organization_identifiers[]organization_identifier attributes[]attribute
    metadata[]metadata
organization_identifier = id:uuid! organization_id:uuid identifier_scheme identifier_type!
    identifier! attributes[]attribute metadata[]metadata
phone = id:uuid! location_id:uuid service_id:uuid organization_id:uuid contact_id:uuid
    service_at_location_id:uuid number! extension:number type description languages[]language
    attributes[]attribute metadata[]metadata
program = id:uuid! organization_id:uuid name! alternate_name description! attributes[]attribute
    metadata[]metadata
required_document = id:uuid! service_id:uuid document uri:uri attributes[]attribute
    metadata[]metadata
schedule = id:uuid! service_id:uuid location_id:uuid service_at_location_id:uuid valid_from valid_to
    dtstart timezone:number until count:number wkst freq interval:number byday byweekno bymonthday
    byyearday description opens_at closes_at schedule_link:uri attending_type notes
    attributes[]attribute metadata[]metadata
service = id:uuid! organization_id:uuid program_id:uuid name! alternate_name description url:uri
    additional_urls[]url email:email status! interpretation_services application_process
    fees_description wait_time fees accreditations eligibility_description minimum_age:number
    maximum_age:number assured_date assurer_email:email licenses alert last_modified:datetime
    phones[]phone schedules[]schedule service_areas[]service_area
    service_at_locations[]service_at_location languages[]language organization>organization
    funding[]funding cost_options[]cost_option program>program required_documents[]required_document
    contacts[]contact capacities[]service_capacity attributes[]attribute metadata[]metadata
service_area = id:uuid! service_id:uuid service_at_location_id:uuid name description extent
    extent_type uri attributes[]attribute metadata[]metadata
service_at_location = id:uuid! service_id:uuid location_id:uuid description
    service_areas[]service_area contacts[]contact phones[]phone schedules[]schedule
    location>location attributes[]attribute metadata[]metadata
service_capacity = id:uuid! service_id:uuid unit>unit! unit_id:uuid available:number! maximum:number
    description updated:datetime! attributes[]attribute metadata[]metadata
taxonomy = id:uuid! name! description! uri:uri version metadata[]metadata
taxonomy_term = id:uuid! code name! description! parent_id:uuid taxonomy taxonomy_detail>taxonomy
    language taxonomy_id:uuid term_uri:uri metadata[]metadata
unit = id:uuid! name! scheme identifier uri:uri attributes[]attribute metadata[]metadata
url = id:uuid! label url:uri! organization_id:uuid service_id:uuid attributes[]attribute
    metadata[]metadata
"""
_CHOICES: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("service", "status"): ("active", "inactive", "defunct", "temporarily closed"),
    ("location", "location_type"): ("physical", "postal", "virtual"),
    ("address", "address_type"): ("physical", "postal", "virtual"),
    ("schedule", "freq"): ("WEEKLY", "MONTHLY"),
    ("schedule", "wkst"): ("MO", "TU", "WE", "TH", "FR", "SA", "SU"),
}
_ORUK_LEAVES_OUT: Final = """
accessibility = metadata
address = address_2 metadata
attribute = link_entity value metadata label
contact = organization_id service_at_location_id location_id department email phones metadata
cost_option = currency attributes metadata
funding = organization_id attributes metadata
language = location_id name code note attributes metadata
location = url organization_id alternate_name transportation languages contacts phones schedules
    metadata
meta_table_description = *
metadata = *
organization = alternate_name additional_websites tax_status tax_id year_incorporated legal_status
    funding contacts phones locations programs metadata
organization_identifier = metadata
phone = location_id service_id organization_id service_at_location_id extension type attributes
    metadata
program = *
required_document = *
schedule = location_id timezone until count wkst byweekno byyearday attributes metadata
service = program_id alternate_name additional_urls interpretation_services application_process
    fees_description wait_time eligibility_description licenses phones program required_documents
    capacities metadata
service_area = service_at_location_id description attributes metadata
service_at_location = description service_areas contacts phones schedules attributes metadata
service_capacity = *
taxonomy = metadata
taxonomy_term = code taxonomy_detail language metadata
unit = *
url = *
"""
_ORUK_ADDS: Final = """
accessibility = accessibility
service_area = service_area
taxonomy = taxonomy_terms[]taxonomy_term
taxonomy_term = term
"""
_DE_ADDS: Final = """
attribute = field language source_hash
schedule = rrule
phone = extension_text
"""
_TABLES: Final[Mapping[str, str]] = {
    "accessibility": "accessibility",
    "address": "addresses",
    "funding": "funding",
    "metadata": "metadata",
    "service_at_location": "service_at_location",
    "service_capacity": "service_capacity",
    "taxonomy": "taxonomies",
    "url": "url",
}
_PART: Final = re.compile(r"(\w+?)(?:(>|\[\]|:)(\w+))?(!?)$")


@cache
def entities(profile: Profile = Profile.HSDS) -> Mapping[str, Mapping[str, Property]]:
    """Every entity of a profile with its properties by name."""
    found = {name: _properties(name, text) for name, text in _lines(_HSDS)}
    if profile is Profile.ORUK:
        for name, text in _lines(_ORUK_LEAVES_OUT):
            gone = set(text.split())
            found[name] = {key: value for key, value in found[name].items() if key not in gone}
            if gone == {"*"}:
                del found[name]
    for name, text in _lines({Profile.ORUK: _ORUK_ADDS, Profile.DE: _DE_ADDS}.get(profile, "")):
        found[name] = {**found[name], **_properties(name, text)}
    return found


def table_name(entity: str) -> str:
    """The name of the entity's table in a tabular package, without `.csv`."""
    return _TABLES.get(entity, f"{entity}s")


def entity_of_table(name: str) -> str | None:
    """The entity that a table holds; packages in the wild write singular or plural."""
    for entity in entities():
        if name in {entity, f"{entity}s", table_name(entity)}:
            return entity
    return None


def _lines(text: str) -> list[tuple[str, str]]:
    joined = re.sub(r"\n\s+", " ", text.strip())
    pairs = (line.partition(" = ") for line in joined.splitlines() if line)
    return [(name, body) for name, _sign, body in pairs]


def _properties(entity: str, text: str) -> dict[str, Property]:
    return {part.name: part for part in (_property(entity, word) for word in text.split() if word != "*")}


def _property(entity: str, word: str) -> Property:
    match = _PART.match(word)
    if match is None:
        raise ValueError(word)
    name, sign, target, must = match.groups()
    return Property(
        name,
        Form(target) if sign == ":" else Form.TEXT,
        target if sign in {">", "[]"} else "",
        is_list=sign == "[]",
        is_required=bool(must),
        choices=_CHOICES.get((entity, name), ()),
    )

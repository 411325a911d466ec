"""Turns Open Referral documents of whatever origin into entries of the directory."""

import re
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID, uuid5

from lueckenlos.commons.directory.exchange import codes as lists
from lueckenlos.commons.directory.exchange import documents
from lueckenlos.commons.directory.exchange.keeping import residue
from lueckenlos.commons.directory.exchange.parts import AREA_TYPE
from lueckenlos.commons.directory.exchange.reading import (
    Parts,
    Said,
    day,
    formed,
    language_codes,
    number,
    records,
    said_in,
    text,
)
from lueckenlos.commons.directory.exchange.records import (
    OF_LOCATION,
    OF_ORGANIZATION,
    OF_SERVICE,
    Directory,
    Entry,
    Row,
)
from lueckenlos.commons.directory.exchange.surroundings import Surroundings
from lueckenlos.commons.directory.exchange.troubles import Notes, Trouble
from lueckenlos.commons.directory.fees import is_free
from lueckenlos.commons.directory.keys import slug
from lueckenlos.commons.directory.types import Access, Audience, Format, OrganizationKind, ServiceStatus
from lueckenlos.kernels.openreferral import Form, is_uuid
from lueckenlos.kernels.sortkey import sort_key

_KEY: Final = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")
_WEEKS: Final = re.compile(r"\s*(\d{1,3})\s*(?:wochen?|weeks?)\b", re.IGNORECASE)
_STATUSES: Final = frozenset(ServiceStatus)
_TYPES: Final = frozenset({"physical", "postal", "virtual"})


class Intake:
    """Reads one delivery; `directory` is what it says, `notes` what did not fit."""

    def __init__(self, surroundings: Surroundings, notes: Notes) -> None:
        self.around = surroundings
        self.codes = surroundings.codes
        self.notes = notes
        self.directory = Directory()
        self.parts = Parts(surroundings, notes=notes)

    def organization(self, document: Row, where: str) -> UUID | None:
        """Take an organization in, once; its id, or nothing where it has no name."""
        name = text(document, "name", longest=250).strip()
        own_id = self.parts.id_of(document, "organization", fallback=name, where=where)
        if own_id in self.around.foreign_organizations:
            # Somebody else has an organization of this id: theirs and this one stay apart.
            own_id = uuid5(self.around.namespace, f"organization/{own_id}")
        if own_id in self.directory.organizations or (not name and own_id in self.around.known_organizations):
            return own_id
        if not name:
            self.notes.add(Trouble.NO_NAME, where)
            return None
        said = said_in(document, self.codes)
        given = said.facts.get("key", "")
        is_said = _KEY.fullmatch(given) is not None and len(given) <= 120
        row: Row = {
            "id": own_id,
            "key": self.around.organizations.give(
                own_id, wanted=given if is_said else slug(name), is_said=is_said
            ),
            "name": text(document, "name", longest=250),
            "sort_key": sort_key(name)[:300],
            "kind": said.one(lists.ORGANIZATION_KIND, OrganizationKind.INDEPENDENT),
            "description": text(document, "description"),
            "email": formed(document, "email", Form.EMAIL),
            "website": formed(document, "website", Form.URI),
            "predecessor_id": said.id("predecessor"),
            "ended_on": said.day("ended_on"),
            "unknown": {},
        }
        entry = Entry(row, self._parts(document, OF_ORGANIZATION, own_id=own_id, where=where))
        entry.parts["translations"] = said.texts
        self.directory.organizations[own_id] = entry
        built = documents.organization_document(entry, codes=self.codes)
        row["unknown"] = residue(document, built, "organization", handled={"locations"})
        for place in records(document, "locations"):
            self.location(place, where, owner=own_id, is_ours=is_said)
        return own_id

    def service(self, document: Row, where: str) -> UUID | None:
        """Take a service in with its organization and its places; its id, or nothing where it has no name."""
        name = text(document, "name", longest=250)
        if not name.strip():
            self.notes.add(Trouble.NO_NAME, where)
            return None
        own_id = self.parts.id_of(document, "service", fallback=name, where=where)
        if own_id in self.directory.services:
            return own_id
        said = said_in(document, self.codes)
        given = said.facts.get("key", "")
        is_ours = _KEY.fullmatch(given) is not None and len(given) <= 120
        organization = self._organization_of(document, where)
        row = self._service_row(document, said, is_ours=is_ours, where=where)
        key = self.around.services.give(own_id, wanted=given if is_ours else slug(name), is_said=is_ours)
        if is_ours and key != given:
            self.notes.add(Trouble.KEY_TAKEN, where, given)
        row |= {"id": own_id, "key": key, "organization_id": organization}
        entry = Entry(row, self._parts(document, OF_SERVICE, own_id=own_id, where=where))
        entry.parts["translations"] = said.texts
        self._take_lists(entry, document, said, is_ours=is_ours)
        self._take_places(entry, document, where, is_ours=is_ours)
        if not is_ours:
            _fill(entry, document, places=self.directory.locations)
        built = documents.service_core(entry, codes=self.codes)
        row["unknown"] = residue(document, built, "service", handled=_HANDLED)
        self.directory.services[own_id] = entry
        return own_id

    def location(self, document: Row, where: str, *, owner: UUID, is_ours: bool) -> UUID:
        """Take a place in, once; its id."""
        own_id = self.parts.small_id_of(document, "location", fallback=f"{owner}/{where}", where=where)
        if own_id in self.directory.locations:
            return own_id
        said = said_in(document, self.codes)
        belongs = document.get("organization_id")
        organization = UUID(belongs) if isinstance(belongs, str) and is_uuid(belongs) else None
        kind = document.get("location_type")
        row: Row = {
            "id": own_id,
            "organization_id": organization or (None if is_ours else owner),
            "name": text(document, "name", longest=250),
            "location_type": kind if kind in _TYPES else "physical",
            **_address(document),
            "transportation": text(document, "transportation"),
            "accessible": said.flag("accessible"),
            "accessibility_note": _accessibility_note(document, own_id),
            "unknown": {},
        }
        row |= self._whereabouts(document, row, said, is_ours=is_ours)
        entry = Entry(row, self._parts(document, OF_LOCATION, own_id=own_id, where=where))
        self.directory.locations[own_id] = entry
        row["unknown"] = residue(
            document,
            documents.location_document(entry, codes=self.codes),
            "location",
            handled={"organization_id"},
        )
        return own_id

    def _parts(
        self, document: Row, names: tuple[str, ...], *, own_id: UUID, where: str
    ) -> dict[str, list[Row]]:
        read = [name for name in names if name not in {"translations", "at_locations"}]
        return {name: self.parts.read(document, name, owner=own_id, where=where) for name in read}

    def _organization_of(self, document: Row, where: str) -> UUID:
        inside = document.get("organization")
        found = self.organization(inside, where) if isinstance(inside, dict) and inside else None
        named = document.get("organization_id")
        if found is None and isinstance(named, str) and is_uuid(named):
            known = UUID(named)
            if known in self.directory.organizations or known in self.around.known_organizations:
                found = known
        if found is None:
            self.notes.add(Trouble.NO_ORGANIZATION, where, self.around.sender)
            own_id = uuid5(self.around.namespace, "organization/nobody")
            found = self.organization(
                {"id": str(own_id), "name": self.around.sender, "description": ""}, where
            )
        return found or uuid5(self.around.namespace, "organization/nobody")

    def _service_row(self, document: Row, said: Said, *, is_ours: bool, where: str) -> Row:
        age_min, age_max = (
            number(document, name, least=0, most=130) for name in ("minimum_age", "maximum_age")
        )
        if age_min is not None and age_max is not None and age_min > age_max:
            age_min = age_max = None
        bridge = [said.facts.get(name, "") for name in ("bridge_from", "bridge_to")]
        crosses = all(self.codes.knows(lists.LIFE_PHASE, phase) for phase in bridge)
        fee = text(document, "fees_description", longest=250) or text(document, "fees", longest=250)
        application = text(document, "application_process")
        kind = said.one(lists.KIND, "")
        return {
            "name": text(document, "name", longest=250),
            "alternate_name": text(document, "alternate_name", longest=250),
            "description": text(document, "description"),
            "website": formed(document, "url", Form.URI),
            "email": formed(document, "email", Form.EMAIL),
            "status": self._status(document, where),
            "valid_from": said.day("valid_from"),
            "valid_to": said.day("valid_to"),
            "kind_id": kind or None,
            "age_min": age_min,
            "age_max": age_max,
            "audience": said.one(lists.AUDIENCE, Audience.ALL),
            "eligibility": text(document, "eligibility_description"),
            "format": said.one(lists.FORMAT, Format.ON_SITE),
            "access": said.one(lists.ACCESS, Access.REGISTRATION if application else Access.OPEN),
            "application": application,
            "fee": fee,
            "is_free": bool(said.flag("is_free")) if is_ours else is_free(fee),
            "languages": language_codes(document),
            "interpretation": text(document, "interpretation_services", longest=250),
            "accessible": said.flag("accessible"),
            "whole_county": False,
            "schedule_text": said.facts.get("schedule_text", "")[:500],
            "waiting_weeks": said.whole("waiting_weeks", most=520) if is_ours else _weeks(document),
            "waiting_on": said.day("waiting_on"),
            "verified_on": day(document.get("assured_date")),
            "bridge_from_id": bridge[0] if crosses else None,
            "bridge_to_id": bridge[1] if crosses else None,
            "is_seed": bool(said.flag("is_seed")),
            "unknown": {},
        }

    def _status(self, document: Row, where: str) -> str:
        given = document.get("status")
        if given in (None, ""):
            return ServiceStatus.ACTIVE
        lowered = given.strip().lower() if isinstance(given, str) else ""
        if lowered in _STATUSES:
            return ServiceStatus(lowered)
        self.notes.add(Trouble.UNKNOWN_STATUS, where, given)
        return ServiceStatus.INACTIVE

    def _take_lists(self, entry: Entry, document: Row, said: Said, *, is_ours: bool) -> None:
        extents = {
            str(item.get("extent"))
            for item in records(document, "service_areas")
            if item.get("extent_type") == AREA_TYPE
        }
        municipalities = {each for each in extents if self.codes.knows(lists.MUNICIPALITY, each)}
        # Whoever names no area at all excludes nobody; our own entries say it themselves.
        says_nothing = not is_ours and not document.get("service_areas")
        entry.row["whole_county"] = self.codes.county in extents or says_nothing
        entry.lists = {
            "phases": tuple(sorted(said.terms.get(lists.LIFE_PHASE, ()))),
            "fields": tuple(sorted(said.terms.get(lists.ACTION_FIELD, ()))),
            "catchment": tuple(sorted(municipalities)),
        }

    def _take_places(self, entry: Entry, document: Row, where: str, *, is_ours: bool) -> None:
        rows: dict[UUID, Row] = {}
        for position, item in enumerate(records(document, "service_at_locations")):
            place = item.get("location")
            if not isinstance(place, dict):
                continue
            at = f"{where}, Ort {position + 1}"
            owner = entry.row["organization_id"]
            location = self.location(place, at, owner=owner, is_ours=is_ours)
            if location in rows:
                continue
            own_id = self.parts.part_id(item, "at_locations", owner=entry.id, position=position, where=at)
            row = {
                "id": own_id,
                "location_id": location,
                "description": text(item, "description"),
                "unknown": {},
            }
            built = {"id": str(own_id), "description": row["description"]}
            row["unknown"] = residue(
                item,
                built,
                "service_at_location",
                handled={"location", "service", "service_id", "location_id"},
            )
            rows[location] = row
        entry.parts["at_locations"] = sorted(rows.values(), key=lambda row: str(row["id"]))

    def _whereabouts(self, document: Row, row: Row, said: Said, *, is_ours: bool) -> Row:
        latitude = number(document, "latitude", least=-90, most=90)
        longitude = number(document, "longitude", least=-180, most=180)
        if latitude is None or longitude is None:
            latitude = longitude = None
        ags = said.one(lists.MUNICIPALITY, "") or None
        if ags is None and not is_ours and row["country"] in {documents.HOME, ""}:
            spot = self.around.locate(row["postcode"], row["city"], latitude, longitude)
            ags, latitude, longitude = spot.ags, spot.latitude, spot.longitude
        return {"municipality_id": ags, "latitude": latitude, "longitude": longitude}


_HANDLED: Final = frozenset({"organization", "organization_id", "service_at_locations", "last_modified"})


def _address(document: Row) -> Row:
    found = sorted(records(document, "addresses"), key=lambda item: item.get("address_type") != "physical")
    first = next(iter(found), {})
    country = text(first, "country")
    return {
        "street": text(first, "address_1", longest=250),
        "postcode": text(first, "postal_code", longest=12),
        "city": text(first, "city", longest=120),
        "country": country if len(country) == 2 else (documents.HOME if not first else ""),
    }


def _accessibility_note(document: Row, own_id: UUID) -> str:
    for item in records(document, "accessibility"):
        if item.get("id") == documents.accessibility_id(own_id):
            return text(item, "details")
    notes = (
        text(item, "description") or text(item, "accessibility")
        for item in records(document, "accessibility")
    )
    return "; ".join(note for note in notes if note)


def _weeks(document: Mapping[str, Any]) -> int | None:
    match = _WEEKS.match(text(document, "wait_time"))
    return int(match[1]) if match and int(match[1]) <= 520 else None


def _fill(entry: Entry, document: Row, *, places: dict[UUID, Entry]) -> None:
    """What others say elsewhere: the form from their places, the times from what they give at a place."""
    kinds = {places[row["location_id"]].row["location_type"] for row in entry.parts["at_locations"]}
    if kinds == {"virtual"}:
        entry.row["format"] = Format.ONLINE
    if not entry.row["schedule_text"] and not entry.parts["schedules"]:
        said = (
            text(each, "description")
            for item in records(document, "service_at_locations")
            for each in records(item, "schedules")
        )
        entry.row["schedule_text"] = "; ".join(dict.fromkeys(filter(None, said)))[:500]

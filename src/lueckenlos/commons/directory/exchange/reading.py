"""Reads values and the smaller records out of documents of others; what cannot be used is left to be kept."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any, Final
from uuid import UUID, uuid5

from lueckenlos.commons.directory.exchange import codes as lists
from lueckenlos.commons.directory.exchange import parts
from lueckenlos.commons.directory.exchange.codes import Codes
from lueckenlos.commons.directory.exchange.keeping import residue
from lueckenlos.commons.directory.exchange.records import Row, in_order
from lueckenlos.commons.directory.exchange.surroundings import Surroundings
from lueckenlos.commons.directory.exchange.troubles import Notes, Trouble
from lueckenlos.kernels.openreferral import Form, fits, is_uuid

MOST_PLACES: Final = 2_000_000_000
_LONGEST_EMAIL: Final = 254
_LONGEST_URL: Final = 500


def text(document: Mapping[str, Any], name: str, *, longest: int = 100_000) -> str:
    """A text, cut to what fits; empty for anything else."""
    value = document.get(name)
    return value[:longest] if isinstance(value, str) else ""


def formed(document: Mapping[str, Any], name: str, form: Form) -> str:
    """An address that has its form, else empty."""
    value = document.get(name)
    longest = _LONGEST_EMAIL if form is Form.EMAIL else _LONGEST_URL
    return value if isinstance(value, str) and len(value) <= longest and fits(value, form) else ""


def number(document: Mapping[str, Any], name: str, *, least: float, most: float) -> float | int | None:
    """A number within its limits; a whole one as such."""
    value = document.get(name)
    if not fits(value, Form.NUMBER) or not least <= value <= most:  # type: ignore[operator]
        return None
    return int(value) if float(value).is_integer() else float(value)  # type: ignore[arg-type]


def day(value: Any) -> date | None:
    """The day of a date or of a moment."""
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def hour(value: Any) -> time | None:
    """A time of day, as the clocks there show it."""
    try:
        return time.fromisoformat(value).replace(tzinfo=None) if isinstance(value, str) else None
    except ValueError:
        return None


def records(document: Mapping[str, Any], name: str) -> Iterator[Row]:
    """The records of a list; anything else in it is passed over."""
    value = document.get(name)
    for item in value if isinstance(value, list) else ():
        if isinstance(item, dict):
            yield item


@dataclass(slots=True)
class Said:
    """What a record's attributes say in our own codes."""

    terms: dict[str, list[str]] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    texts: list[Row] = field(default_factory=list)

    def one(self, taxonomy: str, default: str) -> str:
        """The only code of a taxonomy, else the default."""
        return self.terms.get(taxonomy, [default])[0]

    def flag(self, name: str) -> bool | None:
        """A fact that is true or false, or not said."""
        return {"true": True, "false": False}.get(self.facts.get(name, ""))

    def whole(self, name: str, *, most: int) -> int | None:
        """A fact that is a whole number."""
        value = self.facts.get(name, "")
        return int(value) if value.isascii() and value.isdigit() and int(value[:12]) <= most else None

    def day(self, name: str) -> date | None:
        """A fact that is a day."""
        return day(self.facts.get(name))

    def id(self, name: str) -> UUID | None:
        """A fact that is an id."""
        value = self.facts.get(name, "")
        return UUID(value) if is_uuid(value) else None


def said_in(document: Mapping[str, Any], codes: Codes) -> Said:
    """Read the attributes that are written in our codes; the others stay unknown properties."""
    said = Said()
    for item in records(document, "attributes"):
        term = item.get("taxonomy_term")
        own_id = term.get("id") if isinstance(term, dict) else item.get("taxonomy_term_id")
        taxonomy, code = codes.by_id.get(str(own_id), ("", ""))
        value = item.get("value")
        if taxonomy == lists.FACT and isinstance(value, str):
            said.facts.setdefault(code, value)
        elif taxonomy == lists.TEXT_STATE:
            _add_text(said, item, state=code)
        elif taxonomy and code not in said.terms.setdefault(taxonomy, []):
            said.terms[taxonomy].append(code)
    return said


def _add_text(said: Said, item: Row, *, state: str) -> None:
    name, language = text(item, "field", longest=40), text(item, "language", longest=20)
    known = {(each["field"], each["language"]) for each in said.texts}
    if name and language and (name, language) not in known and isinstance(item.get("value"), str):
        said.texts.append(
            {
                "field": name,
                "language": language,
                "text": item["value"],
                "state": state,
                "source_hash": text(item, "source_hash", longest=64),
            }
        )


class Parts:
    """Reads the smaller records of one delivery; an id that stands twice is given once."""

    def __init__(self, surroundings: Surroundings, *, notes: Notes) -> None:
        self.codes = surroundings.codes
        self.namespace = surroundings.namespace
        self.is_feed = surroundings.is_feed
        self.notes = notes
        self._seen: set[tuple[str, UUID]] = set()

    def id_of(self, document: Mapping[str, Any], entity: str, *, fallback: str, where: str) -> UUID:
        """The record's id; one that is no UUID becomes the same UUID every time."""
        given = document.get("id")
        if isinstance(given, str) and is_uuid(given):
            return UUID(given)
        if given in (None, ""):
            self.notes.add(Trouble.NO_ID, where)
            return uuid5(self.namespace, f"{entity}/{fallback}")
        self.notes.add(Trouble.WRONG_ID, where, given)
        return uuid5(self.namespace, f"{entity}/{given}")

    def small_id_of(self, document: Mapping[str, Any], entity: str, *, fallback: str, where: str) -> UUID:
        """The id of what is no service and no organization; in a feed it never meets one of ours."""
        own_id = self.id_of(document, entity, fallback=fallback, where=where)
        return uuid5(self.namespace, f"{entity}/{own_id}") if self.is_feed else own_id

    def read(self, document: Mapping[str, Any], name: str, *, owner: UUID, where: str) -> list[Row]:
        """The rows of one list of a record."""
        rows: list[Row] = []
        for position, item in enumerate(records(document, name)):
            row = _READERS[name](self, item)
            if row is None:
                continue
            own_id = self.part_id(item, name, owner=owner, position=position, where=where)
            row = {"id": own_id, **row, "unknown": {}}
            if name == "schedules":
                row["position"] = len(rows)
            if name == "contacts":
                row["phones"] = self.read(item, "phones", owner=own_id, where=where)
            row["unknown"] = residue(item, parts.PARTS[name](row, self.codes), _ENTITIES[name])
            rows.append(row)
        return in_order(rows)

    def part_id(
        self, document: Mapping[str, Any], name: str, *, owner: UUID, position: int, where: str
    ) -> UUID:
        """The id of a smaller record; where it stands a second time, one that follows from its owner."""
        own_id = self.small_id_of(document, name, fallback=f"{owner}/{position}", where=where)
        if (name, own_id) in self._seen:
            own_id = uuid5(owner, f"{name}/{own_id}/{position}")
        self._seen.add((name, own_id))
        return own_id


def _phone(_reader: Parts, item: Row) -> Row | None:
    given = text(item, "number", longest=60)
    if not given:
        return None
    extension = number(item, "extension", least=0, most=10**15)
    return {
        "number": given,
        "extension": text(item, "extension_text", longest=20) if extension is None else str(extension)[:20],
        "type": text(item, "type", longest=20),
        "description": text(item, "description", longest=300),
        "languages": language_codes(item),
    }


def language_codes(document: Mapping[str, Any]) -> list[str]:
    """The languages of a record by their codes, each once."""
    found = (text(item, "code") for item in records(document, "languages"))
    return list(dict.fromkeys(code for code in found if 0 < len(code) <= 20))


def _contact(_reader: Parts, item: Row) -> Row | None:
    row: Row = {name: text(item, name, longest=200) for name in ("name", "title", "department")}
    row["email"] = formed(item, "email", Form.EMAIL)
    return row if any(row.values()) or item.get("phones") else None


def _schedule(reader: Parts, item: Row) -> Row | None:
    fields = {
        name: item.get(name) for name in parts.RULE.values() if isinstance(item.get(name), str | int | float)
    }
    rule = text(item, "rrule") or parts.rule_text(fields)
    said = said_in(item, reader.codes)
    return {
        "position": 0,
        "rrule": rule if len(rule) <= 300 else "",
        "starts_on": day(item.get("dtstart")) or day(item.get("valid_from")),
        "ends_on": day(item.get("valid_to")) or day(item.get("until")),
        "opens_at": hour(item.get("opens_at")),
        "closes_at": hour(item.get("closes_at")),
        "skips": said.terms.get(lists.EXCEPTION, []),
        "description": text(item, "description", longest=500),
    }


def _cost_option(_reader: Parts, item: Row) -> Row | None:
    return {
        "option": text(item, "option", longest=250),
        "amount": _amount(item.get("amount")),
        "currency": text(item, "currency", longest=3) if len(text(item, "currency")) <= 3 else "",
        "description": text(item, "amount_description", longest=500),
    }


def _amount(value: Any) -> Decimal | None:
    if not fits(value, Form.NUMBER) or not math.isfinite(value) or abs(value) >= 10_000_000:
        return None
    try:
        return Decimal(str(value)).quantize(Decimal("0.01"))
    except InvalidOperation:
        return None


def _funding(reader: Parts, item: Row) -> Row | None:
    source = text(item, "source", longest=250)
    return {"source": source, "until": said_in(item, reader.codes).day("until")} if source else None


def _required_document(_reader: Parts, item: Row) -> Row | None:
    given = text(item, "document", longest=250)
    return {"document": given} if given else None


def _capacity(reader: Parts, item: Row) -> Row | None:
    """Only places a year: beds or kilograms of others stay what they are, unknown properties."""
    unit = item.get("unit")
    if not isinstance(unit, dict) or unit.get("identifier") != parts.PLACES_A_YEAR:
        return None
    maximum, available = (number(item, name, least=0, most=MOST_PLACES) for name in ("maximum", "available"))
    known_on = day(item.get("updated"))
    if not isinstance(maximum, int) or known_on is None:
        return None
    is_unknown = said_in(item, reader.codes).facts.get("available") == "unknown"
    return {
        "maximum": maximum,
        "available": None if is_unknown or not isinstance(available, int) else available,
        "known_on": known_on,
    }


_READERS: Final[Mapping[str, Callable[[Parts, Row], Row | None]]] = {
    "phones": _phone,
    "contacts": _contact,
    "schedules": _schedule,
    "cost_options": _cost_option,
    "funding": _funding,
    "required_documents": _required_document,
    "capacities": _capacity,
}
_ENTITIES: Final = {
    "phones": "phone",
    "contacts": "contact",
    "schedules": "schedule",
    "cost_options": "cost_option",
    "funding": "funding",
    "required_documents": "required_document",
    "capacities": "service_capacity",
}

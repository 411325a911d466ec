"""Nested records as tables and back: the tabular form of Open Referral.

A record inside another becomes a row of its own table that names its parent (`service_id`, `location_id`,
for attributes `link_id` with `link_entity`); one record inside becomes the parent's `…_id`. What the format
does not know of a record stands as JSON in the column `unknown`, so that nothing is lost on the way.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from lueckenlos.kernels.openreferral.spec import Form, Profile, Property, entities, entity_of_table

REST: Final = "unknown"
_MAX_DEPTH: Final = 12
# Which of an entity's own records lie inside others, and under which column the other names them.
_ONE: Final[Mapping[str, str]] = {
    "organization": "organization_id",
    "program": "program_id",
    "location": "location_id",
    "unit": "unit_id",
    "taxonomy_term": "taxonomy_term_id",
    "taxonomy_detail": "taxonomy_id",
}
# What says by itself which organization it belongs to, also where it lies inside something else.
_OWNED: Final = frozenset({"service", "location"})
Row = dict[str, Any]
Tables = dict[str, list[Row]]


def to_tables(documents: Mapping[str, Iterable[Row]], *, profile: Profile = Profile.HSDS) -> Tables:
    """Lay nested records (by entity) out as tables by entity; a record that is met twice gives one row."""
    layout = _Layout(profile)
    for entity, records in documents.items():
        for record in records:
            layout.place(record, entity)
    return {entity: list(rows.values()) for entity, rows in layout.rows.items()}


@dataclass(slots=True)
class _Layout:
    profile: Profile
    rows: dict[str, dict[str, Row]] = field(default_factory=lambda: defaultdict(dict))

    def place(self, record: Row, entity: str, **parent: str) -> str:
        """Write the record's row and those inside it; its id."""
        known = entities(self.profile)[entity]
        row = self.rows[entity].setdefault(str(record["id"]), {})
        row.update(
            {name: value for name, value in record.items() if name in known and not known[name].entity}
        )
        row.update(parent)
        rest = {name: value for name, value in record.items() if name not in known}
        if rest:
            row[REST] = {**row.get(REST, {}), **rest}
        for name, part in known.items():
            if part.entity and record.get(name):
                self._inside(row, entity, part, value=record[name])
        return str(record["id"])

    def _inside(self, row: Row, entity: str, part: Property, *, value: Any) -> None:
        if not part.is_list:
            row[_ONE[part.name]] = self.place(value, part.entity)
            return
        for item in value:
            self.place(item, part.entity, **_link(entity, part.entity, own_id=str(row["id"])))


def _link(parent: str, child: str, *, own_id: str) -> dict[str, str]:
    if child == "attribute":
        return {"link_id": own_id, "link_entity": parent}
    if child == "metadata":
        return {"resource_id": own_id, "resource_type": parent}
    if (parent, child) == ("taxonomy", "taxonomy_term"):
        return {"taxonomy_id": own_id}
    return {f"{parent}_id": own_id}


@dataclass(frozen=True, slots=True)
class Nested:
    """Records put together again, and how many rows of each table belong to nothing."""

    services: list[Row]
    organizations: list[Row]
    taxonomies: list[Row]
    taxonomy_terms: list[Row]
    loose: dict[str, int]


def from_tables(tables: Tables, *, profile: Profile = Profile.DE) -> Nested:
    """Put tables together to nested services and organizations; rows may name parents that are not there."""
    joined = _Join(tables, profile)
    services = [joined.nest("service", row) for row in tables.get("service", ())]
    organizations = [joined.nest("organization", row) for row in tables.get("organization", ())]
    terms = [joined.nest("taxonomy_term", row) for row in tables.get("taxonomy_term", ())]
    taxonomies = [joined.nest("taxonomy", row) for row in tables.get("taxonomy", ())]
    return Nested(services, organizations, taxonomies, terms, joined.loose())


class _Join:
    """Finds the rows that belong to a row."""

    def __init__(self, tables: Tables, profile: Profile) -> None:
        self.profile = profile
        self.by_id = {
            entity: {str(row.get("id")): row for row in rows if row.get("id")}
            for entity, rows in tables.items()
        }
        self.children: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
        self.used: set[int] = set()
        self.tables = tables
        for entity, rows in tables.items():
            for row in rows:
                for parent, parent_id in _parents(entity, row):
                    self.children[parent, parent_id, entity].append(row)

    def nest(self, entity: str, row: Row, *, within: tuple[str, ...] = ()) -> Row:
        """The row with everything that belongs to it; cycles end where they begin."""
        self.used.add(id(row))
        own_id = str(row.get("id") or "")
        known = entities(self.profile)[entity]
        record = _values(row, known)
        if entity not in _OWNED:
            record.pop("organization_id", None)
        if own_id in within or len(within) > _MAX_DEPTH:
            return record
        inside = (*within, own_id)
        for name, part in known.items():
            if not part.entity:
                continue
            if part.is_list:
                found = [] if entity == "taxonomy" else self.children.get((entity, own_id, part.entity), [])
                items = [self.nest(part.entity, item, within=inside) for item in found if id(item) != id(row)]
                if items:
                    record[name] = items
            elif row.get(_ONE[name]):
                other = self.by_id.get(part.entity, {}).get(str(row[_ONE[name]]))
                if other is not None:
                    record[name] = self._one(part.entity, other, inside=inside)
                    if entity == "service":
                        record.pop(_ONE[name], None)
        return record

    def _one(self, entity: str, row: Row, *, inside: tuple[str, ...]) -> Row:
        record = self.nest(entity, row, within=inside)
        # The full list of an organization's places stands once, with the organization itself.
        return {
            name: value for name, value in record.items() if (entity, name) != ("organization", "locations")
        }

    def loose(self) -> dict[str, int]:
        """How many rows of each table nobody asked for."""
        counts = {
            entity: sum(id(row) not in self.used for row in rows) for entity, rows in self.tables.items()
        }
        told = {"metadata", "meta_table_description", "program", "unit"}
        return {entity: count for entity, count in counts.items() if count and entity not in told}


def _parents(entity: str, row: Row) -> Iterator[tuple[str, str]]:
    if entity == "attribute":
        entity = str(row.get("link_entity") or "service")
        yield entity_of_table(entity) or entity, str(row.get("link_id") or "")
        return
    if entity == "metadata":
        yield str(row.get("resource_type") or ""), str(row.get("resource_id") or "")
        return
    for column, value in row.items():
        if column.endswith("_id") and value and column not in {"taxonomy_term_id", "unit_id", "parent_id"}:
            yield column.removesuffix("_id"), str(value)


def _values(row: Row, known: Mapping[str, Property]) -> Row:
    record: Row = {}
    for name, value in row.items():
        if value in (None, ""):
            # An empty cell is no value, but what must be there may be empty.
            if name in known and known[name].is_required and known[name].form is Form.TEXT:
                record[name] = ""
        elif name == REST:
            record.update(value if isinstance(value, dict) else _json_object(str(value)))
        elif name not in _LINKS or name not in known:
            record[name] = _number(value) if name in known and known[name].form is Form.NUMBER else value
    return record


_LINKS: Final = frozenset(
    {
        "link_id", "resource_id", "resource_type", "service_id", "location_id", "contact_id",
        "phone_id", "service_at_location_id", "unit_id", "program_id", "taxonomy_term_id",
    }
)  # fmt: skip


def _number(value: Any) -> Any:
    if isinstance(value, int | float):
        return value
    text = str(value).strip()
    if re.fullmatch(r"-?\d{1,15}", text):
        return int(text)
    try:
        number = float(text)
    except ValueError:
        return value
    return number if abs(number) < 1e300 else value


def _json_object(text: str) -> Row:
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        return {REST: text}
    return read if isinstance(read, dict) else {REST: text}

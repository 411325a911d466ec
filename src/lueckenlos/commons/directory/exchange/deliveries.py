"""Collects what a file, a folder or an address delivers, and sorts it by what it is."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final

from lueckenlos.commons.directory.exchange.records import Row
from lueckenlos.commons.directory.exchange.troubles import Notes, Trouble
from lueckenlos.kernels.openreferral import entity_of_table, from_tables, kind_of

DEEPEST: Final = 60


class TooDeep(ValueError):
    """A document nests deeper than any directory has reason to."""


@dataclass(slots=True)
class Delivery:
    """Services and organizations with where each came from; what was not read is noted."""

    notes: Notes
    services: list[tuple[str, Row]] = field(default_factory=list)
    organizations: list[tuple[str, Row]] = field(default_factory=list)
    root: Row = field(default_factory=dict)
    is_complete: bool = True

    def add(self, document: Any, where: str, *, hint: str = "") -> None:
        """Take one document in, whatever it is."""
        try:
            self._sort(scrubbed(document), where, hint=hint or where)
        except (TooDeep, RecursionError):
            self.notes.add(Trouble.BROKEN, where, "zu tief verschachtelt")

    def add_tables(self, tables: Mapping[str, list[Row]], where: str) -> None:
        """Take in the tables of a tabular package, by the names of their files."""
        known = {entity_of_table(name): rows for name, rows in tables.items()}
        nested = from_tables({entity: rows for entity, rows in known.items() if entity})
        for entity, count in nested.loose.items():
            self.notes.add(Trouble.LOOSE, f"{where}/{entity}", count)
        self.organizations += [
            (f"{where}/organization {number}", each) for number, each in enumerate(nested.organizations, 1)
        ]
        self.services += [
            (f"{where}/service {number}", each) for number, each in enumerate(nested.services, 1)
        ]

    def fail(self, trouble: Trouble, where: str, value: Any) -> None:
        """Note that something is missing from the delivery."""
        self.is_complete = False
        self.notes.add(trouble, where, value)

    def digest(self) -> str:
        """SHA-256 of all that was delivered, so that it can be shown later what was read."""
        read = sha256()
        for _where, document in (*self.organizations, *self.services):
            read.update(json.dumps(document, sort_keys=True, default=str).encode())
        return read.hexdigest()

    def merged_services(self) -> list[tuple[str, Row]]:
        """Each service once, with everything that its several records say."""
        merged: dict[str, tuple[str, Row]] = {}
        for number, (where, document) in enumerate(self.services):
            own_id = str(document.get("id") or f"#{number}")
            known = merged.get(own_id)
            merged[own_id] = (where, document) if known is None else (known[0], _joined(known[1], document))
        return list(merged.values())

    def _sort(self, document: Any, where: str, *, hint: str) -> None:
        kind = kind_of(document, hint=hint)
        if kind in {"page", "list"}:
            items = document["contents"] if kind == "page" else document
            for number, item in enumerate(items, 1):
                self._sort_item(item, f"{where}, Eintrag {number}", hint=hint)
        elif kind == "root":
            self.root = document
        else:
            self._sort_item(document, where, hint=hint)

    def _sort_item(self, document: Any, where: str, *, hint: str) -> None:
        if not isinstance(document, dict):
            self.notes.add(Trouble.BROKEN, where, str(document)[:40])
            return
        tables = {name.removesuffix(".csv"): rows for name, rows in document.items() if name.endswith(".csv")}
        kind = kind_of(document, hint=hint)
        if tables:
            self.add_tables({name: _dicts(rows) for name, rows in tables.items()}, where)
        elif kind == "service":
            self.services.append((where, document))
        elif kind == "service_at_location":
            self._add_place(document, where)
        elif kind == "organization":
            self._add_organization(document, where)
        elif kind not in {"taxonomy", "taxonomy_term"}:
            self.notes.add(Trouble.UNRECOGNIZED, where)

    def _add_place(self, document: Row, where: str) -> None:
        service = document.get("service")
        if not isinstance(service, dict):
            own_id = document.get("service_id")
            if not own_id:
                self.notes.add(Trouble.LOOSE, where, 1)
                return
            service = {"id": own_id}
        place = {name: value for name, value in document.items() if name != "service"}
        self.services.append((where, _joined({"service_at_locations": [place]}, service)))

    def _add_organization(self, document: Row, where: str) -> None:
        services = document.pop("services", None)
        self.organizations.append((where, document))
        for number, item in enumerate(_dicts(services), 1):
            self.services.append((f"{where}, Angebot {number}", {"organization": document, **item}))


def scrubbed(value: Any, depth: int = 0) -> Any:
    """A document without what no database holds: NUL, halves of letters, numbers without end."""
    if depth > DEEPEST:
        raise TooDeep
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "replace").decode()
    if isinstance(value, float):
        # Beyond this a float comes back from the database as another number.
        return value if math.isfinite(value) and abs(value) < 10**15 else None
    if isinstance(value, int) and not isinstance(value, bool):
        return value if abs(value) < 10**30 else None
    if isinstance(value, dict):
        return {scrubbed(str(name)): scrubbed(item, depth + 1) for name, item in value.items()}
    if isinstance(value, list):
        return [scrubbed(item, depth + 1) for item in value]
    return value


def _joined(first: Row, second: Row) -> Row:
    """Both records of one service: the first goes first, places of both."""
    both = {**second, **{name: value for name, value in first.items() if value not in (None, "", [])}}
    places = [
        *_dicts(first.get("service_at_locations")),
        *_dicts(second.get("service_at_locations")),
    ]
    if places:
        unique = {
            str(place.get("id") or number): place for number, place in reversed(list(enumerate(places)))
        }
        both["service_at_locations"] = list(reversed(unique.values()))
    return both


def _dicts(value: Any) -> list[Row]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []

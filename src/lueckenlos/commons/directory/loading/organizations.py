"""Reads and writes organizations: those that services name, with what organizations.csv knows of them."""

import re
import unicodedata
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from psycopg.types.json import Jsonb

from lueckenlos.commons.directory.models import Organization, Phone
from lueckenlos.commons.directory.types import OrganizationKind
from lueckenlos.core.merging import FileReport, copy_rows
from lueckenlos.core.tables import Mistakes, Why, csv_rows
from lueckenlos.kernels.sortkey import sort_key

FILE: Final = "organizations.csv"
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_WEB: Final = re.compile(r"https?://\S+")
_PHONE: Final = re.compile(r"\+?[0-9][0-9 /()–-]{2,40}")
_TRANSCRIBED: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_COLUMNS: Final = (
    "id", "key", "name", "sort_key", "kind", "description", "email", "website", "is_trusted", "unknown",
    "modified_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Details:
    """What organizations.csv says of one organization."""

    kind: str
    email: str
    phone: str
    website: str


def key_of(name: str) -> str:
    """The stable key of an organization, made from its name: Stadt Düren, Jugendamt → stadt-dueren-jugendamt."""
    lowered = name.casefold().translate(_TRANSCRIBED)
    plain = unicodedata.normalize("NFKD", lowered).encode("ascii", "ignore").decode()
    return (
        re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:120].rstrip("-")
        or "o-" + sort_key(name)[:8].encode().hex()
    )


def read_details(folder: Path, *, mistakes: Mistakes) -> dict[str, Details]:
    """The contact points of organizations by name; the file may be missing."""
    path = folder / FILE
    if not path.is_file():
        return {}
    read: dict[str, Details] = {}
    lines: dict[str, int] = {}
    for row in csv_rows(path, columns=("name", "kind", "email", "phone", "website"), mistakes=mistakes):
        name = row.text("name")
        details = Details(
            row.choice("kind", among=frozenset(OrganizationKind), default=""),
            row.words("email", longest=254),
            row.words("phone", longest=60),
            row.words("website", longest=500),
        )
        for column, form, expected in (
            ("email", _EMAIL, "name@example.org"),
            ("phone", _PHONE, "Ziffern, wie 02421 123456"),
            ("website", _WEB, "https://…"),
        ):
            value = getattr(details, column)
            if value and not form.fullmatch(value):
                row.note(column, Why.WRONG_FORM, expected=expected)
        if name in lines:
            row.note("name", Why.TWICE, expected=str(lines[name]))
        lines.setdefault(name, row.line)
        if row.fits:
            read[name] = details
    return read


@dataclass(slots=True)
class Organizations:
    """The organizations of one load; each name is written once, when a service first names it."""

    namespace: uuid.UUID
    details: dict[str, Details]
    now: datetime
    _ids: dict[str, uuid.UUID] = field(default_factory=dict)
    _added: int = 0
    _changed: int = 0

    def id_of(self, name: str) -> uuid.UUID:
        """The id of an organization that was written before."""
        return self._ids[name]

    def write(self, named: Iterable[tuple[str, str]]) -> None:
        """Write those of the names (with their kind) that are new to this load.

        An organization that the house has already keeps what was entered here; only empty contact points
        are filled from the folder.
        """
        kinds: dict[str, str] = {}
        for name, kind in named:
            if name not in self._ids:
                kinds.setdefault(name, kind)
        keys = {name: key_of(name) for name in kinds}
        there = {row.key: row for row in Organization.objects.filter(key__in=set(keys.values()))}
        rows: dict[str, tuple[Any, ...]] = {}
        phones: list[tuple[Any, ...]] = []
        for name, key in keys.items():
            details = self.details.get(name, Details("", "", "", ""))
            known = there.get(key)
            self._ids[name] = known.id if known else uuid.uuid5(self.namespace, key)
            if known is not None:
                self._fill(known, details=details)
            elif key not in rows:
                rows[key] = self._row(name, key=key, kind=details.kind or kinds[name])
                if details.phone:
                    phones.append(self._phone(name, details.phone))
        copy_rows(Organization, _COLUMNS, rows.values())
        copy_rows(
            Phone,
            ("id", "organization_id", "number", "extension", "type", "description", "languages", "unknown"),
            phones,
        )
        self._added += len(rows)

    def report(self) -> FileReport:
        """How many organizations are new, were filled, and were as they are."""
        return FileReport(FILE, self._added, self._changed, len(self._ids) - self._added - self._changed)

    def _row(self, name: str, *, key: str, kind: str) -> tuple[Any, ...]:
        details = self.details.get(name, Details("", "", "", ""))
        own_id = uuid.uuid5(self.namespace, key)
        return (
            own_id, key, name, sort_key(name)[:300], kind, "", details.email, details.website, False, Jsonb({}),
            self.now,
        )  # fmt: skip

    def _phone(self, name: str, number: str) -> tuple[Any, ...]:
        own_id = uuid.uuid5(self._ids[name], f"phone/{number}")
        return (own_id, self._ids[name], number, "", "voice", "", Jsonb([]), Jsonb({}))

    def _fill(self, known: Organization, *, details: Details) -> None:
        wanted = {
            column: getattr(details, column)
            for column in ("email", "website")
            if getattr(details, column) and not getattr(known, column)
        }
        if wanted:
            Organization.objects.filter(id=known.id).update(**wanted, modified_at=self.now)
        lacks_phone = bool(details.phone) and not known.phones.exists()
        if lacks_phone:
            known.phones.create(
                id=uuid.uuid5(known.id, f"phone/{details.phone}"), number=details.phone, type="voice"
            )
        self._changed += bool(wanted or lacks_phone)

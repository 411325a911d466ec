"""What a table would do to the directory: which rows are new, which change an entry, which had better not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import Final
from uuid import UUID

from django.db import connection

from lueckenlos.commons.directory.importing import CheckedRow
from lueckenlos.commons.directory.models import Proposal, Service
from lueckenlos.commons.directory.selectors.content import values_of_row
from lueckenlos.commons.directory.selectors.public import with_everything
from lueckenlos.commons.directory.types import (
    PLAIN,
    Hindrance,
    LocationValue,
    ProposalState,
    ServiceValues,
    TextValue,
)

BATCH: Final = 1_000
_WITHOUT_ORDER: Final = ("phases", "fields", "catchment", "documents")
_BROUGHT: Final = """
SELECT source_key, id, organization_id, key, source_digest FROM directory_service WHERE source_key = ANY(%s)
"""
_HELD: Final = f"{_BROUGHT} ORDER BY id FOR NO KEY UPDATE"
_ANSWERED: Final = (ProposalState.OPEN, ProposalState.REJECTED)


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A row that says something new of an entry which this source brought."""

    row: CheckedRow
    source_key: UUID
    service_id: UUID
    service_key: str
    organization: UUID
    version: int
    old: ServiceValues
    new: ServiceValues

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields in which they differ."""
        names = ServiceValues.__dataclass_fields__
        return tuple(name for name in names if getattr(self.old, name) != getattr(self.new, name))


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A row that differs from an entry which must not be overwritten, with the fields that differ."""

    line: int
    name: str
    service_key: str
    why: Hindrance
    fields: tuple[str, ...] = ()


@dataclass(slots=True)
class ImportPlan:
    """What each row would do; an entry that no row speaks of is left alone."""

    new: list[tuple[CheckedRow, UUID]] = field(default_factory=list)
    changed: list[ChangedRow] = field(default_factory=list)
    held: list[HeldRow] = field(default_factory=list)
    unchanged: int = 0
    settled: list[ChangedRow] = field(default_factory=list)
    """Rows that read otherwise than last time and mean what the entry says already."""


@dataclass(frozen=True, slots=True)
class _Brought:
    id: UUID
    organization: UUID
    key: str
    digest: UUID | None


def source_key(organization_id: UUID, row_key: str) -> UUID:
    """By what a row of an organization's tables is known again."""
    return UUID(bytes=blake2b(row_key.encode(), key=organization_id.bytes, digest_size=16).digest())


def plan_import(
    rows: Sequence[CheckedRow], *, organization_id: UUID, given: frozenset[str], is_wide: bool
) -> ImportPlan:
    """Compare rows with what the same source brought before; only `given` fields are compared and changed.

    Whoever imports for one organization alone (not `is_wide`) changes entries of no other.
    """
    keyed = _keyed(rows, organization_id=organization_id)
    known = _brought(keyed, statement=_BROUGHT)
    return _planned(keyed, known, organization_id=organization_id, given=given, is_wide=is_wide)


def plan_held_import(
    rows: Sequence[CheckedRow], *, organization_id: UUID, given: frozenset[str], is_wide: bool
) -> ImportPlan:
    """The same plan; nobody else changes the entries that the rows speak of until the transaction ends."""
    keyed = _keyed(rows, organization_id=organization_id)
    known = _brought(keyed, statement=_HELD)
    return _planned(keyed, known, organization_id=organization_id, given=given, is_wide=is_wide)


def _keyed(rows: Sequence[CheckedRow], *, organization_id: UUID) -> dict[UUID, CheckedRow]:
    return {source_key(organization_id, row.key): row for row in rows}


def _planned(
    keyed: Mapping[UUID, CheckedRow],
    known: Mapping[UUID, _Brought],
    *,
    organization_id: UUID,
    given: frozenset[str],
    is_wide: bool,
) -> ImportPlan:
    plan = ImportPlan()
    waiting = set(
        Proposal.objects.filter(
            source_key__isnull=False, organization_id=organization_id, state__in=_ANSWERED
        ).values_list("source_key", "source_digest")
    )
    differing: dict[UUID, tuple[CheckedRow, UUID]] = {}
    for key, row in keyed.items():
        entry = known.get(key)
        if (key, row.digest) in waiting or (entry and entry.digest == row.digest):
            plan.unchanged += 1
        elif entry is None:
            plan.new.append((row, key))
        elif not is_wide and entry.organization != organization_id:
            plan.held.append(HeldRow(row.line, row.values.name, entry.key, Hindrance.OF_ANOTHER))
        else:
            differing[entry.id] = (row, key)
    for entry_now in _contents(differing):
        _compare(plan, entry_now, row=differing[entry_now.id], given=given)
    plan.changed.sort(key=lambda each: each.row.line)
    plan.held.sort(key=lambda each: each.line)
    return plan


def _brought(keys: Iterable[UUID], *, statement: str) -> dict[UUID, _Brought]:
    with connection.cursor() as cursor:
        # One array instead of ten thousand parameters.
        cursor.execute(statement, [list(keys)])
        return {source: _Brought(*rest) for source, *rest in cursor.fetchall()}


def _contents(ids: Iterable[UUID]) -> Iterable[Service]:
    wanted = list(ids)
    for begin in range(0, len(wanted), BATCH):
        yield from with_everything(Service.objects.filter(id__in=wanted[begin : begin + BATCH]))


def _compare(
    plan: ImportPlan, entry: Service, *, row: tuple[CheckedRow, UUID], given: frozenset[str]
) -> None:
    checked, key = row
    old = values_of_row(entry)
    new = updated(old, checked.values, given=given)
    changed = ChangedRow(checked, key, entry.id, entry.key, entry.organization_id, entry.version, old, new)
    if new == old:
        plan.unchanged += 1
        plan.settled.append(changed)
    elif entry.version != entry.source_version:
        held = HeldRow(checked.line, checked.values.name, entry.key, Hindrance.EDITED_HERE, changed.fields)
        plan.held.append(held)
    else:
        plan.changed.append(changed)


def updated(old: ServiceValues, new: ServiceValues, *, given: frozenset[str]) -> ServiceValues:
    """The entry as it was, with what the table says; what it says in other words only stays as it was."""
    said = {name: getattr(new, name) for name in given}
    for name in _WITHOUT_ORDER:
        if name in said and sorted(said[name]) == sorted(getattr(old, name)):
            said[name] = getattr(old, name)
    if "phones" in said and sorted(each.number for each in new.phones) == sorted(
        each.number for each in old.phones
    ):
        said["phones"] = old.phones
    if "locations" in said:
        said["locations"] = _places(old.locations, new.locations)
    if "texts" in said:
        said["texts"] = _texts(old.texts, new.texts)
    if "capacity" in said and said["capacity"] != old.capacity:
        said["available"] = None
    return replace(old, **said)


def _places(old: tuple[LocationValue, ...], new: tuple[LocationValue, ...]) -> tuple[LocationValue, ...]:
    """An address that is the same keeps what is known of it: coordinates, how to get there."""
    if not old or not new or _address(old[0]) != _address(new[0]):
        return new
    known, said = old[0], new[0]
    if said.latitude is not None:
        known = replace(known, latitude=said.latitude, longitude=said.longitude)
    if said.accessible is not None:
        known = replace(known, accessible=said.accessible)
    return (known, *old[1:])


def _address(place: LocationValue) -> tuple[str, ...]:
    return place.name, place.street, place.postcode, place.city


def _texts(old: tuple[TextValue, ...], new: tuple[TextValue, ...]) -> tuple[TextValue, ...]:
    others = (each for each in old if (each.language, each.field) != (PLAIN, "description"))
    return tuple(sorted((*others, *new)))

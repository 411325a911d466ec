"""Imports a delivery: as our own entries, or as a neighbour's feed that is shown as theirs."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid5

from lueckenlos.commons.directory.exchange import codes as lists
from lueckenlos.commons.directory.exchange.deliveries import Delivery, TooDeep
from lueckenlos.commons.directory.exchange.intake import Intake
from lueckenlos.commons.directory.exchange.records import Directory
from lueckenlos.commons.directory.exchange.surroundings import NOBODY, Keys, Spot, Surroundings
from lueckenlos.commons.directory.exchange.troubles import Notes, Trouble
from lueckenlos.commons.directory.exchange.vocabulary import read_codes
from lueckenlos.commons.directory.exchange.writing import Counts, Written, write
from lueckenlos.commons.directory.models import Feed, Location, Organization, Service
from lueckenlos.commons.directory.services.whereabouts import whereabouts
from lueckenlos.commons.places import selectors as places
from lueckenlos.core import audit, locking
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.kernels.openreferral import is_uuid

_OWN: Final = "own"


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Whose entries these are, if not ours."""

    key: str
    name: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import changed, and what did not fit."""

    written: Written
    notes: Notes
    is_complete: bool
    dry_run: bool

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "imported": not self.dry_run,
            "dry_run": self.dry_run,
            "complete": self.is_complete,
            **asdict(self.written),
            "notes": [note.as_dict() for note in self.notes.kept],
            "notes_total": self.notes.total,
        }


class _Undo(Exception):
    """Rolls a dry run back."""


def import_delivery(
    delivery: Delivery,
    *,
    actor: Actor,
    now: datetime,
    neighbour: Neighbour | None = None,
    dry_run: bool = False,
) -> ImportReport:
    """Bring the directory to what the delivery says.

    Own entries are added and updated, never taken away. A neighbour's entries are updated and those that
    vanished are removed, unless the delivery broke off.
    """
    report = ImportReport(Written(), delivery.notes, delivery.is_complete, dry_run)
    try:
        with acting_as(actor):
            locking.take_time()
            digest = delivery.digest()
            report = ImportReport(
                _import(delivery, neighbour=neighbour, now=now), delivery.notes, delivery.is_complete, dry_run
            )
            if dry_run:
                raise _Undo
            _record(report, neighbour=neighbour, digest=digest)
    except _Undo:
        return report
    return report


def _import(delivery: Delivery, *, neighbour: Neighbour | None, now: datetime) -> Written:
    feed = _feed(neighbour, delivery, now=now) if neighbour else None
    intake = Intake(_surroundings(feed), delivery.notes)
    for where, document in delivery.organizations:
        _guarded(intake.organization, document, where, delivery.notes)
    for where, document in delivery.merged_services():
        _guarded(intake.service, document, where, delivery.notes)
    _leave_out_others(intake.directory, feed=feed, notes=delivery.notes)
    _mend(intake.directory, feed=feed, notes=delivery.notes)
    written = write(intake.directory, feed=feed, now=now)
    if feed is not None:
        written.services.gone = _remove_vanished(intake.directory, delivery, feed=feed)
    return written


def _record(report: ImportReport, *, neighbour: Neighbour | None, digest: str) -> None:
    """One entry of the audit chain for the whole delivery: its counts, and a digest of all that was read."""
    audit.record(
        "directory.delivered",
        subject=f"feed/{neighbour.key}" if neighbour else f"feed/{_OWN}",
        details={
            **asdict(report.written),
            "digest": digest,
            "complete": report.is_complete,
            "notes": report.notes.total,
        },
    )


def _guarded(take: Any, document: Any, where: str, notes: Notes) -> None:
    try:
        take(document, where)
    except (TooDeep, RecursionError):
        notes.add(Trouble.BROKEN, where, "zu tief verschachtelt")


def _feed(neighbour: Neighbour, delivery: Delivery, *, now: datetime) -> Feed:
    feed, _is_new = Feed.objects.update_or_create(
        key=neighbour.key,
        defaults={
            "name": neighbour.name,
            "address": neighbour.address[:500],
            "profile": str(delivery.root.get("profile") or "")[:200],
            "imported_at": now,
            "document": delivery.root,
        },
        create_defaults={
            "id": uuid5(lists.NAMESPACE, f"feed/{neighbour.key}"),
            "name": neighbour.name,
            "address": neighbour.address[:500],
            "profile": str(delivery.root.get("profile") or "")[:200],
            "imported_at": now,
            "document": delivery.root,
        },
    )
    return feed


def _surroundings(feed: Feed | None) -> Surroundings:
    ours = Organization.objects.filter(feed=feed) if feed else Organization.objects.filter(feed__isnull=True)
    others = Organization.objects.exclude(id__in=ours.values("id"))
    return Surroundings(
        codes=read_codes(),
        namespace=uuid5(lists.NAMESPACE, f"feed/{feed.key if feed else _OWN}"),
        services=_keys(Service.objects.values_list("key", "id")),
        organizations=_keys(Organization.objects.values_list("key", "id")),
        known_organizations=frozenset(ours.values_list("id", flat=True)),
        foreign_organizations=frozenset(others.values_list("id", flat=True)),
        locate=_locate,
        sender=feed.name if feed else NOBODY,
        is_feed=feed is not None,
    )


def _keys(pairs: Iterable[tuple[str, UUID]]) -> Keys:
    by_key = dict(pairs)
    return Keys(by_key, {own_id: key for key, own_id in by_key.items()})


def _locate(postcode: str, city: str, latitude: float | None, longitude: float | None) -> Spot:
    """The municipality of coordinates, else what the postcode stands for."""
    if latitude is not None and longitude is not None:
        return Spot(places.municipality_at(longitude, latitude), latitude, longitude)
    area = whereabouts(postcode, city=city) if postcode else None
    if area is None:
        return Spot(None, None, None)
    return Spot(area.ags, area.latitude, area.longitude)


def _leave_out_others(directory: Directory, *, feed: Feed | None, notes: Notes) -> None:
    """An id that belongs to somebody else's entry is never overwritten."""
    there = Service.objects.filter(id__in=list(directory.services)).select_related("feed")
    for row in there:
        if row.feed_id != (feed.id if feed else None):
            whose = f"„{row.feed.name}“" if row.feed else "einem eigenen Angebot"
            notes.add(Trouble.NOT_OURS, str(row.id), whose)
            del directory.services[row.id]


def _mend(directory: Directory, *, feed: Feed | None, notes: Notes) -> None:
    """Drop links to organizations that are not there, and rings of predecessors."""
    ours = Organization.objects.filter(feed=feed) if feed else Organization.objects.filter(feed__isnull=True)
    known = {*directory.organizations, *ours.values_list("id", flat=True)}
    for place in directory.locations.values():
        if place.row["organization_id"] not in known:
            place.row["organization_id"] = None
    before: dict[UUID, UUID | None] = dict(ours.values_list("id", "predecessor_id"))
    before |= {own_id: entry.row["predecessor_id"] for own_id, entry in directory.organizations.items()}
    for own_id, entry in directory.organizations.items():
        if entry.row["predecessor_id"] not in known:
            entry.row["predecessor_id"] = before[own_id] = None
        elif _runs_in_a_ring(own_id, before):
            notes.add(Trouble.CYCLE, entry.row["name"])
            entry.row["predecessor_id"] = before[own_id] = None


def _runs_in_a_ring(start: UUID, before: dict[UUID, UUID | None]) -> bool:
    seen, at = {start}, before.get(start)
    while at is not None:
        if at in seen:
            return True
        seen.add(at)
        at = before.get(at)
    return False


def _remove_vanished(directory: Directory, delivery: Delivery, *, feed: Feed) -> int:
    skipped = {
        UUID(str(document["id"]))
        for _where, document in delivery.services
        if is_uuid(str(document.get("id")))
    }
    vanished = Service.objects.filter(feed=feed).exclude(id__in=[*directory.services, *skipped])
    count = vanished.count()
    if not delivery.is_complete:
        if count:
            delivery.notes.add(Trouble.KEPT_THERE, feed.name, count)
        return 0
    vanished.delete()
    unused = Location.objects.filter(organization__feed=feed, at_services__isnull=True)
    unused.exclude(id__in=list(directory.locations)).delete()
    Organization.objects.filter(feed=feed, services__isnull=True).exclude(
        id__in=list(directory.organizations)
    ).delete()
    return count


__all__ = ["Counts", "ImportReport", "Neighbour", "import_delivery"]

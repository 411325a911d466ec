"""Change many entries at once, in a few statements for each table, with their history."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import models

from lueckenlos.commons.directory.models import (
    Location,
    Service,
    ServiceAtLocation,
    ServiceCapacity,
    Translation,
)
from lueckenlos.commons.directory.selectors.import_plans import ChangedRow
from lueckenlos.commons.directory.services.access import label_of
from lueckenlos.commons.directory.services.bulk import (
    PARTS,
    SORTING,
    NewEntry,
    capacities,
    new_places,
    part,
    sorting,
    texts,
)
from lueckenlos.commons.directory.services.recording import Changed, remember_many
from lueckenlos.commons.directory.services.writing import TRANSLATED, row_values
from lueckenlos.commons.directory.types import PLAIN, TextState
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.core.copying import copy_columns
from lueckenlos.core.merging import merge_rows


def change_many(rows: Sequence[ChangedRow], *, deed: str, actor: Actor, now: datetime) -> None:
    """Write what rows of a table changed in entries that are held; called inside `acting_as`."""
    if not rows:
        return
    today = clock.day_of(now)
    touched = {each.service_id: frozenset(each.fields) for each in rows}
    entries = [NewEntry(str(each.service_id), each.service_key, each.organization, each.new) for each in rows]
    _update_services(rows, now=now)
    for name, (table, _column) in SORTING.items():
        some = _that_changed(entries, name, touched=touched)
        _clear(table, some)
        copy_columns(*sorting(some, name))
    for name, kind in PARTS.items():
        some = _that_changed(entries, name, touched=touched)
        _clear(kind.model, some)
        copy_columns(*part(some, name))
    _move(_that_changed(entries, "locations", touched=touched))
    _count_places(_that_changed(entries, "capacity", touched=touched), today=today)
    _change_texts(rows, entries, now=now)
    remember_many(
        [Changed(each.service_id, each.service_key, each.version + 1, each.old, each.new) for each in rows],
        deed=deed,
        label=label_of(actor),
        actor_id=actor.person_id,
        now=now,
    )


def settle_many(rows: Sequence[ChangedRow]) -> None:
    """Remember that rows which read otherwise than last time mean what their entries say."""
    if rows:
        merge_rows(
            Service,
            ("id", "source_digest", "source_version"),
            ((each.service_id, each.row.digest, each.version) for each in rows),
            key=("id",),
        )


def _update_services(rows: Sequence[ChangedRow], *, now: datetime) -> None:
    today = clock.day_of(now)
    ids = [each.service_id for each in rows]
    since = dict(Service.objects.filter(id__in=ids).values_list("id", "waiting_on"))
    columns = [
        {"waiting_on": since[each.service_id]} | row_values(each.new, old=each.old, today=today)
        for each in rows
    ]
    names = list(columns[0])
    fixed = ("version", "source_version", "source_digest", "verified_on", "modified_at")
    merge_rows(
        Service,
        ("id", *fixed, *names),
        (
            (
                each.service_id,
                each.version + 1,
                each.version + 1,
                each.row.digest,
                today,
                now,
                *(values[name] for name in names),
            )
            for each, values in zip(rows, columns, strict=True)
        ),
        key=("id",),
    )


def _that_changed(
    entries: Iterable[NewEntry], name: str, *, touched: dict[UUID, frozenset[str]]
) -> list[NewEntry]:
    return [each for each in entries if name in touched[UUID(each.id)]]


def _clear(model: type[models.Model], entries: Sequence[NewEntry]) -> None:
    if entries:
        model._default_manager.filter(service_id__in=[each.id for each in entries]).delete()


def _move(entries: Sequence[NewEntry]) -> None:
    """Leave the old places, delete those that nobody uses any more, take the new ones."""
    if not entries:
        return
    at = ServiceAtLocation.objects.filter(service_id__in=[each.id for each in entries])
    left = list(at.values_list("location_id", flat=True))
    at.delete()
    Location.objects.filter(id__in=left, at_services=None).delete()
    for table in new_places(entries):
        copy_columns(*table)


def _count_places(entries: Sequence[NewEntry], *, today: date) -> None:
    """Earlier capacities stay as history; "not known" takes them away, history of the entry keeps them."""
    if entries:
        unknown = [each.id for each in entries if each.values.capacity is None]
        ServiceCapacity.objects.filter(service_id__in=unknown).delete()
        ServiceCapacity.objects.filter(service_id__in=[each.id for each in entries], known_on=today).delete()
        copy_columns(*capacities(entries, today=today))


def _change_texts(rows: Sequence[ChangedRow], entries: Sequence[NewEntry], *, now: datetime) -> None:
    """Texts whose German changed under them become outdated; Einfache Sprache of the table is taken over."""
    for name in TRANSLATED:
        ids = [each.service_id for each in rows if getattr(each.old, name) != getattr(each.new, name)]
        if ids:
            Translation.objects.filter(service_id__in=ids, field=name).update(
                state=TextState.OUTDATED, changed_at=now
            )
    touched = {str(each.service_id) for each in rows if each.old.texts != each.new.texts}
    if touched:
        Translation.objects.filter(service_id__in=touched, field="description", language=PLAIN).delete()
        some = [each for each in entries if each.id in touched]
        copy_columns(*texts(some, now=now, only=(PLAIN, "description")))

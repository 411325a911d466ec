"""Write, add and end entries; whoever saves second sees what the first has changed."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import F

from lueckenlos.commons.directory.errors import EditConflict, NoSuchEntry
from lueckenlos.commons.directory.keys import free_key
from lueckenlos.commons.directory.models import Organization, Service
from lueckenlos.commons.directory.selectors.content import read_row, values_at, values_of_row
from lueckenlos.commons.directory.selectors.entries import view_of
from lueckenlos.commons.directory.selectors.public import with_everything
from lueckenlos.commons.directory.services.access import (
    demand_editor,
    demand_organization,
    demand_publisher,
)
from lueckenlos.commons.directory.services.recording import remember
from lueckenlos.commons.directory.services.writing import demand_known, row_values, write
from lueckenlos.commons.directory.types import Conflict, Saved, ServiceStatus, ServiceValues, ServiceView
from lueckenlos.commons.directory.types.storage import difference, to_record
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as


def edit_service(
    key: str, values: ServiceValues, *, base_version: int, actor: Actor, now: datetime, deed: str = "edited"
) -> Saved:
    """Save an entry; raises EditConflict with all three versions where somebody else saved since."""
    with acting_as(actor):
        row = held_row(key)
        demand_editor(actor, row)
        demand_publisher(actor, row.organization)
        current = values_of_row(row)
        if row.version != base_version and values != current:
            base = values_at(row, version=base_version)
            raise EditConflict(Conflict(key, row.version, base=base, theirs=current, mine=values))
        return store(row, old=current, new=values, deed=deed, actor=actor, now=now)


def create_service(
    organization_id: UUID, values: ServiceValues, *, actor: Actor, now: datetime, deed: str = "created"
) -> Saved:
    """Add an entry; its key comes from its name and stays."""
    with acting_as(actor):
        organization = Organization.objects.get(id=organization_id)
        demand_organization(actor, organization)
        demand_publisher(actor, organization)
        return add(organization, values=values, deed=deed, actor=actor, now=now)


def end_service(key: str, *, last_day: date, actor: Actor, now: datetime) -> Saved:
    """End an entry after its last day; it stays in history and can be edited back to life."""
    with acting_as(actor):
        row = held_row(key)
        demand_editor(actor, row)
        demand_publisher(actor, row.organization)
        old = values_of_row(row)
        over = last_day < clock.day_of(now)
        status = ServiceStatus.DEFUNCT if over else old.status
        new = replace(old, valid_to=last_day, status=status)
        return store(row, old=old, new=new, deed="ended", actor=actor, now=now)


class _Undone(Exception):
    """Carries what a preview wanted to see out of the transaction that is undone."""

    def __init__(self, view: ServiceView) -> None:
        super().__init__()
        self.view = view


def preview_service(key: str, values: ServiceValues, *, actor: Actor, now: datetime) -> ServiceView:
    """Show an entry as it would be; everything is written and undone, so that the page cannot differ from the deed."""
    try:
        with acting_as(actor):
            row = held_row(key)
            demand_editor(actor, row)
            store(row, old=values_of_row(row), new=values, deed="edited", actor=actor, now=now)
            raise _Undone(_view_of(row.key, now=now))
    except _Undone as undone:
        return undone.view


def preview_new(organization_id: UUID, values: ServiceValues, *, actor: Actor, now: datetime) -> ServiceView:
    """Show a new entry as it would be, and undo it."""
    try:
        with acting_as(actor):
            organization = Organization.objects.get(id=organization_id)
            demand_organization(actor, organization)
            saved = add(organization, values=values, deed="created", actor=actor, now=now)
            raise _Undone(_view_of(saved.key, now=now))
    except _Undone as undone:
        return undone.view


def _view_of(key: str, *, now: datetime) -> ServiceView:
    return view_of(with_everything(Service.objects.filter(key=key)).get(), now=now)


def held_row(key: str) -> Service:
    """Read an entry and hold it until the transaction ends."""
    found = Service.objects.select_for_update(of=("self",), no_key=True).filter(key=key).first()
    row = read_row(key) if found else None
    if row is None:
        raise NoSuchEntry(key)
    return row


def store(
    row: Service, *, old: ServiceValues, new: ServiceValues, deed: str, actor: Actor, now: datetime
) -> Saved:
    """Write the new content of a held entry with its history; saving also says that everything is true today."""
    before, after = difference(old, new)
    today = clock.day_of(now)
    if not after:
        Service.objects.filter(id=row.id).update(verified_on=today, modified_at=now)
        return Saved(row.id, row.key, row.version, changed=False)
    demand_known(new)
    columns = row_values(new, old=old, today=today)
    Service.objects.filter(id=row.id).update(
        **columns, verified_on=today, modified_at=now, version=F("version") + 1
    )
    row.version += 1
    write(row, old=old, new=new, today=today)
    written = values_of_row(with_everything(Service.objects.filter(id=row.id)).get())
    before, after = difference(old, written)
    remember(row, deed=deed, before=before, after=after, actor=actor, now=now)
    return Saved(row.id, row.key, row.version)


def add(
    organization: Organization, *, values: ServiceValues, deed: str, actor: Actor, now: datetime
) -> Saved:
    """Write a new entry with its history."""
    demand_known(values)
    today = clock.day_of(now)
    row = Service.objects.create(
        key=free_key(values.name),
        organization=organization,
        verified_on=today,
        created_at=now,
        modified_at=now,
        **row_values(values, old=None, today=today),
    )
    write(row, old=None, new=values, today=today)
    written = values_of_row(with_everything(Service.objects.filter(id=row.id)).get())
    remember(row, deed=deed, before=None, after=to_record(written), actor=actor, now=now)
    return Saved(row.id, row.key, row.version)

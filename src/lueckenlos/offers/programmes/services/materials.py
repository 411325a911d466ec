"""Files for those who had a place: looked at before they are taken, encrypted, given out only through the wall."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction

from lueckenlos.core import incoming, storing
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.offers.programmes.errors import NoSuchProgramme, TooManyFiles
from lueckenlos.offers.programmes.models import Material, Session
from lueckenlos.offers.programmes.services.publishing import note, own
from lueckenlos.offers.programmes.types import MaterialView

MOST_FILES: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMaterial:
    """A file from outside, and after which date it is given out; None: after the last one."""

    name: str
    content: bytes
    session: UUID | None = None


def add_material(key: UUID, new: NewMaterial, *, actor: Actor, now: datetime) -> UUID:
    """Take a file; raises UnfitFile, TooManyFiles or NoSuchProgramme."""
    kind = incoming.kind_of(new.content, name=new.name, among=incoming.EVERYTHING)
    stored_as = uuid4()
    storing.store(new.content, key=stored_as)
    try:
        with acting_as(actor):
            row = own(key, actor)
            if new.session and not Session.objects.filter(id=new.session, programme=row).exists():
                raise NoSuchProgramme
            if Material.objects.filter(programme=row).count() >= MOST_FILES:
                raise TooManyFiles
            made = Material(
                programme=row,
                session_id=new.session,
                organization=row.organization_id,
                name=_name(new.name, suffix=kind.suffix),
                kind=kind.value,
                size=len(new.content),
                stored_as=stored_as,
                added_at=now,
            )
            made.save(force_insert=True)
            note("material_added", row, details={"material": str(made.id)})
    except BaseException:
        # Without its row nobody could ever find or erase it.
        storing.forget(stored_as)
        raise
    return made.id


def remove_material(found: MaterialView, *, actor: Actor) -> None:
    """Take a file back; it goes from the disk once its row is gone for good."""
    with acting_as(actor):
        row = own(found.programme, actor)
        Material.objects.filter(id=found.id, programme=row).delete()
        note("material_removed", row, details={"material": str(found.id)})
        transaction.on_commit(lambda: storing.forget(found.stored_as))


def content_of(found: MaterialView) -> bytes:
    """The file as it was; whoever holds the view has passed the wall."""
    return storing.read(found.stored_as)


def _name(given: str, *, suffix: str) -> str:
    """The name with the ending of what the file really is, so that no machine opens it as something else."""
    stem = PurePosixPath(given.replace("\\", "/")).name
    known = {f".{kind.suffix}" for kind in incoming.FileKind} | {".jpeg"}
    path = PurePosixPath(stem)
    stem = path.stem if path.suffix.lower() in known else stem
    return f"{stem[:190] or 'datei'}.{suffix}"

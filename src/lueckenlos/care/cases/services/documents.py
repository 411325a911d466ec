"""Documents of a case: looked at before they are taken, encrypted, given out only through the wall."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from lueckenlos.care.cases.models import Document
from lueckenlos.commons.privacy.errors import NotYours, judged, person_of
from lueckenlos.commons.privacy.types import Category
from lueckenlos.core import audit, incoming, storing
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDocument:
    """A file from outside with its category, and about whom it is."""

    name: str
    content: bytes
    category: Category
    about: UUID
    is_held_back: bool = False


def add_document(file: UUID, *, new: NewDocument, actor: Actor, now: datetime) -> UUID:
    """Take a document into a case; raises UnfitFile where it is too large, unknown, or refused by the scanner."""
    media_type = incoming.kind_of(new.content, name=new.name, among=incoming.PAPERS)
    if actor.organization is None:
        raise NotYours
    stored_as = uuid4()
    fingerprint = storing.store(new.content, key=stored_as)
    try:
        with acting_as(actor), judged():
            row = Document.objects.create(
                file_id=file,
                organization_id=actor.organization,
                category=new.category,
                about=new.about,
                held_back=new.is_held_back,
                author=person_of(actor),
                created_at=now,
                name=new.name[:200],
                media_type=media_type,
                size=len(new.content),
                sha256=fingerprint,
                stored_as=stored_as,
            )
            audit.record("cases.document.added", subject=f"file/{file}", details={"document": str(row.id)})
    except BaseException:
        # Without its row nobody could ever find or erase it.
        storing.forget(stored_as)
        raise
    return row.id


def open_document(document: UUID, *, actor: Actor) -> tuple[bytes, str, str]:
    """Give a document's content, media type and name; the reading is in the audit chain."""
    with acting_as(actor), judged():
        row = Document.objects.filter(id=document).first()
        if row is None:
            raise NotYours
        audit.record("cases.document.read", subject=f"file/{row.file_id}", details={"document": str(row.id)})
    return storing.read(row.stored_as), row.media_type, row.name

"""Documents of a case: looked at before they are taken, encrypted, given out only through the wall."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from django.conf import settings
from django.utils.module_loading import import_string

from lueckenlos.care.cases import storing
from lueckenlos.care.cases.errors import UnfitDocument
from lueckenlos.care.cases.models import Document
from lueckenlos.commons.privacy.errors import NotYours, judged, person_of
from lueckenlos.commons.privacy.types import Category
from lueckenlos.core import audit
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as

MOST_BYTES: Final = 20 * 1024 * 1024
# What a file begins with decides what it is, not its name.
SIGNATURES: Final[dict[bytes, str]] = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
}
Scanner = Callable[[bytes], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDocument:
    """A file from outside with its category, and about whom it is."""

    name: str
    content: bytes
    category: Category
    about: UUID
    is_held_back: bool = False


def add_document(file: UUID, *, new: NewDocument, actor: Actor, now: datetime) -> UUID:
    """Take a document into a case; raises UnfitDocument where it is too large, unknown, or refused by the scanner."""
    media_type = _checked(new)
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


def _checked(new: NewDocument) -> str:
    if not new.content:
        raise UnfitDocument("empty")
    if len(new.content) > MOST_BYTES:
        raise UnfitDocument("too_large", value=f"{len(new.content) / 1024 / 1024:.0f} MB")
    media_type = next((kind for start, kind in SIGNATURES.items() if new.content.startswith(start)), None)
    if media_type is None:
        raise UnfitDocument("unknown_kind", value=new.name)
    if media_type == "application/pdf" and any(sign in new.content for sign in (b"/JavaScript", b"/Launch")):
        raise UnfitDocument("program", value=new.name)
    if settings.DOCUMENT_SCANNER:
        scanner: Scanner = import_string(settings.DOCUMENT_SCANNER)
        if not scanner(new.content):
            raise UnfitDocument("refused_by_scanner", value=new.name)
    return media_type

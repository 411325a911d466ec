"""Read-only links for the council."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lueckenlos.steering.chain.models import CouncilLink


@dataclass(frozen=True, slots=True)
class OpenLink:
    """A link that opens one view until a day."""

    id: UUID
    title: str
    query: str
    expires_at: datetime


def open_links(*, now: datetime) -> list[OpenLink]:
    """The links that still open something, the newest first."""
    return [_view(row) for row in CouncilLink.objects.filter(ended_at__isnull=True, expires_at__gt=now)]


def link_of(token: str, *, now: datetime) -> OpenLink | None:
    """The link that this token opens now."""
    rows = CouncilLink.objects.filter(token_hash=hash_of(token), ended_at__isnull=True, expires_at__gt=now)
    row = rows.first()
    return None if row is None else _view(row)


def hash_of(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _view(row: CouncilLink) -> OpenLink:
    return OpenLink(row.id, row.title, row.query, row.expires_at)

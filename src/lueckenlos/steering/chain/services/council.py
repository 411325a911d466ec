"""Read-only links for the council: made and ended by Koordination."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from lueckenlos.core import audit
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.steering.chain.models import CouncilLink
from lueckenlos.steering.chain.selectors.council import hash_of

LIVES = timedelta(days=90)


def make_link(*, title: str, query: str, actor: Actor, now: datetime) -> str:
    """Make a link to one view of the chain and return its token, which is stored nowhere."""
    token = secrets.token_urlsafe(24)
    with acting_as(actor):
        link = CouncilLink.objects.create(
            title=title,
            query=query,
            token_hash=hash_of(token),
            created_at=now,
            created_by=actor.person_id,
            expires_at=now + LIVES,
        )
        audit.record("chain.council_link.made", subject=f"council_link/{link.id}")
    return token


def end_link(id_: UUID, *, actor: Actor, now: datetime) -> bool:
    """End a link at once; False where there is none that still opens something."""
    with acting_as(actor):
        ended = CouncilLink.objects.filter(id=id_, ended_at__isnull=True).update(ended_at=now)
        if ended:
            audit.record("chain.council_link.ended", subject=f"council_link/{id_}")
    return bool(ended)

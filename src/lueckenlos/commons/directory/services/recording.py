"""History and audit of an entry."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from lueckenlos.commons.directory.models import Change, Service
from lueckenlos.commons.directory.services.access import label_of
from lueckenlos.core import audit
from lueckenlos.core.actor import Actor


def remember(
    row: Service,
    *,
    deed: str,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    actor: Actor,
    now: datetime,
) -> Change:
    """Write one deed into the entry's history and into the audit chain; called inside `acting_as`."""
    fields = sorted(after) if after is not None and before is not None else []
    audit.record(
        f"directory.service.{deed}",
        subject=f"service/{row.key}",
        details={"version": row.version, "fields": fields},
    )
    return Change.objects.create(
        service=row,
        service_key=row.key,
        version=row.version,
        at=now,
        actor_id=actor.person_id,
        actor_label=label_of(actor),
        deed=deed,
        before=None if before is None else dict(before),
        after=None if after is None else dict(after),
    )

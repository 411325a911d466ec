"""History and audit of an entry."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from lueckenlos.commons.directory.models import Change, Service
from lueckenlos.commons.directory.services.access import label_of
from lueckenlos.commons.directory.types import ServiceValues
from lueckenlos.commons.directory.types.storage import difference
from lueckenlos.core import audit
from lueckenlos.core.actor import Actor
from lueckenlos.core.copying import Always, copy_columns


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


@dataclass(frozen=True, slots=True)
class Changed:
    """An entry that changed with many others, at its new version."""

    id: UUID
    key: str
    version: int
    old: ServiceValues
    new: ServiceValues


def remember_many(
    changed: Sequence[Changed], *, deed: str, label: str, now: datetime, actor_id: UUID | None = None
) -> None:
    """Write what one deed changed in many entries into their histories; the audit chain takes the deed as a whole."""
    differences = [difference(each.old, each.new) for each in changed]
    copy_columns(
        Change,
        {
            "service_id": [each.id for each in changed],
            "service_key": [each.key for each in changed],
            "version": [each.version for each in changed],
            "at": Always(now),
            "actor_id": Always(actor_id),
            "actor_label": Always(label),
            "deed": Always(deed),
            "before": [json.dumps(before, ensure_ascii=False) for before, _after in differences],
            "after": [json.dumps(after, ensure_ascii=False) for _before, after in differences],
        },
    )

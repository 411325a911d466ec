"""Decides about services that look like the same thing twice."""

from collections.abc import Sequence
from datetime import datetime

from lueckenlos.core import audit
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.steering.chain.models import DuplicateDecision
from lueckenlos.steering.chain.selectors.duplicates import group_key
from lueckenlos.steering.chain.services.access import demand_coordination
from lueckenlos.steering.chain.types import DuplicateVerdict


def decide_duplicate(
    services: Sequence[str], *, decision: DuplicateVerdict, note: str, actor: Actor, now: datetime
) -> None:
    """Note what is to become of a group; the latest word counts, earlier ones stay readable."""
    demand_coordination(actor)
    with acting_as(actor):
        key = group_key(services)
        DuplicateDecision.objects.create(
            group=key,
            services=sorted(services),
            decision=decision,
            note=note,
            at=now,
            by=actor.person_id,
        )
        audit.record(
            "chain.duplicate.decided",
            subject=f"duplicates/{key[:16]}",
            details={"decision": decision.value, "services": sorted(services)},
            chain=audit.COUNTY,
        )

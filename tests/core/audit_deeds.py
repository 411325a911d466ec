"""Actors and chains that the tests of the audit log share."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from lueckenlos.core import audit
from lueckenlos.core.actor import Actor, ActorKind, Grant, Role, ScopeKind, job
from lueckenlos.core.context import acting_as
from tests.core.databases import past_the_wall

OFFICE, OTHER = uuid4(), uuid4()
CHAIN, OTHER_CHAIN = audit.chain_of(OFFICE), audit.chain_of(OTHER)
NOW = datetime(2026, 11, 1, 2, 15, tzinfo=UTC)


def person(*grants: Grant, organization: UUID | None = None) -> Actor:
    return Actor(kind=ActorKind.PERSON, person_id=uuid4(), organization=organization, grants=grants)


WORKER = person(organization=OFFICE)
NEIGHBOR = person(organization=OTHER)
OFFICER = person(Grant(Role.DATA_PROTECTION, ScopeKind.COUNTY, "05358"))
OWN_OFFICER = person(Grant(Role.DATA_PROTECTION, ScopeKind.ORGANIZATION, str(OFFICE)))


def empty_chains(app_url: str) -> None:
    """What the set-up of the house itself has recorded does not belong to these tests."""
    with past_the_wall(app_url) as superuser:
        superuser.execute("TRUNCATE core_auditchain, core_auditentry, core_auditpayload")


def write(count: int, *, actor: Actor = WORKER, personal: bool = False) -> None:
    for number in range(count):
        with acting_as(actor):
            name = {"name": f"Person {number} „ß“\n"} if personal else None
            audit.record(
                "directory.service.saved",
                subject=f"service/{number}",
                details={"fields": ["fee"], "x": 'ü"\\'},
                personal=name,
            )


def deeds(prefix: str) -> list[dict[str, Any]]:
    """What the county's chain holds of this kind, oldest first."""
    with acting_as(job("verify-audit")), connection.cursor() as cursor:
        cursor.execute("SELECT body FROM core_auditentry WHERE chain = %s ORDER BY sequence", [audit.COUNTY])
        found = [json.loads(row[0]) for row in cursor.fetchall()]
    return [each for each in found if each["deed"].startswith(prefix)]

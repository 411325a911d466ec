"""Two offices with teams, heads and colleagues, and somebody who has no business here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg

from lueckenlos.commons.tasks.types import NewTask, Owner, TaskKind
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor, ActorKind, Grant, Role, ScopeKind
from tests.core.databases import past_the_wall

NOW = clock.real_now().replace(microsecond=0)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Office:
    """One organization: two teams, a head and a colleague in the first, somebody in the second."""

    organization: UUID
    team: UUID
    other_team: UUID
    head: Actor
    colleague: Actor
    second: Actor
    elsewhere: Actor

    def task(self, owner: Owner | None = None, **more: Any) -> NewTask:
        """A call to be made by the colleague."""
        assert self.colleague.person_id is not None
        given = {
            "organization": self.organization,
            "owner": owner or Owner.of_person(self.colleague.person_id),
            "what": "Frau Beispiel zurückrufen",
            "kind": TaskKind.CALL_BACK,
            "due_at": NOW + HOUR,
        }
        return NewTask(**{**given, **more})


def worker(organization: UUID, *, role: Role = Role.PROFESSIONAL, person: UUID | None = None) -> Actor:
    """Somebody at work for an organization."""
    grant = Grant(role, ScopeKind.ORGANIZATION, str(organization))
    return Actor(
        kind=ActorKind.PERSON, person_id=person or uuid4(), organization=organization, grants=(grant,)
    )


def of_county(role: Role) -> Actor:
    """Somebody who works for the county itself."""
    return Actor(kind=ActorKind.PERSON, person_id=uuid4(), grants=(Grant(role, ScopeKind.COUNTY, "05358"),))


def lay_office(app_url: str, *, organization: UUID | None = None) -> Office:
    """Lay an office past the wall, in an organization of its own unless one is named."""
    with past_the_wall(app_url) as superuser:
        home = organization or _organization(superuser)
        team, other_team = _unit(superuser, home, "Team Nord"), _unit(superuser, home, "Team Süd")
        people = [worker(home) for _ in range(4)]
        head, colleague, second, elsewhere = people
        for number, actor in enumerate(people):
            _person(superuser, actor, name=f"Person {number}")
        for actor, unit, is_head in (
            (head, team, True),
            (colleague, team, False),
            (second, team, False),
            (elsewhere, other_team, False),
        ):
            join(superuser, unit, actor, is_head=is_head)
    return Office(home, team, other_team, head, colleague, second, elsewhere)


def join(superuser: psycopg.Connection[Any], unit: UUID, actor: Actor, *, is_head: bool) -> None:
    """Take somebody into a team."""
    superuser.execute(
        "INSERT INTO accounts_membership (unit_id, user_id, is_head, since) VALUES (%s, %s, %s, %s)",
        [unit, actor.person_id, is_head, NOW - DAY],
    )


def _organization(superuser: psycopg.Connection[Any]) -> UUID:
    key = uuid4()
    superuser.execute(
        "INSERT INTO directory_organization (id, key, name, sort_key, kind, description, email, website,"
        " is_trusted, unknown, modified_at) VALUES (%s, %s, %s, '', 'oeffentlich', '', '', '', false, '{}', now())",
        [key, f"amt-{key}", f"Amt {key}"],
    )
    return key


def _unit(superuser: psycopg.Connection[Any], organization: UUID, name: str) -> UUID:
    key = uuid4()
    superuser.execute(
        "INSERT INTO accounts_unit (id, organization_id, name) VALUES (%s, %s, %s)", [key, organization, name]
    )
    return key


def _person(superuser: psycopg.Connection[Any], actor: Actor, *, name: str) -> None:
    superuser.execute(
        "INSERT INTO accounts_user (id, email, name, password, is_active, created_at)"
        " VALUES (%s, %s, %s, '!', true, now())",
        [actor.person_id, f"{actor.person_id}@example.org", name],
    )

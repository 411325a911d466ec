"""A small county for the wall: offices with teams, workers, families; built past the wall, used through it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg

from lueckenlos.core import clock
from lueckenlos.core.actor import Actor, ActorKind, Grant, Role, ScopeKind

PATHWAY = Path(__file__).resolve().parents[2] / "src" / "lueckenlos" / "care" / "pathways" / "beratung.toml"


def now() -> datetime:
    """This instant, in the county's time zone."""
    return clock.real_now()


def today() -> date:
    """The county's day, asked anew each time: a run may pass midnight."""
    return clock.day_of(now())


@dataclass(frozen=True)
class Worker:
    """Somebody at work for one organization."""

    person: UUID
    organization: UUID
    unit: UUID | None
    is_head: bool = False

    def acting(self, purpose: str | None = None) -> Actor:
        """The actor for a purpose."""
        grant = Grant(Role.PROFESSIONAL, ScopeKind.ORGANIZATION, str(self.organization))
        return Actor(
            kind=ActorKind.PERSON,
            person_id=self.person,
            organization=self.organization,
            purpose=purpose,
            grants=(grant,),
        )


@dataclass
class World:
    """Rows laid by the superuser; keys only."""

    connection: psycopg.Connection[Any]
    organizations: list[UUID] = field(default_factory=list)
    units: dict[UUID, list[UUID]] = field(default_factory=dict)
    workers: list[Worker] = field(default_factory=list)

    def organization(self, *, kind: str = "oeffentlich") -> UUID:
        """A new organization with two teams."""
        key = uuid4()
        self.connection.execute(
            "INSERT INTO directory_organization (id, key, name, sort_key, kind, description, email, website, "
            "is_trusted, unknown, modified_at) VALUES (%s, %s, %s, '', %s, '', '', '', false, '{}', now())",
            [key, f"amt-{key}", f"Amt {key}", kind],
        )
        self.organizations.append(key)
        self.units[key] = [self.unit(key), self.unit(key)]
        return key

    def unit(self, organization: UUID) -> UUID:
        """A new team."""
        key = uuid4()
        self.connection.execute(
            "INSERT INTO accounts_unit (id, organization_id, name) VALUES (%s, %s, %s)",
            [key, organization, f"Team {key}"],
        )
        return key

    def worker(self, organization: UUID, *, unit: UUID | None = None, is_head: bool = False) -> Worker:
        """A new worker, in a team where given."""
        person = uuid4()
        self.connection.execute(
            "INSERT INTO accounts_user (id, email, name, password, is_active, created_at) "
            "VALUES (%s, %s, 'Fachkraft', '!', true, now())",
            [person, f"{person}@example.org"],
        )
        if unit is not None:
            self.connection.execute(
                "INSERT INTO accounts_membership (unit_id, user_id, is_head, since) VALUES (%s, %s, %s, %s)",
                [unit, person, is_head, now() - timedelta(days=1)],
            )
        made = Worker(person, organization, unit, is_head)
        self.workers.append(made)
        return made

    def text(self, *, kinds: tuple[str, ...] = ("oeffentlich", "frei")) -> UUID:
        """A consent text that covers everything for organizations of these kinds."""
        key = uuid4()
        self.connection.execute(
            "INSERT INTO privacy_consenttext (id, code, version, language, title, text, sha256, valid_from, "
            "purposes, categories, recipient_kinds) VALUES (%s, %s, 1, 'de', 'Text', 'Text', '', %s, %s, %s, %s)",
            [
                key,
                f"text-{key}",
                now() - timedelta(days=700),
                ["counselling", "crisis", "case_talk", "handover", "accompaniment", "transition"],
                ["identity", "contact", "situation", "family", "health", "school", "agreements", "documents"],
                list(kinds),
            ],
        )
        return key

    def pathway(self) -> UUID:
        """A pathway that cases can follow."""
        key = uuid4()
        self.connection.execute(
            "INSERT INTO cases_pathway (id, key, version, source, content_hash, installed_at, is_on, is_seam_only) "
            "VALUES (%s, %s, 1, %s, '', now(), true, false)",
            [key, f"weg-{key}", PATHWAY.read_text(encoding="utf-8")],
        )
        return key

"""Whoever may ask: every worker for every purpose, people who claim too much, families, links, jobs, nobody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from uuid import UUID, uuid4

from lueckenlos.core.actor import NOBODY, Actor, ActorKind, Grant, Role, ScopeKind, job, link_to
from tests.wall.facts import Facts
from tests.wall.world import Worker

COUNTY = "05358"
PURPOSES = (None, "case_talk", "handover", "protection")


def county_role(role: Role) -> Actor:
    """Somebody with a role in the whole county."""
    return Actor(
        kind=ActorKind.PERSON,
        person_id=uuid4(),
        grants=(Grant(role, ScopeKind.COUNTY, COUNTY),),
        name=role.value,
    )


DATA_PROTECTION = county_role(Role.DATA_PROTECTION)
STEADY: tuple[Actor, ...] = (
    NOBODY,
    DATA_PROTECTION,
    county_role(Role.ADMINISTRATION),
    county_role(Role.COORDINATION),
    job("retention"),
    job("privacy-expire"),
    job("load-consent-texts"),
    job("reminders"),
    link_to(uuid4()),
)


def family(person: UUID) -> Actor:
    """A family's person by their account or code."""
    return Actor(kind=ActorKind.FAMILY, person_id=person)


def claims(worker: Worker, organization: UUID) -> Iterator[Actor]:
    """Somebody who claims more than they hold: another office, a role there that does not serve, no role at all."""
    actor = worker.acting("case_talk")
    yield replace(actor, organization=organization)
    yield replace(actor, grants=(Grant(Role.VOLUNTEER, ScopeKind.ORGANIZATION, str(worker.organization)),))
    yield replace(actor, grants=(Grant(Role.PROFESSIONAL, ScopeKind.COUNTY, str(worker.organization)),))
    yield replace(actor, grants=())
    yield replace(actor, organization=None)
    yield replace(
        actor,
        grants=(*actor.grants, Grant(Role.DATA_PROTECTION, ScopeKind.ORGANIZATION, str(worker.organization))),
    )


def everybody(workers: Iterable[Worker], people: Iterable[UUID], facts: Facts) -> list[Actor]:
    """All who ask at this moment; drafts and accounts are there only once somebody made them."""
    workers, people = list(workers), list(people)
    found: list[Actor] = [*STEADY]
    for worker in workers:
        found += [worker.acting(purpose) for purpose in PURPOSES]
    found += claims(workers[0], workers[-1].organization)
    # One person who serves two offices acts for one of them at a time.
    grants = tuple(
        Grant(Role.PROVIDER, ScopeKind.ORGANIZATION, str(each))
        for each in {row.organization for row in workers}
    )
    both = replace(workers[0].acting("case_talk"), grants=grants)
    found += [both, replace(both, organization=workers[-1].organization)]
    found += [family(person) for person in people]
    found += [link_to(person, purpose="own-data") for person in people[:2]]
    found += [link_to(person, purpose="referral") for person in people[:1]]
    drafts = [UUID(key) for key in facts["privacy_consentdraft"]]
    found += [link_to(draft, purpose="consent") for draft in drafts[-2:]]
    accounts = [row.account for row in facts.all("families_person") if row.account]
    found += [Actor(kind=ActorKind.PERSON, person_id=UUID(account)) for account in accounts[:2]]
    records = [UUID(key) for key in list(facts["cases_record"])[:1]]
    found += [link_to(record) for record in records]
    return found

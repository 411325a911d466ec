"""What somebody asks for their own data: seen by them, by who works for them and by data protection, by nobody else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings

from lueckenlos.commons.privacy import selectors, services
from lueckenlos.commons.privacy.errors import NotYours
from lueckenlos.commons.privacy.rights import RightKind, RightOutcome
from lueckenlos.commons.privacy.types import NewFile, NewParty, PartyRole, RetentionClass
from lueckenlos.core import rls
from lueckenlos.core.actor import NOBODY, Actor, ActorKind, Grant, Role, ScopeKind, job, link_to
from tests import policy_kit
from tests.commons.privacy.conftest import Family
from tests.core.databases import as_owner, superuser_url
from tests.policy_kit import Expectation, Row
from tests.wall.world import Worker, now

COUNTY = Grant(Role.DATA_PROTECTION, ScopeKind.COUNTY, "05358")
CHANGED = {"outcome": "done", "answer": "Geändert.", "answered_at": now()}


def with_role(role: Role, *, scope: ScopeKind = ScopeKind.COUNTY, key: str = "05358") -> Actor:
    return Actor(kind=ActorKind.PERSON, person_id=uuid4(), grants=(Grant(role, scope, key),))


OFFICER = with_role(Role.DATA_PROTECTION)


def advised_alone(family: Family) -> tuple[Worker, UUID]:
    """The child is also advised without the parents' knowledge, elsewhere; by whom."""
    office = family.world.organization()
    adviser = family.world.worker(office, unit=family.world.units[office][0])
    file = services.open_file(
        NewFile(office, RetentionClass.COUNSELLING, unit=adviser.unit, own_of=family.child),
        to=adviser.person,
        actor=adviser.acting(),
    )
    for person, role in ((family.child, PartyRole.YOUNG_PERSON), (family.mother, PartyRole.MOTHER)):
        services.add_party(file, party=NewParty(person, role), actor=adviser.acting(), now=now())
    return adviser, file


def row(person: UUID) -> dict[str, Any]:
    return {
        "id": uuid4(), "person": person, "kind": "correction", "text": "Mein Sohn heißt Lio mit o",
        "language": "de", "asked_at": now(), "due_at": now() + timedelta(days=30), "outcome": "",
        "answer": "", "answered_at": None, "answered_by": None,
    }  # fmt: skip


def own_of(actor: Actor) -> UUID | None:
    """Whose own data the actor asks for, by account or by a code for exactly that."""
    if actor.kind is ActorKind.FAMILY:
        return actor.person_id
    if actor.kind is ActorKind.LINK and actor.purpose == "own-data":
        return actor.record
    return None


def expectation(family: Family) -> Expectation:
    adviser, _file = advised_alone(family)
    stranger = uuid4()
    works: Mapping[Worker, set[UUID]] = {
        family.worker: {family.mother, family.father, family.child},
        adviser: {family.child},  # what the mother asks for is told to nobody in the child's own matter
    }
    workers = {(who.person, who.organization): people for who, people in works.items()}

    def answers(actor: Actor, given: Row) -> bool:
        at_work = workers.get((actor.person_id, actor.organization), set())  # type: ignore[arg-type]
        serves = bool(actor.grants) and actor.kind is ActorKind.PERSON
        return (serves and given["person"] in at_work) or COUNTY in actor.grants

    def sees(actor: Actor, given: Row) -> bool:
        return answers(actor, given) or own_of(actor) == given["person"] or actor == job("retention")

    return Expectation(
        table="privacy_rightsrequest",
        rows=[row(person) for person in (family.mother, family.father, family.child, stranger)],
        actors=[
            family.worker.acting(), family.worker.acting("case_talk"), adviser.acting(),
            family.colleague.acting(), family.health.acting(), family.school.acting("crisis"),
            replace(family.worker.acting(), organization=family.school.organization),
            replace(family.worker.acting(), grants=()),
            family.own(family.mother), family.own(family.father), family.own(family.child),
            link_to(family.mother, purpose="own-data"), link_to(family.mother, purpose="consent"),
            OFFICER, with_role(Role.DATA_PROTECTION, scope=ScopeKind.ORGANIZATION, key=str(family.health.organization)),
            with_role(Role.ADMINISTRATION), with_role(Role.COORDINATION),
            job("retention"), job("privacy-rights"), NOBODY,
        ],
        may_select=sees,
        may_insert=lambda actor, given: own_of(actor) == given["person"],
        may_update=answers,
        may_delete=lambda actor, _given: actor == job("retention"),
        change=CHANGED,
        fresh=lambda given: {**given, "id": uuid4()},
    )  # fmt: skip


def differences(url: str, expected: Expectation) -> list[policy_kit.Difference]:
    return policy_kit.differences(
        expected, app_url=url, superuser_url=superuser_url(url), secret=settings.CONTEXT_KEY
    )


def test_the_policies_say_what_the_rule_says(empty_database: str, family: Family) -> None:
    assert differences(empty_database, expectation(family)) == []


@pytest.mark.parametrize("command", ["select", "insert", "update", "delete"])
def test_a_policy_that_says_more_is_found(empty_database: str, family: Family, command: str) -> None:
    conditions = {"select": "true", "insert": "false", "update": "false", "delete": "false"}
    broken = rls.protect("privacy_rightsrequest", **{**conditions, command: "true"})
    with as_owner(empty_database) as owner:
        owner.execute(str(broken.sql).encode())
    found = differences(empty_database, expectation(family))
    assert command in {each.command for each in found if each.seen}


def asked(family: Family) -> UUID:
    return services.ask_right(
        services.NewRight(person=family.mother, kind=RightKind.CORRECTION, text="Bitte ändern."),
        actor=family.own(family.mother),
        now=now(),
    )


def test_an_answer_is_given_once_and_by_nobody_from_outside(family: Family) -> None:
    right = asked(family)
    for outsider in (family.colleague.acting(), family.school.acting("crisis"), family.own(family.father)):
        assert selectors.right(outsider, right) is None
        assert selectors.rights(outsider) == []
        with pytest.raises(NotYours):
            answer(right, by=outsider)
    answer(right, by=family.worker.acting())
    view = selectors.right(family.own(family.mother), right)
    assert view is not None and (view.outcome, view.answer) == (RightOutcome.DONE, "Geändert.")
    with pytest.raises(NotYours):
        answer(right, by=OFFICER)


def answer(right: UUID, *, by: Actor) -> None:
    services.answer_right(right, outcome=RightOutcome.DONE, text="Geändert.", actor=by, now=now())


def test_nobody_asks_in_the_name_of_another(family: Family) -> None:
    new = services.NewRight(person=family.father, kind=RightKind.ACCESS)
    for pretender in (family.own(family.mother), family.worker.acting(), OFFICER, NOBODY):
        with pytest.raises(NotYours):
            services.ask_right(new, actor=pretender, now=now())
    assert selectors.rights(OFFICER) == []

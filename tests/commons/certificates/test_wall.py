"""Each organization sees its own register, and the table has no place for what stands in a certificate."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.conf import settings

from lueckenlos.core.actor import NOBODY, Actor, ActorKind, Grant, Role, ScopeKind, job, link_to
from tests import policy_kit
from tests.commons.tasks.offices import NOW, of_county, worker
from tests.core.databases import past_the_wall, superuser_url
from tests.policy_kit import Expectation, Row

NORTH, SOUTH = uuid4(), uuid4()
NORTHERN, SOUTHERN = worker(NORTH), worker(SOUTH)
COORDINATION = of_county(Role.COORDINATION)
# Professional in the north, acting there for the south where they are only a provider.
BETWEEN = Actor(
    kind=ActorKind.PERSON,
    person_id=uuid4(),
    organization=SOUTH,
    grants=(
        Grant(Role.PROFESSIONAL, ScopeKind.ORGANIZATION, str(NORTH)),
        Grant(Role.PROVIDER, ScopeKind.ORGANIZATION, str(SOUTH)),
    ),
)
ALLOWED = {
    "id", "version", "organization", "person", "person_name", "activity", "dated_on", "seen_on",
    "look_again_on", "ended_on", "recorded_by", "recorded_at",
}  # fmt: skip


def row(organization: UUID | None, **more: Any) -> dict[str, Any]:
    given = {
        "id": uuid4(), "version": 1, "organization": organization, "person": None, "person_name": "Anna Beispiel",
        "activity": "Lesepatin", "dated_on": date(2026, 9, 1), "seen_on": date(2026, 10, 1),
        "look_again_on": date(2031, 10, 1), "ended_on": None, "recorded_by": uuid4(), "recorded_at": NOW,
    }  # fmt: skip
    return {**given, **more}


def keeps(actor: Actor, given: Row) -> bool:
    if given["organization"] is None:
        return actor.may(Role.COORDINATION)
    return actor.organization == given["organization"] and actor in {NORTHERN, SOUTHERN}


EXPECTED = Expectation(
    table="certificates_certificate",
    rows=[
        row(NORTH),
        row(NORTH, ended_on=date(2026, 11, 1)),
        row(SOUTH),
        row(None),
        row(None, ended_on=date(2026, 11, 1)),
    ],
    actors=[
        NORTHERN, SOUTHERN, BETWEEN, COORDINATION, worker(NORTH, role=Role.FAMILY_OFFICE),
        worker(NORTH, role=Role.VOLUNTEER), of_county(Role.ADMINISTRATION), of_county(Role.DATA_PROTECTION),
        of_county(Role.PROFESSIONAL), NOBODY, link_to(uuid4()), job("retention"), job("reminders"),
    ],
    may_select=lambda actor, given: keeps(actor, given) or actor == job("retention"),
    may_insert=keeps,
    may_update=keeps,
    may_delete=lambda actor, given: actor == job("retention")
    or (keeps(actor, given) and given["ended_on"] is None),
    change={"activity": "geändert"},
    fresh=lambda given: {**given, "id": uuid4()},
)  # fmt: skip


def test_the_policies_say_what_the_rule_says(empty_database: str) -> None:
    assert (
        policy_kit.differences(
            EXPECTED,
            app_url=empty_database,
            superuser_url=superuser_url(empty_database),
            secret=settings.CONTEXT_KEY,
        )
        == []
    )


def test_the_table_has_no_column_for_what_stands_in_a_certificate(empty_database: str) -> None:
    """§ 72a (5) SGB VIII: that it was seen and its date; a new column has to be argued for here."""
    with past_the_wall(empty_database) as superuser:
        found = superuser.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'certificates_certificate'"
        ).fetchall()
    assert {name for (name,) in found} == ALLOWED


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("certificate_seen_every_five_years", {"look_again_on": date(2031, 10, 2)}),
        ("certificate_seen_every_five_years", {"look_again_on": date(2026, 10, 1)}),
        ("certificate_was_written_before", {"dated_on": date(2026, 10, 2)}),
        ("certificate_says_whose", {"person_name": ""}),
        ("certificate_says_whose", {"activity": ""}),
    ],
)
def test_an_entry_that_makes_no_sense_is_refused_by_the_table(
    empty_database: str, constraint: str, change: dict[str, Any]
) -> None:
    with past_the_wall(empty_database) as superuser, pytest.raises(psycopg.errors.CheckViolation) as refused:
        policy_kit.lay(superuser, "certificates_certificate", row(NORTH, **change))
    assert refused.value.diag.constraint_name == constraint

"""The kit that later rooms test their policies with finds a wrong policy, and keeps still about a right one."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

import psycopg
import pytest
from django.conf import settings
from django.db.migrations import RunSQL

from lueckenlos.core import rls
from lueckenlos.core.actor import NOBODY, Actor, ActorKind, Grant, Role, ScopeKind, job, link_to
from tests import policy_kit
from tests.core.databases import as_owner, superuser_url
from tests.policy_kit import Command, Context, Difference, Expectation, Row

NORTH, SOUTH = uuid4(), uuid4()


def worker(organization: UUID) -> Actor:
    grant = Grant(Role.PROFESSIONAL, ScopeKind.ORGANIZATION, str(organization))
    return Actor(kind=ActorKind.PERSON, person_id=uuid4(), organization=organization, grants=(grant,))


NORTHERN, SOUTHERN = worker(NORTH), worker(SOUTH)
OFFICER = Actor(
    kind=ActorKind.PERSON, person_id=uuid4(), grants=(Grant(Role.DATA_PROTECTION, ScopeKind.COUNTY, "05358"),)
)
NOTES: list[Row] = [
    {"id": uuid4(), "organization": place, "author": author.person_id, "text": f"Notiz {number}"}
    for place, author in ((NORTH, NORTHERN), (SOUTH, SOUTHERN))
    for number in range(3)
]
ACTORS = [NORTHERN, SOUTHERN, OFFICER, NOBODY, job("reminders"), job("retention"), link_to(uuid4())]

SAME_OFFICE = f"organization = {rls.ORGANIZATION}"
OWN_NOTE = rls.all_of(SAME_OFFICE, f"author = {rls.PERSON}")
RIGHT = rls.protect(
    "note",
    select=rls.any_of(SAME_OFFICE, rls.is_job("retention")),
    insert=OWN_NOTE,
    update=OWN_NOTE,
    delete=rls.is_job("retention"),
)


def same_office(actor: Actor, row: Row) -> bool:
    return bool(actor.organization == row["organization"])


def own_note(actor: Actor, row: Row) -> bool:
    return same_office(actor, row) and actor.person_id == row["author"]


def is_retention(actor: Actor, _row: Row) -> bool:
    return actor == job("retention")


EXPECTED = Expectation(
    table="note",
    rows=NOTES,
    actors=ACTORS,
    may_select=lambda actor, row: same_office(actor, row) or is_retention(actor, row),
    may_insert=own_note,
    may_update=own_note,
    may_delete=is_retention,
    change={"text": "geändert"},
    fresh=lambda row: {**row, "id": uuid4()},
)


@pytest.fixture
def notes(empty_database: str) -> Iterator[str]:
    with as_owner(empty_database) as owner:
        owner.execute(
            "CREATE TABLE public.note (id uuid PRIMARY KEY, organization uuid NOT NULL, author uuid, text text)"
        )
    yield empty_database


def close(url: str, operation: RunSQL) -> None:
    with as_owner(url) as owner:
        owner.execute(str(operation.sql).encode())


def compare(url: str, expectation: Expectation = EXPECTED) -> list[Difference]:
    return policy_kit.differences(
        expectation, app_url=url, superuser_url=superuser_url(url), secret=settings.CONTEXT_KEY
    )


def test_a_right_policy_shows_no_difference_on_any_path(notes: str) -> None:
    close(notes, RIGHT)
    assert compare(notes) == []


def test_a_policy_that_lets_a_neighbor_read_is_found(notes: str) -> None:
    close(notes, RIGHT)
    close(notes, rls.protect("note", select="organization IS NOT NULL", update=OWN_NOTE))
    found = compare(notes)
    assert {(d.actor, d.key) for d in found if d.command is Command.SELECT and d.seen} >= {
        (NORTHERN, row["id"]) for row in NOTES if row["organization"] == SOUTH
    }
    # It does not ask who asks, so a forged, a replayed and a missing context are let in as well.
    assert {d.context for d in found if d.command is Command.SELECT} == set(Context)


def test_a_policy_that_believes_a_setting_without_signature_is_found(notes: str) -> None:
    bare = "organization = NULLIF(split_part(current_setting('lueckenlos.actor', true), '|', 4), '')::uuid"
    close(
        notes,
        rls.protect(
            "note",
            select=rls.any_of(bare, rls.is_job("retention")),
            insert=OWN_NOTE,
            update=OWN_NOTE,
            delete=rls.is_job("retention"),
        ),
    )
    found = compare(notes)
    assert {d.context for d in found} == {Context.FORGED, Context.REPLAYED}
    assert {d.actor for d in found} == {NOBODY}


def test_a_policy_that_shuts_out_somebody_who_may_is_found(notes: str) -> None:
    close(notes, rls.protect("note", select=OWN_NOTE, insert=OWN_NOTE, update=OWN_NOTE))
    found = compare(notes)
    assert {(d.actor, d.command) for d in found} == {
        (job("retention"), Command.SELECT),
        (job("retention"), Command.DELETE),
    }


@pytest.mark.parametrize(
    ("command", "operation"),
    [
        (Command.INSERT, rls.protect("note", select=SAME_OFFICE, insert=rls.EVERYBODY)),
        (Command.UPDATE, rls.protect("note", select=SAME_OFFICE, update=SAME_OFFICE)),
        (Command.DELETE, rls.protect("note", select=SAME_OFFICE, delete=SAME_OFFICE)),
    ],
)
def test_a_policy_that_lets_somebody_write_too_much_is_found(
    notes: str, command: Command, operation: RunSQL
) -> None:
    close(notes, operation)
    reader = Expectation(
        table="note",
        rows=NOTES,
        actors=ACTORS,
        may_select=same_office,
        change={"text": "geändert"},
        fresh=lambda row: {**row, "id": uuid4()},
    )
    assert {d.command for d in compare(notes, reader)} == {command}


def test_a_table_that_was_forgotten_is_found(notes: str) -> None:
    found = compare(notes)
    assert {d.command for d in found} >= {Command.SELECT, Command.INSERT, Command.UPDATE, Command.DELETE}
    assert {d.context for d in found} >= {Context.UNSET, Context.FORGED}


def test_the_owner_of_a_closed_table_sees_nothing_either(notes: str) -> None:
    close(notes, RIGHT)
    compare(notes)
    with as_owner(notes) as owner:
        assert owner.execute("SELECT count(*) FROM note").fetchone() == (0,)


def test_a_row_cannot_be_moved_to_where_its_writer_may_not_see_it(notes: str) -> None:
    close(notes, RIGHT)
    moved = Expectation(
        table="note", rows=NOTES, actors=[NORTHERN], may_select=same_office, change={"organization": SOUTH}
    )
    assert [d for d in compare(notes, moved) if d.command is Command.UPDATE] == []


def test_a_function_of_the_wall_may_look_behind_it_and_only_at_what_it_was_given(notes: str) -> None:
    close(notes, RIGHT)
    compare(notes)
    close(
        notes,
        rls.definer(
            "note_count",
            returns="bigint",
            language="sql",
            tables={"note": "SELECT"},
            body="SELECT count(*) FROM public.note",
        ),
    )
    with psycopg.connect(notes) as application:
        assert application.execute("SELECT count(*) FROM note").fetchone() == (0,)
        assert application.execute("SELECT wall.note_count()").fetchone() == (len(NOTES),)


def test_a_protected_table_can_be_opened_again_by_the_way_back(notes: str) -> None:
    close(notes, RIGHT)
    with as_owner(notes) as owner:
        owner.execute(str(RIGHT.reverse_sql).encode())
        row = owner.execute(
            "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = 'note'"
        ).fetchone()
    assert row == (False, False)


def test_a_name_that_is_no_name_does_not_become_sql() -> None:
    with pytest.raises(ValueError, match="note; DROP"):
        rls.protect("note; DROP TABLE note")
    with pytest.raises(ValueError, match="retention"):
        rls.is_job("retention' OR true OR 'a")
    with pytest.raises(ValueError, match="which rows"):
        rls.protect("note", update_to="true")

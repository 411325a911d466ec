"""The wall shows every actor exactly the rows that the model says, whatever was done in whatever order."""

from __future__ import annotations

import os
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from lueckenlos.core.actor import NOBODY, job
from tests.house.test_fences import closed_tables
from tests.wall import writing
from tests.wall.cast import DATA_PROTECTION, family
from tests.wall.looking import Context
from tests.wall.machine import Wall, check
from tests.wall.play import Play
from tests.wall.seeing import TABLES, sees

# About a minute and a half on one slow core; `make wall` goes on until a million rows were compared.
EXAMPLES = int(os.environ.get("LUECKENLOS_WALL_EXAMPLES", "2"))
STEPS = int(os.environ.get("LUECKENLOS_WALL_STEPS", "20"))
QUIET = settings(
    stateful_step_count=STEPS,
    deadline=None,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.long
@pytest.mark.parametrize("derandomized", [True, False])
def test_the_wall_and_the_model_agree_after_every_deed(empty_database: str, *, derandomized: bool) -> None:
    profile = settings(QUIET, derandomize=derandomized, max_examples=EXAMPLES)
    run_state_machine_as_test(Wall, settings=profile)


def test_every_closed_table_of_the_three_rooms_is_compared() -> None:
    ours = {
        table._meta.db_table
        for table in closed_tables()
        if table._meta.app_label in {"privacy", "families", "cases"}
    }
    assert ours == set(TABLES)


def test_what_can_be_counted_is_what_can_be_seen(play: Play) -> None:
    for actor in play.everybody():
        seen = play.eyes.sees(actor)
        counted = play.eyes.counts(actor)
        # A way in is counted once for each holder; what makes it is the same.
        assert {t: n for t, n in counted.items() if t != "privacy_access"} == {
            t: len(keys) for t, keys in seen.items() if t != "privacy_access"
        }, actor


def test_nothing_that_is_hidden_is_told_to_exist(play: Play) -> None:
    for actor in play.everybody()[::3]:
        view = play.view(actor)
        for table in play.facts.tables.keys() & set(TABLES):
            keys = list(play.facts[table])
            assert play.eyes.exist(actor, table, keys) == sees(view, table), (actor, table)


def test_rows_that_are_not_theirs_can_be_neither_changed_nor_deleted(play: Play) -> None:
    for actor in play.everybody():
        changed, deleted = writing.tried(play.eyes, actor)
        view = play.view(actor)
        for table in TABLES:
            assert changed[table] == writing.may_change(view, table), (actor, table)
            assert deleted[table] == writing.may_delete(view, table), (actor, table)


def test_a_blind_update_touches_no_more_than_one_that_looks(play: Play) -> None:
    for actor in play.everybody():
        view = play.view(actor)
        for table, touched in writing.blindly(play.eyes, actor).items():
            assert touched <= len(writing.may_change(view, table)), (actor, table)


@pytest.mark.parametrize("context", [each for each in Context if each is not Context.GENUINE])
def test_a_context_that_is_not_genuine_is_nobody(play: Play, context: Context) -> None:
    nobody = play.eyes.sees(NOBODY)
    assert not any(nobody.values())
    strong = [play.workers[0].acting("case_talk"), DATA_PROTECTION, job("retention"), family(play.people[0])]
    for actor in strong:
        assert any(play.eyes.sees(actor).values())
        assert play.eyes.sees(actor, context) == nobody, (actor, context)
        assert set(play.eyes.counts(actor, context).values()) == {0}


def test_a_replayed_context_is_nobody(play: Play) -> None:
    with play.eyes.acting_as(job("retention")) as connection:
        row = connection.execute("SELECT current_setting('lueckenlos.actor')").fetchone()
        assert row is not None
        assert _files(connection) > 0
    with play.eyes.acting_as(NOBODY) as connection:
        connection.execute("SELECT set_config('lueckenlos.actor', %s, true)", [row[0]])
        assert _files(connection) == 0


def _files(connection: psycopg.Connection[Any]) -> int:
    row = connection.execute("SELECT count(*) FROM privacy_file").fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.parametrize(
    "attempt",
    [
        "SET ROLE lueckenlos_wall",
        "SET ROLE lueckenlos_owner",
        "SET SESSION AUTHORIZATION lueckenlos_owner",
        "SELECT * FROM core_contextkey",
        "SELECT wall.access_derive(gen_random_uuid())",
        "SELECT wall.consent_check()",
        "SELECT wall.withdrawal_acts()",
        "SELECT wall.row_stays()",
        "INSERT INTO privacy_access DEFAULT VALUES",
        "UPDATE privacy_access SET writes = true",
        "DELETE FROM privacy_access",
        "INSERT INTO privacy_release DEFAULT VALUES",
        "UPDATE privacy_release SET mode = 'edit'",
        "DELETE FROM privacy_release",
        "TRUNCATE privacy_access",
        "SELECT last_value FROM privacy_access_id_seq",
        "ALTER TABLE privacy_access DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE cases_record DISABLE TRIGGER ALL",
        "DROP POLICY cases_record_select ON cases_record",
        "SET session_replication_role = replica",
        "CREATE FUNCTION wall.actor_holders() RETURNS uuid[] LANGUAGE sql AS 'SELECT NULL::uuid[]'",
    ],
)
def test_the_application_cannot_go_round_the_wall(play: Play, attempt: str) -> None:
    with (
        play.eyes.acting_as(play.workers[0].acting()) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(attempt.encode())


def test_turning_row_security_off_is_an_error_and_not_a_way_in(play: Play) -> None:
    with play.eyes.acting_as(play.workers[0].acting()) as connection:
        connection.execute("SET LOCAL row_security = off")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT * FROM cases_record")


def test_a_condition_that_fails_on_hidden_rows_tells_nothing(play: Play) -> None:
    with play.eyes.acting_as(NOBODY) as connection:
        trap = "SELECT count(*) FROM cases_record WHERE 1 / (length(text) - length(text)) > 0"
        assert connection.execute(trap.encode()).fetchone() == (0,)


def test_a_county_that_was_laid_out_is_compared_without_a_difference(play: Play) -> None:
    check(play)
    assert play.tally.comparisons > 5_000

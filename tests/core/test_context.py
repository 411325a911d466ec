"""Who asks is believed by the database only as the application signed it for this transaction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import psycopg
import pytest
from django.conf import settings
from django.db import ProgrammingError, connection, transaction

from lueckenlos.core.actor import (
    NOBODY,
    Actor,
    ActorKind,
    Grant,
    Role,
    ScopeKind,
    UnfitForContext,
    job,
    link_to,
)
from lueckenlos.core.context import (
    SETTING,
    NoTransactionContext,
    acting_as,
    context_is_believed,
    current_actor,
    install_context_key,
    key_bytes,
    sign_context,
)
from tests.core.databases import as_owner

ANNA = UUID("0d9fa0b5-0000-4000-8000-000000000001")
OFFICE = UUID("0d9fa0b5-0000-4000-8000-000000000002")
COUNSELLOR = Actor(
    kind=ActorKind.PERSON,
    person_id=ANNA,
    organization=OFFICE,
    purpose="counselling",
    grants=(
        Grant(Role.PROFESSIONAL, ScopeKind.ORGANIZATION, str(OFFICE)),
        Grant(Role.COORDINATION, ScopeKind.COUNTY, "05358"),
        Grant(Role.MUNICIPALITY, ScopeKind.MUNICIPALITY, "05358008"),
    ),
    name="Fachkraft",
)


@pytest.fixture(autouse=True)
def _database(empty_database: str) -> Iterator[str]:
    yield empty_database


def ask(question: str, *values: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {question}", values)
        row = cursor.fetchone()
    assert row is not None
    return row[0]


def signed_now(actor: Actor, *, secret: str) -> str:
    backend = int(str(ask("pg_backend_pid()")))
    began = int(str(ask("(extract(epoch FROM transaction_timestamp()) * 1000000)::bigint")))
    return sign_context(actor, backend=backend, began=began, key=key_bytes(secret))


def tell(value: str) -> None:
    ask("set_config(%s, %s, true)", SETTING, value)


def test_the_database_knows_every_field_of_the_one_who_acts() -> None:
    with acting_as(COUNSELLOR):
        assert ask("wall.actor_kind()") == "person"
        assert ask("wall.actor_person()") == ANNA
        assert ask("wall.actor_organization()") == OFFICE
        assert ask("wall.actor_purpose()") == "counselling"
        assert ask("wall.actor_job()") is None
        assert ask("wall.actor_record()") is None
        assert ask("wall.actor_has_role('professional')") is True
        assert ask("wall.actor_has_county_role('professional')") is False
        assert ask("wall.actor_has_county_role('coordination')") is True
        assert ask("wall.actor_has_role('administration')") is False
        assert ask("wall.actor_organizations_as('professional')") == [OFFICE]
        assert ask("wall.actor_municipalities_as('municipality')") == ["05358008"]


def test_a_job_and_a_link_are_known_by_their_name_and_their_record() -> None:
    with acting_as(job("retention")):
        assert ask("wall.actor_job()") == "retention"
        assert ask("wall.actor_record()") is None
    with acting_as(link_to(ANNA)):
        assert ask("wall.actor_record()") == ANNA
        assert ask("wall.actor_job()") is None


def test_without_a_context_the_database_knows_nobody() -> None:
    assert ask("wall.actor_kind()") == "nobody"
    assert ask("wall.actor_person()") is None
    assert ask("wall.actor_has_role('professional')") is False


def test_after_the_transaction_nothing_is_left_for_the_next_user_of_the_connection() -> None:
    with acting_as(COUNSELLOR):
        assert ask("wall.actor_kind()") == "person"
    assert ask("wall.actor_kind()") == "nobody"
    # After COMMIT the setting is '' and not NULL.
    assert ask("current_setting(%s, true)", SETTING) == ""


def test_a_context_signed_with_another_key_is_nobody() -> None:
    with transaction.atomic():
        tell(signed_now(COUNSELLOR, secret="somebody else's secret of some length"))
        assert ask("wall.actor_kind()") == "nobody"
        tell(signed_now(COUNSELLOR, secret=settings.CONTEXT_KEY))
        assert ask("wall.actor_kind()") == "person"


@pytest.mark.parametrize(
    "forged", ["", "7", "person|7", "1|person", "|" * 9, "1|person|x|||||||", "ü|" * 9 + "a"]
)
def test_a_setting_without_the_right_form_is_nobody(forged: str) -> None:
    with transaction.atomic():
        tell(forged)
        assert ask("wall.actor_kind()") == "nobody"


def test_one_changed_field_makes_a_genuine_context_worthless() -> None:
    with transaction.atomic():
        genuine = signed_now(COUNSELLOR, secret=settings.CONTEXT_KEY)
        for place in range(10):
            parts = genuine.split("|")
            parts[place] = parts[place] + "0"
            tell("|".join(parts))
            assert ask("wall.actor_kind()") == "nobody", place
        tell(genuine)
        assert ask("wall.actor_kind()") == "person"


def test_a_context_copied_from_another_transaction_is_nobody() -> None:
    with acting_as(COUNSELLOR):
        genuine = str(ask("current_setting(%s)", SETTING))
    with transaction.atomic():
        tell(genuine)
        assert ask("wall.actor_kind()") == "nobody"


def test_a_context_copied_into_another_connection_is_nobody(_database: str) -> None:
    with acting_as(COUNSELLOR), psycopg.connect(_database) as other:
        other.execute("SELECT set_config(%s, %s, true)", [SETTING, ask("current_setting(%s)", SETTING)])
        row = other.execute("SELECT wall.actor_kind()").fetchone()
        assert row == ("nobody",)


@pytest.mark.parametrize(("other_backend", "other_moment"), [(1, 0), (0, 1), (0, -1)])
def test_the_connection_and_the_moment_count_each_for_itself(other_backend: int, other_moment: int) -> None:
    with transaction.atomic():
        backend = int(str(ask("pg_backend_pid()")))
        began = int(str(ask("(extract(epoch FROM transaction_timestamp()) * 1000000)::bigint")))
        tell(
            sign_context(
                COUNSELLOR,
                backend=backend + other_backend,
                began=began + other_moment,
                key=key_bytes(settings.CONTEXT_KEY),
            )
        )
        assert ask("wall.actor_kind()") == "nobody"


def test_the_application_can_neither_read_nor_change_the_key() -> None:
    for attempt in (
        "SELECT * FROM core_contextkey",
        "UPDATE core_contextkey SET inner_block = ''",
        "INSERT INTO core_contextkey VALUES (1, '', '')",
        "DELETE FROM core_contextkey",
        "CREATE FUNCTION wall.actor_kind() RETURNS text LANGUAGE sql AS 'SELECT 1::text'",
        "SET ROLE lueckenlos_wall",
    ):
        with (
            pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
            connection.cursor() as cursor,
        ):
            cursor.execute(attempt)


def test_a_temporary_table_in_the_way_does_not_mislead_the_wall() -> None:
    with acting_as(COUNSELLOR):
        ask("set_config('search_path', 'pg_temp, public', true)")
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE TEMPORARY TABLE core_contextkey (id int, inner_block bytea, outer_block bytea)"
            )
            cursor.execute("INSERT INTO pg_temp.core_contextkey VALUES (1, 'x', 'x')")
        assert ask("wall.actor_kind()") == "person"


def test_the_functions_of_the_wall_belong_to_the_wall_and_have_a_fixed_search_path() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname, pg_get_userbyid(proowner), proconfig FROM pg_proc "
            "WHERE prosecdef AND pronamespace = 'wall'::regnamespace"
        )
        rows = cursor.fetchall()
    assert {name for name, _, _ in rows} >= {"actor_context", "audit_append", "audit_blacken"}
    assert {(owner, *config) for _, owner, config in rows} == {
        ("lueckenlos_wall", "search_path=pg_catalog, pg_temp")
    }


def test_an_inner_actor_holds_until_the_inner_block_ends() -> None:
    with acting_as(COUNSELLOR):
        with acting_as(job("reminders")):
            assert ask("wall.actor_kind()") == "job"
            assert current_actor().name == "reminders"
        assert ask("wall.actor_person()") == ANNA
        with acting_as(NOBODY):
            assert ask("wall.actor_kind()") == "nobody"
        assert ask("wall.actor_person()") == ANNA
        assert current_actor() == COUNSELLOR


def test_a_failed_inner_block_gives_the_outer_actor_back() -> None:
    with acting_as(COUNSELLOR):
        with pytest.raises(ZeroDivisionError), acting_as(job("reminders")):
            raise ZeroDivisionError
        assert ask("wall.actor_person()") == ANNA


def test_inside_an_ordinary_transaction_the_actor_ends_with_the_block() -> None:
    with transaction.atomic():
        with acting_as(COUNSELLOR):
            assert ask("wall.actor_kind()") == "person"
        assert ask("wall.actor_kind()") == "nobody"


def test_outside_a_block_nobody_is_the_current_actor() -> None:
    with pytest.raises(NoTransactionContext):
        current_actor()


def test_the_house_notices_when_the_database_holds_another_key(_database: str) -> None:
    assert context_is_believed()
    with as_owner(_database) as owner:
        install_context_key(owner, "another secret that this process does not know")
    assert not context_is_believed()
    with as_owner(_database) as owner:
        install_context_key(owner, settings.CONTEXT_KEY)
    assert context_is_believed()


def test_signs_that_divide_the_context_are_refused_before_they_are_signed() -> None:
    with pytest.raises(UnfitForContext):
        job("reminders|person")
    with pytest.raises(UnfitForContext):
        replace(COUNSELLOR, purpose="a|b")
    with pytest.raises(UnfitForContext):
        Grant(Role.PROVIDER, ScopeKind.ORGANIZATION, "a,administration@county/")

"""Every function that sees what its caller may not stands in this list, and none can be led astray."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

LIST = Path(__file__).with_name("definer_functions.txt")


def rows(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


@pytest.mark.django_db
def test_the_list_names_every_definer_function_and_no_other() -> None:
    found = rows(
        "SELECT p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' FROM pg_proc p "
        "JOIN pg_namespace n ON n.oid = p.pronamespace WHERE p.prosecdef AND n.nspname IN ('wall', 'public') "
        "ORDER BY 1"
    )
    there = [row[0] for row in found]
    if os.environ.get("LUECKENLOS_WRITE_COUNTS"):
        LIST.write_text("\n".join(there) + "\n", encoding="utf-8")
    assert there == LIST.read_text(encoding="utf-8").splitlines()


@pytest.mark.django_db
def test_each_belongs_to_the_wall_has_a_fixed_path_and_is_not_everybodys() -> None:
    assert (
        rows(
            "SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
            "JOIN pg_roles r ON r.oid = p.proowner WHERE p.prosecdef AND n.nspname IN ('wall', 'public') AND ("
            "r.rolname <> 'lueckenlos_wall' "
            "OR NOT coalesce(p.proconfig, '{}') @> ARRAY['search_path=pg_catalog, pg_temp'] "
            "OR has_function_privilege('public', p.oid, 'EXECUTE'))"
        )
        == []
    )


@pytest.mark.django_db
def test_what_only_triggers_call_the_application_cannot() -> None:
    assert (
        rows(
            "SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
            "WHERE p.prosecdef AND n.nspname = 'wall' AND p.prorettype = 'trigger'::regtype "
            "AND has_function_privilege('lueckenlos_app', p.oid, 'EXECUTE')"
        )
        == []
    )


@pytest.mark.django_db
def test_no_policy_lets_somebody_in_because_a_setting_is_missing() -> None:
    assert (
        rows(
            "SELECT tablename, policyname FROM pg_policies "
            "WHERE coalesce(qual, '') || coalesce(with_check, '') ~ 'current_setting'"
        )
        == []
    )


@pytest.mark.django_db
def test_a_function_that_serves_jobs_refuses_everybody_else() -> None:
    for call in ("SELECT wall.consent_expire()", "SELECT wall.file_erase(gen_random_uuid())"):
        with connection.cursor() as cursor, pytest.raises(Exception, match="job_alone") as refused:
            cursor.execute("SAVEPOINT before")
            try:
                cursor.execute(call)
            finally:
                cursor.execute("ROLLBACK TO SAVEPOINT before")
        assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)

"""Columns that the application never changes: a row could else be moved to where its ways in no longer judge it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.db.migrations import RunSQL

from lueckenlos.core import rls

# Refuses; the trigger's WHEN says when. Called by its triggers alone.
ROW_STAYS: Final = RunSQL(
    f"""
    CREATE OR REPLACE FUNCTION wall.row_stays() RETURNS trigger LANGUAGE plpgsql
      SET search_path = pg_catalog, pg_temp
      AS $stays$BEGIN RAISE EXCEPTION 'row_stays' USING ERRCODE = 'insufficient_privilege'; END$stays$;
    REVOKE ALL ON FUNCTION wall.row_stays() FROM PUBLIC, {rls.APPLICATION};
    """,
    reverse_sql="DROP FUNCTION IF EXISTS wall.row_stays();",
)


def stays(table: str, *columns: str, once: Sequence[str] = ()) -> RunSQL:
    """Keep these columns as they were inserted, and those of `once` as they were first filled; the wall may change them."""
    changed = [f"OLD.{each} IS DISTINCT FROM NEW.{each}" for each in ("id", *columns)]
    changed += [f"(OLD.{each} IS NOT NULL AND OLD.{each} IS DISTINCT FROM NEW.{each})" for each in once]
    return RunSQL(
        f"""
        DROP TRIGGER IF EXISTS {table}_stays ON public.{table};
        CREATE TRIGGER {table}_stays BEFORE UPDATE ON public.{table} FOR EACH ROW
          WHEN (current_user = '{rls.APPLICATION}' AND ({" OR ".join(changed)}))
          EXECUTE FUNCTION wall.row_stays();
        """,
        reverse_sql=f"DROP TRIGGER IF EXISTS {table}_stays ON public.{table};",
    )


def together(*operations: RunSQL) -> RunSQL:
    """Several as one, for a helper that gives one."""
    return RunSQL(
        [str(each.sql) for each in operations],
        reverse_sql=[str(each.reverse_sql) for each in reversed(operations)],
    )

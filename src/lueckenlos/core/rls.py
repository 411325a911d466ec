"""Row-level security in migrations: one readable sentence for a table, one for a function of the wall.

Each helper gives an operation for a migration. Conditions are SQL; the small functions below write the
usual ones, so that a policy reads as the rule it stands for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from django.db.migrations import RunSQL

from lueckenlos.core.actor import Role

APPLICATION: Final = "lueckenlos_app"
WALL: Final = "lueckenlos_wall"

# Wrapped in a SELECT each is computed once for a statement, not once for a row (20 times slower on counts).
KIND: Final = "(SELECT wall.actor_kind())"
PERSON: Final = "(SELECT wall.actor_person())"
ORGANIZATION: Final = "(SELECT wall.actor_organization())"
PURPOSE: Final = "(SELECT wall.actor_purpose())"
RECORD: Final = "(SELECT wall.actor_record())"
EVERYBODY: Final = "true"

_NAME: Final = re.compile(r"[a-z_][a-z0-9_]*")
_PLAIN: Final = re.compile(r"[a-z0-9_-]+")


class Volatility(StrEnum):
    """Whether a function writes (volatile) or only reads (stable)."""

    STABLE = "STABLE"
    VOLATILE = "VOLATILE"


def has_role(role: Role) -> str:
    """The condition that the actor holds the role, whatever its scope."""
    return f"(SELECT wall.actor_has_role('{role.value}'))"


def has_role_in_county(role: Role) -> str:
    """The condition that the actor holds the role in the whole county."""
    return f"(SELECT wall.actor_has_county_role('{role.value}'))"


def is_job(name: str) -> str:
    """The condition that this job runs."""
    if not _PLAIN.fullmatch(name):
        raise ValueError(f"a job's name holds small letters, digits, - and _ only, not {name!r}")
    return f"(SELECT wall.actor_job()) = '{name}'"


def any_of(*conditions: str) -> str:
    """The condition that at least one holds."""
    return "(" + " OR ".join(f"({condition})" for condition in conditions) + ")"


def all_of(*conditions: str) -> str:
    """The condition that all hold."""
    return "(" + " AND ".join(f"({condition})" for condition in conditions) + ")"


def protect(
    table: str,
    *,
    select: str | None = None,
    insert: str | None = None,
    update: str | None = None,
    update_to: str | None = None,
    delete: str | None = None,
) -> RunSQL:
    """Close a table: each command has its condition, and a command without one is forbidden to the application.

    `insert` and `update_to` judge the new row, the others the row that is there; `update_to` is `update`
    unless given. The owner, too, sees nothing afterwards (FORCE): migrations of data must say how.
    """
    if update_to is not None and update is None:
        raise ValueError("update_to without update: say which rows may be changed")
    name = _identifier(table)
    policies = {
        "select": _policy(name, "select", using=select),
        "insert": _policy(name, "insert", check=insert),
        "update": _policy(name, "update", using=update, check=update_to or update),
        "delete": _policy(name, "delete", using=delete),
    }
    allowed = [command.upper() for command, policy in policies.items() if policy]
    statements = [
        f"ALTER TABLE public.{name} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE public.{name} FORCE ROW LEVEL SECURITY",
        # Drop first, so that a later migration can say the sentence anew.
        *(f"DROP POLICY IF EXISTS {name}_{command} ON public.{name}" for command in policies),
        *(policy for policy in policies.values() if policy),
        f"REVOKE ALL ON public.{name} FROM {APPLICATION}",
    ]
    if allowed:
        statements.append(f"GRANT {', '.join(allowed)} ON public.{name} TO {APPLICATION}")
    return RunSQL(_script(statements), reverse_sql=_script(_unprotect(name)))


def definer(
    name: str,
    *,
    returns: str,
    body: str,
    arguments: str = "",
    language: str = "plpgsql",
    volatility: Volatility = Volatility.STABLE,
    tables: Mapping[str, str] | None = None,
) -> RunSQL:
    """Build a function of the wall: it sees what the caller may not, so each is tested as a part of the wall.

    Its search_path is fixed, so the body names `public.` and `wall.` itself. `tables` maps each table that
    it touches to the commands it needs there ("SELECT, INSERT"); nothing else is granted.
    """
    function = f"wall.{_identifier(name)}"
    # A trigger is called by its table, for which whoever lays it must have the right; nobody calls it by name.
    caller = "SESSION_USER" if returns == "trigger" else APPLICATION
    statements = [
        *(
            f"GRANT {commands} ON public.{_identifier(table)} TO {WALL}"
            for table, commands in (tables or {}).items()
        ),
        f"SET ROLE {WALL}",
        (
            f"CREATE OR REPLACE FUNCTION {function}({arguments}) RETURNS {returns} LANGUAGE {language} "
            # The signature names the connection's process, which a parallel worker does not share.
            f"{volatility} PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, pg_temp "
            f"AS $wall${body}$wall$"
        ),
        f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC",
        f"GRANT EXECUTE ON FUNCTION {function} TO {caller}",
        "RESET ROLE",
    ]
    reverse = [f"SET ROLE {WALL}", f"DROP FUNCTION IF EXISTS {function}", "RESET ROLE"]
    return RunSQL(_script(statements), reverse_sql=_script(reverse))


def keep_from_application(table: str) -> RunSQL:
    """Take every right on a table from the application, where it has no policies because it has no rows to show."""
    name = _identifier(table)
    return RunSQL(f"REVOKE ALL ON public.{name} FROM {APPLICATION}, PUBLIC", reverse_sql=RunSQL.noop)


def _policy(table: str, command: str, *, using: str | None = None, check: str | None = None) -> str:
    if using is None and check is None:
        return ""
    judged = f" USING ({using})" if using is not None else ""
    checked = f" WITH CHECK ({check})" if check is not None else ""
    return f"CREATE POLICY {table}_{command} ON public.{table} FOR {command.upper()} TO {APPLICATION}{judged}{checked}"


def _unprotect(table: str) -> list[str]:
    return [
        *(
            f"DROP POLICY IF EXISTS {table}_{command} ON public.{table}"
            for command in ("select", "insert", "update", "delete")
        ),
        f"ALTER TABLE public.{table} NO FORCE ROW LEVEL SECURITY",
        f"ALTER TABLE public.{table} DISABLE ROW LEVEL SECURITY",
    ]


def _identifier(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError(f"a table or function has a name of small letters, digits and _, not {name!r}")
    return name


def _script(statements: Iterable[str]) -> str:
    return ";\n".join(statements) + ";"

"""Refuses to serve with a login that the wall does not hold: one mistake would switch every policy off in silence."""

from collections.abc import Sequence
from typing import Any, Protocol

from lueckenlos.core.failure import StatedFailure

LEAST_VERSION = 16

# Whoever may read or write the server's files or run its programs walks around the wall.
_DANGEROUS = (
    "pg_execute_server_program",
    "pg_read_server_files",
    "pg_write_server_files",
)

_WHO = """
SELECT session_user::text, current_user::text, current_database()::text, current_setting('server_version_num')::int
"""

# Everybody whom the login may become (itself included), by any chain of memberships.
_BECOMES = """
SELECT r.rolname::text, r.rolsuper, r.rolbypassrls, r.rolcreaterole, r.rolreplication
FROM pg_roles AS r
WHERE pg_has_role(session_user, r.oid, 'MEMBER') OR pg_has_role(current_user, r.oid, 'MEMBER')
ORDER BY r.rolname NOT IN (session_user, current_user), NOT r.rolsuper, r.rolname
"""

# `pg_database_owner` is left out: whoever owns the database is found by the database itself.
_OWNS = """
SELECT kind, name FROM (
  SELECT 'die Datenbank' AS kind, d.datname::text AS name, d.datdba AS owner
  FROM pg_database AS d WHERE d.datname = current_database()
  UNION ALL
  SELECT 'das Schema', n.nspname::text, n.nspowner FROM pg_namespace AS n
  WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
  UNION ALL
  SELECT 'die Tabelle', c.relname::text, c.relowner FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
    AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
  UNION ALL
  SELECT 'die Funktion', p.proname::text, p.proowner FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
  WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
) AS things
WHERE pg_has_role(session_user, owner, 'MEMBER') OR pg_has_role(current_user, owner, 'MEMBER')
LIMIT 1
"""

_ADVICE = (
    "Bitte verbinden Sie die Anwendung mit der Rolle lueckenlos_app (DATABASE_URL); "
    "wie sie angelegt wird, steht in docs/operations.md."
)


class Cursor(Protocol):
    """What the check needs of a cursor, Django's or psycopg's."""

    def execute(self, query: Any, /) -> Any:
        """Runs a statement."""

    def fetchone(self) -> Sequence[Any] | None:
        """Gives the next row."""

    def fetchall(self) -> Sequence[Sequence[Any]]:
        """Gives the remaining rows."""

    def __enter__(self) -> "Cursor":
        """Opens the cursor."""

    def __exit__(self, *reason: object) -> Any:
        """Closes the cursor."""


class Connection(Protocol):
    """What the check needs of a connection, Django's or psycopg's."""

    def cursor(self) -> Any:
        """Gives a cursor."""


class LoginRefused(StatedFailure):
    """The database must not be used with this login; the text goes to the command line as it is."""


class ServerTooOld(LoginRefused):
    """The server's version is below what the wall needs."""

    def __init__(self, version: str) -> None:
        self.version = version
        super().__init__(
            f"Die Datenbank ist PostgreSQL {version}; lückenlos braucht mindestens Version {LEAST_VERSION}. "
            "Bitte aktualisieren Sie den Server, oder geben Sie mit DATABASE_URL einen anderen an."
        )


class LoginTooStrong(LoginRefused):
    """The login could see or do more than the policies allow."""

    def __init__(self, login: str, *, reason: str) -> None:
        self.login = login
        self.reason = reason
        super().__init__(f"Die Anmeldung „{login}“ an der Datenbank {reason}. {_ADVICE}")


def check_login(connection: Connection) -> None:
    """Raises `LoginRefused` unless the wall holds for this connection's login."""
    with connection.cursor() as cursor:
        session, current, _, number = _row(cursor, _WHO)
        if number < LEAST_VERSION * 10_000:
            raise ServerTooOld(f"{number // 10_000}.{number % 10_000}")
        cursor.execute(_BECOMES)
        for role in cursor.fetchall():
            reason = _reason_against(role, own_names={session, current})
            if reason:
                raise LoginTooStrong(session, reason=reason)
        cursor.execute(_OWNS)
        owned = cursor.fetchone()
        if owned is not None:
            kind, name = owned
            raise LoginTooStrong(
                session, reason=f"besitzt {kind} „{name}“ oder kann zu deren Besitzer werden"
            )


def _row(cursor: Cursor, query: str) -> Sequence[Any]:
    cursor.execute(query)
    row = cursor.fetchone()
    if row is None:
        raise LoginRefused("Die Datenbank nennt nicht, wer angemeldet ist.")
    return row


def _reason_against(role: Sequence[Any], *, own_names: set[str]) -> str | None:
    name, is_superuser, bypasses, creates_roles, replicates = role
    path = "" if name in own_names else f"kann zur Rolle „{name}“ werden: diese "
    if is_superuser:
        return f"{path}ist Superuser und umgeht alle Schutzregeln"
    if bypasses:
        return f"{path}hat BYPASSRLS und umgeht alle Schutzregeln"
    if creates_roles:
        return f"{path}darf Rollen anlegen (CREATEROLE)"
    if replicates:
        return f"{path}darf die ganze Datenbank mitlesen (REPLICATION)"
    if name in _DANGEROUS:
        return f"kann zur Rolle „{name}“ werden und damit an den Schutzregeln vorbei auf den Server zugreifen"
    return None

"""Saves the whole database into one file and brings it back, with PostgreSQL's own programs. No Django in here."""

import os
import re
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final, Self

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from lueckenlos.core.embedded.binaries import SUPPORTED_VERSIONS, Binaries, find_binaries
from lueckenlos.core.embedded.roles import WALL, Login
from lueckenlos.core.failure import StatedFailure

_LAST_LINES: Final = 6

_SCHEMA: Final = re.compile(r"^\d+; \d+ \d+ SCHEMA - (\S+) ")

# Schemas are made before all else; the wall's own default rights were set by the roles' script, and stay.
_SET_BEFOREHAND: Final = re.compile(
    rf"^\d+; \d+ \d+ (SCHEMA -|ACL - SCHEMA public|COMMENT - SCHEMA public|DEFAULT ACL .* {WALL}$)"
)
_RIGHTS_ON_SCHEMA: Final = re.compile(r"^\d+; \d+ \d+ ACL - SCHEMA ")
_OF_THE_WALL: Final = re.compile(rf"^\d+; \d+ \d+ ACL .* {WALL}$")

# A backup says what each table's rights are as differences from PostgreSQL's own defaults. With ours in force the
# application would get back what migrations took from it: the right to change the audit chain, among others.
# The backup itself sets our defaults again at its end.
_ORDINARY_DEFAULTS: Final = "".join(
    f"ALTER DEFAULT PRIVILEGES FOR ROLE {Login.OWNER} {change};"
    for change in (
        f"REVOKE ALL ON TABLES FROM {Login.APP}, {WALL}, {Login.MAINTENANCE}",
        f"REVOKE ALL ON SEQUENCES FROM {Login.APP}, {WALL}, {Login.MAINTENANCE}",
        f"REVOKE ALL ON FUNCTIONS FROM {Login.APP}, {WALL}, {Login.MAINTENANCE}",
        "GRANT EXECUTE ON FUNCTIONS TO PUBLIC",
    )
)

_TABLES: Final = """
SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S')
  AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' ORDER BY 1 LIMIT 1
"""


class ProgramsTooOld(StatedFailure):
    """PostgreSQL's programs in the wheel are older than the server."""

    def __init__(self, version: int) -> None:
        self.version = version
        super().__init__(
            f"Der Server ist PostgreSQL {version}; beigelegt sind die Programme von {SUPPORTED_VERSIONS[-1]}. "
            "Bitte sichern Sie mit dem pg_dump des Servers, wie docs/operations.md es zeigt."
        )


class BackupExists(StatedFailure):
    """A file of that name is there; a backup never overwrites another."""

    def __init__(self, file: Path) -> None:
        self.file = file
        super().__init__(f"{file} gibt es schon. Bitte nennen Sie eine neue Datei.")


class NotEmpty(StatedFailure):
    """The database holds something; a restore never overwrites."""

    def __init__(self, table: str) -> None:
        self.table = table
        super().__init__(
            f"Die Datenbank ist nicht leer (zum Beispiel {table}). Eingespielt wird nur in eine leere: "
            "mit einem neuen LUECKENLOS_HOME, oder in eine neu angelegte Datenbank."
        )


class ProgramFailed(StatedFailure):
    """pg_dump or pg_restore gave up."""

    def __init__(self, program: str, *, told: str) -> None:
        self.program = program
        self.told = told
        super().__init__(f"{program} hat aufgegeben:\n{told}")


def dump(url: str, *, into: Path) -> int:
    """Save everything into a new file in PostgreSQL's custom format, whole or not at all; give its bytes."""
    if into.exists():
        raise BackupExists(into)
    draft = into.with_name(into.name + ".unfinished")
    # The file holds everything that people entrusted to the county: nobody else may read it, from its first byte.
    try:
        os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        _run("pg_dump", _address(url), "--format=custom", f"--file={draft}", url=url)
        draft.replace(into)
    except OSError as error:
        raise ProgramFailed("pg_dump", told=f"{into}: {error.strerror}") from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    return into.stat().st_size


def restore(url: str, *, file: Path) -> None:
    """Bring a saved database back into an empty one, as the owner, in one transaction."""
    with psycopg.connect(url) as connection:
        found = connection.execute(_TABLES.encode()).fetchone()
    if found is not None:
        raise NotEmpty(str(found[0]))
    with _Psql(url) as psql, tempfile.TemporaryDirectory(prefix="lueckenlos-restore-") as folder:
        contents = _run("pg_restore", "--list", str(file), url=url).splitlines()
        schemas = [match[1] for line in contents if (match := _SCHEMA.search(line)) and match[1] != "public"]
        parts = _parts(contents)
        psql.say(f"BEGIN; {_ORDINARY_DEFAULTS}")
        for schema in schemas:
            # The wall can be given functions only where it may create some.
            psql.say(f'CREATE SCHEMA "{schema}"; GRANT USAGE, CREATE ON SCHEMA "{schema}" TO {WALL};')
        psql.say_from(file, entries=parts.ordinary, folder=folder)
        # Only the wall itself says who may call its functions.
        psql.say(f"SET ROLE {WALL};")
        psql.say_from(file, entries=parts.of_the_wall, folder=folder)
        psql.say("RESET ROLE;")
        for schema in schemas:
            psql.say(f'REVOKE ALL ON SCHEMA "{schema}" FROM {WALL};')
        psql.say_from(file, entries=parts.rights_on_schemas, folder=folder)
        psql.say("COMMIT;")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ANALYZE")


@dataclass(frozen=True, slots=True)
class _Parts:
    """The entries of a backup by when they come back."""

    ordinary: list[str]
    of_the_wall: list[str]
    rights_on_schemas: list[str]


def _parts(contents: Sequence[str]) -> _Parts:
    wanted = [line for line in contents if not _SET_BEFOREHAND.search(line)]
    of_the_wall = [line for line in wanted if _OF_THE_WALL.search(line)]
    rights = [line for line in wanted if _RIGHTS_ON_SCHEMA.search(line)]
    apart = {*of_the_wall, *rights}
    return _Parts([line for line in wanted if line not in apart], of_the_wall, rights)


class _Psql:
    """One session of psql; what is not committed in it when it ends has not happened."""

    def __init__(self, url: str) -> None:
        self._url = url

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [
                programs_for(self._url).path("psql"), _address(self._url), "--no-psqlrc", "--quiet",
                "--set=ON_ERROR_STOP=1", "--file=-",
            ],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, bufsize=0,
            env=_environment(self._url),
        )  # fmt: skip
        return self

    def __exit__(self, kind: type[BaseException] | None, *_reason: object) -> None:
        _, told = self._process.communicate()
        # Where psql gave up, its own words say more than those of whoever wrote to it last.
        if self._process.returncode and (kind is None or issubclass(kind, ProgramFailed | BrokenPipeError)):
            raise ProgramFailed("psql", told=_last_lines(told.decode(errors="replace")))

    def say(self, statements: str) -> None:
        """Send statements."""
        self._input.write(f"{statements}\n".encode())

    def say_from(self, file: Path, *, entries: Sequence[str], folder: str) -> None:
        """Send some entries of a backup as SQL."""
        chosen = Path(folder) / "entries"
        chosen.write_text("\n".join(entries), encoding="utf-8")
        done = subprocess.run(
            [
                programs_for(self._url).path("pg_restore"), "--file=-", f"--use-list={chosen}", str(file),
            ],
            stdout=self._input, stderr=subprocess.PIPE, check=False, env=_environment(self._url),
        )  # fmt: skip
        if done.returncode:
            raise ProgramFailed("pg_restore", told=_last_lines(done.stderr.decode(errors="replace")))

    @property
    def _input(self) -> IO[bytes]:
        given = self._process.stdin
        if given is None:
            raise ProgramFailed("psql", told="no standard input")
        return given


def programs_for(url: str) -> Binaries:
    """The programs of the server's own version, or of the next later one that we carry."""
    with psycopg.connect(url) as connection:
        version = connection.info.server_version // 10_000
    fitting = [each for each in SUPPORTED_VERSIONS if each >= version]
    if not fitting:
        raise ProgramsTooOld(version)
    return find_binaries(fitting[0])


def _address(url: str) -> str:
    """The address without its password: everybody on the machine may read a command line."""
    known: dict[str, Any] = {name: each for name, each in conninfo_to_dict(url).items() if name != "password"}
    return f"--dbname={make_conninfo(**known)}"


def _environment(url: str) -> dict[str, str]:
    """The password goes by the environment, and messages come in English."""
    password = str(conninfo_to_dict(url).get("password") or "")
    return {**os.environ, "PGPASSWORD": password, "LC_ALL": "C"}


def _last_lines(told: str) -> str:
    return "\n".join([line for line in told.splitlines() if line.strip()][-_LAST_LINES:])


def _run(program: str, *arguments: str, url: str) -> str:
    done = subprocess.run(
        [programs_for(url).path(program), *arguments],
        capture_output=True, text=True, check=False, env=_environment(url),
    )  # fmt: skip
    if done.returncode:
        raise ProgramFailed(program, told=_last_lines(done.stderr))
    return done.stdout

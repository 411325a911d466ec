"""What the tests of the embedded database share: processes of their own, and servers as hosts run them."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from lueckenlos.core.embedded.account import Account, choose_account
from lueckenlos.core.embedded.binaries import find_binaries
from lueckenlos.core.embedded.roles import role_script

# An account that is not root's. It may pass closed folders: the interpreter of the tests may lie in root's own.
ORDINARY = Account(name="ordinary", uid=65534, gid=65534, right="dac_read_search")
PASSWORDS = {"OWNER": "eigner-geheim", "APP": "anwendung-geheim", "MAINTENANCE": "wartung-geheim"}
NewHome = Callable[..., Path]


def in_own_process(home: Path, *, then: str, account: Account | None = None) -> "subprocess.Popen[str]":
    """Starts the database of a home in another Python process, prints its number, then does something."""
    program = (
        "import os, sys, time\n"
        "from lueckenlos.core.embedded import Cluster\n"
        f"server = Cluster({str(home)!r}).start()\n"
        "print(server.pid, flush=True)\n" + then
    )
    argv = (account or Account()).command([sys.executable, "-c", program])
    return subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd="/")


@dataclass(frozen=True)
class Addresses:
    """The connections to one database, however it is run."""

    app: str
    owner: str
    maintenance: str
    superuser: str
    rerun_script: Callable[[], None]


@contextmanager
def ordinary_server(folder: Path, *, version: int) -> Iterator[Addresses]:
    """A PostgreSQL as a host has it: a bare cluster on which the superuser ran our script."""
    binaries = find_binaries(version)
    data = folder / f"ordinary-{version}"
    account = choose_account(data, programs=binaries.folder)
    data.mkdir(mode=0o700)
    account.own(data)
    passwords = folder / f"password-{version}"
    passwords.write_text("wurzel-geheim\n")
    passwords.chmod(0o644)

    def run(*argv: str) -> None:
        subprocess.run(account.command(argv), check=True, stdout=subprocess.DEVNULL, cwd="/")

    run(
        binaries.path("initdb"), f"--pgdata={data}", "--username=postgres", f"--pwfile={passwords}", "--no-sync",
        "--auth=scram-sha-256", "--locale=C", "--encoding=UTF8",
    )  # fmt: skip
    options = f"-c listen_addresses= -c unix_socket_directories={data} -c fsync=off"
    run(binaries.path("pg_ctl"), "start", "--wait", "--silent", f"--pgdata={data}", f"--options={options}",
        f"--log={data}/log")  # fmt: skip

    def run_script() -> None:
        subprocess.run(
            [
                binaries.path("psql"),
                "--quiet",
                "--no-psqlrc",
                f"--host={data}",
                "--username=postgres",
                "--dbname=postgres",
            ],
            input=role_script(),
            text=True,
            check=True,
            env={**os.environ, "PGPASSWORD": "wurzel-geheim"}
            | {f"LUECKENLOS_{role}_PASSWORD": password for role, password in PASSWORDS.items()},
        )

    def address(role: str, password: str, database: str = "lueckenlos") -> str:
        return f"postgresql://{role}:{password}@/{database}?host={data}"

    try:
        run_script()
        yield Addresses(
            app=address("lueckenlos_app", PASSWORDS["APP"]),
            owner=address("lueckenlos_owner", PASSWORDS["OWNER"]),
            maintenance=address("lueckenlos_maintenance", PASSWORDS["MAINTENANCE"]),
            superuser=address("postgres", "wurzel-geheim"),
            rerun_script=run_script,
        )
    finally:
        run(binaries.path("pg_ctl"), "stop", "--mode=immediate", "--silent", f"--pgdata={data}")


def value(url: str, query: str) -> object:
    """The first value of the first row that a connection is given."""
    with psycopg.connect(url) as connection:
        row = connection.execute(query.encode()).fetchone()
    return None if row is None else row[0]

"""Reads what a running server wrote about itself and tells living servers from their remains."""

import os
import signal
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")


@dataclass(frozen=True)
class Postmaster:
    """The contents of `postmaster.pid`."""

    pid: int
    port: int
    socket_folder: str
    address: str
    ready: bool

    @property
    def host(self) -> str:
        """Gives the host for a connection: the loopback address or the folder of the socket."""
        return self.address or self.socket_folder


def read_postmaster(data: Path) -> Postmaster | None:
    """Reads the file of the server in this data folder; half-written files count as none."""
    try:
        lines = [line.strip() for line in (data / "postmaster.pid").read_text().splitlines()]
        return Postmaster(
            pid=int(lines[0]),
            port=int(lines[3]),
            socket_folder=lines[4],
            address=lines[5],
            ready=len(lines) > 7 and lines[7] == "ready",
        )
    except (FileNotFoundError, ValueError, IndexError):
        return None


def serves(pid: int, *, data: Path) -> bool:
    """Tells whether this process is a living PostgreSQL over this very data folder."""
    if not _PROC.is_dir():
        return _answers(pid)
    try:
        text = (_PROC / str(pid) / "stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    name, _, rest = text.partition("(")[2].rpartition(")")
    if name != "postgres" or rest.split()[0] in {"Z", "X"}:
        return False
    try:
        return Path(f"/proc/{pid}/cwd").readlink() == data.resolve()
    except FileNotFoundError:
        return False
    except PermissionError:
        # Another account's server: whoever may not look must believe the file.
        return True


def end_orphans(data: Path) -> None:
    """Kills backends whose server was killed; they would keep its shared memory and block the next start."""
    if not _PROC.is_dir():
        return
    for entry in _PROC.iterdir():
        if entry.name.isdigit() and serves(int(entry.name), data=data):
            with suppress(ProcessLookupError, PermissionError):
                os.kill(int(entry.name), signal.SIGKILL)


def _answers(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True

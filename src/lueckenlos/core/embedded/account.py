"""Chooses the account that the server runs under, because PostgreSQL refuses to run as root.

Started by an ordinary account, the server runs as that account. Started by root it runs as the account
that the data belongs to, on a first start the one behind `sudo`, or `lueckenlos`, `postgres` or `nobody`.
Where a parent folder is closed to that account, nobody opens it: the server keeps the one right to pass
(`CAP_DAC_READ_SEARCH`, in containers without it `CAP_DAC_OVERRIDE`) and no other right of root.
"""

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lueckenlos.core.embedded.errors import FolderOfAnother, FolderUnreachable

_CANDIDATES = ("lueckenlos", "postgres", "nobody")
# Numbers from linux/capability.h, the weaker right first.
_RIGHTS_TO_PASS = (("dac_read_search", 2), ("dac_override", 1))


@dataclass(frozen=True)
class Account:
    """Who runs the server; without a number it is whoever we are."""

    name: str = ""
    uid: int | None = None
    gid: int | None = None
    right: str | None = None

    def command(self, argv: Sequence[str]) -> list[str]:
        """Gives the command line that runs these arguments under the account."""
        if self.uid is None:
            return list(argv)
        # setpriv ships with every Debian, Ubuntu, Red Hat and SUSE (util-linux); it replaces itself.
        rights = []
        if self.right:
            # Without the bit access(2) would ignore the right for accounts other than root.
            rights = [
                "--securebits=+no_setuid_fixup",
                f"--inh-caps=+{self.right}",
                f"--ambient-caps=+{self.right}",
            ]
        return [
            shutil.which("setpriv") or "setpriv",
            f"--reuid={self.uid}",
            f"--regid={self.gid}",
            "--clear-groups",
            "--no-new-privs",
            *rights,
            "--",
            *argv,
        ]

    def own(self, path: Path) -> None:
        """Gives a folder or file to the account."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)


def choose_account(data: Path, *, programs: Path) -> Account:
    """Chooses who runs the server over this data folder, which need not exist yet."""
    owner = data.stat().st_uid if data.exists() else None
    if os.geteuid() != 0:
        if owner is not None and owner != os.geteuid():
            raise FolderOfAnother(data, owner=_name_of(owner))
        return Account()
    entry = _account_of(owner) if owner else _first_choice()
    plain = Account(name=entry.pw_name, uid=entry.pw_uid, gid=entry.pw_gid)
    needed = [programs / "postgres", data if data.exists() else data.parent]
    closed = _first_closed(plain, needed)
    if closed is None:
        return plain
    held = _held_rights()
    for right, number in _RIGHTS_TO_PASS:
        passing = Account(name=plain.name, uid=plain.uid, gid=plain.gid, right=right)
        if held & (1 << number) and _first_closed(passing, needed) is None:
            return passing
    raise FolderUnreachable(closed, account=plain.name)


def _first_choice() -> pwd.struct_passwd:
    behind_sudo = os.environ.get("SUDO_UID", "")
    if behind_sudo.isdigit() and int(behind_sudo):
        return _account_of(int(behind_sudo))
    for name in _CANDIDATES:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return next(entry for entry in pwd.getpwall() if entry.pw_uid)


def _account_of(uid: int) -> pwd.struct_passwd:
    try:
        return pwd.getpwuid(uid)
    except KeyError:
        return pwd.struct_passwd((str(uid), "", uid, uid, "", "/", "/bin/false"))


def _name_of(uid: int) -> str:
    return _account_of(uid).pw_name


def _held_rights() -> int:
    """Reads which rights of root this process really has; containers take most of them away."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except FileNotFoundError:
        return 0
    found = {
        name: int(value, 16)
        for name, _, value in (line.partition(":\t") for line in lines)
        if name[:3] == "Cap"
    }
    return found.get("CapEff", 0) & found.get("CapBnd", 0)


def _first_closed(account: Account, folders: list[Path]) -> Path | None:
    """Tries as the account itself whether it gets into the folders: modes alone do not tell (ACLs, mounts)."""
    for folder in folders:
        try:
            outcome = subprocess.run(
                account.command(["test", "-x", str(folder)]), capture_output=True, check=False
            )
        except OSError:
            return folder
        if outcome.returncode:
            return folder
    return None

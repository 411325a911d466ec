"""Generated passwords of the database's roles, in files that only our account can read."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from lueckenlos.core.embedded.roles import Login


@dataclass(frozen=True)
class Vault:
    """The folder of the passwords."""

    folder: Path

    def _path(self, login: Login) -> Path:
        return self.folder / f"database-{login.key}"

    def password(self, login: Login) -> str:
        """Gives the password of a login; `FileNotFoundError` if there is none."""
        return self._path(login).read_text(encoding="ascii").strip()

    def ensure(self) -> None:
        """Generates what is missing and closes what stands open."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self.folder.chmod(0o700)
        for login in Login:
            path = self._path(login)
            if path.exists() and path.stat().st_size:
                path.chmod(0o600)
            else:
                write_private(path, text=secrets.token_urlsafe(32) + "\n")

    def knows(self, login: Login) -> bool:
        """Tells whether there is a password for this login."""
        return self._path(login).is_file()


def write_private(path: Path, *, text: str) -> None:
    """Writes a file whole or not at all, readable by our account alone from its first byte."""
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)

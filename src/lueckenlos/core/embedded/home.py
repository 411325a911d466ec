"""Where each thing of the embedded database lies in the home folder, and which version wrote it."""

import os
import pwd
from dataclasses import dataclass
from pathlib import Path

from lueckenlos.core.embedded.binaries import DEFAULT_VERSION, SUPPORTED_VERSIONS
from lueckenlos.core.embedded.errors import (
    FolderForeign,
    FolderOfAnother,
    HomeNotAFolder,
    NewerData,
    OtherVersion,
    UnreadableData,
)
from lueckenlos.core.embedded.vault import Vault


@dataclass(frozen=True)
class Home:
    """The folder with everything that this instance keeps."""

    root: Path

    @property
    def vault(self) -> Vault:
        """Gives the passwords."""
        return Vault(self.root / "secrets")

    @property
    def run(self) -> Path:
        """Gives the folder of the socket; it belongs to the server's account."""
        return self.root / "run"

    @property
    def log(self) -> Path:
        """Gives the server's log."""
        return self.root / "logs" / "database.log"

    @property
    def control(self) -> Path:
        """Gives the lock that whoever starts or stops the server holds alone."""
        return self.root / "locks" / "database-control"

    @property
    def members(self) -> Path:
        """Gives the lock that all who use the server hold together."""
        return self.root / "locks" / "database-members"

    @property
    def alive(self) -> Path:
        """Gives the lock that the server itself and all its backends inherit."""
        return self.root / "locks" / "database-alive"

    def data(self, version: int) -> Path:
        """Gives the data folder of a version."""
        return self.root / f"database-{version}"

    def prepare(self) -> None:
        """Creates the folders that belong to our account."""
        if not self.root.is_dir():
            if self.root.exists():
                raise HomeNotAFolder(self.root)
            # Started by root the server's account must pass here; what is inside is closed by itself.
            self.root.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
        for folder in (self.control.parent, self.log.parent):
            folder.mkdir(mode=0o700, exist_ok=True)

    def decide_version(self, wanted: int | None) -> int:
        """Decides which PostgreSQL runs: the one that wrote the data, on a first start the newest."""
        found = self._versions_found()
        newest = max(SUPPORTED_VERSIONS)
        for version, folder in found.items():
            if version > newest:
                raise NewerData(folder, found=version, newest=newest)
        version = wanted or max(found, default=DEFAULT_VERSION)
        if found and version not in found:
            last = max(found)
            raise OtherVersion(found[last], found=last, wanted=version)
        if not found:
            _refuse_foreign(self.data(version))
        return version

    def _versions_found(self) -> dict[int, Path]:
        found = {}
        for folder in sorted(self.root.glob("database-*")):
            if folder.suffix == ".new" or not folder.is_dir():
                continue
            _refuse_folder_of_another(folder)
            mark = folder / "PG_VERSION"
            if not mark.is_file():
                continue
            text = mark.read_text(errors="replace").strip()
            if not text.isdecimal():
                raise UnreadableData(folder, text=text[:40])
            if folder != self.data(int(text)):
                # A copy under another name is nobody's business; a newer server under our name is.
                if int(text) <= max(SUPPORTED_VERSIONS):
                    raise FolderForeign(folder, example=f"PG_VERSION {text}")
                raise NewerData(folder, found=int(text), newest=max(SUPPORTED_VERSIONS))
            found[int(text)] = folder
        return found


def _refuse_folder_of_another(folder: Path) -> None:
    owner = folder.stat().st_uid
    if os.geteuid() not in {0, owner}:
        try:
            name = pwd.getpwuid(owner).pw_name
        except KeyError:
            name = str(owner)
        raise FolderOfAnother(folder, owner=name)


def _refuse_foreign(data: Path) -> None:
    if not data.exists():
        return
    if not data.is_dir():
        raise HomeNotAFolder(data)
    for entry in data.iterdir():
        raise FolderForeign(data, example=entry.name)

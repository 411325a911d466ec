"""Homes with a built database, copied for every test, so that initdb runs once for each version."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from lueckenlos.core.embedded import Cluster, EmbeddedError
from tests.core.embedded_homes import NewHome


@pytest.fixture(scope="session")
def open_folder() -> Iterator[Path]:
    """A short folder that every account may pass; pytest's own is closed to all but us, and long."""
    folder = Path(tempfile.mkdtemp(prefix="ll-"))
    folder.chmod(0o711)
    # A disk in memory where the test may mount one, small enough that nothing can eat the machine's.
    mount = ["mount", "-t", "tmpfs", "-o", "size=600m,mode=0711", "tmpfs", str(folder)]
    mounted = subprocess.run(mount, check=False, capture_output=True).returncode == 0
    yield folder
    if mounted:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def built_homes(open_folder: Path) -> Callable[[int], Path]:
    """Gives the one home of a version that the tests copy."""
    built: dict[int, Path] = {}

    def give(version: int) -> Path:
        if version not in built:
            home = open_folder / f"built-{version}"
            Cluster(home, version=version).start().stop()
            with (home / f"database-{version}" / "postgresql.conf").open("a") as settings:
                # Processes are killed here, never the machine: what the kernel holds is not lost.
                settings.write("fsync = off\n")
            built[version] = home
        return built[version]

    return give


@pytest.fixture
def new_home(open_folder: Path, built_homes: Callable[[int], Path]) -> Iterator[NewHome]:
    """Copies a built home; whatever a failing test leaves running in it is ended."""
    parents: list[Path] = []

    def give(*, version: int = 18, name: str = "home") -> Path:
        parent = Path(tempfile.mkdtemp(dir=open_folder))
        parent.chmod(0o711)
        parents.append(parent)
        subprocess.run(["cp", "-a", built_homes(version), parent / name], check=True)
        return parent / name

    yield give
    for parent in parents:
        for home in parent.iterdir():
            with suppress(EmbeddedError, OSError):
                Cluster(home).join().stop()
        shutil.rmtree(parent, ignore_errors=True)


@pytest.fixture
def home(new_home: NewHome) -> Path:
    """One home with a built database of the default version."""
    return new_home()

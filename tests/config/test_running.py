"""`lueckenlos demo` from an empty home to the first page, again with its data, and cleanly to its end."""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.urls import reverse

from lueckenlos.config import running
from lueckenlos.config.commands.demo import steps_of
from lueckenlos.config.environment import read_environment
from tests.config.houses import free_port
from tests.servers import COUNTY, ROOT

PATIENCE = 400


@dataclass
class House:
    """A house that was started as people start it."""

    process: subprocess.Popen[str]
    port: int
    output: Path

    def wait_for(self, text: str) -> str:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            told = self.output.read_text()
            if text in told:
                return told
            assert self.process.poll() is None, told
            time.sleep(0.2)
        raise AssertionError(self.output.read_text())

    def page(self, path: str = "/") -> tuple[int, str]:
        with urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=60) as answer:
            return answer.status, answer.read().decode()


def start(command: str, *, home: Path, port: int, run: int) -> House:
    output = home.parent / f"{command}-{run}.log"
    variables = {**os.environ, "LUECKENLOS_HOME": str(home), "LUECKENLOS_PORT": str(port), "COLUMNS": "120"}
    for name in ("DATABASE_URL", "MIGRATE_DATABASE_URL", "LUECKENLOS_TESTS", "LUECKENLOS_DEMO"):
        variables.pop(name, None)
    with output.open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "lueckenlos.config.cli", command],
            cwd=ROOT, env=variables, stdout=log, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
    return House(process, port, output)


@contextmanager
def ended(house: House) -> Iterator[House]:
    try:
        yield house
    finally:
        house.process.terminate()
        house.process.wait(timeout=PATIENCE)


def left_running(home: Path) -> list[str]:
    """Every process that has this home in its command line or in its environment."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            told = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
            if str(home).encode() in told and int(process.name) != os.getpid():
                found.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode())
    return found


@pytest.fixture
def home() -> Iterator[Path]:
    """A short path: a socket's name may not be long."""
    folder = Path(tempfile.mkdtemp(prefix="ll-"))
    folder.chmod(0o711)
    yield folder / "home"
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.long
@pytest.mark.server
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lists processes in /proc")
def test_the_demo_starts_keeps_its_data_and_leaves_nothing_running(home: Path) -> None:
    port = free_port()
    with ended(start("demo", home=home, port=port, run=1)) as house:
        told = house.wait_for("lückenlos läuft")
        assert "Kreis laden: fertig" in told
        assert "Koordination" in told
        assert re.search(r"Passwort für alle: demo-\w+", told)
        assert f"http://localhost:{port}/" in told
        status, page = house.page()
        assert status == 200
        assert "Kreis Düren" in page
        # Somebody else starts a house on the same port.
        second = start("serve", home=home.parent / "other", port=port, run=9)
        assert second.process.wait(timeout=PATIENCE) == 1
        assert f"LUECKENLOS_PORT={port + 1}" in second.output.read_text()
        assert not (home.parent / "other" / "database-18").exists()
    assert house.process.returncode == 0, house.output.read_text()
    assert left_running(home) == []
    with pytest.raises(URLError):
        house.page()
    with ended(start("demo", home=home, port=port, run=2)) as house:
        told = house.wait_for("lückenlos läuft")
        assert "Kreis laden" not in told
        assert house.page()[0] == 200
    assert house.process.returncode == 0
    assert left_running(home) == []


def test_a_port_of_another_program_is_named_before_anything_is_started() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen(1)
        port = taken.getsockname()[1]
        environment = read_environment({"LUECKENLOS_PORT": str(port)})
        with pytest.raises(running.WebPortTaken, match=f"127.0.0.1:{port} antwortet schon"):
            running.demand_free_port(environment)
    running.demand_free_port(environment)


def test_an_address_that_the_machine_does_not_have_is_named() -> None:
    environment = read_environment({"LUECKENLOS_HOST": "192.0.2.1", "LUECKENLOS_PORT": "8000"})
    with pytest.raises(running.AddressUnusable, match="LUECKENLOS_HOST"):
        running.demand_free_port(environment)


def test_the_probe_asks_the_health_page() -> None:
    assert reverse("portal:health") == running.HEALTH


def test_the_demo_is_filled_by_the_commands_of_this_house_in_their_order() -> None:
    assert [step.command for step in steps_of(COUNTY, known=["index", "load-people", "load-county"])] == [
        "load-county",
        "load-people",
        "index",
    ]
    assert [step.command for step in steps_of(COUNTY, known=["load-county"])] == ["load-county"]


@pytest.mark.long
def test_a_signal_ends_the_house_even_while_it_starts(home: Path) -> None:
    with ended(start("serve", home=home, port=free_port(), run=1)) as house:
        house.wait_for("started")
        house.process.send_signal(signal.SIGINT)
        house.process.wait(timeout=PATIENCE)
    assert left_running(home) == []

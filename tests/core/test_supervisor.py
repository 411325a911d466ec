"""Server and worker run together, come back after a crash, and end together."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

# Each child notes its name and number when it starts and when it is told to stop.
CHILD = """
import os, pathlib, signal, sys, time
name, folder, deed = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3]
def note(what):
    with (folder / "notes").open("a") as notes:
        notes.write(f"{what} {name} {os.getpid()}\\n")
def stop(*_):
    note("stopped")
    sys.exit(0)
signal.signal(signal.SIGTERM, signal.SIG_IGN if deed == "deaf" else stop)
signal.signal(signal.SIGINT, lambda *_: note("interrupted"))
note("started")
if deed == "crash" or (deed == "crash-once" and not (folder / "crashed").exists()):
    (folder / "crashed").touch()
    sys.exit(3)
while True:
    time.sleep(0.05)
"""

PARENT = """
import sys
from lueckenlos.core.failure import StatedFailure
from lueckenlos.core.supervisor import Child, Patience, supervise
script, folder, *deeds = sys.argv[1:]
children = [
    Child(name, [sys.executable, script, name, folder, deed] if deed != "missing" else ["/nowhere/granian"])
    for name, deed in (pair.split("=") for pair in deeds)
]
try:
    supervise(children, patience=Patience(first_seconds=0.05, stop_seconds=0.5, most_crashes=4))
except StatedFailure as failure:
    sys.exit(str(failure))
"""


@dataclass(frozen=True)
class House:
    """A supervisor in a process of its own, and what its children noted."""

    process: "subprocess.Popen[str]"
    folder: Path

    def notes(self, what: str) -> list[tuple[str, int]]:
        path = self.folder / "notes"
        lines = path.read_text().splitlines() if path.exists() else []
        return [(name, int(pid)) for said, name, pid in (line.split() for line in lines) if said == what]

    def wait_for(self, what: str, *, times: int) -> list[tuple[str, int]]:
        end = time.monotonic() + 90
        while len(self.notes(what)) < times:
            assert time.monotonic() < end, f"{what} was noted {len(self.notes(what))} times, not {times}"
            time.sleep(0.02)
        return self.notes(what)

    def end(self) -> list[dict[str, Any]]:
        _, said = self.process.communicate(timeout=90)
        return [json.loads(line) for line in said.splitlines() if line.startswith("{")]


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until_gone(pids: list[int]) -> None:
    end = time.monotonic() + 90
    while any(map(lives, pids)):
        assert time.monotonic() < end, "children live on"
        time.sleep(0.02)


@pytest.fixture
def run_house(tmp_path: Path) -> Iterator[Callable[..., House]]:
    houses: list[House] = []

    def give(**deeds: str) -> House:
        child = tmp_path / "child.py"
        child.write_text(CHILD)
        argv = [sys.executable, "-c", PARENT, str(child), str(tmp_path)]
        process = subprocess.Popen(
            [*argv, *(f"{name}={deed}" for name, deed in deeds.items())],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        houses.append(House(process, tmp_path))
        return houses[-1]

    yield give
    for house in houses:
        house.process.kill()
        # The children first: as long as one lives, it keeps the pipes open.
        for _, pid in house.notes("started"):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        house.process.communicate()


@pytest.mark.parametrize("means", [signal.SIGTERM, signal.SIGINT])
def test_they_start_in_order_and_stop_in_reverse(
    run_house: Callable[..., House], means: signal.Signals
) -> None:
    house = run_house(server="serve", worker="serve")
    house.wait_for("started", times=2)
    house.process.send_signal(means)
    log = house.end()
    assert house.process.returncode == 0
    assert [name for name, _ in house.notes("stopped")] == ["worker", "server"]
    assert [(line["event"], line.get("child")) for line in log] == [
        ("started", "server"),
        ("started", "worker"),
        ("stopping", None),
        ("stopped", "worker"),
        ("stopped", "server"),
    ]


def test_ctrl_c_in_the_terminal_reaches_the_children_once_and_as_a_request_to_stop(
    run_house: Callable[..., House],
) -> None:
    house = run_house(server="serve")
    [(_, pid)] = house.wait_for("started", times=1)
    assert os.getpgid(pid) != os.getpgid(house.process.pid)
    house.process.send_signal(signal.SIGINT)
    house.end()
    assert house.notes("interrupted") == []


def test_one_that_crashes_comes_back_and_the_other_does_not_notice(run_house: Callable[..., House]) -> None:
    house = run_house(server="serve", worker="crash-once")
    started = house.wait_for("started", times=3)
    assert sorted(name for name, _ in started) == ["server", "worker", "worker"]
    house.process.terminate()
    log = house.end()
    assert [line["says"] for line in log if line["event"] == "ended"] == [
        "worker ended with 3, again in 0.05 s"
    ]


def test_one_that_is_killed_comes_back(run_house: Callable[..., House]) -> None:
    house = run_house(server="serve")
    [(_, pid)] = house.wait_for("started", times=1)
    os.kill(pid, signal.SIGKILL)
    assert house.wait_for("started", times=2)[1][1] != pid


def test_one_that_crashes_again_and_again_is_given_up_in_words(run_house: Callable[..., House]) -> None:
    house = run_house(server="serve", worker="crash")
    _, said = house.process.communicate(timeout=90)
    assert house.process.returncode == 1
    assert "Der Teil „worker“ endet immer wieder gleich nach dem Start (zuletzt mit 3)" in said
    pauses = [json.loads(line)["says"].split()[-2] for line in said.splitlines() if '"ended"' in line]
    assert pauses == ["0.05", "0.1", "0.2"]
    wait_until_gone([pid for _, pid in house.notes("started")])


def test_a_command_that_does_not_exist_is_named_and_the_others_end(run_house: Callable[..., House]) -> None:
    house = run_house(server="serve", worker="missing")
    _, said = house.process.communicate(timeout=90)
    assert house.process.returncode == 1
    assert "„worker“ lässt sich nicht starten: „/nowhere/granian“" in said
    wait_until_gone([pid for _, pid in house.notes("started")])


def test_one_that_does_not_listen_is_killed(run_house: Callable[..., House]) -> None:
    house = run_house(server="deaf")
    [(_, pid)] = house.wait_for("started", times=1)
    house.process.terminate()
    assert "killed" in [line["event"] for line in house.end()]
    assert not lives(pid)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children that their parent died")
def test_children_end_when_the_supervisor_is_killed(run_house: Callable[..., House]) -> None:
    house = run_house(server="serve", worker="serve")
    started = house.wait_for("started", times=2)
    house.process.kill()
    house.wait_for("stopped", times=2)
    wait_until_gone([pid for _, pid in started])

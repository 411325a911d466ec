"""`lueckenlos serve` as a host runs it: granian and the worker answer many searches at once, and end in order."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.config.houses import free_port
from tests.config.test_running import House, ended, home, left_running
from tests.servers import ROOT

__all__ = ["home"]
ASKED = [
    "mein baby schreit die ganze nacht und ich kann nicht mehr",
    "papa trinkt",
    "kein geld für die klassenfahrt",
    "Hausaufgabenbetreuung in Jülich für ein Kind von 9 Jahren",
    "أريد أن أتعلم الألمانية",
    "krabelgruppe",
]


def serving(home: Path, *, url: str) -> House:
    """The house on a loaded database, with a home and a port of its own."""
    port = free_port()
    output = home.parent / "serve.log"
    variables = {
        **os.environ,
        "DATABASE_URL": url,
        "LUECKENLOS_HOME": str(home),
        "LUECKENLOS_PORT": str(port),
        # The database believes the home that made it; all other secrets are this home's own.
        "LUECKENLOS_CONTEXT_KEY_FILE": str(Path(os.environ["LUECKENLOS_HOME"]) / "secrets" / "context_key"),
    }
    for name in ("LUECKENLOS_TESTS", "LUECKENLOS_DEMO", "RUST_MIN_STACK"):
        variables.pop(name, None)
    with output.open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "lueckenlos.config.cli", "serve"],
            cwd=ROOT, env=variables, stdout=log, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
    return House(process, port, output)


@pytest.mark.long
@pytest.mark.server
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lists processes in /proc")
def test_the_server_answers_searches_side_by_side_and_stops_cleanly(home: Path, own_database: str) -> None:
    """The server's threads are not Python's: the search's deep trees once broke their small stack."""
    home.mkdir()
    with ended(serving(home, url=own_database)) as house:
        house.wait_for("portal:health")
        with ThreadPoolExecutor(len(ASKED)) as families:
            answers = list(families.map(house.page, [f"/suche/?q={quote(words)}" for words in ASKED * 2]))
        for words, (status, page) in zip(ASKED * 2, answers, strict=True):
            assert status == 200, words
            assert page.count('class="f-card') >= 3, words
        told = house.output.read_text()
        assert told.count("server started") == 1, told
        assert '"event": "ended"' not in told, told
    told = house.output.read_text()
    assert house.process.returncode == 0, told
    assert '"event": "killed"' not in told, told
    assert left_running(home) == []

"""What a page costs the server, against an empty view; and what a first visit brings over the wire."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.test import Client, override_settings
from playwright.sync_api import Browser
from tests.browser.chromium import BrowserMissing, launch

from benchmarks.figures import Figure, Size, Table, main, median, milliseconds, times
from benchmarks.house import county
from lueckenlos.config import running
from lueckenlos.config.environment import read_environment
from lueckenlos.core.failure import StatedFailure

LIMIT = 120_000
PORT = 8749
SERVICE = "/angebot/familienbuero-kreis-dueren/"
PAGES = {
    "front page": "/",
    "service page": SERVICE,
    "topics": "/themen/",
    "results": "/suche/?q=Hausaufgaben",
}


def run(size: Size = Size.FULL) -> Table:
    """Measure the public pages of the demo county."""
    rounds = 5 if size is Size.QUICK else 40
    with county():
        figures = _server_time(rounds)
        figures += _weights()
    return Table(
        title="Public pages",
        claim="Pages are light for the server and for a phone.",
        figures=tuple(figures),
        note="Server time: Django with all middleware, in process; the empty view has the same middleware. Weight: "
        "bytes that the real browser received on a first visit with an empty cache, headers included.",
    )


def _server_time(rounds: int) -> list[Figure]:
    client = Client(headers={"host": "localhost"})
    with override_settings(ROOT_URLCONF="benchmarks.minimal_urls"):
        empty = median(lambda: client.get("/"), rounds=rounds)
    figures = []
    for name, path in PAGES.items():
        if client.get(path).status_code != 200:
            raise RuntimeError(f"{path} does not answer")
        seconds = median(lambda path=path: client.get(path), rounds=rounds)  # type: ignore[misc]
        figures.append(
            Figure(name, milliseconds(seconds), "empty view", milliseconds(empty), times(seconds / empty))
        )
    return figures


def _weights() -> list[Figure]:
    try:
        with _served() as address, launch() as browser:
            return [
                _weight(browser, name=name, address=f"{address}{PAGES[name]}")
                for name in ("front page", "service page")
            ]
    except BrowserMissing as error:
        return [Figure("first visit", str(error), f"{LIMIT / 1000:.0f} kB", "", "")]


def _weight(browser: object, *, name: str, address: str) -> Figure:
    if not isinstance(browser, Browser):
        raise TypeError(browser)
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    session = context.new_cdp_session(page)
    received: list[float] = []
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    session.send("Network.enable")
    page.goto(address, wait_until="networkidle")
    context.close()
    total = sum(received)
    return Figure(
        f"{name}, first visit, {len(received)} files", f"{total / 1000:.0f} kB", f"{LIMIT / 1000:.0f} kB", "",
        times(total / LIMIT), "≤ 1 ×",
    )  # fmt: skip


@contextmanager
def _served() -> Iterator[str]:
    """The house as granian serves it."""
    os.environ["LUECKENLOS_PORT"] = str(PORT)
    environment = read_environment()
    running.demand_free_port(environment)
    process = subprocess.Popen(running.server_command(environment), stdout=subprocess.DEVNULL)
    try:
        for _ in range(600):
            if running.answers(environment):
                break
            time.sleep(0.1)
        else:
            raise StatedFailure("the server did not start")
        yield f"http://localhost:{PORT}"
    finally:
        process.terminate()
        process.wait(timeout=30)


if __name__ == "__main__":
    main(run)

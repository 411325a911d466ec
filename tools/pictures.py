"""Takes the pictures of README and handbook from the running demo county: same windows, same words, every time."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize
from tests.browser.chromium import launch

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"
LARGEST = 250_000
SHORTER = 0.8
PATIENCE = 300
PHONE: ViewportSize = {"width": 360, "height": 740}
DESKTOP: ViewportSize = {"width": 1280, "height": 860}
SERVICE = "/angebot/familienbuero-kreis-dueren/"
QUESTION = "/suche/?q=mein+Baby+schreit+die+ganze+Nacht&ort=D%C3%BCren"


@dataclass(frozen=True, slots=True)
class Picture:
    """One page in one window, as somebody sees it."""

    name: str
    path: str
    window: ViewportSize
    person: str = ""


PICTURES = (
    Picture("front-360", "/", PHONE),
    Picture("front-1280", "/", DESKTOP),
    Picture("results-360", QUESTION, PHONE),
    Picture("results-1280", QUESTION, DESKTOP),
    Picture("service-360", SERVICE, PHONE),
    Picture("service-1280", SERVICE, DESKTOP),
    Picture("easy-360", f"/de-x-plain{SERVICE}", PHONE),
    Picture("arabic-360", "/ar/", PHONE),
    Picture("provider-1280", "/angebote-pflegen/", DESKTOP, "anbieter@example.org"),
    Picture("coordination-1280", "/koordination/angebote/", DESKTOP, "koordination@example.org"),
    Picture("chain-1280", "/kette/", DESKTOP, "koordination@example.org"),
    Picture("chain-360", "/kette/?gemeinde=05358056", PHONE, "koordination@example.org"),
    Picture("cell-1280", "/kette/zelle/05358056/sek1/sport_freizeit/", DESKTOP, "koordination@example.org"),
    Picture("workshop-1280", "/werkstatt/", DESKTOP),
)


def main() -> int:
    """Take every picture; 1 where a page does not answer."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    failed = []
    with demo() as address, launch(maps=True) as browser:
        wait_for_index(browser, address)
        for picture in PICTURES:
            size = take(browser, picture, address=address)
            print(
                f"{picture.name}.png: {size / 1000:.0f} kB" if size else f"{picture.name}: keine Seite",
                flush=True,
            )
            if not size:
                failed.append(picture.name)
    return 1 if failed else 0


def take(browser: Browser, picture: Picture, *, address: str) -> int:
    """Take one picture; its bytes, 0 where the page does not answer."""
    context = browser.new_context(
        base_url=address, viewport=picture.window, locale="de-DE", color_scheme="light", reduced_motion="reduce"
    )  # fmt: skip
    page = context.new_page()
    page.set_default_timeout(60_000)
    if picture.person:
        sign_in(page, picture.person)
    answer = page.goto(picture.path, wait_until="networkidle")
    if answer is None or not answer.ok:
        context.close()
        return 0
    page.evaluate("document.fonts.ready")
    file = FOLDER / f"{picture.name}.png"
    height = picture.window["height"]
    page.screenshot(path=file)
    while file.stat().st_size > LARGEST:
        height = int(height * SHORTER)
        page.set_viewport_size({"width": picture.window["width"], "height": height})
        page.screenshot(path=file)
    context.close()
    return file.stat().st_size


def sign_in(page: Page, person: str) -> None:
    """Sign in as one of the demo's people, as visitors of the demo do."""
    page.goto("/demo/rollen/")
    page.locator(f'form:has(input[value="{person}"]) button').click()
    page.wait_for_load_state("networkidle")


def wait_for_index(browser: Browser, address: str) -> None:
    """Wait until the worker has made the search ready."""
    page = browser.new_page(base_url=address)
    page.set_default_timeout(60_000)
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        page.goto(QUESTION)
        if page.locator('a[href^="/angebot/"]').count():
            break
        time.sleep(2)
    page.close()


@contextmanager
def demo() -> Iterator[str]:
    """The demo county in a home of its own; its address."""
    folder = Path(tempfile.mkdtemp(prefix="ll-pictures-"))
    folder.chmod(0o711)
    port = free_port()
    environment = {**os.environ, "LUECKENLOS_HOME": str(folder / "home"), "LUECKENLOS_PORT": str(port)}
    for name in ("DATABASE_URL", "MIGRATE_DATABASE_URL"):
        environment.pop(name, None)
    log = folder / "log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "lueckenlos.config.cli", "demo"],
            cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        end = time.monotonic() + PATIENCE
        while "lückenlos läuft" not in log.read_text(encoding="utf-8"):
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(log.read_text(encoding="utf-8"))
            time.sleep(0.5)
        yield f"http://localhost:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    """A port that nobody uses at this moment."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())

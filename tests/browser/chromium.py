"""Starts the test browser that set-up unpacked, for browser tests and for pictures alike.

The npm package is made for a bare system, so the browser brings its graphics and fonts, and its own
NSS libraries where the system has none. It runs as root without a sandbox: it only ever sees our pages.
"""

import ctypes.util
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserType, sync_playwright

FOLDER = Path(__file__).resolve().parents[2] / "build" / "chromium"
AXE = FOLDER.parent / "axe" / "axe.min.js"
ARGUMENTS = [
    "--no-sandbox",
    "--no-zygote",
    "--disable-dev-shm-usage",
    "--font-render-hinting=none",
    "--lang=de-DE",
]
# A map needs WebGL, which this machine draws without a card: a second process draws every page then.
PLAIN = ["--disable-gpu"]
DRAWING = [
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
]


class BrowserMissing(RuntimeError):
    """Set-up has not unpacked the test browser."""

    def __init__(self) -> None:
        super().__init__("build/chromium/chromium fehlt: `make install` packt den Test-Browser aus")


FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}/fonts</dir><dir>/usr/share/fonts</dir><cachedir>{temporary}/fonts</cachedir></fontconfig>
"""


def environment(*, folder: Path, temporary: str) -> dict[str, str]:
    """The browser's surroundings: own temporary folder and fonts; libraries only where they are missing."""
    # The package's own fonts.conf names folders of another system; without any font the browser aborts.
    fonts = Path(temporary) / "fonts.conf"
    fonts.write_text(FONTS.format(folder=folder, temporary=temporary), encoding="utf-8")
    given = {**os.environ, "TMPDIR": temporary, "HOME": temporary, "FONTCONFIG_FILE": str(fonts)}
    given["VK_ICD_FILENAMES"] = str(folder / "vk_swiftshader_icd.json")
    if not ctypes.util.find_library("nss3"):
        given["LD_LIBRARY_PATH"] = os.pathsep.join(
            filter(None, (str(folder / "lib"), os.environ.get("LD_LIBRARY_PATH")))
        )
    return given


@contextmanager
def launch(*, maps: bool = False) -> Iterator[Browser]:
    """A running browser; everything it writes goes into a folder that is gone afterwards."""
    with sync_playwright() as playwright, beside(playwright.chromium, maps=maps) as browser:
        yield browser


@contextmanager
def beside(kind: BrowserType, *, maps: bool) -> Iterator[Browser]:
    """The same where a browser of this kind runs already: playwright is started once in a thread."""
    binary = FOLDER / "chromium"
    if not binary.exists():
        raise BrowserMissing
    with tempfile.TemporaryDirectory(prefix="lueckenlos-browser-") as temporary:
        browser = kind.launch(
            executable_path=binary,
            args=[*ARGUMENTS, *(DRAWING if maps else PLAIN)],
            env=dict(environment(folder=FOLDER, temporary=temporary)),
        )
        try:
            yield browser
        finally:
            browser.close()

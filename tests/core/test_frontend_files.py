"""The front-end files come from the lock alone, fit the policy and hold no third party."""

import json
import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from tools import frontend

from lueckenlos.config import static_files
from lueckenlos.core import icons
from lueckenlos.core.pictures import picture_file

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "src" / "lueckenlos" / "core" / "static" / "core"
TEMPLATES = sorted((ROOT / "src").rglob("templates/**/*.html"))
SHEET = (
    ":root{--kern-a:1px;--kern-b:var(--kern-a);--kern-unused:2px}"
    ".kern-btn{margin:var(--kern-b)}.kern-col-3,.kern-btn--primary{color:red}"
    '.kern-icon--search{mask:url("data:image/svg+xml,{;}")}.kern-icon--sign{mask:url("x")}'
    "@media print{.kern-row{color:red}}@media (min-width:1px){.kern-card{color:red}}"
)


def test_the_lock_holds_no_address() -> None:
    text = (ROOT / "package-lock.json").read_text(encoding="utf-8")

    assert "://" not in text
    assert all("integrity" in package for name, package in json.loads(text)["packages"].items() if name)


def test_the_style_sheet_keeps_what_is_used_and_drops_the_rest() -> None:
    cut = frontend.trimmed(SHEET, icons={"search"})

    assert ".kern-btn{margin:var(--kern-b)}" in cut
    assert ".kern-btn--primary{color:red}" in cut
    assert '.kern-icon--search{mask:url("data:image/svg+xml,{;}")}' in cut
    assert "--kern-a:1px" in cut
    for gone in ("kern-col", "--kern-unused", "kern-icon--sign", "kern-row", "print"):
        assert gone not in cut


@pytest.mark.parametrize("path", static_files.own_files(), ids=lambda path: path.name)
def test_our_own_files_ask_nobody_else(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")

    assert not re.search(r"https?://|@import|//cdn", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "src")))
def test_no_template_holds_inline_style_or_script(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/(ld\+)?json)", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "src")))
def test_every_icon_and_drawing_that_a_template_names_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    for name in re.findall(r'{% icon "([^"]+)"|icon="([^"]+)"', text):
        assert icons.known("".join(name))
    for name in re.findall(r'{% picture "([^"]+)"|picture="([^"]+)"', text):
        assert picture_file("".join(name))


@pytest.mark.parametrize("path", sorted(STATIC.glob("*.js")), ids=lambda path: path.name)
def test_no_module_evaluates_text(path: Path) -> None:
    assert not re.search(r"\beval\(|new Function|innerHTML", path.read_text(encoding="utf-8"))


def test_fonts_hold_the_letters_of_our_languages() -> None:
    fonts = ROOT / "src" / "lueckenlos" / "core" / "static" / "vendor" / "fonts"
    wanted = {
        "fira-sans-latin-400": "AZazÄÖÜäöüßé„“–…€",
        "fira-sans-latin-ext-400": "ĞğİŞşŁłŐő",
        "fira-sans-cyrillic-600": "ЄєІіЇїҐґЩщЫы",
        "noto-sans-arabic-arabic-400": "ابتثجحخدذرزسشصضطظعغفقكلمنهويءئؤةىپچگ؟،",
    }
    for name, letters in wanted.items():
        known = TTFont(fonts / f"{name}.woff2").getBestCmap()
        assert not {letter for letter in letters if ord(letter) not in known}, name

"""Loads consent texts: those that ship with the house, and a county's own from `consent_texts/` in its folder."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from lueckenlos.commons.directory.types import OrganizationKind
from lueckenlos.commons.privacy.services.texts import TextChanged, TextSource, install_texts
from lueckenlos.commons.privacy.types import Category, Purpose
from lueckenlos.core import clock
from lueckenlos.core.merging import FileReport
from lueckenlos.core.tables import Mistakes, Row, RowMistake, Why, whole_text

SHIPPED: Final = Path(__file__).resolve().parent / "texts"
FOLDER: Final = "consent_texts"
BLOCKS: Final = "bausteine.toml"
LONGEST: Final = 8_000
GERMAN: Final = "de"
_CODE: Final = re.compile(r"[a-z][a-z0-9-]{2,59}")
_BLOCK: Final = re.compile(r"^\{(\w+)\}[ \t]*$", re.MULTILINE)
_LINE: Final = re.compile(r"at line (\d+)")
_GAP: Final = re.compile(r"\n{3,}")
_HEAD: Final = frozenset({"code", "version", "valid_from", "purposes", "categories", "recipient_kinds"})

Blocks = Mapping[str, Mapping[str, str]]


def load_consent_texts(folder: Path, *, mistakes: Mistakes, now: datetime) -> FileReport:
    """Install what is new; a file that does not fit is named with each reason, and nothing is installed."""
    before = mistakes.total
    sources: list[TextSource] = []
    blocks: dict[str, dict[str, str]] = {}
    for place in (SHIPPED, folder / FOLDER):
        _take(blocks, place / BLOCKS, mistakes=mistakes)
        for path in sorted(place.glob("*.toml")):
            if path.name != BLOCKS:
                sources += _texts(path, blocks=blocks, mistakes=mistakes)
    _demand_once(sources, mistakes=mistakes)
    if mistakes.total > before:
        return FileReport(FOLDER)
    try:
        added = install_texts(sources, valid_from=now)
    except TextChanged as error:
        mistakes.add(RowMistake(_file(error.code), 0, "version", Why.EXPLAINED, expected=_changed(error)))
        return FileReport(FOLDER)
    return FileReport(FOLDER, added=added, unchanged=len(sources) - added)


def paragraphs(text: str) -> list[tuple[str, str]]:
    """A text as headings with what stands under them; a first line that asks something is a heading."""
    found = []
    for paragraph in filter(None, (each.strip() for each in text.split("\n\n"))):
        first, _, rest = paragraph.partition("\n")
        asks = first.rstrip().endswith(("?", "؟")) and rest
        found.append((first.strip(), rest.strip()) if asks else ("", paragraph))
    return found


def _take(blocks: dict[str, dict[str, str]], path: Path, *, mistakes: Mistakes) -> None:
    """Read shared paragraphs; a county's own stand beside the shipped ones and may replace them."""
    if not path.is_file():
        return
    for language, words in (_document(path, mistakes=mistakes) or {}).items():
        row = Row(_file(path.stem), 0, words if isinstance(words, dict) else {}, mistakes)
        if language not in _languages():
            mistakes.add(RowMistake(row.file, 0, language, Why.NOT_ALLOWED, language, _listed(_languages())))
        for name in row.values:
            blocks.setdefault(language, {})[name] = row.text(name, longest=LONGEST)


def _texts(path: Path, *, blocks: Blocks, mistakes: Mistakes) -> Iterator[TextSource]:
    document = _document(path, mistakes=mistakes)
    if document is None:
        return
    head = Row(_file(path.stem), 0, {name: document.get(name) for name in _HEAD}, mistakes)
    code = head.key("code", form=_CODE, expected="kleine Buchstaben, Ziffern und Bindestriche")
    given: dict[str, Any] = {
        "code": code,
        "version": head.integer("version", least=1, most=9_999),
        "purposes": tuple(map(Purpose, _known(head, "purposes", among=[p.value for p in Purpose]))),
        "categories": tuple(map(Category, _known(head, "categories", among=[c.value for c in Category]))),
        "recipient_kinds": tuple(
            _known(head, "recipient_kinds", among=[kind.value for kind in OrganizationKind])
        ),
        "valid_from": _day(head),
    }
    languages = {name: words for name, words in document.items() if name not in _HEAD}
    if GERMAN not in languages:
        head.note(GERMAN, Why.EMPTY)
    for language, words in languages.items():
        if language not in _languages() or not isinstance(words, dict):
            mistakes.add(RowMistake(head.file, 0, language, Why.NOT_ALLOWED, language, _listed(_languages())))
            continue
        row = Row(head.file, 0, {"title": words.get("title"), "text": words.get("text")}, mistakes)
        text = _composed(row, blocks=blocks.get(language, {}), language=language)
        yield TextSource(language=language, title=row.text("title", longest=200), text=text, **given)


def _composed(row: Row, *, blocks: Mapping[str, str], language: str) -> str:
    """The text with its shared paragraphs put in."""

    def block(match: re.Match[str]) -> str:
        if match[1] not in blocks:
            told = f"Den Baustein „{match[1]}“ gibt es in der Sprache „{language}“ nicht. Bitte in {BLOCKS} anlegen."
            row.mistakes.add(RowMistake(row.file, 0, f"{language}.text", Why.EXPLAINED, match[1], told))
        return f"\n{blocks.get(match[1], '')}\n"

    text = _BLOCK.sub(block, row.text("text", longest=LONGEST))
    return _GAP.sub("\n\n", text).strip()


def _known(row: Row, name: str, *, among: list[str]) -> list[str]:
    return [each for each in row.listed(name, among=among) if each in among]


def _day(row: Row) -> datetime | None:
    value = row.values.get("valid_from")
    if value is None:
        return None
    if not isinstance(value, date) or isinstance(value, datetime):
        row.note("valid_from", Why.NOT_A_DATE, expected="2026-11-01, ohne Anführungszeichen")
        return None
    return datetime.combine(value, time.min, tzinfo=clock.zone())


def _document(path: Path, *, mistakes: Mistakes) -> dict[str, Any] | None:
    text = whole_text(path, mistakes=mistakes)
    if text is None:
        return None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = _LINE.search(str(error))
        mistakes.add(
            RowMistake(_file(path.stem), int(line[1]) if line else 0, "", Why.NOT_TOML, expected=str(error))
        )
        return None


def _demand_once(sources: list[TextSource], *, mistakes: Mistakes) -> None:
    seen: set[tuple[str, int, str]] = set()
    for source in sources:
        key = (source.code, source.version, source.language)
        if key in seen:
            told = (
                f"Den Text „{source.code}“ gibt es in der Version {source.version} schon. "
                "Bitte die Version erhöhen oder einen eigenen Code nehmen."
            )
            mistakes.add(RowMistake(_file(source.code), 0, "code", Why.EXPLAINED, source.code, told))
        seen.add(key)


def _changed(error: TextChanged) -> str:
    return (
        f"Der Text „{error.code}“ ({error.language}) wurde geändert, trägt aber noch die Version {error.version}. "
        "Bitte die Version erhöhen: Was jemand unterschrieben hat, bleibt Wort für Wort erhalten."
    )


def _file(stem: str) -> str:
    return f"{FOLDER}/{stem}.toml"


def _languages() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


def _listed(words: list[str]) -> str:
    return ", ".join(words)

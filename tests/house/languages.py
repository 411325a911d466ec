"""What a page says, and which of it nobody gave to the translators."""

import html
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, cast
from unittest import mock

from django.template.base import Lexer, TokenType
from django.utils import translation
from django.utils.text import smart_split
from django.utils.translation import get_language_info

from lueckenlos.core.templatetags import kern

COUNTY = Path(__file__).resolve().parent.parent.parent / "counties" / "dueren"
READ = (
    "aria-label",
    "alt",
    "title",
    "placeholder",
    "data-label",
    "data-stop",
    "data-busy",
    "data-denied",
    "data-failed",
)
SILENT = {"script", "style", "svg"}
WORD = re.compile(r"[^\W\d_]{2,}")
BEGIN, END = "⟦", "⟧"
MARKED = re.compile(f"{BEGIN}[^{BEGIN}{END}]*{END}")
PARTS = re.compile(r"[,;:.!?·\n()–|/„“]+|\s-\s")
# Names stay; a language is named in itself.
NAMES = {"lückenlos", "Open Referral", "HSDS", "Einfache Sprache", "Esc", "QR"} | {
    str(get_language_info(code)["name_local"]) for code in ("de", "en", "tr", "ar", "uk")
}
POSTCODE = re.compile(r"^\s*\d{5}\s+")
# Formats and signs: their translations are no words.
SIGNS = {"Dezimalzeichen", "Datumsformat", "volle Stunde"}


class Said(HTMLParser):
    """Everything that a page says to eyes and ears, each piece with whether it is marked as German."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[tuple[str, bool]] = []
        self._open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        inherited = self._open[-1][1] if self._open else ""
        language = given.get("lang") or inherited
        if tag not in {"meta", "link", "input", "img", "br", "hr", "path", "use"}:
            self._open.append((tag, language))
        self.pieces += [(value, language == "de") for name in READ if (value := given.get(name))]
        if tag == "meta" and given.get("name") == "description":
            self.pieces.append((given.get("content") or "", False))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not any(tag in SILENT for tag, _language in self._open):
            self.pieces.append((" ".join(data.split()), bool(self._open) and self._open[-1][1] == "de"))


def said_by(page: str) -> list[tuple[str, bool]]:
    """The pieces of text of a page."""
    reader = Said()
    reader.feed(page)
    return reader.pieces


def unmarked_in_template(source: str) -> list[str]:
    """Words of a template that no translation can reach."""
    found, bare, inside = [], [], False
    for token in Lexer(source).tokenize():
        if token.token_type is TokenType.TEXT:
            bare.append("" if inside else token.contents)
            continue
        bare.append("0")  # stands in a tag's name as well as between words
        if token.token_type is TokenType.BLOCK:
            name, *bits = smart_split(token.contents)
            inside = name in {"blocktranslate", "comment"} or (inside and not name.startswith("end"))
            found += [bit for bit in bits if name in kern.register.tags and _is_sentence(bit)]
    texts = [text for text, _german in said_by("".join(bare))]
    return found + [text for text in texts if _has_words(text)]


def _is_sentence(bit: str) -> bool:
    value = bit.rpartition("=")[2] if not bit.startswith(('"', "'")) else bit
    return bool(re.match(r"""["'](?:[A-ZÄÖÜ]|[^"']*[a-zäöü] )""", value)) and _has_words(value)


def _has_words(text: str) -> bool:
    for name in NAMES:
        text = text.replace(name, "")
    return bool(WORD.search(text))


@contextmanager
def every_message_marked() -> Iterator[None]:
    """While it lasts, whatever goes through gettext comes out in white brackets."""

    def one(message: str) -> str:
        return f"{BEGIN}{message}{END}"

    def in_context(context: str, message: str) -> str:
        return message if context in SIGNS else one(message)

    def many(singular: str, plural: str, number: int) -> str:
        return one(singular if number == 1 else plural)

    def many_in_context(_context: str, singular: str, plural: str, number: int) -> str:
        return many(singular, plural, number)

    with _instead(gettext=one, pgettext=in_context, ngettext=many, npgettext=many_in_context):
        yield


@contextmanager
def heard() -> Iterator[dict[str, str]]:
    """While it lasts, notes each message with what the reader got for it."""
    notes: dict[str, str] = {}
    real: Any = vars(translation)["_trans"]  # Django's own switch point
    one, many = real.gettext, real.ngettext

    def gettext(message: str) -> str:
        return notes.setdefault(str(message), one(message))

    def ngettext(singular: str, plural: str, number: int) -> str:
        return notes.setdefault(str(plural), many(singular, plural, number))

    with _instead(gettext=gettext, ngettext=ngettext):
        yield notes


@contextmanager
def _instead(**functions: Callable[..., str]) -> Iterator[None]:
    translation.gettext("")  # Django chooses its functions at the first call
    switch: Any = vars(translation)["_trans"]
    with mock.patch.multiple(switch, **cast("dict[str, Any]", functions)):
        yield


def untranslatable(page: str) -> list[str]:
    """Pieces of a page rendered with every message marked that are neither a message nor the county's data."""
    return [
        part
        for text, _german in said_by(page)
        for part in PARTS.split(_without_marked(html.unescape(text)))
        if _has_words(part)
        and not _is_cut_short(part)
        and not _is_data(POSTCODE.sub("", part).strip().removesuffix("…").strip().casefold())
    ]


def _without_marked(text: str) -> str:
    while (shorter := MARKED.sub(" \n ", text)) != text:
        text = shorter
    return text


def _is_data(part: str) -> bool:
    known = county_words()
    return part in known or any(each.startswith(part) for each in known if len(part) > 12)


def _is_cut_short(part: str) -> bool:
    """A description's beginning, which ends where the card ends."""
    begun = part.strip().removesuffix("…").strip().casefold()
    return part.rstrip().endswith("…") and any(each.startswith(begun) for each in county_words())


@cache
def county_words() -> frozenset[str]:
    """Every phrase of the county's folder, cut where sentences and lists are cut."""
    texts = [
        path.read_text(encoding="utf-8")
        for path in sorted(COUNTY.glob("*.*"))
        if path.suffix in {".toml", ".csv"}
    ]
    lines = (COUNTY / "services.jsonl").read_text(encoding="utf-8").splitlines()
    texts += [text for line in lines for text in _strings(json.loads(line))]
    geometry = json.loads((COUNTY / "municipalities.geojson").read_text(encoding="utf-8"))
    texts += [text for feature in geometry["features"] for text in _strings(feature["properties"])]
    pieces = (piece for text in texts for piece in PARTS.split(text.replace('"', "\n")))
    return frozenset(" ".join(piece.split()).casefold() for piece in pieces)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)

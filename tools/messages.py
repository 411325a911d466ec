"""Catalogues of the interface's languages, without gettext's own programs.

`collect` brings every .po to the words of the sources, `check` names what is missing, `compile` writes the .mo.
"""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
from django.template.base import Lexer, Token, TokenType
from django.utils.text import smart_split
from django.utils.translation import trim_whitespace

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src" / "lueckenlos"
LOCALE = SOURCES / "config" / "locale"
RULE = ROOT / "tools" / "messages.toml"
# Django's names of the folders, and how many numbers each language counts with.
PLURALS = {
    "de_X-plain": "nplurals=2; plural=(n != 1);",
    "en": "nplurals=2; plural=(n != 1);",
    "tr": "nplurals=2; plural=(n > 1);",
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5;",
    "uk": (
        "nplurals=4; plural=(n % 1 == 0 && n % 10 == 1 && n % 100 != 11 ? 0 : n % 1 == 0 && n % 10 >= 2 && n % 10 <= 4"
        " && (n % 100 < 12 || n % 100 > 14) ? 1 : n % 1 == 0 && (n % 10 ==0 || (n % 10 >=5 && n % 10 <=9)"
        " || (n % 100 >=11 && n % 100 <=14 )) ? 2: 3);"
    ),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}|%%")
# What a language may say in a word instead of a number ("zwei Wochen").
COUNTED = {"%(count)s", "%(counter)s", "%(high)s", "%(low)s", "%(minutes)s", "%(total)s", "%(weeks)s"}
LITERAL = re.compile(r"""_\((?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\)""")
QUOTED = re.compile(r"""^(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')""")
# Each function of Django's gettext and what its first arguments are.
ONE, MANY = ("one",), ("one", "many")
FUNCTIONS = {
    "gettext": ONE,
    "gettext_lazy": ONE,
    "gettext_noop": ONE,
    "ngettext": MANY,
    "ngettext_lazy": MANY,
    "pgettext": ("context", *ONE),
    "pgettext_lazy": ("context", *ONE),
    "npgettext": ("context", *MANY),
    "npgettext_lazy": ("context", *MANY),
}


@dataclass(frozen=True)
class Message:
    """One text as the source has it; with `many` it is counted."""

    one: str
    many: str = ""
    context: str = ""


@dataclass
class Collection:
    """Every message with the files that say it."""

    places: dict[Message, list[str]] = field(default_factory=dict)

    def add(self, message: Message, *, place: str) -> None:
        """Note that a file says this."""
        if message.one and place not in self.places.setdefault(message, []):
            self.places[message].append(place)

    def public(self) -> dict[Message, list[str]]:
        """The messages that families can read, in the order of their files."""
        rule = tomllib.loads(RULE.read_text(encoding="utf-8"))
        return {
            message: kept
            for message, places in self.places.items()
            if (kept := [place for place in places if is_public(place, rule=rule)])
        }


def is_public(place: str, *, rule: dict[str, list[str]]) -> bool:
    """Whether families reach this file: the longest prefix decides."""
    longest = {
        side: max((len(prefix) for prefix in rule[side] if place.startswith(prefix)), default=-1)
        for side in ("public", "desk")
    }
    return longest["public"] > longest["desk"]


def collected() -> Collection:
    """Read all templates and all Python files of the package."""
    found = Collection()
    for path in sorted(SOURCES.rglob("*")):
        place = path.relative_to(SOURCES).as_posix()
        if path.suffix == ".py":
            for name, message in in_python(path.read_text(encoding="utf-8")):
                found.add(message, place=f"{place}:{name}")
        elif "/templates/" in place and path.suffix in {".html", ".txt", ".svg"}:
            for message in in_template(path.read_text(encoding="utf-8")):
                found.add(message, place=place)
    return found


def in_python(source: str) -> Iterator[tuple[str, Message]]:
    """The messages of a Python file, whatever name gettext has there, each with the definition it stands in."""
    tree = ast.parse(source)
    names = {
        alias.asname or alias.name: FUNCTIONS[alias.name]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in FUNCTIONS
    }
    for statement in tree.body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
                given = dict(zip(names[node.func.id], (_text(each) for each in node.args), strict=False))
                yield (
                    _defined(statement),
                    Message(given["one"], given.get("many", ""), given.get("context", "")),
                )


def _defined(statement: ast.stmt) -> str:
    """The name that a statement of a module defines."""
    match statement:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return name
        case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
            return name
    return ""


def _text(node: ast.expr) -> str:
    """The literal text of an argument; a computed one cannot be translated and counts as none."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def in_template(source: str) -> Iterator[Message]:
    """The messages of a template: its tags and each `_("…")` within one."""
    tokens = iter(Lexer(source).tokenize())
    for token in tokens:
        if token.token_type not in {TokenType.BLOCK, TokenType.VAR}:
            continue
        for literal in LITERAL.finditer(token.contents):
            yield Message(_unquoted(literal))
        if token.token_type is TokenType.BLOCK:
            name, *bits = smart_split(token.contents)
            if name in {"translate", "trans"} and bits and (quoted := QUOTED.match(bits[0])):
                yield Message(_unquoted(quoted), context=_context(bits))
            elif name in {"blocktranslate", "blocktrans"}:
                yield _block(tokens, bits=bits)


def _unquoted(match: re.Match[str]) -> str:
    return (
        (match[1] if match[1] is not None else match[2])
        .replace('\\"', '"')
        .replace("\\'", "'")
        .replace("%", "%%")
    )


def _context(bits: list[str]) -> str:
    return bits[bits.index("context") + 1].strip("\"'") if "context" in bits else ""


def _block(tokens: Iterator[Token], *, bits: list[str]) -> Message:
    """The text between `blocktranslate` and its end, as Django asks gettext for it."""
    parts: list[list[str]] = [[]]
    for token in tokens:
        if token.token_type is TokenType.TEXT:
            parts[-1].append(token.contents.replace("%", "%%"))
        elif token.token_type is TokenType.VAR:
            parts[-1].append(f"%({token.contents.split('|')[0]})s")
        elif token.contents.strip() == "plural":
            parts.append([])
        else:
            break
    texts = ["".join(part) for part in parts]
    one, many = [*(trim_whitespace(text) if "trimmed" in bits else text for text in texts), ""][:2]
    return Message(one, many, _context(bits))


def catalogue(folder: str) -> polib.POFile:
    """One language's catalogue as it is on disk; an empty one where there is none yet."""
    path = LOCALE / folder / "LC_MESSAGES" / "django.po"
    if path.exists():
        return polib.pofile(str(path), wrapwidth=0)
    fresh = polib.POFile(wrapwidth=0)
    fresh.fpath = str(path)
    return fresh


def known(file: polib.POFile) -> dict[Message, polib.POEntry]:
    """The entries of a catalogue by their message."""
    return {Message(each.msgid, each.msgid_plural or "", each.msgctxt or ""): each for each in file}


def collect() -> None:
    """Write each catalogue anew: what is said today, with the translations that were there."""
    messages = collected().public()
    for folder, plural in PLURALS.items():
        file = catalogue(folder)
        before, path = known(file), Path(file.fpath)
        fresh = polib.POFile(wrapwidth=0)
        fresh.metadata = {
            "Language": folder,
            "MIME-Version": "1.0",
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
            "Plural-Forms": plural,
        }
        for message, places in messages.items():
            fresh.append(_entry(message, places=places, old=before.get(message), plural=plural))
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.save(str(path))
        open_ = sum(not filled(entry) for entry in fresh)
        print(f"{folder}: {len(fresh)} Texte, {open_} noch ohne Übersetzung")


def _entry(message: Message, *, places: list[str], old: polib.POEntry | None, plural: str) -> polib.POEntry:
    entry = polib.POEntry(
        msgid=message.one,
        msgid_plural=message.many,
        msgctxt=message.context or None,
        msgstr=old.msgstr if old else "",
        comment=old.comment if old else "",
        occurrences=[(file, "") for file in dict.fromkeys(place.partition(":")[0] for place in places)],
        flags=["python-format"] if "%(" in message.one + message.many else [],
    )
    if message.many:
        number = int(plural.partition("nplurals=")[2][0])
        entry.msgstr_plural = dict(old.msgstr_plural) if old else dict.fromkeys(range(number), "")
    return entry


def filled(entry: polib.POEntry) -> bool:
    """Whether a text has its translation, in every number that the language counts with."""
    return all(entry.msgstr_plural.values()) if entry.msgid_plural else bool(entry.msgstr)


def said(entry: polib.POEntry) -> list[str]:
    """The translations of an entry: one, or one a number."""
    return [entry.msgstr_plural[number] for number in sorted(entry.msgstr_plural)] or [entry.msgstr]


def wrong_placeholders(entry: polib.POEntry) -> list[str]:
    """The translations whose placeholders are not those of the German; a singular may leave its number out."""
    needed = sorted(set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid)))
    counted = COUNTED if entry.msgid_plural else set()
    return [
        text
        for text in said(entry)
        if set(PLACEHOLDER.findall(text)) - set(needed)
        or set(needed) - set(PLACEHOLDER.findall(text)) - counted
    ]


def faults() -> list[str]:
    """What keeps the languages from being complete, as sentences."""
    messages = collected().public()
    missing: dict[Message, list[str]] = {}
    wrong: list[str] = []
    for folder in PLURALS:
        entries = known(catalogue(folder))
        for message in messages:
            if message not in entries or not filled(entries[message]):
                missing.setdefault(message, []).append(folder)
        wrong.extend(
            f"{folder}: „{message.one}“ ist keine öffentliche Meldung mehr."
            for message in entries.keys() - messages
        )
        for entry in entries.values():
            if filled(entry):
                wrong += [
                    f"{folder}: Platzhalter passen nicht: „{text}“." for text in wrong_placeholders(entry)
                ]
    absent = [f"„{message.one}“ fehlt in {', '.join(folders)} ({messages[message][0]})."
              for message, folders in missing.items()]  # fmt: skip
    return absent + wrong


def check() -> None:
    """Stop with a list where a language is not complete."""
    if found := faults():
        raise SystemExit("\n".join([*found, "Bitte `tools/messages.py collect` aufrufen und ergänzen."]))
    print(f"{len(collected().public())} Texte in {len(PLURALS)} Sprachen: vollständig.")


def compile_catalogues() -> None:
    """Write each .mo beside its .po where the .po is newer."""
    for source in LOCALE.rglob("*.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))


DEEDS = {"collect": collect, "check": check, "compile": compile_catalogues}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in DEEDS:
        raise SystemExit(f"Aufruf: tools/messages.py {'|'.join(DEEDS)}")
    DEEDS[sys.argv[1]]()

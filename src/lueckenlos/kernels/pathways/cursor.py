"""Walks through the tables of a TOML document, takes out values, and notes what does not fit instead of stopping."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final, TypeVar

from lueckenlos.kernels.pathways.flaws import Flaw, FlawCode

KEY: Final = re.compile(r"[a-z][a-z0-9_]*")
SHORT: Final = 60
TEXT: Final = "Text in Anführungszeichen"
NUMBER: Final = "ganze Zahl"
FLAG: Final = "true oder false"
LIST: Final = "Liste in eckigen Klammern"
TABLE: Final = "Tabelle"

Member = TypeVar("Member", bound=StrEnum)


class Cursor:
    """One table of the document; what is never asked for is an unknown entry."""

    def __init__(self, table: Mapping[str, Any], *, path: str, flaws: list[Flaw]) -> None:
        self.table = table
        self.path = path
        self.flaws = flaws
        self.asked: list[str] = []

    def note(self, code: FlawCode, name: str, value: object = "", options: Sequence[str] = ()) -> None:
        """Write down what is wrong with one entry."""
        self.flaws.append(Flaw(code, self.at(name), short(value), tuple(options)))

    def at(self, name: str) -> str:
        """The path of an entry."""
        return f"{self.path}.{name}" if self.path else name

    def text(self, name: str, *, default: str | None = None) -> str:
        """A text that says something; without a default it must be there."""
        value = self._value(name, str, TEXT, is_optional=default is not None)
        if value is None:
            return default or ""
        if not value.strip():
            self.note(FlawCode.EMPTY, name)
        return str(value).strip()

    def key(self, name: str = "key") -> str:
        """A key: small letters, digits and underscores."""
        value = self.text(name)
        if value and not KEY.fullmatch(value):
            self.note(FlawCode.BAD_KEY, name, value)
            return ""
        return value

    def number(self, name: str, *, default: int | None = None) -> int:
        """A whole number; without a default it must be there."""
        value = self._value(name, int, NUMBER, is_optional=default is not None)
        return (default or 0) if value is None else int(value)

    def flag(self, name: str, *, default: bool) -> bool:
        """True or false."""
        value = self._value(name, bool, FLAG, is_optional=True)
        return default if value is None else bool(value)

    def member(self, name: str, kind: type[Member], *, default: Member | None = None) -> Member:
        """One word of a fixed set."""
        value = self.text(name, default=default)
        return self.member_of(name, value, kind)

    def member_of(self, name: str, value: str, kind: type[Member]) -> Member:
        """The word of a fixed set that a text names; its first one where the text does not fit."""
        words = [member.value for member in kind]
        if value in words:
            return kind(value)
        if value:
            self.note(FlawCode.UNKNOWN_WORD, name, value, words)
        return next(iter(kind))

    def words(self, name: str, *, is_optional: bool = False) -> tuple[str, ...]:
        """A list of texts, each once."""
        found = [item for item in self.items(name, is_optional=is_optional) if self._is_word(name, item)]
        for word, times in Counter(found).items():
            if times > 1:
                self.note(FlawCode.DUPLICATE_KEY, name, word)
        return tuple(dict.fromkeys(found))

    def items(self, name: str, *, is_optional: bool = False) -> list[Any]:
        """A list of anything; where it must be there it must hold something."""
        value = self._value(name, list, LIST, is_optional=is_optional)
        if value == [] and not is_optional:
            self.note(FlawCode.EMPTY, name)
        return list(value or [])

    def tables(self, name: str, *, is_optional: bool = False) -> Iterator[Cursor]:
        """The tables of a list, named by their keys."""
        for number, item in enumerate(self.items(name, is_optional=is_optional), start=1):
            if not isinstance(item, Mapping):
                self.note(FlawCode.WRONG_TYPE, f"{name}[{number}]", item, [TABLE])
                continue
            key = item.get("key")
            has_name = isinstance(key, str) and KEY.fullmatch(key)
            path = f"{self.at(name)}.{key}" if has_name else f"{self.at(name)}[{number}]"
            yield Cursor(item, path=path, flaws=self.flaws)

    def inner(self, name: str) -> Cursor | None:
        """A table inside this one; None where there is none."""
        value = self._value(name, dict, TABLE, is_optional=True)
        return None if value is None else Cursor(value, path=self.at(name), flaws=self.flaws)

    def close(self) -> None:
        """Note every entry that nobody has asked for."""
        for name in self.table:
            if name not in self.asked:
                self.note(FlawCode.UNKNOWN_ENTRY, name, name, self.asked)

    def _value(self, name: str, kind: type, wanted: str, *, is_optional: bool) -> Any:
        self.asked.append(name)
        if name not in self.table:
            if not is_optional:
                self.note(FlawCode.MISSING, name, options=[wanted])
            return None
        value = self.table[name]
        # In Python, True is a whole number; in a pathway it is not.
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.note(FlawCode.WRONG_TYPE, name, value, [wanted])
            return None
        return value

    def _is_word(self, name: str, item: object) -> bool:
        if isinstance(item, str) and item.strip():
            return True
        self.note(FlawCode.WRONG_TYPE, name, item, [TEXT])
        return False


def short(value: object) -> str:
    """A value as far as a sentence can hold it."""
    text = str(value)
    return text if len(text) <= SHORT else f"{text[: SHORT - 1]}…"

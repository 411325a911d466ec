"""Read one cell: its words become a value, or it is said why they do not fit."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from lueckenlos.commons.directory.importing.targets import KEYS
from lueckenlos.commons.directory.types import Access, Catalog, Label, PhaseView, PhoneValue
from lueckenlos.commons.directory.wording import ACCESSES, AUDIENCES, FORMATS, LANGUAGE_NAMES
from lueckenlos.core.tables import Why
from lueckenlos.kernels.likeness import meant, plain

ALIKE: Final = 0.85
_PARTS: Final = re.compile(r"\s*[;,|/\n]\s*")
_DAYS: Final = ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d %H:%M")
_PHONE: Final = re.compile(r"[+0-9(][0-9 ()/.\-–+]{2,58}")
_LONGEST: Final = {
    "name": 250,
    "fee": 250,
    "schedule_text": 500,
    "street": 250,
    "city": 120,
    "location_name": 250,
    "description": 5000,
    "external_key": 120,
    "easy": 5000,
}
# Addresses as nearly all are written; what else may be one, Django's own slower rules decide.
_USUAL_EMAIL: Final = re.compile(
    r"[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}", re.I
)
_USUAL_WEBSITE: Final = re.compile(
    r"https?://(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}(?:/[\w./~%+-]*)?", re.I | re.A
)
_YES: Final = frozenset({"ja", "j", "yes", "x", "1", "wahr", "true", "✓"})
_NO: Final = frozenset({"nein", "n", "no", "0", "falsch", "false", "-", "–"})
_COUNTY: Final = frozenset({"kreis", "ganzer kreis", "kreisweit", "alle", "gesamter kreis"})
_ACCESS_WORDS: Final = {
    Access.OPEN: ("offen", "ohne Anmeldung", "einfach hingehen", "nein"),
    Access.REGISTRATION: ("Anmeldung", "mit Anmeldung", "Anmeldung erforderlich", "ja"),
    Access.REFERRAL: ("Vermittlung", "über Vermittlung", "Überweisung"),
}


@dataclass(frozen=True, slots=True)
class KnownWords:
    """The county's own words for keys, for reading what others wrote."""

    phases: tuple[PhaseView, ...]
    words: dict[str, dict[str, tuple[str, ...]]]


def known_words(catalog: Catalog, *, municipalities: Iterable[Label]) -> KnownWords:
    """Prepare what can be meant: keys and labels of the catalog, the fixed words, municipalities, languages."""
    words: dict[str, dict[str, tuple[str, ...]]] = {
        "phases": {phase.key: (phase.key, phase.label) for phase in catalog.phases},
        "fields": {item.key: (item.key, item.label) for item in catalog.fields},
        "kind": {kind.key: (kind.key, kind.label) for kind in catalog.kinds},
        "audience": {key: (key, str(label)) for key, label in AUDIENCES.items()},
        "format": {key: (key, str(label)) for key, label in FORMATS.items()},
        "access": {key: (key, str(ACCESSES[key]), *_ACCESS_WORDS[key]) for key in Access},
        "catchment": {place.key: (place.key, place.label) for place in municipalities},
        "languages": {code: (code, str(name)) for code, name in LANGUAGE_NAMES.items()},
    }
    return KnownWords(catalog.phases, words)


class Doubt(Exception):
    """A value that does not fit."""

    def __init__(self, why: Why, expected: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.expected = expected


def readers(words: KnownWords) -> dict[str, Callable[[str], Any]]:
    """How each field's cells are read; each reader raises Doubt."""
    found: dict[str, Callable[[str], Any]] = dict.fromkeys(KEYS, _plain_text(1000))
    found |= {key: _plain_text(longest) for key, longest in _LONGEST.items()}
    for key in ("phases", "fields", "languages"):
        found[key] = _several(words.words[key])
    for key in ("audience", "format", "access", "kind"):
        found[key] = _one(words.words[key])
    for key in ("age_min", "age_max"):
        found[key] = _number(120)
    return found | {
        "capacity": _number(1_000_000),
        "waiting_weeks": _number(520),
        "latitude": _degrees(46, 56),
        "longitude": _degrees(5, 16),
        "valid_from": _day,
        "valid_to": _day,
        "accessible": _yes_no,
        "email": _email,
        "website": _website,
        "postcode": _postcode,
        "phone": _phones,
        "documents": lambda text: tuple(part for part in re.split(r"\s*[;\n]\s*", text) if part)[:50],
        "catchment": _catchment(words.words["catchment"]),
    }


def _plain_text(longest: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        if len(text) > longest:
            raise Doubt(Why.TOO_LONG, str(longest))
        return text.replace("\r\n", "\n")

    return read


def _one(words: dict[str, tuple[str, ...]]) -> Callable[[str], str]:
    def read(text: str) -> str:
        found = meant(text, words, least=ALIKE)
        if found is None:
            raise Doubt(
                Why.NOT_ALLOWED,
                ", ".join(ways[-1] if len(ways) == 2 else ways[1] for ways in list(words.values())[:12]),
            )
        return found

    return read


def _several(words: dict[str, tuple[str, ...]]) -> Callable[[str], tuple[str, ...]]:
    one = _one(words)

    def read(text: str) -> tuple[str, ...]:
        whole = meant(text, words, least=0.97)
        if whole is not None:
            return (whole,)
        return tuple(dict.fromkeys(one(part) for part in _PARTS.split(text) if part))

    return read


def _catchment(words: dict[str, tuple[str, ...]]) -> Callable[[str], tuple[str, ...]]:
    several = _several(words)

    def read(text: str) -> tuple[str, ...]:
        return () if plain(text) in _COUNTY else several(text)

    return read


def _number(most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        digits = text.replace("Jahre", "").replace("Wochen", "").strip()
        if not re.fullmatch(r"-?\d{1,9}(?:[.,]0+)?", digits):
            raise Doubt(Why.NOT_A_NUMBER, "ganze Zahl")
        number = int(re.split("[.,]", digits)[0])
        if not 0 <= number <= most:
            raise Doubt(Why.OUT_OF_RANGE, f"0 bis {most}")
        return number

    return read


def _degrees(least: float, most: float) -> Callable[[str], float]:
    def read(text: str) -> float:
        try:
            number = float(text.replace(",", "."))
        except ValueError as error:
            raise Doubt(Why.NOT_A_NUMBER, "Zahl in Grad") from error
        if not least <= number <= most:
            raise Doubt(Why.OUT_OF_RANGE, f"{least:g} bis {most:g}")
        return number

    return read


def _day(text: str) -> date:
    for form in _DAYS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise Doubt(Why.NOT_A_DATE, "TT.MM.JJJJ")


def _yes_no(text: str) -> bool | None:
    word = text.strip().casefold()
    if word in {"unbekannt", "?", "k. a.", "k.a."}:
        return None
    if word not in _YES | _NO:
        raise Doubt(Why.NOT_ALLOWED, "ja, nein")
    return word in _YES


def _email(text: str) -> str:
    if len(text) < 200 and _USUAL_EMAIL.fullmatch(text):
        return text
    try:
        validate_email(text)
    except ValidationError as error:
        raise Doubt(Why.WRONG_FORM, "name@example.org") from error
    return text


def _website(text: str) -> str:
    address = text if "://" in text else f"https://{text}"
    if len(address) < 200 and _USUAL_WEBSITE.fullmatch(address):
        return address
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError as error:
        raise Doubt(Why.WRONG_FORM, "https://example.org") from error
    return address[:500]


def _postcode(text: str) -> str:
    # Spreadsheets take leading zeros away.
    code = text.removeprefix("D-").strip().zfill(5)
    if not re.fullmatch(r"\d{5}", code):
        raise Doubt(Why.WRONG_FORM, "fünf Ziffern")
    return code


def _phones(text: str) -> tuple[PhoneValue, ...]:
    numbers = [part for part in re.split(r"\s*[;\n]\s*|,\s+", text) if part]
    for number in numbers:
        if not _PHONE.fullmatch(number):
            raise Doubt(Why.WRONG_FORM, "02421 123456")
    return tuple(PhoneValue(number) for number in numbers[:12])

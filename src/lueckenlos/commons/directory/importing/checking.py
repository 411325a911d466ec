"""Turn each row into an entry's content, or name line, field and reason."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from lueckenlos.commons.directory.importing.mapping import Mapping
from lueckenlos.commons.directory.importing.reading import Table
from lueckenlos.commons.directory.importing.targets import KEYS, TARGETS
from lueckenlos.commons.directory.loading.fees import is_free
from lueckenlos.commons.directory.types import (
    PLAIN,
    Access,
    Audience,
    Catalog,
    Format,
    Label,
    LocationValue,
    PhaseView,
    PhoneValue,
    ServiceValues,
    TextValue,
)
from lueckenlos.commons.directory.wording import ACCESSES, AUDIENCES, FORMATS, LANGUAGE_NAMES
from lueckenlos.core.tables import Mistakes, RowMistake, Why
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
    "easy": 5000,
}
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


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """A row that fits, with its line and whose it is."""

    line: int
    values: ServiceValues
    organization: str = ""


@dataclass(slots=True)
class Checking:
    """All rows that fit, and what is wrong with the others."""

    rows: list[CheckedRow] = field(default_factory=list)
    mistakes: Mistakes = field(default_factory=Mistakes)
    wrong_lines: set[int] = field(default_factory=set)

    @property
    def total(self) -> int:
        """How many rows the table has."""
        return len(self.rows) + len(self.wrong_lines)


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


def check_table(table: Table, *, mapping: Mapping, words: KnownWords, file: str) -> Checking:
    """Check all rows; a row with any mistake is left out, and every one of its mistakes is named."""
    checking = Checking()
    reader = _Reader(file, header=table.header, mapping=mapping, words=words, mistakes=checking.mistakes)
    for line, cells in zip(table.lines, table.rows, strict=True):
        row = reader.read(line, cells)
        if row is None:
            checking.wrong_lines.add(line)
        else:
            checking.rows.append(row)
    return checking


class _Doubt(Exception):
    """A value that does not fit."""

    def __init__(self, why: Why, expected: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.expected = expected


class _Reader:
    """Reads rows of one table; the same cell is understood once, since tables repeat themselves."""

    def __init__(
        self, file: str, *, header: Sequence[str], mapping: Mapping, words: KnownWords, mistakes: Mistakes
    ) -> None:
        self._file = file
        self._mistakes = mistakes
        self._phases = words.phases
        self._labels = {
            key: header[source.column] if source.column is not None else _label(key)
            for key, source in mapping.items()
        }
        self._columns = [(key, source.column) for key, source in mapping.items() if source.column is not None]
        self._constants = {key: source.constant for key, source in mapping.items() if source.column is None}
        self._read: dict[str, Callable[[str], Any]] = {
            key: lru_cache(maxsize=8192)(read) for key, read in _readers(words).items()
        }

    def read(self, line: int, cells: Sequence[str]) -> CheckedRow | None:
        given = dict(self._constants)
        for key, column in self._columns:
            given[key] = cells[column]
        before = self._mistakes.total
        values = {key: self._value(line, key, text) for key, text in given.items() if text}
        self._demand(line, values, given)
        if self._mistakes.total != before:
            return None
        return CheckedRow(line, _values(values, phases=self._phases), values.get("organization", ""))

    def _value(self, line: int, key: str, text: str) -> Any:
        try:
            return self._read[key](text)
        except _Doubt as doubt:
            self._note(line, key, why=doubt.why, value=text, expected=doubt.expected)
            return None

    def _demand(self, line: int, values: dict[str, Any], given: dict[str, str]) -> None:
        for target in TARGETS:
            if target.required and not given.get(target.key):
                self._note(line, target.key, why=Why.EMPTY)
        low, high = values.get("age_min"), values.get("age_max")
        if low is not None and high is not None and low > high:
            self._note(line, "age_max", why=Why.OUT_OF_RANGE, value=str(high), expected=f"{low} bis 120")
        begins, ends = values.get("valid_from"), values.get("valid_to")
        if begins and ends and begins > ends:
            self._note(
                line,
                "valid_to",
                why=Why.OUT_OF_RANGE,
                value=given["valid_to"],
                expected=f"{given['valid_from']} oder später",
            )

    def _note(self, line: int, key: str, *, why: Why, value: str = "", expected: str = "") -> None:
        label = self._labels.get(key, _label(key))
        self._mistakes.add(RowMistake(self._file, line, label, why, value[:80], expected))


def _label(key: str) -> str:
    return str(next(target.label for target in TARGETS if target.key == key))


def _readers(words: KnownWords) -> dict[str, Callable[[str], Any]]:
    readers: dict[str, Callable[[str], Any]] = dict.fromkeys(KEYS, _plain_text(1000))
    readers |= {key: _plain_text(longest) for key, longest in _LONGEST.items()}
    for key in ("phases", "fields", "languages"):
        readers[key] = _several(words.words[key])
    for key in ("audience", "format", "access", "kind"):
        readers[key] = _one(words.words[key])
    for key in ("age_min", "age_max"):
        readers[key] = _number(120)
    return readers | {
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
            raise _Doubt(Why.TOO_LONG, str(longest))
        return text.replace("\r\n", "\n")

    return read


def _one(words: dict[str, tuple[str, ...]]) -> Callable[[str], str]:
    def read(text: str) -> str:
        found = meant(text, words, least=ALIKE)
        if found is None:
            raise _Doubt(
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
        if not re.fullmatch(r"\d{1,9}(?:[.,]0+)?", digits):
            raise _Doubt(Why.NOT_A_NUMBER, "ganze Zahl")
        number = int(re.split("[.,]", digits)[0])
        if number > most:
            raise _Doubt(Why.OUT_OF_RANGE, f"0 bis {most}")
        return number

    return read


def _degrees(least: float, most: float) -> Callable[[str], float]:
    def read(text: str) -> float:
        try:
            number = float(text.replace(",", "."))
        except ValueError as error:
            raise _Doubt(Why.NOT_A_NUMBER, "Zahl in Grad") from error
        if not least <= number <= most:
            raise _Doubt(Why.OUT_OF_RANGE, f"{least:g} bis {most:g}")
        return number

    return read


def _day(text: str) -> date:
    for form in _DAYS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise _Doubt(Why.NOT_A_DATE, "TT.MM.JJJJ")


def _yes_no(text: str) -> bool | None:
    word = text.strip().casefold()
    if word in {"unbekannt", "?", "k. a.", "k.a."}:
        return None
    if word not in _YES | _NO:
        raise _Doubt(Why.NOT_ALLOWED, "ja, nein")
    return word in _YES


def _email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError as error:
        raise _Doubt(Why.WRONG_FORM, "name@example.org") from error
    return text


def _website(text: str) -> str:
    address = text if "://" in text else f"https://{text}"
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError as error:
        raise _Doubt(Why.WRONG_FORM, "https://example.org") from error
    return address[:500]


def _postcode(text: str) -> str:
    # Spreadsheets take leading zeros away.
    code = text.removeprefix("D-").strip().zfill(5)
    if not re.fullmatch(r"\d{5}", code):
        raise _Doubt(Why.WRONG_FORM, "fünf Ziffern")
    return code


def _phones(text: str) -> tuple[PhoneValue, ...]:
    numbers = [part for part in re.split(r"\s*[;\n]\s*|,\s+", text) if part]
    for number in numbers:
        if not _PHONE.fullmatch(number):
            raise _Doubt(Why.WRONG_FORM, "02421 123456")
    return tuple(PhoneValue(number) for number in numbers[:12])


def _values(given: dict[str, Any], *, phases: Sequence[PhaseView]) -> ServiceValues:
    get = given.get
    catchment = tuple(sorted(get("catchment") or ()))
    fee = get("fee") or ""
    easy = get("easy")
    return ServiceValues(
        name=given["name"],
        description=given["description"],
        audience=Audience(get("audience") or Audience.FAMILIES),
        format=Format(get("format") or Format.ON_SITE),
        access=Access(get("access") or Access.REGISTRATION),
        valid_from=get("valid_from"),
        valid_to=get("valid_to"),
        kind=get("kind"),
        phases=get("phases") or _phases_of(get("age_min"), get("age_max"), phases=tuple(phases)),
        fields=given["fields"],
        age_min=get("age_min"),
        age_max=get("age_max"),
        eligibility=get("eligibility") or "",
        application=get("application") or "",
        fee=fee,
        is_free=bool(fee) and is_free(fee),
        languages=get("languages") or ("de",),
        accessible=get("accessible"),
        whole_county=not catchment,
        catchment=catchment,
        locations=_locations(given),
        schedule_text=get("schedule_text") or "",
        waiting_weeks=get("waiting_weeks"),
        capacity=get("capacity"),
        phones=get("phone") or (),
        email=get("email") or "",
        website=get("website") or "",
        documents=get("documents") or (),
        texts=(TextValue(PLAIN, "description", easy),) if easy else (),
    )


def _locations(given: dict[str, Any]) -> tuple[LocationValue, ...]:
    get = given.get
    if not (get("street") or get("postcode") or get("city") or get("location_name")):
        return ()
    both = get("latitude") is not None and get("longitude") is not None
    return (
        LocationValue(
            name=get("location_name") or "",
            street=get("street") or "",
            postcode=get("postcode") or "",
            city=get("city") or "",
            latitude=get("latitude") if both else None,
            longitude=get("longitude") if both else None,
            accessible=get("accessible"),
        ),
    )


@lru_cache(maxsize=2048)
def _phases_of(low: int | None, high: int | None, *, phases: tuple[PhaseView, ...]) -> tuple[str, ...]:
    """The phases whose ages the service is open to; without any age all of them."""
    first, last = (-1.0 if low in {None, 0} else float(low or 0)), (200.0 if high is None else high + 1.0)
    return tuple(phase.key for phase in phases if phase.age_from < last and phase.age_to > first)

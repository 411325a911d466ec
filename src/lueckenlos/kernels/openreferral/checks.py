"""Tells what is wrong with an Open Referral document, and how bad it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from lueckenlos.kernels.openreferral.spec import Form, Profile, Property, entities

DEEPEST: Final = 40
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+")
_URI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_DATETIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.IGNORECASE)
_ROOT: Final = ("version", "profile", "openapi_url")
_PAGE: Final = ("total_items", "total_pages", "page_number", "size", "first_page", "last_page")


class Why(StrEnum):
    """What is wrong with a value."""

    MISSING = "missing"
    WRONG_KIND = "wrong kind"
    WRONG_FORM = "wrong form"
    UNKNOWN_WORD = "unknown word"
    TOO_DEEP = "too deep"
    UNRECOGNIZED = "unrecognized"
    PAGES_DISAGREE = "pages disagree"


class Verdict(StrEnum):
    """What becomes of a feed."""

    PASS = "pass"  # noqa: S105 - a verdict
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: where, why, and the value as far as it is short."""

    path: str
    why: Why
    value: str = ""
    expected: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything that is wrong: errors break the promise of the format, warnings make a feed less useful."""

    errors: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """Whether the document passes."""
        if self.errors:
            return Verdict.FAIL
        return Verdict.WARN if self.warnings else Verdict.PASS


@dataclass(slots=True)
class _Notes:
    errors: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)

    def findings(self) -> Findings:
        return Findings(tuple(self.errors), tuple(self.warnings))


def kind_of(document: Any, *, hint: str = "") -> str:
    """What a document is: `root`, `page`, `list`, an entity's name, or nothing that we know.

    The hint is the name of the file or address that it came from; the document's own keys come first.
    """
    if isinstance(document, list):
        return "list"
    if not isinstance(document, dict):
        return ""
    if isinstance(document.get("contents"), list):
        return "page"
    if "openapi_url" in document or ("version" in document and "profile" in document):
        return "root"
    named = _hinted(hint)
    return next((entity for entity, keys in _TELLING.items() if keys & document.keys()), named)


def validate(document: Any, profile: Profile = Profile.HSDS, *, hint: str = "") -> Findings:
    """Everything that is wrong with one document: a root, a page, a list or one record."""
    notes = _Notes()
    kind = kind_of(document, hint=hint)
    if kind == "root":
        notes.errors += _root(document)
    elif kind == "page":
        notes.warnings += _page(document)
        _records(document["contents"], hint, profile=profile, notes=notes)
    elif kind == "list":
        _records(document, hint, profile=profile, notes=notes)
    elif kind in entities(profile):
        notes.errors += check_record(document, kind, profile=profile)
    else:
        notes.errors.append(Finding("$", Why.UNRECOGNIZED, _short(document)))
    return notes.findings()


def validate_feed(documents: Mapping[str, Any], profile: Profile = Profile.HSDS) -> Findings:
    """Everything that is wrong with a feed, by the name of its endpoints (`api_details`, `service_list` …).

    The root and the services are what a feed is for: what is wrong there is an error. What is wrong in the
    other endpoints warns; endpoints that the profile does not have are not looked at.
    """
    errors: list[Finding] = []
    warnings: list[Finding] = []
    for name, document in documents.items():
        if name not in _CORE_ENDPOINTS | _other_endpoints(profile):
            continue
        found = validate(document, profile, hint=name)
        named = [
            Finding(f"{name}: {each.path}", each.why, each.value, each.expected) for each in found.errors
        ]
        (errors if name in _CORE_ENDPOINTS else warnings).extend(named)
        warnings += [
            Finding(f"{name}: {each.path}", each.why, each.value, each.expected) for each in found.warnings
        ]
    if "api_details" not in documents:
        errors.append(Finding("api_details", Why.MISSING))
    return Findings(tuple(errors), tuple(warnings))


def check_record(document: Any, entity: str, *, profile: Profile = Profile.HSDS) -> list[Finding]:
    """What is wrong with one record and the records inside it."""
    return list(_record(document, entity, "$", profile=profile))


def fits(value: Any, form: Form) -> bool:
    """Whether a value has a form."""
    if form is Form.NUMBER:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, str) and _FORMS[form](value)


def is_uuid(text: str) -> bool:
    """Whether a text is a UUID as JSON Schema means it: with its hyphens."""
    try:
        return len(text) == 36 and str(UUID(text)) == text.lower()
    except ValueError:
        return False


def is_datetime(text: str) -> bool:
    """Whether a text is a date with time and zone as RFC 3339 writes it."""
    if not _DATETIME.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text.upper())
    except ValueError:
        return False
    return True


_FORMS: Final = {
    Form.TEXT: lambda _text: True,
    Form.UUID: is_uuid,
    Form.URI: lambda text: _URI.fullmatch(text) is not None,
    Form.EMAIL: lambda text: _EMAIL.fullmatch(text) is not None,
    Form.DATETIME: is_datetime,
}
_CORE_ENDPOINTS: Final = frozenset({"api_details", "service_list", "service_full"})
_TELLING: Final[Mapping[str, frozenset[str]]] = {
    "service_at_location": frozenset({"location", "service"}),
    "service": frozenset({"status", "organization", "service_at_locations", "assured_date"}),
    "organization": frozenset(
        {"organization_identifiers", "tax_status", "parent_organization_id", "website"}
    ),
    "location": frozenset({"location_type", "addresses"}),
    "taxonomy_term": frozenset({"taxonomy", "term_uri", "taxonomy_detail", "taxonomy_id"}),
    "taxonomy": frozenset({"taxonomy_terms"}),
}
_HINTS: Final = (
    ("service_at_location", "service_at_location"),
    ("service", "service"),
    ("organization", "organization"),
    ("location", "location"),
    ("taxonomy_term", "taxonomy_term"),
    ("taxonom", "taxonomy"),
)


def _hinted(hint: str) -> str:
    lowered = hint.lower().replace("-", "_")
    return next((entity for part, entity in _HINTS if part in lowered), "")


def _other_endpoints(profile: Profile) -> frozenset[str]:
    entities_served = ["service_at_location", "taxonomy", "taxonomy_term"]
    if profile is not Profile.ORUK:
        entities_served.append("organization")
    return frozenset(f"{entity}{end}" for entity in entities_served for end in ("", "_list", "_full"))


def _records(items: Sequence[Any], hint: str, *, profile: Profile, notes: _Notes) -> None:
    for number, item in enumerate(items):
        entity = kind_of(item, hint=hint)
        if entity in entities(profile):
            notes.errors += _record(item, entity, f"$[{number}]", profile=profile)
        else:
            notes.errors.append(Finding(f"$[{number}]", Why.UNRECOGNIZED, _short(item)))


def _root(document: Mapping[str, Any]) -> Iterator[Finding]:
    for name in _ROOT:
        value = document.get(name)
        if value is None:
            yield Finding(f"$.{name}", Why.MISSING)
        elif not fits(value, Form.TEXT if name == "version" else Form.URI):
            yield Finding(f"$.{name}", Why.WRONG_FORM, _short(value), Form.URI)


def _page(page: Mapping[str, Any]) -> Iterator[Finding]:
    for name in _PAGE:
        if name not in page:
            yield Finding(f"$.{name}", Why.MISSING)
    items, pages, number, size = (_whole(page.get(name)) for name in _PAGE[:4])
    if items is None or pages is None or number is None or size is None:
        return
    last = page.get("last_page")
    if isinstance(last, bool) and last != (number >= pages):
        yield Finding("$.last_page", Why.PAGES_DISAGREE, str(last), f"page {number} of {pages}")
    elif pages > 1 and items < pages:
        yield Finding("$.total_pages", Why.PAGES_DISAGREE, str(pages), f"{items} items")


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _record(document: Any, entity: str, path: str, *, profile: Profile, depth: int = 0) -> Iterator[Finding]:
    if not isinstance(document, dict):
        yield Finding(path, Why.WRONG_KIND, _short(document), "object")
        return
    if depth > DEEPEST:
        yield Finding(path, Why.TOO_DEEP)
        return
    for name, part in entities(profile)[entity].items():
        if name not in document:
            if part.is_required:
                yield Finding(f"{path}.{name}", Why.MISSING)
        elif part.entity:
            yield from _inside(document[name], part, f"{path}.{name}", profile=profile, depth=depth)
        else:
            yield from _value(document[name], part, f"{path}.{name}")


def _inside(value: Any, part: Property, path: str, *, profile: Profile, depth: int) -> Iterator[Finding]:
    if part.entity not in entities(profile):
        return
    if not part.is_list:
        yield from _record(value, part.entity, path, profile=profile, depth=depth + 1)
        return
    if not isinstance(value, list):
        yield Finding(path, Why.WRONG_KIND, _short(value), "array")
        return
    for number, item in enumerate(value):
        yield from _record(item, part.entity, f"{path}[{number}]", profile=profile, depth=depth + 1)


def _value(value: Any, part: Property, path: str) -> Iterator[Finding]:
    if part.form is Form.NUMBER or not isinstance(value, str):
        if not fits(value, part.form):
            yield Finding(path, Why.WRONG_KIND, _short(value), part.form or "text")
    elif not fits(value, part.form):
        yield Finding(path, Why.WRONG_FORM, _short(value), part.form)
    elif part.choices and value not in part.choices:
        yield Finding(path, Why.UNKNOWN_WORD, _short(value), ", ".join(part.choices))


def _short(value: Any) -> str:
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    text = str(value)
    return text if len(text) <= 80 else text[:79] + "…"

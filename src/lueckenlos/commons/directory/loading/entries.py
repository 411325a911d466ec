"""Reads one line of services.jsonl into a value, and names everything that does not fit."""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, Final

from lueckenlos.commons.directory.types import Access, Audience, Format, OrganizationKind, ServiceStatus
from lueckenlos.core.tables import Row, Why
from lueckenlos.kernels.geometry import AreaIndex

_CANONICAL: Final = json.JSONEncoder(sort_keys=True)
_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_AGS: Final = re.compile(r"\d{8}")
_WHOLE_COUNTY: Final = "kreis"
KNOWN: Final = frozenset(
    [
        "id",
        "name",
        "organization",
        "organization_kind",
        "description",
        "easy",
        "life_phases",
        "fields",
        "age_min",
        "age_max",
        "audience",
        "format",
        "access",
        "fee",
        "languages",
        "accessible",
        "catchment",
        "location",
        "schedule",
        "capacity",
        "waiting_weeks",
        "status",
        "valid_to",
        "verified_on",
        "kind",
        "funding",
        "bridges",
        "seed",
    ]
)
_KINDS: Final = frozenset(OrganizationKind)
_AUDIENCES: Final = frozenset(Audience)
_FORMATS: Final = frozenset(Format)
_ACCESSES: Final = frozenset(Access)
_STATUSES: Final = frozenset(ServiceStatus)


@dataclass(frozen=True, slots=True)
class Known:
    """What a line may refer to."""

    phases: tuple[str, ...]
    fields: Collection[str]
    kinds: Collection[str]
    ags: Collection[str]
    areas: AreaIndex
    county: str


@dataclass(frozen=True, slots=True)
class Address:
    """Where a service takes place."""

    street: str
    postcode: str
    city: str
    ags: str | None
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class Grant:
    """Where the money comes from and until when."""

    source: str
    until: date | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One service as the folder has it; `line_hash` changes with anything in its line."""

    line_hash: str
    id: str
    name: str
    organization: str
    organization_kind: str
    description: str
    easy: str
    phases: tuple[str, ...]
    fields: tuple[str, ...]
    age_min: float | None
    age_max: float | None
    audience: str
    format: str
    access: str
    fee: str
    languages: tuple[str, ...]
    accessible: bool | None
    whole_county: bool
    catchment: tuple[str, ...]
    address: Address | None
    schedule: str
    capacity: int | None
    waiting_weeks: int | None
    status: str
    valid_to: date | None
    verified_on: date | None
    kind: str | None
    funding: tuple[Grant, ...]
    bridge: tuple[str, str] | None
    is_seed: bool
    unknown: Mapping[str, Any]


def read_entry(row: Row, *, known: Known) -> Entry:
    """The entry of a line; where the line does not fit (`row.fits`), it must not be used."""
    values = row.values
    whole_county = values.get("catchment") == _WHOLE_COUNTY
    age_min, age_max = _ages(row)
    verified_on = row.maybe_date("verified_on")
    capacity = row.maybe_integer("capacity", most=10_000_000)
    if capacity is not None and row.values.get("verified_on") in {None, ""}:
        row.note("verified_on", Why.EMPTY)
    return Entry(
        line_hash=_line_hash(values),
        id=_id(row),
        name=row.text("name"),
        organization=row.text("organization"),
        organization_kind=row.choice("organization_kind", among=_KINDS),
        description=row.words("description", longest=10_000),
        easy=row.words("easy", longest=10_000),
        phases=_keys(row, "life_phases", among=known.phases),
        fields=_keys(row, "fields", among=known.fields),
        age_min=age_min,
        age_max=age_max,
        audience=row.choice("audience", among=_AUDIENCES),
        format=row.choice("format", among=_FORMATS),
        access=row.choice("access", among=_ACCESSES),
        fee=row.words("fee"),
        languages=_languages(row),
        accessible=row.maybe_flag("accessible"),
        whole_county=whole_county,
        catchment=() if whole_county else _catchment(row, ags=known.ags),
        address=_address(row, known=known),
        schedule=row.words("schedule", longest=500),
        capacity=capacity,
        waiting_weeks=row.maybe_integer("waiting_weeks", most=520),
        status=row.choice("status", among=_STATUSES, default=ServiceStatus.ACTIVE),
        valid_to=row.maybe_date("valid_to"),
        verified_on=verified_on,
        kind=row.choice("kind", among=known.kinds, default="") or None,
        funding=_funding(row),
        bridge=_bridge(row, phases=known.phases),
        is_seed=row.maybe_flag("seed") or False,
        unknown={name: value for name, value in values.items() if name not in KNOWN},
    )


def _line_hash(values: Mapping[str, Any]) -> str:
    """The same for every way of writing the same JSON."""
    return sha256(_CANONICAL.encode(values).encode("utf-8", "replace")).hexdigest()


def _id(row: Row) -> str:
    key = row.key("id", form=_SLUG, expected="Kleinbuchstaben, Ziffern und Bindestriche")
    if len(key) > 120:
        row.note("id", Why.TOO_LONG, expected="120")
    return key


def _ages(row: Row) -> tuple[float | None, float | None]:
    """Years, for small children in parts: 0.5 is half a year."""
    least = row.maybe_number("age_min", least=0, most=120)
    most = row.maybe_number("age_max", least=0, most=120)
    if least is not None and most is not None and most < least:
        row.note("age_max", Why.OUT_OF_RANGE, expected=f"{least:g} bis 120")
    return least, most


def _keys(row: Row, name: str, *, among: Collection[str]) -> tuple[str, ...]:
    keys = tuple(row.listed(name, among=among))
    if not keys and row.values.get(name) in (None, "", []):
        row.note(name, Why.EMPTY)
    return keys


def _languages(row: Row) -> tuple[str, ...]:
    given = row.listed("languages")
    for language in given:
        if len(language) > 20 or not _LANGUAGE.fullmatch(language):
            row.note("languages", Why.WRONG_FORM, expected="Sprachkürzel wie de, uk, tr")
    return tuple(given)


def _catchment(row: Row, *, ags: Collection[str]) -> tuple[str, ...]:
    if row.values.get("catchment") in (None, "", []):
        row.note("catchment", Why.EMPTY)
        return ()
    return tuple(row.listed("catchment", among=ags))


def _address(row: Row, *, known: Known) -> Address | None:
    given = row.values.get("location")
    if given is None:
        return None
    if not isinstance(given, dict):
        row.note("location", Why.NOT_AN_OBJECT)
        return None
    inner = Row(
        row.file, row.line, {f"location.{name}": value for name, value in given.items()}, row.mistakes
    )
    ags = inner.key("location.ags", form=_AGS, expected="acht Ziffern")
    if inner.fits and ags.startswith(known.county) and ags not in known.ags:
        inner.note("location.ags", Why.UNKNOWN_KEY)
    latitude = inner.maybe_number("location.lat", least=-90, most=90)
    longitude = inner.maybe_number("location.lon", least=-180, most=180)
    if (latitude is None) != (longitude is None):
        inner.note("location.lat" if latitude is None else "location.lon", Why.EMPTY)
    address = Address(
        street=inner.words("location.street"),
        postcode=inner.words("location.postcode", longest=12),
        city=inner.text("location.city", longest=120),
        # A house beyond the border is welcome; its municipality is just not one of ours.
        ags=ags if ags in known.ags else None,
        latitude=latitude,
        longitude=longitude,
    )
    row.fits = row.fits and inner.fits
    return address


def _funding(row: Row) -> tuple[Grant, ...]:
    given = row.values.get("funding")
    if given is None:
        return ()
    if not isinstance(given, list) or not all(isinstance(item, dict) for item in given):
        row.note("funding", Why.NOT_A_LIST)
        return ()
    read = []
    for item in given:
        inner = Row(
            row.file, row.line, {f"funding.{name}": value for name, value in item.items()}, row.mistakes
        )
        read.append(Grant(inner.text("funding.source"), inner.maybe_date("funding.until")))
        row.fits = row.fits and inner.fits
    return tuple(read)


def _bridge(row: Row, *, phases: tuple[str, ...]) -> tuple[str, str] | None:
    given = row.listed("bridges", among=phases)
    if not given:
        return None
    if len(given) != 2:
        row.note("bridges", Why.WRONG_FORM, expected="zwei verschiedene Lebensphasen")
        return None
    return given[0], given[1]

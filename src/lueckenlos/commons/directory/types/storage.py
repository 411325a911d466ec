"""Write an entry's content as plain JSON and read it back: history and proposals keep it so."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from json.encoder import encode_basestring
from typing import Any

from lueckenlos.commons.directory.types.values import (
    CostValue,
    FundingValue,
    LocationValue,
    PhoneValue,
    ServiceValues,
    TextValue,
)
from lueckenlos.commons.directory.types.words import Access, Audience, Format, ServiceStatus

_ENUMS: Mapping[str, type[StrEnum]] = {
    "audience": Audience,
    "format": Format,
    "access": Access,
    "status": ServiceStatus,
}
_json = json.JSONEncoder(ensure_ascii=False).encode
_NAMES = tuple(field.name for field in fields(ServiceValues))
_KNOWN = frozenset(_NAMES)
_DEFAULTS = {field.name: field.default for field in fields(ServiceValues)}
_AS_THEY_ARE = frozenset({str, int, bool, float})
_DATES = frozenset({"valid_from", "valid_to"})
_WORDS = frozenset({"phases", "fields", "languages", "catchment", "documents"})


def to_record(values: ServiceValues) -> dict[str, Any]:
    """Write all fields as JSON values; `from_record` is its inverse."""
    return {name: _plain(getattr(values, name)) for name in _NAMES}


def to_short_record(values: ServiceValues) -> dict[str, Any]:
    """Write only the fields that say something; `from_record` reads it all the same."""
    given = ((name, getattr(values, name)) for name in _NAMES)
    return {name: _plain(value) for name, value in given if value != _DEFAULTS.get(name, MISSING)}


def to_short_texts(many: Sequence[ServiceValues]) -> list[str]:
    """The short records of many entries as JSON text; written field by field, each different value once."""
    pieces: list[list[str]] = []
    for name in _NAMES:
        column = [getattr(values, name) for values in many]
        default = _DEFAULTS.get(name, MISSING)
        if any(value != default for value in column):
            pieces.append(list(map(_Pieces(name, default).__getitem__, column)))
    return ["{" + ",".join(filter(None, record)) + "}" for record in zip(*pieces, strict=True)]


class _Pieces(dict[Any, str]):
    """What one field contributes to a record's text, by its value; nothing where it is as always."""

    def __init__(self, name: str, default: Any) -> None:
        super().__init__({default: ""})
        self._begin = json.dumps(name) + ":"

    def __missing__(self, value: Any) -> str:
        # Most values are texts, and this is what `dumps` does with them after many questions.
        told = encode_basestring(value) if type(value) is str else _json(_plain(value))
        piece = self[value] = self._begin + told
        return piece


def from_record(record: Mapping[str, Any]) -> ServiceValues:
    """Read what `to_record` wrote; fields that a younger or older version does not know are left out."""
    return ServiceValues(**{name: _read(name, value) for name, value in record.items() if name in _KNOWN})


def difference(old: ServiceValues, new: ServiceValues) -> tuple[dict[str, Any], dict[str, Any]]:
    """Only the fields that differ, as they were and as they became."""
    before, after = to_record(old), to_record(new)
    changed = [name for name, value in after.items() if before[name] != value]
    return {name: before[name] for name in changed}, {name: after[name] for name in changed}


def with_record(values: ServiceValues, record: Mapping[str, Any]) -> ServiceValues:
    """The values with some fields replaced by what a record says of them."""
    return from_record({**to_record(values), **record})


def _plain(value: Any) -> Any:
    if value is None or type(value) in _AS_THEY_ARE:
        return value
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}


def _read(name: str, value: Any) -> Any:
    if name in _ENUMS:
        return _ENUMS[name](value)
    if name in _DATES:
        return date.fromisoformat(value) if value else None
    if name in _WORDS:
        return tuple(value)
    if name == "bridge":
        return (value[0], value[1]) if value else None
    return tuple(_PARTS[name](each) for each in value) if name in _PARTS else value


def _cost(record: Mapping[str, Any]) -> CostValue:
    amount = record.get("amount")
    return CostValue(
        record["option"], None if amount is None else Decimal(amount), record.get("description", "")
    )


def _funding(record: Mapping[str, Any]) -> FundingValue:
    until = record.get("until")
    return FundingValue(record["source"], date.fromisoformat(until) if until else None)


_PARTS: Mapping[str, Any] = {
    "costs": _cost,
    "funding": _funding,
    "phones": lambda record: PhoneValue(**record),
    "locations": lambda record: LocationValue(**record),
    "texts": lambda record: TextValue(**record),
}

"""Put the values of a table's columns together as the content of entries."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import repeat
from typing import Any, Final

from lueckenlos.commons.directory.fees import is_free
from lueckenlos.commons.directory.types import (
    PLAIN,
    Access,
    Audience,
    Format,
    LocationValue,
    PhaseView,
    ServiceValues,
    TextValue,
)

_ADDRESS: Final = ("location_name", "street", "postcode", "city", "latitude", "longitude")
_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "easy": ("texts",),
    "phone": ("phones",),
    "catchment": ("catchment", "whole_county"),
    "fee": ("fee", "is_free"),
    "external_key": (),
    "organization": (),
    **dict.fromkeys(_ADDRESS, ("locations",)),
}
_AS_READ: Final = (
    "name", "description", "valid_from", "valid_to", "kind", "fields", "age_min", "age_max", "accessible",
    "waiting_weeks", "capacity",
)  # fmt: skip
_ELSE: Final[Mapping[str, Any]] = {
    "audience": Audience.FAMILIES,
    "format": Format.ON_SITE,
    "access": Access.REGISTRATION,
    "eligibility": "",
    "application": "",
    "fee": "",
    "languages": ("de",),
    "schedule_text": "",
    "email": "",
    "website": "",
    "documents": (),
}


def spoken_of(targets: Iterable[str]) -> frozenset[str]:
    """The fields of an entry that columns of these meanings fill; life phases follow from ages alone too."""
    keys = set(targets)
    found = {name for key in keys for name in _FIELDS.get(key, (key,))}
    if {"age_min", "age_max"} & keys:
        found.add("phases")
    return frozenset(found)


def compose(
    columns: Mapping[str, Sequence[Any]], *, phases: Sequence[PhaseView], count: int
) -> list[ServiceValues]:
    """The content of each row; what no cell says is what new entries have."""
    none: list[Any] = [None] * count
    filled: dict[str, Iterable[Any]] = {name: columns.get(name, none) for name in _AS_READ}
    for name, otherwise in _ELSE.items():
        given = columns.get(name)
        filled[name] = (
            repeat(otherwise, count)
            if given is None
            else [otherwise if each is None else each for each in given]
        )
    for name, kind in (("audience", Audience), ("format", Format), ("access", Access)):
        if name in columns:
            filled[name] = list(map(kind, filled[name]))
    ages = zip(columns.get("age_min", none), columns.get("age_max", none), strict=True)
    by_age = _remembered(lambda pair: _phases_of(*pair, phases=tuple(phases)))
    filled["phases"] = [
        given or by_age(pair) for given, pair in zip(columns.get("phases", none), ages, strict=True)
    ]
    catchments = [tuple(sorted(each or ())) for each in columns.get("catchment", none)]
    filled["catchment"] = catchments
    filled["whole_county"] = [not each for each in catchments]
    fees = list(filled["fee"])
    filled["fee"], filled["is_free"] = (
        fees,
        list(map(_remembered(lambda fee: bool(fee) and is_free(fee)), fees)),
    )
    filled["phones"] = [each or () for each in columns.get("phone", none)]
    filled["texts"] = [
        (TextValue(PLAIN, "description", each),) if each else () for each in columns.get("easy", none)
    ]
    places = zip(*(columns.get(name, none) for name in (*_ADDRESS, "accessible")), strict=True)
    filled["locations"] = list(map(_remembered(_locations), places))
    names = tuple(filled)
    return [
        ServiceValues(**dict(zip(names, row, strict=True))) for row in zip(*filled.values(), strict=False)
    ]


def _remembered(make: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lru_cache(maxsize=8192)(make)


def _locations(said: tuple[Any, ...]) -> tuple[LocationValue, ...]:
    name, street, postcode, city, latitude, longitude, accessible = said
    if not (street or postcode or city or name):
        return ()
    both = latitude is not None and longitude is not None
    return (
        LocationValue(
            name=name or "",
            street=street or "",
            postcode=postcode or "",
            city=city or "",
            latitude=latitude if both else None,
            longitude=longitude if both else None,
            accessible=accessible,
        ),
    )


def _phases_of(low: int | None, high: int | None, *, phases: tuple[PhaseView, ...]) -> tuple[str, ...]:
    """The phases whose ages the service is open to; without any age all of them."""
    first, last = (-1.0 if low in {None, 0} else float(low or 0)), (200.0 if high is None else high + 1.0)
    return tuple(phase.key for phase in phases if phase.age_from < last and phase.age_to > first)

"""The public services as tables, on a map and in a calendar."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any, Final

from django.utils.translation import override

from lueckenlos.commons.directory import wording
from lueckenlos.commons.directory.types import LocationView, ServiceView
from lueckenlos.core import sheets
from lueckenlos.core.sheets import Cell, Sheet
from lueckenlos.kernels import appointments
from lueckenlos.kernels.appointments import Appointment

HEADINGS: Final = (
    "Kennung", "Schlüssel", "Name", "Träger", "Beschreibung", "Art", "Lebensphasen", "Handlungsfelder",
    "Alter ab", "Alter bis", "Für wen", "Wo es stattfindet", "Zugang", "Kosten", "Kostenlos", "Sprachen",
    "Barrierefrei", "Einzugsgebiet", "Zeiten", "Straße", "PLZ", "Ort", "AGS", "Breite", "Länge", "Telefon",
    "E-Mail", "Internet", "Wartezeit in Wochen", "Plätze im Jahr", "Zuletzt geprüft",
)  # fmt: skip
_YES_NO: Final = {True: "ja", False: "nein", None: None}
_WHOLE_COUNTY: Final = "ganzer Kreis"


def table_rows(services: Iterable[ServiceView]) -> Iterator[tuple[Cell, ...]]:
    """One row for each place of each service; a service without a place has one row too."""
    with override("de"):
        for service in services:
            for place in service.locations or (None,):
                yield _row(service, place)


def csv_lines(services: Iterable[ServiceView]) -> Iterator[str]:
    """The table as CSV, line by line."""
    return sheets.csv_lines(HEADINGS, table_rows(services))


def xlsx(services: Iterable[ServiceView]) -> bytes:
    """The table as a workbook."""
    return sheets.xlsx([Sheet("Angebote", HEADINGS, table_rows(services))])


def geojson(services: Iterable[ServiceView]) -> dict[str, Any]:
    """The places of services as points (RFC 7946)."""
    features = [
        {
            "type": "Feature",
            "id": f"{service.id}/{place.id}",
            "geometry": {"type": "Point", "coordinates": [place.longitude, place.latitude]},
            "properties": _properties(service, place),
        }
        for service in services
        for place in service.locations
        if place.longitude is not None and place.latitude is not None
    ]
    return {"type": "FeatureCollection", "features": features}


def calendar(services: Iterable[ServiceView], *, now: datetime, name: str) -> bytes:
    """The next dates of all services, each laid out by itself so that holidays are left out."""
    found = (
        Appointment(
            uid=f"{service.key}-{when.day:%Y%m%d}-{number}",
            title=service.name,
            day=when.day,
            starts=_moment(when.day, when.starts, now=now),
            ends=_moment(when.day, when.ends, now=now),
            place=service.locations[0].address if service.locations else "",
        )
        for service in services
        for number, when in enumerate(service.next_dates)
    )
    return appointments.calendar(found, name=name, room="Verzeichnis", stamp=now)


def _moment(day: date, hour: time | None, *, now: datetime) -> datetime | None:
    return None if hour is None else datetime.combine(day, hour, tzinfo=now.tzinfo)


def _row(service: ServiceView, place: LocationView | None) -> tuple[Cell, ...]:
    return (
        str(service.id),
        service.key,
        service.name,
        service.organization.name,
        service.description,
        service.kind.label if service.kind else None,
        "; ".join(phase.label for phase in service.phases),
        "; ".join(field.label for field in service.fields),
        service.age_min,
        service.age_max,
        str(wording.AUDIENCES[service.audience]),
        str(wording.FORMATS[service.format]),
        str(wording.ACCESSES[service.access]),
        service.fee,
        _YES_NO[service.is_free],
        "; ".join(service.languages),
        _YES_NO[service.accessible],
        _WHOLE_COUNTY if service.whole_county else "; ".join(area.label for area in service.catchment),
        service.schedule_text,
        *_where(place),
        "; ".join(phone.number for phone in service.all_phones),
        service.email,
        service.website,
        service.waiting_weeks,
        service.capacity.maximum if service.capacity else None,
        service.verified_on,
    )


def _where(place: LocationView | None) -> tuple[Cell, ...]:
    if place is None:
        return (None, None, None, None, None, None)
    return place.street, place.postcode, place.city, place.ags, place.latitude, place.longitude


def _properties(service: ServiceView, place: LocationView) -> dict[str, Any]:
    return {
        "service_id": str(service.id),
        "key": service.key,
        "name": service.name,
        "organization": service.organization.name,
        "address": place.address,
        "ags": place.ags,
        "life_phases": [phase.key for phase in service.phases],
        "fields": [field.key for field in service.fields],
        "kind": service.kind.key if service.kind else None,
        "is_free": service.is_free,
        "accessible": service.accessible,
        "languages": list(service.languages),
        "website": service.website or None,
        "verified_on": service.verified_on.isoformat() if service.verified_on else None,
    }

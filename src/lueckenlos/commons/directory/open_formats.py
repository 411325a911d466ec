"""The public services as tables, on a map and in a calendar."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.utils.translation import override
from icalendar import Calendar, Event
from openpyxl import Workbook

from lueckenlos.commons.directory import wording
from lueckenlos.commons.directory.types import LocationView, ServiceView

Cell = str | int | float | date | None
HEADINGS: Final = (
    "Kennung", "Schlüssel", "Name", "Träger", "Beschreibung", "Art", "Lebensphasen", "Handlungsfelder",
    "Alter ab", "Alter bis", "Für wen", "Wo es stattfindet", "Zugang", "Kosten", "Kostenlos", "Sprachen",
    "Barrierefrei", "Einzugsgebiet", "Zeiten", "Straße", "PLZ", "Ort", "AGS", "Breite", "Länge", "Telefon",
    "E-Mail", "Internet", "Wartezeit in Wochen", "Plätze im Jahr", "Zuletzt geprüft",
)  # fmt: skip
_FORMULA: Final = re.compile(r"[=+\-@\t\r\n]")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_YES_NO: Final = {True: "ja", False: "nein", None: None}
_WHOLE_COUNTY: Final = "ganzer Kreis"
_NO_END: Final = timedelta(hours=1)


def table_rows(services: Iterable[ServiceView]) -> Iterator[tuple[Cell, ...]]:
    """One row for each place of each service; a service without a place has one row too."""
    with override("de"):
        for service in services:
            for place in service.locations or (None,):
                yield _row(service, place)


def csv_lines(services: Iterable[ServiceView]) -> Iterator[str]:
    """The table as CSV, line by line, with a mark that tells Excel it is UTF-8."""
    yield "\ufeff" + _line(HEADINGS)
    for row in table_rows(services):
        yield _line([harmless(cell) for cell in row])


def xlsx(services: Iterable[ServiceView]) -> bytes:
    """The table as a workbook."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Angebote")
    sheet.append(HEADINGS)
    for row in table_rows(services):
        sheet.append([harmless(cell) for cell in row])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


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
    """The next dates of all services (RFC 5545), each laid out by itself so that holidays are left out."""
    book = Calendar()
    book.add("prodid", "-//lückenlos//Verzeichnis//DE")
    book.add("version", "2.0")
    book.add("x-wr-calname", name)
    for service in services:
        for number, when in enumerate(service.next_dates):
            event = Event()
            event.add("uid", f"{service.key}-{when.day:%Y%m%d}-{number}@lueckenlos")
            event.add("dtstamp", now)
            event.add("summary", service.name)
            if when.starts is None:
                event.add("dtstart", when.day)
            else:
                begins = datetime.combine(when.day, when.starts, tzinfo=now.tzinfo)
                event.add("dtstart", begins)
                ends = (
                    datetime.combine(when.day, when.ends, tzinfo=now.tzinfo)
                    if when.ends
                    else begins + _NO_END
                )
                event.add("dtend", ends)
            if service.locations:
                event.add("location", service.locations[0].address)
            book.add_component(event)
    return bytes(book.to_ical())


def harmless(cell: Cell) -> Cell:
    """A cell that no spreadsheet takes for a formula: a text that begins like one gets an apostrophe."""
    if not isinstance(cell, str):
        return cell
    text = _CONTROL.sub(" ", cell)
    return f"'{text}" if _FORMULA.match(text) else text


def _line(cells: Sequence[Cell]) -> str:
    line = io.StringIO(newline="")
    csv.writer(line).writerow(cells)
    return line.getvalue()


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

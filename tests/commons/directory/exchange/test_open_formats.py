"""The services as files for everybody: complete, harmless in a spreadsheet, readable by machines."""

import csv
import io
import json
from datetime import timedelta

import pytest
from django.test import Client
from icalendar import Calendar
from openpyxl import load_workbook

from lueckenlos.commons.directory.models import Service
from lueckenlos.core.sheets import harmless

pytestmark = pytest.mark.django_db
NASTY = '=HYPERLINK("http://example.org")'


def content(path: str) -> bytes:
    response = Client().get(path)
    assert response.status_code == 200
    if path.startswith("/api/"):
        assert response["Access-Control-Allow-Origin"] == "*"
    return response.getvalue()


def nasty() -> Service:
    service = Service.objects.filter(status="active").order_by("name")[0]
    Service.objects.filter(id=service.id).update(name=NASTY, fee="-5 Euro\x07")
    return service


def test_the_csv_has_every_public_service_and_no_formula() -> None:
    service = nasty()
    hidden = Service.objects.filter(status="active").exclude(id=service.id).order_by("name")[0]
    Service.objects.filter(id=hidden.id).update(status="inactive")
    text = content("/api/daten/angebote.csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    found = {row["Kennung"] for row in rows}
    assert str(service.id) in found and str(hidden.id) not in found
    assert len(found) > 300
    mine = next(row for row in rows if row["Kennung"] == str(service.id))
    assert (mine["Name"], mine["Kosten"]) == (f"'{NASTY}", "'-5 Euro ")
    assert not [cell for row in rows for cell in row.values() if cell[:1] in {"=", "+", "@"}]


def test_the_workbook_holds_no_formula() -> None:
    nasty()
    sheet = load_workbook(io.BytesIO(content("/api/daten/angebote.xlsx"))).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert len(cells) > 3000
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert f"'{NASTY}" in {cell.value for cell in cells}


def test_the_map_has_points_in_the_county() -> None:
    found = json.loads(content("/api/daten/angebote.geojson"))
    assert found["type"] == "FeatureCollection"
    assert len(found["features"]) > 200
    for feature in found["features"]:
        longitude, latitude = feature["geometry"]["coordinates"]
        assert 5.5 < longitude < 7.5 and 50 < latitude < 51.5


def test_the_calendar_has_the_coming_dates() -> None:
    text = content("/api/daten/termine.ics")
    # A time zone that is named must be described; we name none.
    assert b"TZID" not in text
    calendar = Calendar.from_ical(text)
    events = list(calendar.walk("VEVENT"))
    assert len(events) > 100
    assert len({str(event["uid"]) for event in events}) == len(events)
    assert all(
        event.decoded("dtend") > event.decoded("dtstart")
        and event.decoded("dtstart").utcoffset() == timedelta(0)
        for event in events
        if "dtend" in event
    )


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "＝1", "＠x"])
def test_what_begins_like_a_formula_is_text(cell: str) -> None:
    assert str(harmless(cell)).startswith("'")


def test_numbers_stay_numbers() -> None:
    assert harmless(-5) == -5
    assert harmless("02421 1") == "02421 1"


def test_the_site_map_names_pages_and_services_in_every_language() -> None:
    assert content("/sitemap.xml").decode().count("<loc>http://testserver/sitemap-") == 2
    service = Service.objects.filter(status="active").order_by("key")[0]
    text = content("/sitemap-angebote.xml").decode()
    assert f"http://testserver/angebot/{service.key}/" in text
    assert f'hreflang="ar" href="http://testserver/ar/angebot/{service.key}/"' in text
    assert "<loc>http://testserver/suche/</loc>" in content("/sitemap-seiten.xml").decode()


def test_robots_know_the_map_and_leave_the_demo_alone() -> None:
    text = content("/robots.txt").decode()
    assert "Disallow: /\n" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text

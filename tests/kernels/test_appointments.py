"""Calendars that every program can read: moments in UTC, no unknown time zone, nothing that ends before it begins."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from lueckenlos.kernels.appointments import Appointment, calendar

BERLIN = ZoneInfo("Europe/Berlin")
DAY = date(2026, 7, 14)
STAMP = datetime(2026, 7, 1, 12, tzinfo=BERLIN)


def at(hour: int, minute: int = 0) -> datetime:
    return datetime.combine(DAY, time(hour, minute), tzinfo=BERLIN)


def written(**more: object) -> bytes:
    given = Appointment(**({"uid": "a-1", "title": "Café; Spiel, Spaß\nund mehr" * 5, "day": DAY} | more))  # type: ignore[arg-type]
    return calendar([given], name="Termine", room="Test", stamp=STAMP)


def event(content: bytes) -> dict[str, object]:
    (found,) = Calendar.from_ical(content).walk("VEVENT")
    return {name: found.decoded(name) for name in ("dtstart", "dtend", "dtstamp") if name in found}


def test_moments_are_written_in_utc_so_that_no_time_zone_is_missing() -> None:
    content = written(starts=at(15), ends=at(17))
    assert b"TZID" not in content
    assert event(content) == {
        "dtstart": datetime(2026, 7, 14, 13, tzinfo=UTC),
        "dtend": datetime(2026, 7, 14, 15, tzinfo=UTC),
        "dtstamp": datetime(2026, 7, 1, 10, tzinfo=UTC),
    }


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        (at(15), None, datetime(2026, 7, 14, 14, tzinfo=UTC)),
        (at(22), at(2), datetime(2026, 7, 15, 0, tzinfo=UTC)),
    ],
)
def test_nothing_ends_before_it_begins(starts: datetime, ends: datetime | None, expected: datetime) -> None:
    assert event(written(starts=starts, ends=ends))["dtend"] == expected


def test_without_a_time_it_is_the_whole_day() -> None:
    assert event(written())["dtstart"] == DAY


def test_long_and_strange_texts_come_back_and_no_line_is_too_long() -> None:
    content = written(place="Straße 1, 52349 Düren", contact="0221 4710-100")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert content.endswith(b"END:VCALENDAR\r\n")
    (found,) = Calendar.from_ical(content).walk("VEVENT")
    assert str(found["summary"]) == "Café; Spiel, Spaß\nund mehr" * 5
    assert (str(found["location"]), str(found["contact"])) == ("Straße 1, 52349 Düren", "0221 4710-100")

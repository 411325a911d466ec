"""Schedules follow the words that people write."""

from lueckenlos.commons.directory.models import Schedule, Service
from lueckenlos.commons.directory.selectors.timetable import rows_of


def write_schedules(row: Service, text: str) -> None:
    """Replace an entry's schedules by what its words say; words alone where they cannot be read as dates."""
    row.schedules.all().delete()
    rows = rows_of(text)
    for each in rows:
        each.service = row
    Schedule.objects.bulk_create(rows)

"""How times are said: “Di, 8. Dezember 2026, 14:00 bis 14:30 Uhr”."""

from __future__ import annotations

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lueckenlos.core import clock


def time_words(starts_at: datetime, ends_at: datetime) -> str:
    """A time with beginning and end, in the county's clock; the day of the end only where it is another."""
    starts, ends = (each.astimezone(clock.zone()) for each in (starts_at, ends_at))
    told = {
        "day": _day(starts),
        "from": starts.strftime("%H:%M"),
        "last": _day(ends),
        "to": ends.strftime("%H:%M"),
    }
    if ends.date() != starts.date():
        return _("%(day)s, %(from)s Uhr bis %(last)s, %(to)s Uhr") % told
    return _("%(day)s, %(from)s bis %(to)s Uhr") % told


def moment_words(moment: datetime) -> str:
    """A day and an hour, to stand before the word for “o’clock”."""
    local = moment.astimezone(clock.zone())
    return f"{_day(local)}, {local:%H:%M}"


def _day(moment: datetime) -> str:
    return date_format(moment, pgettext("Datumsformat", "D, j. F Y"))

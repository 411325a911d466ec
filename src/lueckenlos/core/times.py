"""How times are said: “Di, 8. Dezember 2026, 14:00 bis 14:30 Uhr”."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from lueckenlos.core import clock


def time_words(starts_at: datetime, ends_at: datetime) -> str:
    """A time with beginning and end, in the county's clock; the day of the end only where it is another."""
    starts, ends = (each.astimezone(clock.zone()) for each in (starts_at, ends_at))
    told = {
        "day": day_words(starts),
        "from": starts.strftime("%H:%M"),
        "last": day_words(ends),
        "to": ends.strftime("%H:%M"),
    }
    if clock.day_of(ends) != clock.day_of(starts):
        return _("%(day)s, %(from)s Uhr bis %(last)s, %(to)s Uhr") % told
    return _("%(day)s, %(from)s bis %(to)s Uhr") % told


def moment_words(moment: datetime) -> str:
    """A day and an hour, to stand before the word for “o’clock”."""
    local = moment.astimezone(clock.zone())
    return f"{day_words(local)}, {local:%H:%M}"


def until_words(moment: datetime) -> str:
    """The same for an end: midnight is said as the end of the day before."""
    local = moment.astimezone(clock.zone())
    if (local.hour, local.minute) != (0, 0):
        return moment_words(moment)
    return f"{day_words(local - timedelta(days=1))}, 24:00"


def day_words(moment: datetime) -> str:
    """A day as it stands in the moment's own zone."""
    return date_format(moment, pgettext("Datumsformat", "D, j. F Y"))


def hours_words(minutes: int) -> str:
    """How long something takes: “1 Stunde 30 Minuten”."""
    hours, rest = divmod(minutes, 60)
    words = [ngettext("%(count)s Stunde", "%(count)s Stunden", hours) % {"count": hours}] if hours else []
    words += [ngettext("%(count)s Minute", "%(count)s Minuten", rest) % {"count": rest}] if rest else []
    return " ".join(words)

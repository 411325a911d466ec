"""How old somebody is on a day, and for which ages something is, in words."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _


def age_on(born_on: date, day: date) -> int:
    """Completed years; whoever is born on 29 February turns a year older on 1 March."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def ages_words(low: int | None, high: int | None) -> str:
    """From which age to which, both included; empty where it is for all."""
    if low is None and high is None:
        return ""
    if high is None:
        return _("ab %(age)s Jahren") % {"age": low}
    if low is None:
        return _("bis %(age)s Jahre") % {"age": high}
    if low == high:
        return _("%(age)s Jahre") % {"age": low}
    return _("%(low)s bis %(high)s Jahre") % {"low": low, "high": high}

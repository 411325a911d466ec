"""How old somebody is on a day, and for which ages something is, in words."""

from __future__ import annotations

from datetime import date

from django.utils.translation import ngettext


def age_on(born_on: date, day: date) -> int:
    """Completed years; whoever is born on 29 February turns a year older on 1 March."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def exact_age(born_on: date, day: date) -> float:
    """Years with the part of the year since the last birthday; whole ones exactly on a birthday."""
    years = age_on(born_on, day)
    is_leap_day = (born_on.month, born_on.day) == (2, 29)
    birthday = (date(born_on.year, 3, 1) if is_leap_day else born_on).replace(year=born_on.year + years)
    # No year has more than 366 days, so this stays below the next whole one.
    return years + max((day - birthday).days, 0) / 366


def ages_words(low: int | None, high: int | None) -> str:
    """From which age to which, both included; empty where it is for all."""
    if low is None:
        return "" if high is None else ngettext("bis %(age)s Jahr", "bis %(age)s Jahre", high) % {"age": high}
    if high is None:
        return ngettext("ab %(age)s Jahr", "ab %(age)s Jahren", low) % {"age": low}
    if low == high:
        return ngettext("%(age)s Jahr", "%(age)s Jahre", low) % {"age": low}
    sentence = ngettext("%(low)s bis %(high)s Jahr", "%(low)s bis %(high)s Jahre", high)
    return sentence % {"low": low, "high": high}

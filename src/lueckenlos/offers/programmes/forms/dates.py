"""When a programme takes place: one date or many, and another hour for one of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lueckenlos.core import clock
from lueckenlos.core.forms import DayField, DaysField
from lueckenlos.core.hours_form import HoursForm
from lueckenlos.kernels.schedule.holidays import is_public_holiday, is_school_holiday

MOST_TIMES: Final = 52
LONGEST: Final = timedelta(days=3 * 366)
Dates = tuple[tuple[datetime, datetime], ...]


class DatesForm(HoursForm):
    """One date, or the same hour every so many weeks, but for the days that are left out."""

    field_order = ("day",)

    day = DayField(label=gettext_lazy("Tag"))
    times = forms.IntegerField(
        label=gettext_lazy("Wie oft?"),
        help_text=gettext_lazy("1 ist ein einzelner Termin."),
        min_value=1,
        max_value=MOST_TIMES,
        initial=1,
        error_messages={
            "max_value": gettext_lazy("Höchstens 52 Termine auf einmal. Legen Sie weitere später an.")
        },
    )
    weeks = forms.TypedChoiceField(
        label=gettext_lazy("In welchem Abstand?"),
        coerce=int,
        choices=[
            (1, gettext_lazy("jede Woche")),
            (2, gettext_lazy("alle zwei Wochen")),
            (3, gettext_lazy("alle drei Wochen")),
            (4, gettext_lazy("alle vier Wochen")),
        ],
        required=False,
    )
    not_in_holidays = forms.BooleanField(
        label=gettext_lazy("Nicht in den Schulferien"), required=False, initial=True
    )
    not_on = DaysField(
        label=gettext_lazy("An diesen Tagen nicht"),
        help_text=gettext_lazy("Zum Beispiel 24.12.2026, 7.1.2027. Feiertage bleiben von selbst frei."),
        max_length=600,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """It begins in the future."""
        given = super().clean()
        day = given.get("day")
        today = clock.real_today()
        if day and not today <= day <= today + LONGEST:
            self.add_error("day", _("Der Tag liegt in der Vergangenheit oder mehr als drei Jahre voraus."))
        return given

    def to_dates(self) -> Dates:
        """All dates in local time, so that the hour stays when the clocks change; exceptions are made up for."""
        given = self.cleaned_data
        found: list[tuple[datetime, datetime]] = []
        day: date = given["day"]
        while len(found) < given["times"] and day - given["day"] <= LONGEST:
            if given["times"] == 1 or not self._is_left_out(day):
                found.append(self.times_on(day))
            day += timedelta(weeks=given["weeks"] or 1)
        return tuple(found)

    def _is_left_out(self, day: date) -> bool:
        given = self.cleaned_data
        school = given["not_in_holidays"] and bool(is_school_holiday(day))
        return school or bool(is_public_holiday(day)) or day in given["not_on"]


class MoveForm(HoursForm):
    """Another day, hour or place for one date."""

    field_order = ("day",)

    day = DayField(label=gettext_lazy("Tag"))
    place = forms.CharField(label=gettext_lazy("Anderer Ort"), max_length=200, required=False)

    def to_times(self) -> tuple[datetime, datetime]:
        """Beginning and end."""
        return self.times_on(self.cleaned_data["day"])

"""From when until when, on one day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lueckenlos.core import clock


class HoursForm(forms.Form):
    """Beginning and end; forms of rooms add the day and what they ask beside it."""

    begins = forms.TimeField(label=gettext_lazy("Von"), widget=forms.TimeInput(attrs={"type": "time"}))
    ends = forms.TimeField(label=gettext_lazy("Bis"), widget=forms.TimeInput(attrs={"type": "time"}))

    def clean(self) -> dict[str, Any]:
        """It ends after it begins."""
        given = super().clean() or {}
        if given.get("begins") and given.get("ends") and given["ends"] <= given["begins"]:
            self.add_error("ends", _("Das Ende liegt vor dem Anfang. Bitte prüfen Sie die Uhrzeiten."))
        return given

    def times_on(self, day: date) -> tuple[datetime, datetime]:
        """Both as moments of a day, so that the hour stays when the clocks change."""
        given = self.cleaned_data
        return (
            datetime.combine(day, given["begins"], tzinfo=clock.zone()),
            datetime.combine(day, given["ends"], tzinfo=clock.zone()),
        )

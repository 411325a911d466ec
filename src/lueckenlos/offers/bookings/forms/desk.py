"""What an organization says about its resources, and the times that it enters itself."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lueckenlos.commons.places import selectors as places
from lueckenlos.core import clock, sms
from lueckenlos.core.forms import DayField, DaysField, offer
from lueckenlos.core.hours_form import HoursForm
from lueckenlos.core.postal_form import PostalForm
from lueckenlos.kernels.schedule import is_public_holiday, is_school_holiday
from lueckenlos.kernels.slots import Series, Span, days_of
from lueckenlos.offers.bookings.models import MOST_PARALLEL
from lueckenlos.offers.bookings.offered import HoursNotUnderstood, hours_from, hours_in_german
from lueckenlos.offers.bookings.services import NewResource
from lueckenlos.offers.bookings.types import Entry, Gender, ResourceKind, ResourceView
from lueckenlos.offers.bookings.wording import KINDS, spoken

WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
REPEATS: Final = (
    ("once", gettext_lazy("einmal")),
    ("1", gettext_lazy("jede Woche")),
    ("2", gettext_lazy("alle zwei Wochen")),
    ("4", gettext_lazy("alle vier Wochen")),
    ("month", gettext_lazy("jeden Monat am gleichen Wochentag")),
)
LONGEST: Final = timedelta(days=2 * 366)


class ResourceForm(forms.Form):
    """Everything about something that can be booked."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Was ist es?"), choices=[(each.value, word) for each, word in KINDS.items()]
    )
    title = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=160,
        error_messages={"required": gettext_lazy("Bitte geben Sie einen Namen an.")},
    )
    description = forms.CharField(
        label=gettext_lazy("Beschreibung"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    place = forms.CharField(label=gettext_lazy("Ort mit Adresse"), max_length=200, required=False)
    ags = forms.ChoiceField(label=gettext_lazy("Gemeinde"), required=False)
    hours = forms.CharField(
        label=gettext_lazy("Zeiten"),
        help_text=gettext_lazy(
            "Eine Angabe in jeder Zeile, zum Beispiel: dienstags 14–17 Uhr. An Feiertagen ist zu."
        ),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    closed_on = DaysField(
        label=gettext_lazy("An diesen Tagen zu"),
        help_text=gettext_lazy("Zum Beispiel: 24.12.2026, 31.12.2026."),
        max_length=1000,
        required=False,
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minuten für einen Termin"), min_value=5, max_value=1440, initial=30
    )
    parallel = forms.IntegerField(
        label=gettext_lazy("Plätze zur gleichen Zeit"), min_value=1, max_value=MOST_PARALLEL, initial=1
    )
    before = forms.IntegerField(
        label=gettext_lazy("Minuten davor frei"), min_value=0, max_value=480, initial=0
    )
    after = forms.IntegerField(
        label=gettext_lazy("Minuten danach frei"), min_value=0, max_value=480, initial=0
    )
    least_hours = forms.IntegerField(
        label=gettext_lazy("Mindestens so viele Stunden vorher"), min_value=0, max_value=720, initial=24
    )
    most_days = forms.IntegerField(
        label=gettext_lazy("Höchstens so viele Tage vorher"), min_value=1, max_value=365, initial=60
    )
    is_public = forms.BooleanField(label=gettext_lazy("Familien dürfen buchen"), required=False)
    needs_approval = forms.BooleanField(
        label=gettext_lazy("Wir sagen zu jeder Anfrage Ja oder Nein"), required=False
    )
    is_open = forms.BooleanField(
        label=gettext_lazy("Andere dürfen zurzeit buchen"), required=False, initial=True
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Diese Person übersetzt"),
        help_text=gettext_lazy("Sie wird mitgebucht, wenn eine Familie die Sprache braucht."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    gender = forms.ChoiceField(
        label=gettext_lazy("Ist es eine Frau oder ein Mann?"),
        choices=[
            ("", gettext_lazy("keine Angabe")),
            ("woman", gettext_lazy("eine Frau")),
            ("man", gettext_lazy("ein Mann")),
        ],
        required=False,
    )
    shows_titles = forms.BooleanField(
        label=gettext_lazy("Der Kalender zeigt die Titel unserer eigenen Einträge"),
        help_text=gettext_lazy("Sonst steht dort nur „belegt“. Buchungen von Menschen zeigt er nie."),
        required=False,
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        areas = places.municipalities()
        offer(self, "ags", [("", _("keine oder mehrere")), *((each.ags, each.name) for each in areas)])

        offer(self, "languages", spoken())

    def clean(self) -> dict[str, Any]:
        """Only people translate."""
        given = super().clean() or {}
        if given.get("languages") and given.get("kind") != ResourceKind.PERSON.value:
            self.add_error("languages", _("Nur Menschen übersetzen. Wählen Sie oben „Gespräch“."))
        return given

    @classmethod
    def initial_of(cls, view: ResourceView) -> dict[str, Any]:
        """What stands in the form of a resource that is there."""
        same = (
            "title", "description", "place", "ags", "minutes", "parallel", "before", "after", "least_hours",
            "most_days", "is_public", "needs_approval", "is_open", "shows_titles",
        )  # fmt: skip
        return {
            **{name: getattr(view, name) for name in same},
            "kind": view.kind.value,
            "languages": list(view.languages),
            "gender": view.gender.value,
            "hours": "\n".join(hours_in_german(view.hours)),
            "closed_on": ", ".join(f"{day:%d.%m.%Y}" for day in view.closed_on),
        }

    def clean_hours(self) -> tuple[str, ...]:
        """Each line names days, a beginning and an end."""
        try:
            return hours_from(self.cleaned_data["hours"])
        except HoursNotUnderstood as error:
            raise forms.ValidationError(
                _("Diese Zeile verstehen wir nicht: „%(line)s“. Ein Beispiel: montags und freitags 9–12 Uhr.")
                % {"line": error.line}
            ) from error

    def to_new(self) -> NewResource:
        """The resource as it was said."""
        given = dict(self.cleaned_data)
        given |= {
            "kind": ResourceKind(given["kind"]),
            "ags": given["ags"] or None,
            "languages": tuple(given["languages"]),
            "gender": Gender(given["gender"]),
            **{name: given[name].strip() for name in ("title", "description", "place")},
        }
        return NewResource(**given)


class TimeForm(HoursForm):
    """A day with beginning and end."""

    field_order = ("day",)

    day = DayField(label=gettext_lazy("Tag"))

    def clean(self) -> dict[str, Any]:
        """It ends after it begins, in this or the coming years."""
        given = super().clean()
        today = clock.real_today()
        day = given.get("day")
        if day and not today <= day <= today + LONGEST:
            self.add_error("day", _("Der Tag liegt in der Vergangenheit oder mehr als zwei Jahre voraus."))
        return given

    def to_span(self) -> Span:
        """The time as it was said."""
        return Span(*self.times_on(self.cleaned_data["day"]))


class BlockForm(TimeForm):
    """A time in which nobody books."""

    title = forms.CharField(label=gettext_lazy("Warum?"), max_length=160, required=False)


class EntryForm(PostalForm, TimeForm):
    """A booking that is entered at work, once or again and again."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        if not sms.is_configured():
            del self.fields["by_sms"]

    title = forms.CharField(label=gettext_lazy("Titel"), max_length=160, required=False)
    name = forms.CharField(label=gettext_lazy("Für wen?"), max_length=120, required=False)
    email = forms.EmailField(
        label=gettext_lazy("E-Mail-Adresse"),
        help_text=gettext_lazy("Dorthin geht eine Bestätigung mit einem Link zum Absagen."),
        required=False,
    )
    phone = forms.CharField(label=gettext_lazy("Telefon"), max_length=40, required=False)
    by_sms = forms.BooleanField(label=gettext_lazy("Am Tag davor per SMS erinnern"), required=False)
    repeat = forms.ChoiceField(label=gettext_lazy("Wie oft?"), choices=REPEATS)
    until = DayField(label=gettext_lazy("Letzter Tag"), required=False)
    left_out = DaysField(
        label=gettext_lazy("Nicht an diesen Tagen"),
        help_text=gettext_lazy("Zum Beispiel: 24.12.2026, 31.12.2026."),
        max_length=1000,
        required=False,
    )
    not_in_holidays = forms.BooleanField(
        label=gettext_lazy("Nicht an Feiertagen und nicht in den Schulferien"), required=False
    )

    def clean(self) -> dict[str, Any]:
        """What repeats has an end, and a short message a number."""
        given = super().clean()
        if given.get("by_sms") and not given.get("phone"):
            self.add_error("phone", _("An welche Nummer soll die SMS gehen?"))
        if given.get("repeat") not in {None, "once"} and "until" not in self.errors:
            day, until = given.get("day"), given.get("until")
            if not until:
                self.add_error("until", _("Bis wann soll es sich wiederholen?"))
            elif day and not day <= until <= day + LONGEST:
                self.add_error(
                    "until", _("Der letzte Tag liegt vor dem ersten oder mehr als zwei Jahre danach.")
                )
        return given

    def to_entry(self) -> Entry:
        """For whom and what it is."""
        given = self.cleaned_data
        said = {name: given[name].strip() for name in ("title", "name", "email", "phone")}
        return Entry(**said, **self.to_address(), by_sms=given.get("by_sms", False))

    def to_series(self) -> Series | None:
        """The dates as they repeat; none where it is a single one."""
        given = self.cleaned_data
        if given["repeat"] == "once":
            return None
        span = self.to_span()
        series = Series(
            f"{_rule(given['day'], given['repeat'])};UNTIL={given['until']:%Y%m%d}",
            given["day"],
            given["begins"],
            span.ends - span.begins,
            frozenset(given["left_out"]),
        )
        if not given["not_in_holidays"]:
            return series
        off = {day for day in days_of(series) if is_public_holiday(day) or is_school_holiday(day)}
        return Series(series.rule, series.first, series.at, series.duration, series.left_out | off)


def _rule(day: date, repeat: str) -> str:
    if repeat == "month":
        number = (day.day - 1) // 7 + 1
        return f"FREQ=MONTHLY;BYDAY={number if number < 5 else -1}{WEEKDAYS[day.weekday()]}"
    return f"FREQ=WEEKLY;INTERVAL={repeat}"

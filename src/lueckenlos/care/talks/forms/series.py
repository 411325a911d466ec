"""Forms that set up a series: which offices, when, who speaks for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from lueckenlos.care.talks.services import NewDelegate, NewSeries
from lueckenlos.care.talks.types import OfficeView, SeriesView, TalkView
from lueckenlos.care.talks.wording import WEEKDAYS, WEEKS
from lueckenlos.commons.accounts.types import Colleague
from lueckenlos.core import clock
from lueckenlos.core.forms import DayField, offer

LENGTHS = (60, 90, 120, 150, 180)


class TimeField(forms.TimeField):
    """A time of day, chosen in the browser's own field."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    default_error_messages = {"invalid": _("Bitte geben Sie eine Uhrzeit an, zum Beispiel 9:00.")}


class WhenForm(forms.Form):
    """When in the month, and where."""

    name = forms.CharField(
        label=_("Wie heißt die Reihe?"),
        max_length=120,
        help_text=_("Zum Beispiel: Schnittstellengespräch Kreis Nord"),
    )
    week = forms.TypedChoiceField(
        label=_("Wann im Monat?"), coerce=int, choices=list(WEEKS.items()), initial=2
    )
    weekday = forms.TypedChoiceField(
        label=_("An welchem Tag?"), coerce=int, choices=list(enumerate(WEEKDAYS)), initial=1
    )
    begins = TimeField(label=_("Um wie viel Uhr?"), initial=time(9))
    minutes = forms.TypedChoiceField(
        label=_("Wie lange?"),
        coerce=int,
        choices=[(each, _("%(minutes)s Minuten") % {"minutes": each}) for each in LENGTHS],
        initial=120,
    )
    place = forms.CharField(label=_("Wo?"), max_length=200, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @classmethod
    def of(cls, series: SeriesView, data: Any = None) -> WhenForm:
        """The form of a series as it stands."""
        initial = {
            name: getattr(series, name) for name in ("name", "week", "weekday", "begins", "minutes", "place")
        }
        return cls(data, initial={**initial, "seen": series.version})

    def to_changes(self) -> dict[str, Any]:
        """What shall be different."""
        return {
            name: self.cleaned_data[name]
            for name in ("name", "week", "weekday", "begins", "minutes", "place")
        }


class OfficesForm(forms.Form):
    """Which offices sit at the table."""

    offices = forms.MultipleChoiceField(
        label=_("Welche Ämter sitzen am Tisch?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Hier stehen alle Stellen, in denen jemand Präventionskraft ist. Fehlt eine, gibt die Verwaltung des "
            "Hauses dort zuerst jemandem diese Rolle."
        ),
    )

    def __init__(self, *args: Any, offices: Mapping[UUID, str], **given: Any) -> None:
        super().__init__(*args, **given)
        offer(self, "offices", [(str(key), name) for key, name in offices.items()])

    def chosen(self) -> tuple[UUID, ...]:
        """The offices that were ticked."""
        return tuple(UUID(each) for each in self.cleaned_data["offices"])


class SeriesForm(OfficesForm, WhenForm):
    """A new series; the host's own Präventionskraft founds it for their office, the coordination for any."""

    host = forms.ChoiceField(label=_("Welches Amt lädt ein?"))
    field_order = ("name", "host", "offices", "week", "weekday", "begins", "minutes", "place")

    def __init__(self, *args: Any, hosts: Mapping[UUID, str], **given: Any) -> None:
        super().__init__(*args, **given)
        offer(self, "host", [(str(key), name) for key, name in hosts.items()])

    def to_series(self) -> NewSeries:
        """The series as it was described."""
        given = {name: self.cleaned_data[name] for name in ("week", "weekday", "begins", "minutes", "place")}
        return NewSeries(
            name=self.cleaned_data["name"],
            host=UUID(self.cleaned_data["host"]),
            offices=self.chosen(),
            **given,
        )


class DelegateForm(forms.Form):
    """Who speaks for an office, every time or as a substitute."""

    who = forms.ChoiceField(label=_("Wer?"))
    kind = forms.ChoiceField(
        label=_("Wie?"),
        choices=[("regular", _("kommt jedes Mal")), ("substitute", _("springt ein, wenn jemand fehlt"))],
        widget=forms.RadioSelect,
        initial="substitute",
    )

    def __init__(
        self,
        *args: Any,
        offices: Sequence[OfficeView],
        colleagues: Mapping[UUID, Sequence[Colleague]],
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        offer(
            self,
            "who",
            [
                (
                    office.short,
                    [
                        (f"{office.organization}:{each.person}", each.name)
                        for each in colleagues.get(office.organization, ())
                    ],
                )
                for office in offices
                if colleagues.get(office.organization)
            ],
        )

    def to_delegate(self) -> NewDelegate:
        """The person for their office."""
        office, person = self.cleaned_data["who"].split(":")
        return NewDelegate(UUID(office), UUID(person), self.cleaned_data["kind"] == "substitute")


class MoveForm(forms.Form):
    """Another day, hour or place for one talk."""

    day = DayField(
        label=_("Tag"),
    )
    begins = TimeField(label=_("Uhrzeit"))
    place = forms.CharField(label=_("Ort"), max_length=200, required=False)

    @classmethod
    def of(cls, talk: TalkView, data: Any = None) -> MoveForm:
        """The form of a talk as it stands."""
        initial = {"day": clock.day_of(talk.starts_at), "begins": talk.starts_at.time(), "place": talk.place}
        return cls(data, initial=initial, auto_id=f"id_{talk.id.hex[:8]}_%s")

    def to_time(self) -> datetime:
        """The moment at which the talk begins."""
        day: date = self.cleaned_data["day"]
        return datetime.combine(day, self.cleaned_data["begins"], tzinfo=clock.zone())

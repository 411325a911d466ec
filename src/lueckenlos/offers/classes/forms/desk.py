"""What those who lead a class say: the class, its fixed morning, that they have talked, goals, and a morning's notes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lueckenlos.commons.places import selectors as places
from lueckenlos.core import clock
from lueckenlos.core.forms import DayField, offer
from lueckenlos.core.hours_form import HoursForm
from lueckenlos.offers.classes.forms.public import GOAL
from lueckenlos.offers.classes.models import MOST_FAMILIES
from lueckenlos.offers.classes.services import NewClass, Weekly
from lueckenlos.offers.classes.services.planning import mornings_between
from lueckenlos.offers.classes.types import (
    ClassView,
    Face,
    InvitationView,
    MemberView,
    Noted,
    Presence,
    Second,
)

LONGEST: Final = timedelta(days=400)
# An invitation that is written down later than this is none.
LONG_AGO: Final = timedelta(days=183)


class SecondForm(forms.Form):
    """Which part a parent who lives apart has, and in which language they read."""

    second = forms.TypedChoiceField(
        label=gettext_lazy("Warum bekommt der andere Elternteil ein eigenes Blatt?"),
        choices=[
            (
                Second.ASKED.value,
                gettext_lazy("Beide entscheiden (gemeinsame Sorge): Ohne sein Ja steht hier kein Name."),
            ),
            (
                Second.ALONG.value,
                gettext_lazy("Der erste Elternteil entscheidet allein: Der andere sieht nur mit."),
            ),
        ],
        coerce=Second,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Bitte wählen Sie, wer entscheidet.")},
    )
    knows = forms.BooleanField(
        label=gettext_lazy("Der erste Elternteil weiß davon. Entscheidet er allein, ist er einverstanden."),
        error_messages={"required": gettext_lazy("Sprechen Sie bitte zuerst mit dem ersten Elternteil.")},
    )
    language = forms.ChoiceField(label=gettext_lazy("Sprache des Blattes"), choices=settings.LANGUAGES)


class ClassForm(forms.Form):
    """What is said about a class."""

    title = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=160,
        initial="Familienklasse",
        error_messages={"required": gettext_lazy("Bitte geben Sie einen Namen an.")},
    )
    description = forms.CharField(
        label=gettext_lazy("Beschreibung"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    place = forms.CharField(
        label=gettext_lazy("Schule, Raum und Adresse"),
        max_length=200,
        error_messages={"required": gettext_lazy("Bitte geben Sie an, wo die Familienklasse ist.")},
    )
    ags = forms.ChoiceField(label=gettext_lazy("Gemeinde"), required=False)
    capacity = forms.IntegerField(
        label=gettext_lazy("Plätze für Familien"), min_value=1, max_value=MOST_FAMILIES, initial=8
    )
    is_open = forms.BooleanField(
        label=gettext_lazy("Neue Familien können dazukommen"), required=False, initial=True
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        areas = places.municipalities()
        offer(self, "ags", [("", _("keine oder mehrere")), *((each.ags, each.name) for each in areas)])

    @classmethod
    def initial_of(cls, view: ClassView) -> dict[str, Any]:
        """What stands in the form of a class that is there."""
        same = ("title", "description", "place", "ags", "capacity", "is_open")
        return {name: getattr(view, name) for name in same}

    def to_new(self) -> NewClass:
        """The class as it was said."""
        given = dict(self.cleaned_data)
        texts = {name: given[name].strip() for name in ("title", "description", "place")}
        return NewClass(**{**given, **texts, "ags": given["ags"] or None})


class WeeklyForm(HoursForm):
    """The fixed morning of the week, from the first to the last."""

    field_order = ("first_day", "last_day")

    first_day = DayField(label=gettext_lazy("Erster Vormittag"))
    last_day = DayField(label=gettext_lazy("Letzter Vormittag"))

    def clean(self) -> dict[str, Any]:
        """At least one morning lies between them, and not more than a school year."""
        given = super().clean()
        first, last = given.get("first_day"), given.get("last_day")
        if first and last and not first <= last <= first + LONGEST:
            self.add_error(
                "last_day",
                _("Der letzte Vormittag liegt vor dem ersten oder mehr als ein Schuljahr danach."),
            )
        elif first and last and not mornings_between(first, last):
            self.add_error("first_day", _("Zwischen diesen Tagen ist immer frei: Feiertag oder Ferien."))
        return given

    def to_weekly(self) -> Weekly:
        """The fixed morning as it was said."""
        return Weekly(
            **{name: self.cleaned_data[name] for name in ("first_day", "last_day", "begins", "ends")}
        )


class MorningForm(HoursForm):
    """One more morning."""

    field_order = ("day",)

    day = DayField(label=gettext_lazy("Tag"))

    def clean_day(self) -> date:
        """Today or within a year."""
        day: date = self.cleaned_data["day"]
        today = clock.real_today()
        if not today <= day <= today + LONGEST:
            raise forms.ValidationError(
                _("Der Tag liegt in der Vergangenheit oder mehr als ein Jahr voraus.")
            )
        return day


class InviteForm(forms.Form):
    """That the teacher has talked with parents: when, and in which language the sheet is. There is no other field."""

    talked_on = DayField(label=gettext_lazy("Wann haben Sie mit den Eltern gesprochen?"))
    language = forms.ChoiceField(label=gettext_lazy("Sprache des Blattes"), choices=settings.LANGUAGES)

    def clean_talked_on(self) -> date:
        """It has happened, and not long ago."""
        day: date = self.cleaned_data["talked_on"]
        today = clock.real_today()
        if day > today:
            raise forms.ValidationError(
                _("Dieser Tag kommt erst noch. Bitte sprechen Sie zuerst mit den Eltern.")
            )
        if day < today - LONG_AGO:
            raise forms.ValidationError(
                _("Das Gespräch ist mehr als ein halbes Jahr her. Bitte sprechen Sie noch einmal.")
            )
        return day


class GoalForm(forms.Form):
    """A small goal, in the child's words."""

    words = forms.CharField(
        label=gettext_lazy("Neues Ziel"),
        help_text=gettext_lazy(
            "So, wie das Kind es sagt. Zum Beispiel: „Ich bleibe beim Vorlesen sitzen.“ Keine Diagnosen."
        ),
        max_length=120,
        error_messages={"required": gettext_lazy("Bitte schreiben Sie das Ziel auf.")},
    )


def noted_from(data: QueryDict, *, members: Iterable[MemberView], visits: Iterable[InvitationView]) -> Noted:
    """A morning as it was ticked; what is not on the page is not read."""
    families = list(members)
    here, with_child = set(data.getlist("kind")), set(data.getlist("eltern"))
    return Noted(
        tuple(Presence(each.id, str(each.id) in here, str(each.id) in with_child) for each in families),
        tuple(
            (goal.id, face)
            for each in families
            for goal in each.open_goals
            if (face := face_of(data.get(f"{GOAL}{goal.id}", ""))) is not None
        ),
        tuple(_visits(data, visits)),
    )


def face_of(typed: str) -> Face | None:
    """A face of a form; none where it is not one."""
    try:
        return Face(int(typed))
    except ValueError:
        return None


def _visits(data: QueryDict, visits: Iterable[InvitationView]) -> Iterable[tuple[UUID, bool]]:
    for each in visits:
        answer = data.get(f"besuch-{each.id}", "")
        if answer in {"ja", "nein"}:
            yield each.id, answer == "ja"

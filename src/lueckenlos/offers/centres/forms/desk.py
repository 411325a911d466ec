"""The page of a centre, whom it asks, and what its members plan."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.places import selectors as places
from lueckenlos.core.forms import DayField, offer
from lueckenlos.core.nameless import Nameless
from lueckenlos.offers.centres.services import NewCentre
from lueckenlos.offers.centres.types import CentreView, MemberView, NewNote


class CentreForm(forms.Form):
    """Everything that stands on the page beside what the members offer."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=120,
        error_messages={"required": gettext_lazy("Bitte geben Sie einen Namen an.")},
    )
    description = forms.CharField(
        label=gettext_lazy("Was Familien hier finden"),
        help_text=gettext_lazy("In einfachen Worten, zwei oder drei Sätze."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    ags = forms.ChoiceField(label=gettext_lazy("Gemeinde"))
    social_area = forms.ChoiceField(
        label=gettext_lazy("Viertel"),
        help_text=gettext_lazy(
            "Ohne Angabe lesen wir es aus der Adresse, wenn im Verzeichnis ein Angebot mit derselben Straße steht."
        ),
        required=False,
    )
    place = forms.CharField(label=gettext_lazy("Ort mit Adresse"), max_length=200, required=False)
    phone = forms.CharField(
        label=gettext_lazy("Telefonnummer"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "dir": "ltr"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-Mail-Adresse"), required=False, widget=forms.EmailInput(attrs={"dir": "ltr"})
    )
    is_public = forms.BooleanField(label=gettext_lazy("Familien sehen die Seite"), required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        towns = {each.ags: each.name for each in places.municipalities()}
        offer(self, "ags", towns.items())
        self._areas = places.social_areas()
        named = ((each.key, f"{towns.get(each.ags, '')}: {each.name}") for each in self._areas)
        offer(self, "social_area", [("", _("kein bestimmtes")), *named])

    @classmethod
    def initial_of(cls, view: CentreView) -> dict[str, Any]:
        """What stands in the form of a centre that is there."""
        same = ("name", "description", "ags", "place", "phone", "email", "is_public")
        return {**{name: getattr(view, name) for name in same}, "social_area": view.social_area_key}

    def clean(self) -> dict[str, Any]:
        """The quarter lies in the municipality."""
        given = super().clean() or {}
        area = next((each for each in self._areas if each.key == given.get("social_area")), None)
        if area is not None and given.get("ags") and area.ags != given["ags"]:
            self.add_error("social_area", _("Dieses Viertel liegt in einer anderen Gemeinde."))
        return given

    def to_new(self) -> NewCentre:
        """The centre as it was said."""
        given = dict(self.cleaned_data)
        given |= {name: given[name].strip() for name in ("name", "description", "place", "phone")}
        return NewCentre(**given)


class AskForm(forms.Form):
    """Which organization is asked to be a part."""

    organization = forms.TypedChoiceField(label=gettext_lazy("Wen fragen Sie?"), coerce=UUID)

    def __init__(self, *args: Any, there: Collection[UUID], **given: Any) -> None:
        super().__init__(*args, **given)
        others = [(each.id, each.name) for each in directory.own_organizations() if each.id not in there]
        offer(self, "organization", [("", _("bitte wählen")), *others])


class LeadForm(forms.Form):
    """Which member leads from now on."""

    organization = forms.TypedChoiceField(label=gettext_lazy("Wer soll leiten?"), coerce=UUID)

    def __init__(self, *args: Any, members: Iterable[MemberView], **given: Any) -> None:
        super().__init__(*args, **given)
        named = ((each.organization, each.name) for each in members)
        offer(self, "organization", [("", _("bitte wählen")), *named])


class NoteForm(Nameless):
    """Something to be planned; it names houses and nobody."""

    nameless = ("what",)

    what = forms.CharField(
        label=gettext_lazy("Was planen Sie?"),
        help_text=gettext_lazy("Ohne Namen von Menschen."),
        max_length=300,
        error_messages={"required": gettext_lazy("Bitte schreiben Sie, was Sie planen.")},
    )
    day = DayField(
        label=gettext_lazy("An welchem Tag?"),
        help_text=gettext_lazy("Leer: irgendwann in diesem Monat."),
        required=False,
    )
    care = forms.TypedChoiceField(
        label=gettext_lazy("Wer kümmert sich?"), coerce=UUID, required=False, empty_value=None
    )

    def __init__(self, *args: Any, month: date, members: Iterable[MemberView], **given: Any) -> None:
        super().__init__(*args, **given)
        self._month = month
        named = ((each.organization, each.name) for each in members)
        offer(self, "care", [("", _("noch offen")), *named])

    def clean_day(self) -> date | None:
        """A day of this month."""
        day: date | None = self.cleaned_data["day"]
        if day is not None and day.replace(day=1) != self._month:
            raise forms.ValidationError(
                _("Dieser Tag liegt in einem anderen Monat. Blättern Sie zuerst dorthin.")
            )
        return day

    def to_note(self) -> NewNote:
        """The note as it was written."""
        given = self.cleaned_data
        return NewNote(month=self._month, day=given["day"], what=given["what"].strip(), care=given["care"])

"""Forms of the register: contract and qualification, absence, whom somebody advises, the yearly meeting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from lueckenlos.care.advisers.types import AdviserView, NewAdviser, NewMeeting, Period
from lueckenlos.core.forms import DayField, MomentField, offer
from lueckenlos.core.nameless import Nameless

Choices = Sequence[tuple[str, str]]
OTHERS = "others"


def _key(given: str) -> UUID | None:
    return UUID(given) if given else None


class AdviserForm(forms.Form):
    """An adviser of one organization; what has no end may stay open."""

    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("So, wie Kitas und andere Stellen ihn lesen.")
    )
    phone = forms.CharField(label=_("Telefon"), max_length=60, help_text=_("Diese Nummer wird angerufen."))
    person = forms.ChoiceField(
        label=_("Zugang"),
        required=False,
        help_text=_("Mit einem Zugang trägt die Person selbst ein, wann sie nicht da ist."),
    )
    unit = forms.ChoiceField(
        label=_("Team"),
        required=False,
        help_text=_("Bekommt die Bitten um Rückruf und die Erinnerungen an Vertrag und Nachweis."),
    )
    qualification = forms.CharField(
        label=_("Qualifikation"),
        max_length=200,
        help_text=_("Zum Beispiel: Zertifikatskurs „Insoweit erfahrene Fachkraft“"),
    )
    qualified_on = DayField(label=_("Nachweis vom"))
    qualified_until = DayField(label=_("Nachweis gilt bis"), required=False)
    contract_from = DayField(label=_("Vertrag ab"))
    contract_until = DayField(
        label=_("Vertrag bis"), required=False, help_text=_("Leer, wenn der Vertrag nicht endet.")
    )
    first_deputy = forms.ChoiceField(label=_("Vertretung"), required=False)
    second_deputy = forms.ChoiceField(label=_("Zweite Vertretung"), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *given: Any, people: Choices, units: Choices, others: Choices, **more: Any
    ) -> None:  # fmt: skip
        super().__init__(*given, **more)
        none = [("", _("niemand"))]
        self._choose("person", [("", _("kein Zugang")), *people])
        self._choose("unit", [("", _("kein Team")), *units])
        self._choose("first_deputy", [*none, *others])
        self._choose("second_deputy", [*none, *others])

    def _choose(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        offer(self, name, choices)

    def clean(self) -> dict[str, Any]:
        """Ends come after beginnings, and two deputies are two people."""
        given = super().clean() or self.cleaned_data
        for since, until in (("qualified_on", "qualified_until"), ("contract_from", "contract_until")):
            first, last = given.get(since), given.get(until)
            if first and last and last < first:
                self.add_error(until, _("Das Ende liegt vor dem Anfang. Bitte prüfen Sie beide Tage."))
        first, second = given.get("first_deputy"), given.get("second_deputy")
        if second and first == second:
            self.add_error(
                "second_deputy", _("Das ist schon die erste Vertretung. Bitte jemand anderen wählen.")
            )
        return given

    def to_adviser(self, *, organization: UUID) -> NewAdviser:
        """The adviser as told."""
        given = self.cleaned_data
        deputies = (_key(given["first_deputy"]), _key(given["second_deputy"]))
        return NewAdviser(
            name=given["name"],
            organization=organization,
            phone=given["phone"],
            qualification=given["qualification"],
            qualified=Period(given["qualified_on"], given["qualified_until"]),
            contract=Period(given["contract_from"], given["contract_until"]),
            person=_key(given["person"]),
            unit=_key(given["unit"]),
            deputies=tuple(each for each in deputies if each is not None),
        )


def initial_of(view: AdviserView) -> dict[str, Any]:
    """An adviser as the form shows them."""
    deputies = [str(key) for key, _name in view.deputies] + ["", ""]
    return {
        "name": view.name,
        "phone": view.phone,
        "person": str(view.person or ""),
        "unit": str(view.unit or ""),
        "qualification": view.qualification,
        "qualified_on": view.qualified.since,
        "qualified_until": view.qualified.until,
        "contract_from": view.contract.since,
        "contract_until": view.contract.until,
        "first_deputy": deputies[0],
        "second_deputy": deputies[1],
        "seen": view.version,
    }


class AbsenceForm(forms.Form):
    """From when until when somebody is away."""

    absent_from = DayField(label=_("Nicht da ab"))
    absent_until = DayField(label=_("Bis einschließlich"))

    def clean(self) -> dict[str, Any]:
        """The end comes after the beginning."""
        given = super().clean() or self.cleaned_data
        first, last = given.get("absent_from"), given.get("absent_until")
        if first and last and last < first:
            self.add_error("absent_until", _("Das Ende liegt vor dem Anfang. Bitte prüfen Sie beide Tage."))
        return given

    def to_period(self) -> Period:
        """The days."""
        return Period(self.cleaned_data["absent_from"], self.cleaned_data["absent_until"])


class AdvisedForm(forms.Form):
    """One more organization that an adviser advises."""

    organization = forms.ChoiceField(label=_("Stelle"))

    def __init__(self, *given: Any, organizations: Choices, **more: Any) -> None:
        super().__init__(*given, **more)
        others = (OTHERS, _("alle Stellen, die keine eigene Beratung haben"))
        offer(self, "organization", [others, *organizations])

    def to_organization(self) -> UUID | None:
        """The organization; none is all others."""
        return organization_of(self.cleaned_data["organization"])


def organization_of(given: str) -> UUID | None:
    """The organization that a form names; none is all others."""
    return None if given == OTHERS else UUID(given)


class MeetingForm(forms.Form):
    """When and where those who advise and those who ask meet."""

    starts_at = MomentField(label=_("Wann"))
    place = forms.CharField(label=_("Wo"), max_length=200)
    invited = forms.MultipleChoiceField(
        label=_("Wer ist eingeladen?"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *given: Any, organizations: Choices, now: datetime, **more: Any) -> None:
        super().__init__(*given, **more)
        self.now = now
        offer(self, "invited", organizations)

    def clean_starts_at(self) -> datetime:
        """A day that is still to come."""
        moment: datetime = self.cleaned_data["starts_at"]
        if moment <= self.now:
            raise forms.ValidationError(
                _("Dieser Tag ist schon vorbei. Bitte wählen Sie einen, der noch kommt.")
            )
        return moment

    def to_meeting(self, *, organization: UUID) -> NewMeeting:
        """The meeting as planned."""
        given = self.cleaned_data
        return NewMeeting(
            organization=organization,
            starts_at=given["starts_at"],
            place=given["place"],
            invited=tuple(UUID(each) for each in given["invited"]),
        )


class HeldForm(Nameless, forms.Form):
    """That a meeting was held, and what was agreed: how to work together, no case."""

    nameless = ("minutes",)

    held_on = DayField(label=_("Hat stattgefunden am"))
    minutes = forms.CharField(
        label=_("Was besprochen wurde"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Wege, Absprachen, Fortbildung. Kein Fall und kein Name: Alle Eingeladenen lesen es."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *given: Any, today: date, **more: Any) -> None:
        super().__init__(*given, **more)
        self.today = today

    def clean_held_on(self) -> date:
        """A day that has been."""
        day: date = self.cleaned_data["held_on"]
        if day > self.today:
            raise forms.ValidationError(_("Dieser Tag kommt erst noch."))
        return day

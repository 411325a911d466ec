"""A budget with what it may be spent on, and the catalogue of steps."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lueckenlos.steering.chain.forms.addressed import AddressedForm
from lueckenlos.steering.chain.selectors.candidates import StepView
from lueckenlos.steering.chain.selectors.steps import StepRequest

MOST_EUROS = 100_000_000
MOST_PLACES = 100_000
_NUMBER = re.compile(r"(-?)(\d{1,3}(?:[.   ]\d{3})+|\d+)(?:,\d{1,2}|,-+)?", re.ASCII)

Choices = Iterable[tuple[str, str]]


def whole_number(text: str, *, most: int) -> int:
    """A whole number as people write it: 25.000, 25 000 €, 25000,00. Cents are left out.

    Raises `ValidationError` with a sentence.
    """
    bare = text.replace("€", "").replace("Euro", "").replace("EUR", "").strip()
    found = _NUMBER.fullmatch(bare)
    if found is None:
        raise forms.ValidationError(
            _("„%(text)s“ ist keine Zahl. Bitte schreiben Sie zum Beispiel 25.000."), params={"text": text}
        )
    if found[1]:
        raise forms.ValidationError(
            _("%(text)s liegt unter null. Bitte schreiben Sie 0 oder mehr."), params={"text": text}
        )
    number = int("".join(sign for sign in found[2] if sign.isdecimal()))
    if number > most:
        raise forms.ValidationError(
            _("%(text)s ist zu viel. Möglich sind höchstens %(most)s."),
            params={"text": text, "most": f"{most:,}".replace(",", ".")},
        )
    return number


class StepsForm(AddressedForm):
    """How much money there is, and for whom."""

    ADDRESS = {"phases": "phase", "action_fields": "feld", "areas": "ort"}

    budget = forms.CharField(
        label=gettext_lazy("Budget im Jahr, in Euro"),
        max_length=30,
        error_messages={
            "required": gettext_lazy("Bitte nennen Sie ein Budget. Mit 0 kauft niemand etwas, aber Sie sehen, was fehlt."),
            "max_length": gettext_lazy("Das Budget ist zu lang. Bitte schreiben Sie zum Beispiel 25.000."),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": "12"}),
    )  # fmt: skip
    phases = forms.MultipleChoiceField(
        label=gettext_lazy("Lebensphasen"), required=False, widget=forms.CheckboxSelectMultiple
    )
    action_fields = forms.MultipleChoiceField(
        label=gettext_lazy("Handlungsfelder"), required=False, widget=forms.CheckboxSelectMultiple
    )
    areas = forms.MultipleChoiceField(
        label=gettext_lazy("Kommunen"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, phases: Choices, fields: Choices, areas: Choices) -> None:
        super().__init__(data)
        for name, choices in (("phases", phases), ("action_fields", fields), ("areas", areas)):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = list(choices)
            field.error_messages["invalid_choice"] = _("„%(value)s“ gibt es hier nicht.")

    def clean_budget(self) -> int:
        """Whole euros a year."""
        return whole_number(self.cleaned_data["budget"], most=MOST_EUROS)

    @property
    def is_narrowed(self) -> bool:
        """Whether something was chosen beside the budget."""
        return any(name in self.data for name in self.ADDRESS.values())

    def to_request(self) -> StepRequest:
        """What was asked for."""
        given = self.cleaned_data
        return StepRequest(
            budget=given["budget"],
            phases=tuple(sorted(given["phases"])),
            fields=tuple(sorted(given["action_fields"])),
            areas=tuple(sorted(given["areas"])),
        )


class CatalogStepForm(forms.Form):
    """What a step of the catalogue is called, costs and gives."""

    label = forms.CharField(
        label=gettext_lazy("Name des Schritts"),
        max_length=200,
        error_messages={"required": gettext_lazy("Bitte geben Sie dem Schritt einen Namen.")},
    )
    cost = forms.CharField(
        label=gettext_lazy("Kosten im Jahr, in Euro"),
        max_length=30,
        error_messages={"required": gettext_lazy("Bitte schreiben Sie, was der Schritt im Jahr kostet.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    places = forms.CharField(
        label=gettext_lazy("Plätze im Jahr"),
        max_length=30,
        help_text=gettext_lazy("Eine weitere Sprache und ein größeres Einzugsgebiet schaffen keine Plätze: dann 0."),
        error_messages={"required": gettext_lazy("Bitte schreiben Sie, wie viele Plätze der Schritt im Jahr bringt.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    basis = forms.CharField(label=gettext_lazy("Woher die Zahlen sind"), max_length=300, required=False)

    def clean_cost(self) -> int:
        """Whole euros a year."""
        return whole_number(self.cleaned_data["cost"], most=MOST_EUROS)

    def clean_places(self) -> int:
        """Places a year."""
        return whole_number(self.cleaned_data["places"], most=MOST_PLACES)

    @staticmethod
    def initial_of(step: StepView) -> dict[str, object]:
        """The form as the step stands."""
        return {"label": step.label, "cost": step.cost, "places": step.places, "basis": step.basis}

    def to_step(self, step: StepView) -> StepView:
        """The step as it shall be."""
        given = self.cleaned_data
        return StepView(
            key=step.key, label=given["label"], step=step.step, cost=given["cost"], places=given["places"],
            kind=step.kind, phases=step.phases, fields=step.fields, language=step.language,
            basis=given["basis"], from_folder=False,
        )  # fmt: skip

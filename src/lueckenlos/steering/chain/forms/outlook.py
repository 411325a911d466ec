"""How far and under which assumption is looked ahead."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lueckenlos.core.addresses import FIRST_YEAR, LAST_YEAR
from lueckenlos.kernels.chain.ahead import FARTHEST, Constant, Growth, Scenario
from lueckenlos.steering.chain.forms.addressed import AddressedForm
from lueckenlos.steering.chain.forms.steps import Choices, whole_number
from lueckenlos.steering.chain.selectors.outlook import GrowthAim, ScenarioKind, trend

MOST_PEOPLE = 90_000_000
USUAL_YEARS = 10


@dataclass(frozen=True, slots=True)
class OutlookRequest:
    """So many years ahead, of one municipality or all, if things go on in this way."""

    years: int = USUAL_YEARS
    kind: ScenarioKind = ScenarioKind.CONSTANT
    total: int | None = None
    by: int | None = None
    area: str = ""

    def scenario(self) -> Scenario:
        """What the calculation takes. Raises `TrendUnknown`."""
        if self.kind is ScenarioKind.TREND:
            return trend()
        if self.kind is ScenarioKind.GROWTH and self.total is not None and self.by is not None:
            return Growth(float(self.total), self.by)
        return Constant()


class OutlookForm(AddressedForm):
    """Years, assumption and place, by the address."""

    ADDRESS = {
        "years": "jahre", "scenario": "szenario", "total": "menschen", "by": "bis", "area": "ort",
    }  # fmt: skip

    years = forms.CharField(
        label=gettext_lazy("Wie viele Jahre voraus"),
        max_length=10,
        error_messages={"required": gettext_lazy("Bitte nennen Sie eine Zahl von Jahren, 1 bis 15.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": "3", "autocomplete": "off"}),
    )
    scenario = forms.ChoiceField(
        label=gettext_lazy("Annahme"),
        choices=[
            (ScenarioKind.CONSTANT.value, gettext_lazy("Gleich viele ziehen zu wie weg")),
            (ScenarioKind.GROWTH.value, gettext_lazy("Die Bevölkerung wächst auf eine Zahl")),
            (ScenarioKind.TREND.value, gettext_lazy("Es geht weiter wie in den letzten Jahren")),
        ],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": gettext_lazy("Die Annahme „%(value)s“ gibt es nicht.")},
    )
    total = forms.CharField(
        label=gettext_lazy("Einwohner im Kreis"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": "10", "autocomplete": "off"}),
    )
    by = forms.CharField(
        label=gettext_lazy("bis zum Jahr"),
        max_length=10,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": "6", "autocomplete": "off"}),
    )
    area = forms.ChoiceField(
        label=gettext_lazy("Kommune"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Die Kommune „%(value)s“ gibt es hier nicht.")},
    )

    def __init__(self, data: Any = None, *, areas: Choices, aim: GrowthAim | None) -> None:
        first: dict[str, Any] = {
            "jahre": str(USUAL_YEARS),
            "szenario": ScenarioKind.CONSTANT.value,
            "menschen": aim.total if aim else "",
            "bis": aim.by if aim else "",
            "ort": "",
        }
        super().__init__({**first, **data.dict()} if data else first)
        field = self.fields["area"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("ganzer Kreis")), *areas]

    def clean_years(self) -> int:
        """1 to 15 years."""
        text = self.cleaned_data["years"].strip()
        if not (text.isdecimal() and text.isascii() and 1 <= int(text) <= FARTHEST):
            raise forms.ValidationError(
                _("„%(text)s“ Jahre lassen sich nicht vorausrechnen. Möglich sind 1 bis %(most)s."),
                params={"text": text, "most": FARTHEST},
            )
        return int(text)

    def clean_total(self) -> int | None:
        """A number of people."""
        text = self.cleaned_data["total"]
        return whole_number(text, most=MOST_PEOPLE) if text else None

    def clean_by(self) -> int | None:
        """A year."""
        text = self.cleaned_data["by"].strip()
        if not text:
            return None
        if not (text.isdecimal() and text.isascii() and FIRST_YEAR <= int(text) <= LAST_YEAR):
            raise forms.ValidationError(
                _("„%(text)s“ ist kein Jahr. Bitte schreiben Sie zum Beispiel 2035."), params={"text": text}
            )
        return int(text)

    def clean(self) -> dict[str, Any]:
        """Growth needs a number and a year."""
        given = super().clean() or {}
        if given.get("scenario") == ScenarioKind.GROWTH:
            if "total" in given and given["total"] is None:
                self.add_error("total", _("Bitte schreiben Sie, auf wie viele Menschen der Kreis wächst."))
            if "by" in given and given["by"] is None:
                self.add_error("by", _("Bitte schreiben Sie, bis zu welchem Jahr."))
        return given

    def to_request(self) -> OutlookRequest:
        """What was asked for."""
        given = self.cleaned_data
        return OutlookRequest(
            given["years"], ScenarioKind(given["scenario"]), given["total"], given["by"], given["area"]
        )

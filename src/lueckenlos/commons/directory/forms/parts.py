"""Parts of an entry that repeat: places, telephone numbers, prices, funding; an empty one is none."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from lueckenlos.commons.directory.types import CostValue, FundingValue, LocationValue, PhoneValue
from lueckenlos.core.forms import DayField

YES_NO_UNKNOWN = [("", _("nicht bekannt")), ("ja", _("ja")), ("nein", _("nein"))]
_PHONE = RegexValidator(
    r"^[+0-9][0-9 ()/\-]{2,58}$", _("Bitte eine Telefonnummer schreiben, zum Beispiel 02421 123456.")
)
_POSTCODE = RegexValidator(r"^\d{5}$", _("Eine Postleitzahl hat fünf Ziffern."))


def yes_no(value: str) -> bool | None:
    """What a choice of yes, no and unknown means."""
    return {"ja": True, "nein": False}.get(value)


def yes_no_word(value: object) -> str:
    """The choice that stands for true, false or unknown."""
    return {"True": "ja", "False": "nein"}.get(str(value), "")


class LocationForm(forms.Form):
    """One place."""

    name = forms.CharField(label=_("Name des Ortes"), max_length=250, required=False)
    street = forms.CharField(label=_("Straße und Hausnummer"), max_length=250, required=False)
    postcode = forms.CharField(label=_("Postleitzahl"), max_length=5, required=False, validators=[_POSTCODE])
    city = forms.CharField(label=_("Ort"), max_length=120, required=False)
    transportation = forms.CharField(
        label=_("So kommt man hin"),
        max_length=1000,
        required=False,
        help_text=_("zum Beispiel Bus 211, Haltestelle Markt"),
    )
    accessible = forms.ChoiceField(label=_("Stufenlos erreichbar"), choices=YES_NO_UNKNOWN, required=False)
    accessibility_note = forms.CharField(
        label=_("Mehr zur Barrierefreiheit"), max_length=1000, required=False
    )

    def clean(self) -> dict[str, Any]:
        """A place needs a town or a postcode to be found."""
        given = super().clean() or {}
        filled = [value for name, value in given.items() if value and name not in {"city", "postcode"}]
        if filled and not (given.get("city") or given.get("postcode")):
            self.add_error("city", _("Bitte auch den Ort oder die Postleitzahl angeben."))
        return given

    def to_value(self, known: Sequence[LocationValue]) -> LocationValue | None:
        """The place; where an address is one that is known, its position on the map stays."""
        given = self.cleaned_data
        address = (given.get("street", ""), given.get("postcode", ""), given.get("city", ""))
        if not any([*address, given.get("name")]):
            return None
        same = next((each for each in known if (each.street, each.postcode, each.city) == address), None)
        return LocationValue(
            name=given["name"],
            street=address[0],
            postcode=address[1],
            city=address[2],
            ags=same.ags if same else None,
            latitude=same.latitude if same else None,
            longitude=same.longitude if same else None,
            transportation=given["transportation"],
            accessible=yes_no(given["accessible"]),
            accessibility_note=given["accessibility_note"],
        )


class PhoneForm(forms.Form):
    """One telephone number."""

    number = forms.CharField(label=_("Telefonnummer"), max_length=60, required=False, validators=[_PHONE])
    description = forms.CharField(
        label=_("Wofür"),
        max_length=300,
        required=False,
        help_text=_("zum Beispiel Anmeldung, Di und Do 9–12 Uhr"),
    )

    def to_value(self) -> PhoneValue | None:
        """The number, or none."""
        number = self.cleaned_data.get("number", "")
        return PhoneValue(number, self.cleaned_data["description"]) if number else None


class CostForm(forms.Form):
    """One price."""

    option = forms.CharField(
        label=_("Für wen oder was"),
        max_length=250,
        required=False,
        help_text=_("zum Beispiel mit Familienkarte"),
    )
    amount = forms.DecimalField(
        label=_("Euro"), min_value=Decimal(0), max_digits=9, decimal_places=2, required=False, localize=True
    )
    description = forms.CharField(label=_("Hinweis"), max_length=500, required=False)

    def to_value(self) -> CostValue | None:
        """The price, or none."""
        given = self.cleaned_data
        if not given.get("option") and given.get("amount") is None and not given.get("description"):
            return None
        amount = given.get("amount")
        exact = None if amount is None else amount.quantize(Decimal("0.01"))
        return CostValue(given.get("option", ""), exact, given.get("description", ""))


class FundingForm(forms.Form):
    """One source of money."""

    source = forms.CharField(label=_("Wer fördert"), max_length=250, required=False)
    until = DayField(label=_("bis"), required=False)

    def clean(self) -> dict[str, Any]:
        """An end needs somebody whose money ends."""
        given = super().clean() or {}
        if given.get("until") and not given.get("source"):
            self.add_error("source", _("Bitte angeben, wer bis dahin fördert."))
        return given

    def to_value(self) -> FundingValue | None:
        """The funding, or none."""
        source = self.cleaned_data.get("source", "")
        return FundingValue(source, self.cleaned_data.get("until")) if source else None


LocationForms: type[BaseFormSet[LocationForm]] = formset_factory(LocationForm, extra=1, max_num=12)
PhoneForms: type[BaseFormSet[PhoneForm]] = formset_factory(PhoneForm, extra=1, max_num=12)
CostForms: type[BaseFormSet[CostForm]] = formset_factory(CostForm, extra=1, max_num=12)
FundingForms: type[BaseFormSet[FundingForm]] = formset_factory(FundingForm, extra=1, max_num=12)

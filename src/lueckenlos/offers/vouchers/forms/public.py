"""How families narrow the list of programmes that take vouchers."""

from __future__ import annotations

from django import forms

from lueckenlos.commons.places import selectors as places
from lueckenlos.commons.places.types import OutsideCounty
from lueckenlos.offers.programmes.types import Filters


class FilterForm(forms.Form):
    """Place and age; what cannot be read is left out."""

    ort = forms.CharField(max_length=100, required=False)
    alter = forms.IntegerField(min_value=0, max_value=99, required=False)

    def to_filters(self) -> Filters:
        """What was asked for."""
        self.is_valid()
        given = self.cleaned_data
        return Filters(ags=_ags(given.get("ort", "")), age=given.get("alter"))


def _ags(text: str) -> str | None:
    found = places.find_place(text) if text.strip() else []
    return None if isinstance(found, OutsideCounty) or not found else found[0].ags

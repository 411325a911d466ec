"""Letters as a way of contact: the address is asked of those alone who want one, and kept of nobody else."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lueckenlos.core.window import LONGEST_CITY, LONGEST_LINE, LONGEST_POSTCODE

ADDRESS: Final = ("street", "postcode", "city")
MISSING: Final[dict[str, str | Promise]] = {
    "street": _("In welche Straße soll der Brief gehen? Bitte mit Hausnummer."),
    "postcode": _("Welche Postleitzahl gehört zu der Adresse?"),
    "city": _("In welchen Ort soll der Brief gehen?"),
}


class PostalForm(forms.Form):
    """Whether somebody wants letters, and where to; forms of rooms add who it is."""

    by_letter = forms.BooleanField(
        label=_("Per Brief schreiben"),
        help_text=_("Nur dann brauchen wir die Adresse."),
        required=False,
    )
    street = forms.CharField(
        label=_("Straße und Hausnummer"),
        max_length=LONGEST_LINE,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    postcode = forms.CharField(
        label=_("Postleitzahl"),
        max_length=LONGEST_POSTCODE,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "dir": "ltr"}),
    )
    city = forms.CharField(
        label=_("Ort"),
        max_length=LONGEST_CITY,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )

    @property
    def postal(self) -> list[forms.BoundField]:
        """The fields of this part, for the page."""
        return [self[name] for name in ("by_letter", *ADDRESS)]

    @property
    def asks_address(self) -> bool:
        """Whether these fields must be seen: a letter is wanted, or one of them is wrong."""
        return bool(self["by_letter"].value()) or any(bound.errors for bound in self.postal)

    def clean(self) -> dict[str, Any]:
        """Whoever wants a letter says where to, with a name that fits into the window."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not given.get("by_letter"):
            return given | dict.fromkeys(ADDRESS, "")
        for part in ADDRESS:
            if not given.get(part) and part not in self.errors:
                self.add_error(part, str(MISSING[part]))
        if len(given.get("name") or "") > LONGEST_LINE:
            self.add_error(
                "name",
                _("Für einen Brief hat der Name höchstens 42 Zeichen, sonst passt er nicht ins Fenster."),
            )
        return given

    def to_address(self) -> dict[str, str]:
        """Street, postcode and town; all empty where no letter is wanted."""
        return {part: self.cleaned_data.get(part, "").strip() for part in ADDRESS}

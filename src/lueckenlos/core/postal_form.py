"""Letters as a way of contact: the address is asked of those alone who want one, and kept of nobody else."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lueckenlos.core.contact_form import ContactForm
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


class ReachableForm(PostalForm, ContactForm):
    """Somebody whom we can write to: by mail, and where there is none by letter."""

    # One of these is needed; at the first of them it is told.
    ways: ClassVar[tuple[str, ...]] = ("email", "by_letter")
    unreachable: ClassVar[str | Promise] = _(
        "Wie erreichen wir Sie? Bitte geben Sie eine E-Mail-Adresse an, oder wählen Sie den Brief."
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["email"].required = False

    @property
    def shown(self) -> list[forms.BoundField]:
        """What people see beside the fields of the letter, in order."""
        return [bound for bound in self if bound.name not in {"website", "by_letter", *ADDRESS}]

    def clean(self) -> dict[str, Any]:
        """Somebody who cannot be reached learns nothing of a date that moves."""
        given = super().clean()
        if not any(given.get(way) or way in self.errors for way in self.ways):
            self.add_error(self.ways[0], str(self.unreachable))
        return given

"""How to reach somebody who takes part without an account, and the trap for programs."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


def known_contact(request: HttpRequest) -> dict[str, str]:
    """Name and address of whoever is signed in, so that they need not type them."""
    user = request.user
    return {"name": user.name, "email": user.email} if user.is_authenticated else {}


class ContactForm(forms.Form):
    """Name, address and number; forms of rooms add what they ask beside it."""

    name = forms.CharField(
        label=_("Ihr Name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Bitte schreiben Sie Ihren Namen.")},
    )
    email = forms.EmailField(
        label=_("E-Mail-Adresse"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
        error_messages={
            "required": _("Ohne E-Mail-Adresse können wir Ihnen nicht schreiben. Bitte geben Sie eine an."),
            "invalid": _("Diese E-Mail-Adresse kann nicht stimmen. Ein Beispiel: name@example.org."),
        },
    )
    phone = forms.CharField(
        label=_("Telefonnummer"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "dir": "ltr"}),
    )
    # A field that people do not see; only programs fill it in.
    website = forms.CharField(required=False, max_length=200)

    @property
    def is_a_program(self) -> bool:
        """Whether the hidden field was filled in."""
        return bool(self.cleaned_data.get("website"))

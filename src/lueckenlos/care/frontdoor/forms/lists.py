"""Forms of the list for one family: where it goes, and in which language."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy

from lueckenlos.core.forms import offer


class MailListForm(forms.Form):
    """Where a list goes; the address is used once and kept nowhere."""

    email = forms.EmailField(
        label=gettext_lazy("E-Mail-Adresse der Familie"),
        help_text=gettext_lazy("Nur für diese eine Mail. Wir speichern sie nicht."),
        error_messages={
            "required": gettext_lazy("Bitte geben Sie die Adresse ein, zum Beispiel name@example.org."),
            "invalid": gettext_lazy("Diese Adresse kann nicht stimmen. Ein Beispiel: name@example.org."),
        },
    )
    language = forms.ChoiceField(label=gettext_lazy("Sprache"))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        offer(self, "language", settings.LANGUAGES)


class ListLanguageForm(forms.Form):
    """In which language a list is printed."""

    language = forms.ChoiceField(label=gettext_lazy("Sprache"))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        offer(self, "language", settings.LANGUAGES)

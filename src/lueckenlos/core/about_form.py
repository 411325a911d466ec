"""What an organization says about something it offers, in its own words."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy


class AboutForm(forms.Form):
    """Title, one sentence and description; forms of rooms add what they ask beside it."""

    title = forms.CharField(
        label=gettext_lazy("Titel"),
        max_length=160,
        error_messages={"required": gettext_lazy("Bitte geben Sie einen Titel an.")},
    )
    summary = forms.CharField(
        label=gettext_lazy("In einem Satz"),
        help_text=gettext_lazy("Einfach gesagt: Was haben Familien davon?"),
        max_length=300,
        required=False,
    )
    description = forms.CharField(
        label=gettext_lazy("Beschreibung"),
        max_length=6000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

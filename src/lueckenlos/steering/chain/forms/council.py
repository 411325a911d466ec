"""A link for the council."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CouncilLinkForm(forms.Form):
    """What the council is to see, and under which title."""

    title = forms.CharField(
        label=_("Wofür ist der Link?"),
        max_length=120,
        help_text=_("Zum Beispiel: Jugendhilfeausschuss, 12. November 2026"),
    )
    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)

"""What those say who took part: three questions, answered without a name."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy


class FeedbackForm(forms.Form):
    """Three questions afterwards."""

    helped = forms.TypedChoiceField(
        label=gettext_lazy("Hat es Ihnen geholfen?"),
        coerce=int,
        choices=[
            (5, gettext_lazy("sehr")),
            (4, gettext_lazy("ziemlich")),
            (3, gettext_lazy("ein wenig")),
            (2, gettext_lazy("kaum")),
            (1, gettext_lazy("gar nicht")),
        ],
        widget=forms.RadioSelect,
    )
    again = forms.TypedChoiceField(
        label=gettext_lazy("Würden Sie es anderen empfehlen?"),
        coerce=lambda value: value == "ja",
        choices=[("ja", gettext_lazy("ja")), ("nein", gettext_lazy("nein"))],
        widget=forms.RadioSelect,
        required=False,
        empty_value=None,
    )
    words = forms.CharField(
        label=gettext_lazy("Was möchten Sie noch sagen?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

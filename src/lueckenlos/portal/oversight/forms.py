"""How data protection answers what somebody asks for their own data."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from lueckenlos.commons.privacy.wording import RIGHT_OUTCOMES
from lueckenlos.core.forms import DayField


class AnswerForm(forms.Form):
    """How it ended, and what the person reads."""

    outcome = forms.ChoiceField(
        label=_("Wie ging es aus?"),
        choices=[(outcome.value, words) for outcome, words in RIGHT_OUTCOMES.items()],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Antwort an die Person"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "Sie steht auf der Seite „Meine Daten“. Bei einem Nein bitte mit Grund und dem Hinweis auf die "
            "Beschwerde (Art. 12 Absatz 4 DSGVO)."
        ),
        error_messages={"required": _("Bitte schreiben Sie, was die Person lesen soll.")},
    )


class SeenForm(forms.Form):
    """Which office, which day."""

    day = DayField(
        label=_("Tag"),
        required=False,
    )
    page = forms.IntegerField(required=False, min_value=1, max_value=10_000, widget=forms.HiddenInput)

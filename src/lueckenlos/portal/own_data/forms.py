"""What somebody may ask for their own data, and what they take back."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from lueckenlos.commons.privacy.wording import RIGHTS


class RightForm(forms.Form):
    """One wish about one's own data, in one's own words."""

    kind = forms.ChoiceField(
        label=_("Was möchten Sie?"),
        choices=[(kind.value, words) for kind, words in RIGHTS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Bitte wählen Sie, was Sie möchten.")},
    )
    text = forms.CharField(
        label=_("Worum geht es genau?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("In Ihrer Sprache und in Ihren Worten."),
    )


class TalkForm(forms.Form):
    """What shall be spoken about in a talk of offices, and what not."""

    words = forms.CharField(
        label=_("Was soll besprochen werden? Was nicht?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Das lesen nur die Stellen, denen Sie es erlaubt haben. Leeren Sie das Feld, wenn es nicht mehr gelten soll."
        ),
    )

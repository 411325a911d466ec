"""What is to become of services that look like the same thing twice."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lueckenlos.steering.chain.types import DuplicateVerdict


class DuplicateForm(forms.Form):
    """A decision with its reason."""

    decision = forms.ChoiceField(
        label=_("Was wird daraus?"),
        choices=[
            (DuplicateVerdict.TALK.value, _("Wir sprechen mit den Trägern")),
            (DuplicateVerdict.INTENDED.value, _("Das ist so gewollt")),
            (DuplicateVerdict.MERGED.value, _("Sie sind zusammengelegt")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Bitte wählen Sie, was daraus wird."),
            "invalid_choice": _("„%(value)s“ gibt es nicht. Bitte wählen Sie eine der drei Antworten."),
        },
    )
    note = forms.CharField(
        label=_("Notiz"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Mit wem, bis wann oder warum. Bei „so gewollt“ bitte den Grund nennen."),
    )

    def clean(self) -> dict[str, object]:
        """What is double on purpose has a reason that the next reader can follow."""
        given = super().clean() or {}
        if given.get("decision") == DuplicateVerdict.INTENDED and not given.get("note"):
            self.add_error("note", _("Bitte schreiben Sie, warum das so gewollt ist."))
        return given

    def to_decision(self) -> tuple[DuplicateVerdict, str]:
        """The decision and its note."""
        return DuplicateVerdict(self.cleaned_data["decision"]), self.cleaned_data["note"]

"""Forms of the one who is asked: a code from a letter, and the answer."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lueckenlos.core.forms import offer


class Choice(StrEnum):
    """How somebody answers: all of it, what they ticked, or nothing."""

    ALL = "alles"
    CHOSEN = "auswahl"
    NONE = "nein"


class AnswerForm(forms.Form):
    """Line by line, as easily as all at once; nothing is ticked beforehand."""

    lines = forms.TypedMultipleChoiceField(coerce=int, required=False)
    answer = forms.ChoiceField(choices=[(choice.value, choice.value) for choice in Choice])

    def __init__(self, *given: Any, number: int, **more: Any) -> None:
        super().__init__(*given, **more)
        self.number = number
        offer(self, "lines", [(place, str(place)) for place in range(number)])

    def clean(self) -> dict[str, Any]:
        """A yes without a line would allow nothing, so it is asked again."""
        cleaned = super().clean() or {}
        if cleaned.get("answer") == Choice.CHOSEN and not cleaned.get("lines"):
            raise forms.ValidationError(
                _(
                    "Sie haben noch nichts angekreuzt. Bitte kreuzen Sie an, was Sie erlauben, oder sagen Sie Nein."
                )
            )
        return cleaned

    def to_chosen(self) -> frozenset[int]:
        """The places of the lines that are allowed; none is a no."""
        answer = self.cleaned_data["answer"]
        if answer == Choice.ALL:
            return frozenset(range(self.number))
        return frozenset(self.cleaned_data["lines"]) if answer == Choice.CHOSEN else frozenset()

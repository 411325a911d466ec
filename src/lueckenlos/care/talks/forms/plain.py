"""Words that shall name nobody: looked through for signs of a person, as a hint that one may answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lueckenlos.kernels.naming import Mark, Sign, signs_of_a_person

MOST_NAMED: Final = 6
SIGNS: Final = {
    Sign.NAME: _("ein Name"),
    Sign.BIRTHDAY: _("ein Datum"),
    Sign.ADDRESS: _("eine Adresse"),
    Sign.PHONE: _("eine Telefonnummer"),
    Sign.EMAIL: _("eine E-Mail-Adresse"),
    Sign.FILE_NUMBER: _("ein Aktenzeichen"),
}


class PlainForm(forms.Form):
    """A form whose words go to people who may not know who it is about.

    What looks like a person stops the first sending and is shown; whoever has looked says so, and it goes.
    """

    plain_fields: ClassVar[tuple[str, ...]] = ()

    looked_through = forms.BooleanField(
        label=_("Ich habe nachgesehen: Das verrät nicht, um wen es geht."),
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args: Any, known: Collection[str] = (), **given: Any) -> None:
        super().__init__(*args, **given)
        self.known = known

    def clean(self) -> dict[str, Any]:
        """Name what looks like a person, unless somebody has looked."""
        given = super().clean() or self.cleaned_data
        marks = [
            mark
            for field in self.plain_fields
            for mark in signs_of_a_person(str(given.get(field) or ""), known=self.known)
        ]
        if marks:
            # Shown from the first hint on, so that what was answered stays answered.
            self.fields["looked_through"].widget = forms.CheckboxInput()
        if marks and not given.get("looked_through"):
            self.add_error(self.plain_fields[0], hint(marks))
        return given


def hint(marks: Iterable[Mark]) -> str:
    """What was found, and what to do."""
    seen = dict.fromkeys((str(SIGNS[mark.sign]), mark.words) for mark in marks)
    named = ", ".join(f"„{words}“ ({sign})" for sign, words in list(seen)[:MOST_NAMED])
    return gettext(
        "Das sieht nach einer bestimmten Person aus: %(named)s. Bitte schreiben Sie es so, dass niemand erkannt "
        "wird. Oder bestätigen Sie unten, dass es nichts verrät."
    ) % {"named": named}

"""Forms in which nobody may be named: what looks like a name, a birthday or an address is shown before it is kept.

    class QuestionForm(Nameless, forms.Form):
        nameless = ("worry",)

A sign is a hint, no proof: whoever has looked and found nobody named says so with one tick, and it is kept.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lueckenlos.kernels.naming import Mark, Sign, signs_of_a_person

SIGNS: Final[dict[Sign, str | Promise]] = {
    Sign.NAME: _("„%(words)s“ sieht aus wie ein Name."),
    Sign.BIRTHDAY: _("„%(words)s“ sieht aus wie ein Geburtsdatum."),
    Sign.ADDRESS: _("„%(words)s“ sieht aus wie eine Adresse."),
    Sign.PHONE: _("„%(words)s“ sieht aus wie eine Telefonnummer."),
    Sign.EMAIL: _("„%(words)s“ sieht aus wie eine E-Mail-Adresse."),
    Sign.FILE_NUMBER: _("„%(words)s“ sieht aus wie ein Aktenzeichen."),
}
MOST: Final = 3
LOOKED: Final = "looked"


def warnings(text: str, *, known: Collection[str] = ()) -> list[str]:
    """What in a text looks as if it named somebody, a sentence each, the first few."""
    marks: dict[tuple[Sign, str], Mark] = {
        (mark.sign, mark.words): mark for mark in signs_of_a_person(text, known=known)
    }
    return [str(SIGNS[mark.sign]) % {"words": mark.words} for mark in list(marks.values())[:MOST]]


class Nameless(forms.Form):
    """Looks through the fields named in `nameless`; `known_names` are names that must not stand there either."""

    nameless: tuple[str, ...] = ()
    known_names: Collection[str] = ()

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields[LOOKED] = forms.BooleanField(
            label=_("Ich habe nachgesehen: Hier wird niemand genannt. So speichern."),
            required=False,
            widget=forms.HiddenInput,
        )

    def clean(self) -> dict[str, Any]:
        """Ask once; the tick appears together with the question."""
        checked: dict[str, Any] = super().clean() or self.cleaned_data
        # A browser sends a hidden field empty: that is no tick, and neither is "False".
        has_looked = checked.get(LOOKED) is True
        for name in self.nameless:
            found = warnings(str(checked.get(name) or ""), known=self.known_names)
            if found and not has_looked:
                asked = gettext("Bitte schreiben Sie es so, dass niemand zu erkennen ist.")
                self.add_error(name, f"{' '.join(found)} {asked}")
                self._show_tick()
            elif found:
                self._show_tick()
        return checked

    def _show_tick(self) -> None:
        self.fields[LOOKED].widget = forms.CheckboxInput()

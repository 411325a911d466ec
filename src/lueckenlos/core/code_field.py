"""The field in which people type a code from a letter, and the one answer to a code that opens nothing."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lueckenlos.kernels import codes

# Unknown, expired, used: one sentence for all, since whether a code ever existed is data.
REFUSED: Final = _(
    "Dieser Code gilt nicht oder nicht mehr. Bitte prüfen Sie jedes Zeichen. Stimmt alles? Dann fragen Sie bitte "
    "die Stelle, die Ihnen geschrieben hat, nach einem neuen Code."
)
TOO_MANY: Final = _("Das waren viele Versuche. Bitte warten Sie zehn Minuten.")
SLIPS: Final = {
    codes.Slip.LENGTH: _("Der Code hat zwölf Zeichen. Bitte vergleichen Sie ihn mit Ihrem Brief."),
    codes.Slip.CHARACTER: _(
        "Ein Zeichen kommt in unseren Codes nicht vor. Bitte vergleichen Sie den Code mit Ihrem Brief."
    ),
    codes.Slip.CHECK: _(
        "Ein Zeichen stimmt nicht, oder zwei sind vertauscht. Bitte vergleichen Sie den Code mit Ihrem Brief."
    ),
}


class CodeField(forms.CharField):
    """A code as people type it; a slip is told at once, since the code itself shows it."""

    def __init__(self, **given: Any) -> None:
        given.setdefault("label", _("Ihr Code"))
        given.setdefault("help_text", _("Drei Gruppen mit je vier Zeichen. Groß oder klein ist gleich."))
        given.setdefault("max_length", 60)
        super().__init__(**given)
        self.widget.attrs.update(
            autocomplete="one-time-code", autocapitalize="characters", spellcheck="false", dir="ltr"
        )

    def clean(self, value: Any) -> str:
        """The code in its one spelling, or a sentence that says what to look at."""
        typed = str(super().clean(value) or "")
        if not typed:
            return ""
        try:
            return codes.read(typed)
        except codes.NotACode as error:
            raise ValidationError(SLIPS[error.slip], code=error.slip) from error


class CodeForm(forms.Form):
    """The code from a letter or a message."""

    code = CodeField()

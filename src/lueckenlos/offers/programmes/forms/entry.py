"""What the desk writes down for whoever rings or stands at the counter."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lueckenlos.core.forms import offer
from lueckenlos.offers.programmes.forms.public import ReachForm
from lueckenlos.offers.programmes.types import NewRegistration, SeatValue


class TakeDownForm(ReachForm):
    """How to reach the family: mail, telephone or letter, one of them; the consent was given orally."""

    ways = ("phone", "email", "by_letter")
    unreachable = gettext_lazy("Wie erreichen Sie die Familie? Bitte E-Mail, Telefon oder Brief.")
    language = forms.ChoiceField(label=gettext_lazy("Sprache, in der wir schreiben"), initial="de")

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        offer(self, "language", settings.LANGUAGES)
        name = self.fields["name"]
        name.label = _("Name")
        name.error_messages["required"] = _("Bitte schreiben Sie, wer anmeldet.")
        self.fields["place"].label = _("Wo wohnt die Familie?")
        self.fields["email"].help_text = _(
            "Dorthin geht die Bestätigung mit einem Link zum Ändern oder Absagen."
        )
        consent = self.fields["consent"]
        consent.help_text = _("Bitte vorlesen: „%(text)s“") % {"text": consent.label}
        consent.label = _("Die Person hat mündlich zugestimmt.")
        consent.error_messages["required"] = _(
            "Ohne ein mündliches Ja dürfen wir die Anmeldung nicht speichern."
        )

    def to_registration(self, seats: tuple[SeatValue, ...], *, referred: bool) -> NewRegistration:
        """The whole registration, in the language in which the family is written to."""
        new = super().to_registration(seats, referred=referred)
        return replace(new, language=self.cleaned_data["language"])

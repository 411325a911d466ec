"""What the desk writes down for whoever rings or stands at the counter."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lueckenlos.core.forms import offer
from lueckenlos.core.postal_form import ADDRESS, PostalForm
from lueckenlos.offers.programmes.forms.public import ReachForm
from lueckenlos.offers.programmes.types import NewRegistration, SeatValue


class TakeDownForm(PostalForm, ReachForm):
    """How to reach the family: mail, telephone or letter, one of them; the consent was given orally."""

    language = forms.ChoiceField(label=gettext_lazy("Sprache, in der wir schreiben"), initial="de")

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        offer(self, "language", settings.LANGUAGES)
        self.fields["name"].label = _("Name")
        self.fields["place"].label = _("Wo wohnt die Familie?")
        self.fields["email"].required = False
        self.fields["email"].help_text = _(
            "Dorthin geht die Bestätigung mit einem Link zum Ändern oder Absagen."
        )
        consent = self.fields["consent"]
        consent.help_text = _("Bitte vorlesen: „%(text)s“") % {"text": consent.label}
        consent.label = _("Die Person hat mündlich zugestimmt.")
        consent.error_messages["required"] = _(
            "Ohne ein mündliches Ja dürfen wir die Anmeldung nicht speichern."
        )

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields beside those of the letter."""
        hidden = {"website", "by_letter", *ADDRESS}
        return [self[name] for name in self.fields if name not in hidden]

    def clean(self) -> dict[str, Any]:
        """Somebody who cannot be reached learns nothing of a date that moves."""
        given = super().clean()
        ways = ("email", "phone", "by_letter")
        if not any(given.get(way) for way in ways) and not any(way in self.errors for way in ways):
            self.add_error("phone", _("Wie erreichen Sie die Familie? Bitte E-Mail, Telefon oder Brief."))
        return given

    def to_registration(self, seats: tuple[SeatValue, ...], *, referred: bool) -> NewRegistration:
        """The whole registration, in the language in which the family is written to."""
        new = super().to_registration(seats, referred=referred)
        where = self.to_address()
        return replace(
            new,
            language=self.cleaned_data["language"],
            street=where["street"],
            postcode=where["postcode"],
            city=where["city"],
        )

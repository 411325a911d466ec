"""The short forms: answers, decisions, ends, organizations, places a year."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lueckenlos.commons.directory.types import InquiryState, OrganizationKind
from lueckenlos.commons.directory.wording import ORGANIZATION_KINDS
from lueckenlos.core.forms import DayField

MOST_PLACES = 100_000
LONGEST_NUMBER = 9


class AnswerForm(forms.Form):
    """What became of a report."""

    state = forms.ChoiceField(
        label=_("Was ist dabei herausgekommen?"),
        choices=[
            (InquiryState.CORRECTED, _("Ich habe den Eintrag berichtigt")),
            (InquiryState.STILL_TRUE, _("Der Eintrag stimmt, wie er ist")),
        ],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Notiz"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def to_state(self) -> InquiryState:
        """The chosen end."""
        return InquiryState(self.cleaned_data["state"])


class DecisionForm(forms.Form):
    """Koordination takes a proposal over, or says why not."""

    answer = forms.CharField(
        label=_("Antwort an den Träger"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kommt mit der Mail an. Bei einer Absage bitte den Grund schreiben."),
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    decision = forms.ChoiceField(choices=[("accept", ""), ("reject", "")], widget=forms.HiddenInput)

    def clean(self) -> dict[str, object]:
        """Nobody is turned down without a reason."""
        given = super().clean() or {}
        if given.get("decision") == "reject" and not given.get("answer"):
            self.add_error("answer", _("Bitte schreiben Sie, warum der Vorschlag nicht übernommen wird."))
        return given


class EndForm(forms.Form):
    """The last day of an entry."""

    last_day = DayField(label=_("Letzter Tag"))


class OrganizationForm(forms.Form):
    """How to reach an organization."""

    email = forms.EmailField(
        label=_("E-Mail für Erinnerungen"),
        max_length=254,
        required=False,
        help_text=_("Ein Postfach der Stelle, nicht einer Person."),
    )
    website = forms.URLField(label=_("Internetseite"), max_length=500, required=False, assume_scheme="https")


class RenameForm(forms.Form):
    """A new name from a day on."""

    name = forms.CharField(label=_("Neuer Name"), max_length=250)
    from_day = DayField(label=_("Gilt ab"))


class NewOrganizationForm(forms.Form):
    """A provider that is not there yet."""

    name = forms.CharField(label=_("Name"), max_length=250)
    kind = forms.ChoiceField(label=_("Wer steht dahinter?"), choices=list(ORGANIZATION_KINDS.items()))
    email = forms.EmailField(label=_("E-Mail für Erinnerungen"), max_length=254, required=False)

    def to_kind(self) -> OrganizationKind:
        """The chosen kind."""
        return OrganizationKind(self.cleaned_data["kind"])


class PlacesField(forms.CharField):
    """Places a year as people type them: 24, 1.200; empty says nothing."""

    def clean(self, value: Any) -> Any:
        """The number, None where nothing was typed, or a sentence that says what to do."""
        typed = str(value or "").strip()
        if not typed:
            return None
        digits = typed.replace(".", "").replace(" ", "")
        if not (digits.isascii() and digits.isdigit()):
            raise ValidationError(
                gettext("„%(typed)s“ ist keine Zahl. Bitte schreiben Sie nur Ziffern, zum Beispiel 24.")
                % {"typed": typed[:40]}
            )
        places = int(digits) if len(digits) <= LONGEST_NUMBER else MOST_PLACES + 1
        if places == 0:
            raise ValidationError(
                gettext("0 Plätze: Gibt es das Angebot nicht mehr? Dann wählen Sie bitte „Etwas ändern“.")
            )
        if places > MOST_PLACES:
            raise ValidationError(
                gettext("%(typed)s Plätze sind sehr viele. Bitte prüfen Sie die Zahl.")
                % {"typed": typed[:40]}
            )
        return places


class PlacesForm(forms.Form):
    """How many places a year: one field for each entry that asks for it."""

    def __init__(self, *args: Any, keys: Iterable[str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.keys = tuple(keys)
        for key in self.keys:
            self.fields[f"plaetze-{key}"] = PlacesField(required=False)

    def to_places(self) -> dict[str, int]:
        """The numbers that were typed, by entry."""
        given = {key: self.cleaned_data[f"plaetze-{key}"] for key in self.keys}
        return {key: number for key, number in given.items() if number is not None}

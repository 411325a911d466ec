"""What somebody fills in for a free time."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from lueckenlos.core import sms
from lueckenlos.core.forms import offer
from lueckenlos.core.postal_form import ReachableForm
from lueckenlos.core.times import time_words
from lueckenlos.kernels.slots import Slot
from lueckenlos.offers.bookings.types import Gender, NewBooking, ResourceKind, ResourceView, Way
from lueckenlos.offers.bookings.wording import GENDERS, WAYS, spoken

CONSENT: Final = "termin-2026-1"


class BookForm(ReachableForm):
    """A free time and whoever comes."""

    field_order = ("slot",)

    slot = forms.CharField(
        label=gettext_lazy("Zeit"),
        max_length=40,
        error_messages={"required": gettext_lazy("Bitte wählen Sie eine freie Zeit.")},
    )
    way = forms.ChoiceField(
        label=gettext_lazy("Wie möchten Sie sprechen?"),
        choices=[(each.value, word) for each, word in WAYS.items()],
        initial=Way.ON_SITE.value,
        widget=forms.RadioSelect,
    )
    interpreter = forms.ChoiceField(
        label=gettext_lazy("Brauchen Sie jemanden, der übersetzt?"), required=False
    )
    gender = forms.ChoiceField(
        label=gettext_lazy("Mit wem möchten Sie lieber sprechen?"),
        choices=[(each.value, word) for each, word in GENDERS.items()],
        required=False,
    )
    by_sms = forms.BooleanField(label=gettext_lazy("Am Tag davor auch per SMS erinnern"), required=False)
    title = forms.CharField(label=gettext_lazy("Wofür?"), max_length=160, required=False)
    consent = forms.BooleanField(
        label=gettext_lazy(
            "Ich bin einverstanden: Die Stelle darf diese Angaben für den Termin speichern. Drei Monate danach werden sie gelöscht."
        ),
        error_messages={"required": gettext_lazy("Ohne Ihr Ja dürfen wir den Termin nicht speichern.")},
    )

    def __init__(self, *args: Any, view: ResourceView, **given: Any) -> None:
        super().__init__(*args, **given)
        self._view = view
        self.fields["email"].help_text = _(
            "Dorthin schicken wir die Bestätigung und einen Link zum Verlegen oder Absagen."
        )
        if not sms.is_configured():
            del self.fields["by_sms"]
        needless = ("title",) if view.kind is ResourceKind.PERSON else ("way", "interpreter", "gender")
        for name in needless:
            del self.fields[name]
        if "interpreter" in self.fields:
            offer(self, "interpreter", [("", _("nein")), *spoken()])

    @property
    def shown(self) -> list[forms.BoundField]:
        """What people see beside the times, in order."""
        return [bound for bound in super().shown if bound.name != "slot"]

    def clean(self) -> dict[str, Any]:
        """Whoever wants to be rung up or get a short message says where."""
        given = super().clean()
        if given.get("way") == Way.PHONE.value and not given.get("phone"):
            self.add_error("phone", _("Unter welcher Nummer dürfen wir Sie anrufen?"))
        if given.get("by_sms") and not given.get("phone"):
            self.add_error("phone", _("An welche Nummer dürfen wir die SMS schicken?"))
        return given

    def clean_slot(self) -> datetime:
        """A moment with its zone."""
        return moment_of(self.cleaned_data["slot"])

    def to_booking(self) -> NewBooking:
        """The wish as it was said."""
        given, address = self.cleaned_data, self.to_address()
        return NewBooking(
            resource=self._view.id,
            starts_at=given["slot"],
            name=given["name"].strip(),
            email=given["email"],
            phone=given["phone"].strip(),
            language=get_language() or "de",
            interpreter=given.get("interpreter", ""),
            gender=Gender(given.get("gender", "")),
            way=Way(given.get("way", Way.ON_SITE.value)),
            title=given.get("title", "").strip(),
            by_sms=given.get("by_sms", False),
            street=address["street"],
            postcode=address["postcode"],
            city=address["city"],
            consent_version=CONSENT,
        )


class OtherTimeForm(forms.Form):
    """Another free time for one's own booking."""

    slot = forms.ChoiceField(
        label=gettext_lazy("Neue Zeit"),
        error_messages={"invalid_choice": gettext_lazy("Diese Zeit ist nicht mehr frei.")},
    )

    def __init__(self, *args: Any, slots: list[Slot], **given: Any) -> None:
        super().__init__(*args, **given)
        found = [
            (each.span.begins.isoformat(), time_words(each.span.begins, each.span.ends)) for each in slots
        ]
        offer(self, "slot", found)

    def clean_slot(self) -> datetime:
        """A moment with its zone."""
        return moment_of(self.cleaned_data["slot"])


def moment_of(text: str) -> datetime:
    """A moment as the page wrote it; everything else was not offered."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.utcoffset() is None:
        raise forms.ValidationError(_("Bitte wählen Sie eine freie Zeit."))
    return found

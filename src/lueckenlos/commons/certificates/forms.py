"""Forms of the register: what was seen, when to look again, the last day."""

from datetime import date
from typing import Any
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django import forms
from django.utils.translation import gettext_lazy as _

from lueckenlos.commons.certificates.types import LONGEST_YEARS, CertificateView, Look, NewCertificate
from lueckenlos.core.forms import DayField

LONGEST = relativedelta(years=LONGEST_YEARS)


class LookForm(forms.Form):
    """One look at a certificate; what stands in it is not asked, and nowhere to be written."""

    dated_on = DayField(label=_("Datum des Führungszeugnisses"), help_text=_("Steht auf dem Zeugnis."))
    seen_on = DayField(label=_("Angesehen am"))
    look_again_on = DayField(
        label=_("Wieder ansehen bis"),
        help_text=_("Spätestens fünf Jahre danach. Sie werden rechtzeitig erinnert."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, today: date, version: int | None = None, **given: Any) -> None:
        given["initial"] = {"seen_on": today, "look_again_on": today + LONGEST, "seen": version}
        super().__init__(*args, **given)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """The days follow each other as the law has it."""
        given = super().clean() or self.cleaned_data
        dated, seen, again = (given.get(name) for name in ("dated_on", "seen_on", "look_again_on"))
        if seen and seen > self.today:
            self.add_error("seen_on", _("Dieser Tag kommt erst noch."))
        elif dated and seen and dated > seen:
            self.add_error(
                "dated_on", _("Das Zeugnis kann nicht jünger sein als der Tag, an dem Sie es sahen.")
            )
        if seen and again and not seen < again <= seen + LONGEST:
            self.add_error(
                "look_again_on", _("Bitte wählen Sie einen Tag in den fünf Jahren nach dem Ansehen.")
            )
        return given

    def to_look(self) -> Look:
        """The three days."""
        return Look(**{name: self.cleaned_data[name] for name in ("dated_on", "seen_on", "look_again_on")})

    @property
    def expected(self) -> int | None:
        """The version that was looked at."""
        return self.cleaned_data.get("seen")


class NewCertificateForm(LookForm):
    """Whose certificate was seen, and for what."""

    person_name = forms.CharField(
        label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    activity = forms.CharField(
        label=_("Tätigkeit"), max_length=200, help_text=_("Zum Beispiel: Lesepatin in der Grundschule")
    )
    field_order = ("person_name", "activity")

    def to_certificate(self, *, organization: UUID | None) -> NewCertificate:
        """The entry as it was described."""
        return NewCertificate(
            organization=organization,
            person_name=self.cleaned_data["person_name"],
            activity=self.cleaned_data["activity"],
            look=self.to_look(),
        )


class EndForm(forms.Form):
    """The last day of an activity."""

    last_day = DayField(label=_("Letzter Tag"))
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, certificate: CertificateView, today: date, **given: Any) -> None:
        given["initial"] = {"last_day": today, "seen": certificate.version}
        super().__init__(*args, **given)
        self.today = today

    def clean_last_day(self) -> date:
        """Nobody knows today whether somebody stops next year."""
        day: date = self.cleaned_data["last_day"]
        if day > self.today:
            raise forms.ValidationError(_("Bitte tragen Sie das Ende erst ein, wenn es da ist."))
        return day

    @property
    def expected(self) -> int | None:
        """The version that was looked at."""
        return self.cleaned_data.get("seen")

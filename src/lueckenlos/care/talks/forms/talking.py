"""Forms of a running talk: who is there, what came of an item, who does what until when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any, ClassVar, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from lueckenlos.care.talks.forms.plain import PlainForm
from lueckenlos.care.talks.services import NewAgreement, NewResult
from lueckenlos.care.talks.types import Outcome
from lueckenlos.care.talks.wording import MISSING, OUTCOMES
from lueckenlos.commons.signals.types import SignalReason
from lueckenlos.core import clock
from lueckenlos.core.forms import DayField, offer

END_OF_DAY: Final = time(23, 59)
Choices = Iterable[tuple[str, Any]]


class PresenceForm(forms.Form):
    """Somebody of an office, by uuid."""

    person = forms.UUIDField()
    organization = forms.UUIDField()


class ResultForm(PlainForm):
    """What came of an item; where nobody could offer what is needed, why and where."""

    plain_fields: ClassVar[tuple[str, ...]] = ("text",)

    text = forms.CharField(
        label=_("Was kam heraus?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Ohne Namen: So steht es im Protokoll."),
    )
    outcome = forms.ChoiceField(
        label=_("Und damit?"),
        widget=forms.RadioSelect,
        choices=[(each.value, word) for each, word in OUTCOMES.items()],
    )
    next_talk = forms.ChoiceField(label=_("Wann wieder ansehen?"), required=False)
    missing = forms.ChoiceField(
        label=_("Was war der Grund?"),
        required=False,
        choices=[("", _("bitte wählen")), *((each.value, word) for each, word in MISSING.items())],
        help_text=_("Gezählt wird ohne die Familie, nur: was fehlt, wo und für welches Alter."),
    )
    ags = forms.ChoiceField(label=_("Wo fehlt es?"), required=False)
    phase = forms.ChoiceField(label=_("Für welches Alter?"), required=False)
    field = forms.ChoiceField(label=_("In welchem Bereich?"), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    field_order = ("text", "looked_through", "outcome", "next_talk", "missing", "ags", "phase", "field")

    def __init__(
        self, *args: Any, talks: Choices, places: Choices, phases: Choices, fields: Choices, **given: Any
    ) -> None:
        super().__init__(*args, **given)
        choices: dict[str, Choices] = {"next_talk": talks, "ags": places, "phase": phases, "field": fields}
        for name, found in choices.items():
            offer(self, name, [("", "–"), *found])

    def clean(self) -> dict[str, Any]:
        """A next look needs its day, what is missing its reason."""
        given = super().clean()
        outcome = given.get("outcome")
        if outcome == Outcome.AGAIN and not given.get("next_talk"):
            self.add_error("next_talk", _("Bitte wählen Sie, wann der Fall wieder angesehen wird."))
        if outcome == Outcome.NO_OFFER and not given.get("missing"):
            self.add_error("missing", _("Bitte wählen Sie, warum niemand etwas anbieten kann."))
        return given

    def to_result(self, *, talk: UUID) -> NewResult:
        """The result as it was written."""
        given = self.cleaned_data
        return NewResult(
            talk=talk,
            outcome=Outcome(given["outcome"]),
            text=given["text"],
            next_talk=UUID(given["next_talk"]) if given["next_talk"] else None,
            missing=SignalReason(given["missing"]) if given["missing"] else None,
            ags=given["ags"] or None,
            phase=given["phase"] or None,
            field=given["field"] or None,
        )


class AgreementForm(PlainForm):
    """Who does what until when."""

    plain_fields: ClassVar[tuple[str, ...]] = ("what",)

    who = forms.ChoiceField(label=_("Wer?"))
    what = forms.CharField(
        label=_("Was?"),
        max_length=200,
        help_text=_("Ohne Namen: Es steht als Aufgabe auf dem Schreibtisch."),
    )
    day = DayField(
        label=_("Bis wann?"),
    )
    field_order = ("who", "what", "looked_through", "day")

    def __init__(self, *args: Any, doers: Iterable[tuple[str, Any]], today: date, **given: Any) -> None:
        super().__init__(*args, **given)
        self.today = today
        offer(self, "who", doers)

    def clean_day(self) -> date:
        """A day that is still to come."""
        day: date = self.cleaned_data["day"]
        if day < self.today:
            raise forms.ValidationError(_("Dieser Tag ist schon vorbei."))
        return day

    def to_agreement(self, *, talk: UUID) -> NewAgreement:
        """The agreement as it was made."""
        office, person = self.cleaned_data["who"].split(":")
        return NewAgreement(
            talk=talk,
            organization=UUID(office),
            person=UUID(person),
            what=self.cleaned_data["what"],
            due_at=datetime.combine(self.cleaned_data["day"], END_OF_DAY, tzinfo=clock.zone()),
        )


class CloseForm(PlainForm):
    """The end of a talk, with what concerned no single case."""

    plain_fields: ClassVar[tuple[str, ...]] = ("remarks",)

    remarks = forms.CharField(
        label=_("Was noch ins Protokoll soll"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Allgemeines, das zu keinem einzelnen Fall gehört. Ohne Namen."),
    )
    field_order = ("remarks", "looked_through")

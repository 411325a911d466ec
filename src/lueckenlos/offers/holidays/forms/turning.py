"""What an organization says when it puts the end of a round off, or breaks it off."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lueckenlos.core import clock
from lueckenlos.core.forms import DayField
from lueckenlos.offers.holidays.forms.desk import midnight, order_of_days
from lueckenlos.offers.holidays.types import Afterwards, Longer, RoundView


class ExtendForm(forms.Form):
    """A later last day, the moment for remaining places after it, and a number that is drawn after it."""

    wishes_until = DayField(
        label=gettext_lazy("Wünsche jetzt bis einschließlich"),
        error_messages={"required": gettext_lazy("Bitte geben Sie den neuen letzten Tag an.")},
    )
    rest_on = DayField(
        label=gettext_lazy("Restplätze für alle ab"),
        help_text=gettext_lazy("Bis dahin muss ausgelost und verschickt sein."),
    )
    rest_at = forms.TimeField(
        label=gettext_lazy("Uhrzeit"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    seed_source = forms.CharField(
        label=gettext_lazy("Woher kommt die Zahl für das Los?"),
        help_text=gettext_lazy(
            "Sie muss nach dem neuen letzten Tag gezogen werden. Sonst könnte jemand sie kennen, bevor er schreibt."
        ),
        max_length=300,
        error_messages={"required": gettext_lazy("Bitte sagen Sie vorher, woher die Zahl kommen wird.")},
    )
    drawn_after = forms.BooleanField(
        label=gettext_lazy("Ja, diese Zahl wird erst nach dem neuen letzten Tag gezogen."),
        error_messages={
            "required": gettext_lazy(
                "Bitte prüfen Sie das. Wird die Zahl früher gezogen, nennen Sie bitte eine andere."
            )
        },
    )

    def __init__(self, *args: Any, view: RoundView, **given: Any) -> None:
        super().__init__(*args, **given)
        self._view = view

    @classmethod
    def initial_of(cls, view: RoundView) -> dict[str, Any]:
        """What holds until now."""
        rest = view.rest_from.astimezone(clock.zone())
        return {"rest_on": clock.day_of(rest), "rest_at": rest.time(), "seed_source": view.seed_source}

    def clean(self) -> dict[str, Any]:
        """Later than was said, and remaining places after it."""
        given = super().clean() or {}
        order_of_days(self, given)
        last = given.get("wishes_until")
        if last and midnight(last + timedelta(days=1)) <= max(self._view.wishes_until, clock.real_now()):
            self.add_error(
                "wishes_until",
                _("Der neue letzte Tag muss später sein als der alte und in der Zukunft liegen."),
            )
        return given

    def to_longer(self) -> Longer:
        """The later end as it was said."""
        given = self.cleaned_data
        return Longer(
            wishes_until=midnight(given["wishes_until"] + timedelta(days=1)),
            rest_from=datetime.combine(given["rest_on"], given["rest_at"] or time(18), tzinfo=clock.zone()),
            seed_source=given["seed_source"].strip(),
        )


class AbortForm(forms.Form):
    """Why, and what becomes of the offers."""

    reason = forms.CharField(
        label=gettext_lazy("Warum? Ein Satz für die Familien"),
        help_text=gettext_lazy("Zum Beispiel: Die Turnhalle ist gesperrt, und wir finden keine andere."),
        widget=forms.Textarea(attrs={"rows": 3}),
        min_length=10,
        max_length=300,
        error_messages={
            "required": gettext_lazy("Bitte sagen Sie den Familien, warum."),
            "min_length": gettext_lazy("Bitte schreiben Sie einen ganzen Satz."),
        },
    )
    afterwards = forms.ChoiceField(
        label=gettext_lazy("Was wird aus den Angeboten?"),
        choices=[
            (
                Afterwards.REGISTER.value,
                gettext_lazy("Familien können sich ab sofort direkt anmelden, wer zuerst kommt"),
            ),
            (
                Afterwards.CLOSED.value,
                gettext_lazy("Sie bleiben geschlossen, bis ihr Veranstalter sie selbst öffnet"),
            ),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Bitte wählen Sie, was aus den Angeboten wird.")},
    )

    def to_afterwards(self) -> Afterwards:
        """What becomes of the offers."""
        return Afterwards(self.cleaned_data["afterwards"])

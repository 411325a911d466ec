"""What an organization says about a round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lueckenlos.core import clock
from lueckenlos.core.forms import DayField
from lueckenlos.offers.holidays.types import NewRound, OfferView, RoundView


class RoundForm(forms.Form):
    """A round: for which holidays, until when, how many offers for one child, where the seed comes from."""

    title = forms.CharField(
        label=gettext_lazy("Titel"),
        max_length=160,
        error_messages={"required": gettext_lazy("Bitte geben Sie einen Titel an.")},
    )
    holiday = forms.CharField(
        label=gettext_lazy("Welche Ferien?"),
        help_text=gettext_lazy("Zum Beispiel: Osterferien 2027."),
        max_length=80,
        error_messages={"required": gettext_lazy("Bitte sagen Sie, um welche Ferien es geht.")},
    )
    wishes_from = DayField(label=gettext_lazy("Wünsche ab"))
    wishes_until = DayField(label=gettext_lazy("Wünsche bis einschließlich"))
    rest_on = DayField(
        label=gettext_lazy("Restplätze für alle ab"),
        help_text=gettext_lazy("Bis dahin muss ausgelost und verschickt sein."),
    )
    rest_at = forms.TimeField(
        label=gettext_lazy("Uhrzeit"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        initial=time(18),
    )
    most_each = forms.IntegerField(
        label=gettext_lazy("Angebote für ein Kind, höchstens"),
        help_text=gettext_lazy(
            "Mit 1 und ohne freigehaltene Plätze ist die ehrliche Reihenfolge immer die beste."
        ),
        min_value=1,
        max_value=10,
        initial=1,
    )
    seed_source = forms.CharField(
        label=gettext_lazy("Woher kommt die Zahl für das Los?"),
        help_text=gettext_lazy(
            "Etwas, das nach dem Ende der Wünsche öffentlich gezogen wird und das niemand vorher weiß. Zum Beispiel: die Gewinnzahlen im Lotto vom Samstag, 13. März 2027, von der kleinsten zur größten. Familien lesen diesen Satz vorher."
        ),
        max_length=300,
        error_messages={"required": gettext_lazy("Bitte sagen Sie vorher, woher die Zahl kommen wird.")},
    )

    @classmethod
    def initial_of(cls, view: RoundView) -> dict[str, Any]:
        """What stands in the form of a round that is there."""
        rest = view.rest_from.astimezone(clock.zone())
        return {
            **{name: getattr(view, name) for name in ("title", "holiday", "most_each", "seed_source")},
            "wishes_from": clock.day_of(view.wishes_from),
            "wishes_until": clock.day_of(view.wishes_until - timedelta(seconds=1)),
            "rest_on": clock.day_of(rest),
            "rest_at": rest.time(),
        }

    def clean(self) -> dict[str, Any]:
        """Days in their order, the end of wishes ahead."""
        given = super().clean() or {}
        order_of_days(self, given)
        first, last = (given.get(name) for name in ("wishes_from", "wishes_until"))
        today = clock.real_today()
        if first and last and first > last:
            self.add_error("wishes_until", _("Die Wünsche enden, bevor sie beginnen."))
        if last and last < today:
            self.add_error("wishes_until", _("Dieser Tag liegt in der Vergangenheit."))
        return given

    def to_new(self) -> NewRound:
        """The round as it was said."""
        given = self.cleaned_data
        return NewRound(
            title=given["title"].strip(),
            holiday=given["holiday"].strip(),
            wishes_from=midnight(given["wishes_from"]),
            wishes_until=midnight(given["wishes_until"] + timedelta(days=1)),
            rest_from=datetime.combine(given["rest_on"], given["rest_at"], tzinfo=clock.zone()),
            most_each=given["most_each"],
            seed_source=given["seed_source"].strip(),
        )


class SeedForm(forms.Form):
    """The seed, twice: afterwards it stands."""

    seed = forms.CharField(
        label=gettext_lazy("Die gezogene Zahl"),
        min_length=4,
        max_length=200,
        error_messages={
            "required": gettext_lazy("Bitte tragen Sie ein, was gezogen wurde."),
            "min_length": gettext_lazy("Das ist zu kurz. Bitte tragen Sie alles ein, was gezogen wurde."),
        },
    )
    again = forms.CharField(label=gettext_lazy("Noch einmal, zur Sicherheit"), max_length=200)

    def clean(self) -> dict[str, Any]:
        """Both alike."""
        given = super().clean() or {}
        if given.get("seed") and given.get("again") and given["seed"] != given["again"]:
            self.add_error("again", _("Beide Eingaben sind verschieden. Bitte prüfen Sie sie."))
        return given


class KeepForm(forms.Form):
    """How many seats of each offer are kept for children with support need."""

    def __init__(self, *args: Any, offers: Sequence[OfferView], **given: Any) -> None:
        super().__init__(*args, **given)
        self._offers = offers
        for each in offers:
            self.fields[f"kept_{each.id}"] = forms.IntegerField(min_value=0, max_value=1_000)

    def to_seats(self) -> list[tuple[UUID, int]]:
        """Only what is otherwise than before."""
        said = [(each, self.cleaned_data[f"kept_{each.id}"]) for each in self._offers]
        return [(each.id, seats) for each, seats in said if seats != each.kept]


def order_of_days(form: forms.Form, given: Mapping[str, Any]) -> None:
    """Remaining places come after the lot: the last day of wishes ends at midnight, they are open after it, never at it."""
    last, rest = given.get("wishes_until"), given.get("rest_on")
    at_once = rest and last and rest == last + timedelta(days=1) and given.get("rest_at") == time()
    if last and rest and (rest <= last or at_once):
        form.add_error(
            "rest_on", _("Restplätze gibt es erst nach dem Auslosen, also nach dem Ende der Wünsche.")
        )


def midnight(day: date) -> datetime:
    """When a day begins in the county."""
    return datetime.combine(day, time(), tzinfo=clock.zone())

"""What planners write about a target, and the sentences for what cannot be one."""

import math
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lueckenlos.core.forms import DayField
from lueckenlos.steering.chain.telling import number_shortly
from lueckenlos.steering.chain.types import TargetView, TargetWords
from lueckenlos.steering.chain.wording import INTENSITIES

MANY = 1_000.0
"""From here on a target is more likely a number of children or places than places per hundred."""
MOST = 10_000.0


def read_number(typed: str) -> float:
    """A number as Germans type it: 12,5 or 1.200,5; with a point alone as calculators write it. Raises ValueError."""
    text = typed.strip().replace(" ", "").replace("−", "-")
    if "," in text:
        text = text.replace(".", "").replace(",", ".")
    elif text.count(".") and all(len(part) == 3 for part in text.lstrip("-").split(".")[1:]):
        text = text.replace(".", "")
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(typed)
    return value


class PlacesPer100Field(forms.CharField):
    """Places a year for a hundred children: above 0; `nothing` says what to do instead of 0."""

    def __init__(self, *, nothing: str | Promise, **more: Any) -> None:
        super().__init__(**more)
        self.nothing = nothing

    def clean(self, value: Any) -> Any:
        """The number, or a sentence that says what to do."""
        typed = str(super().clean(value)).strip()
        try:
            number = read_number(typed)
        except ValueError:
            raise ValidationError(
                gettext("„%(typed)s“ ist keine Zahl. Schreiben Sie zum Beispiel 15 oder 7,5.")
                % {"typed": typed[:40]}
            ) from None
        if number == 0:
            raise ValidationError(str(self.nothing))
        if number < 0:
            raise ValidationError(
                gettext("%(number)s Plätze kann es nicht geben. Ein Ziel ist größer als 0.")
                % {"number": number_shortly(number)}
            )
        if number > MOST:
            raise ValidationError(
                gettext(
                    "%(number)s Plätze je 100 Kinder sind mehr, als gerechnet werden kann (höchstens %(most)s)."
                )
                % {"number": number_shortly(number), "most": number_shortly(MOST)}
            )
        return number


class TargetForm(forms.Form):
    """One wording of one target."""

    places = PlacesPer100Field(
        nothing=_(
            "Ein Ziel von 0 würde jede Lücke schließen, ohne dass ein Platz entsteht. "
            "Soll hier kein Ziel mehr gelten, wählen Sie „Ziel beenden“."
        ),
        label=_("Plätze im Jahr je 100 Kinder"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        help_text=_(
            "So viele Plätze soll es für je 100 Kinder dieses Alters geben, zum Beispiel 15 oder 7,5."
        ),
        error_messages={"required": _("Bitte schreiben Sie, wie viele Plätze je 100 Kinder es geben soll.")},
    )
    really = forms.BooleanField(label=_("Ja, gemeint sind Plätze je 100 Kinder"), required=False)
    is_essential = forms.BooleanField(
        label=_("Gehört zur Kette: Ohne dieses Ziel gilt die Kette als unterbrochen"), required=False
    )
    need_indicator = forms.ChoiceField(
        label=_("Nach Bedarf gewichten"),
        required=False,
        help_text=_(
            "Wo der Wert doppelt so hoch ist wie im Kreis, gilt das doppelte Ziel; "
            "mehr als das Doppelte und weniger als die Hälfte wird es nie."
        ),
    )
    intensities = forms.MultipleChoiceField(
        label=_("Was zählt auf dieses Ziel?"),
        required=False,
        choices=list(INTENSITIES.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Ohne Auswahl zählt alles, was hilft: nicht Information, Pflicht, Geld und Angebote für Fachkräfte."
        ),
    )
    basis = forms.CharField(
        label=_("Worauf stützt sich das Ziel?"),
        max_length=300,
        help_text=_("Zum Beispiel ein Gesetz, eine Empfehlung, eine Erfahrung."),
        error_messages={
            "required": _("Bitte schreiben Sie einen Satz: Sonst kann niemand das Ziel verteidigen.")
        },
    )
    resolution = forms.CharField(
        label=_("Welches Gremium hat es beschlossen?"),
        max_length=300,
        required=False,
        help_text=_("Solange nichts beschlossen ist, bleibt es leer."),
    )
    resolved_on = DayField(
        label=_("Beschlossen am"),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        indicators: Iterable[tuple[str, str]],
        standing: TargetView | None,
        today: date,
        **more: Any,
    ) -> None:
        if standing is not None and standing.places_per_100 is not None:
            more.setdefault("initial", _initial(standing))
        super().__init__(*args, **more)
        self.today = today
        self.asks_really = False
        need = self.fields["need_indicator"]
        assert isinstance(need, forms.ChoiceField)
        need.choices = [("", _("nicht gewichten: überall dasselbe Ziel")), *indicators]

    def clean_resolved_on(self) -> date | None:
        """A resolution lies behind us."""
        day: date | None = self.cleaned_data["resolved_on"]
        if day is not None and day > self.today:
            raise ValidationError(
                gettext("Der Beschluss liegt in der Zukunft. Tragen Sie ihn ein, wenn er gefasst ist.")
            )
        return day

    def clean(self) -> dict[str, Any]:
        """Very many places are asked about, and a date needs its body."""
        given = super().clean() or {}
        number = given.get("places")
        if number is not None and number >= MANY and not given.get("really"):
            self.asks_really = True
            self.add_error("places", many_sentence(number))
        if given.get("resolved_on") and not given.get("resolution"):
            self.add_error("resolution", gettext("Zu einem Datum gehört das Gremium, das beschlossen hat."))
        return given

    def to_words(self) -> TargetWords:
        """What was said."""
        given = self.cleaned_data
        return TargetWords(
            places_per_100=given["places"],
            is_essential=given["is_essential"],
            need_indicator=given["need_indicator"],
            intensities=in_order(given["intensities"]),
            basis=given["basis"],
            resolution=given["resolution"],
            resolved_on=given["resolved_on"],
        )


def in_order(intensities: Sequence[str]) -> tuple[str, ...]:
    """Intensities in the order of their table, so that the same choice is the same wording."""
    return tuple(key for key in INTENSITIES if key in intensities)


def many_sentence(number: float) -> str:
    """What to ask where so many places are more likely a count of children."""
    return gettext(
        "%(number)s Plätze je 100 Kinder wären %(each)s Plätze für jedes Kind. "
        "Haben Sie die Zahl der Kinder oder aller Plätze eingegeben? Wenn es so gemeint ist, setzen Sie das Häkchen."
    ) % {"number": number_shortly(number), "each": number_shortly(number / 100)}


def _initial(standing: TargetView) -> dict[str, Any]:
    return {
        "places": number_shortly(standing.places_per_100 or 0.0),
        "really": (standing.places_per_100 or 0.0) >= MANY,
        "is_essential": standing.is_essential,
        "need_indicator": standing.need_indicator,
        "intensities": list(standing.intensities),
        "basis": standing.basis,
        "resolution": standing.resolution,
        "resolved_on": standing.resolved_on,
    }

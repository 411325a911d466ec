"""What the address of the chain picture says; whatever does not fit is named and left out."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lueckenlos.commons.directory.types import Format
from lueckenlos.core.forms import DayField
from lueckenlos.steering.chain.forms.addressed import AddressedForm
from lueckenlos.steering.chain.types import Drawn, Narrowing, PictureView, PictureWish

WHOLE = "kreis"
LONGEST_WORD = 60
LONGEST_CODE = 20


def _choice(sentence: Any) -> forms.ChoiceField:
    return forms.ChoiceField(required=False, error_messages={"invalid_choice": sentence})


def _day() -> DayField:
    return DayField(
        required=False,
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        error_messages={
            "invalid": gettext_lazy("Das ist kein Tag. Schreiben Sie ihn wie 2026-11-01 oder 01.11.2026.")
        },
    )


class PictureForm(AddressedForm):
    """Place, field, day, filters, comparison and view; `today` ends what can be known."""

    ADDRESS = {
        "view": "ansicht", "area": "gemeinde", "field": "feld", "seam": "naht", "language": "sprache",
        "free": "kostenlos", "accessible": "barrierefrei", "kind": "art", "audience": "fuer",
        "day": "stand", "beside": "neben", "beside_day": "neben_stand",
    }  # fmt: skip

    view = _choice(gettext_lazy("Die Ansicht „%(value)s“ gibt es nicht. Gezeigt wird das Bild."))
    area = _choice(
        gettext_lazy(
            "Eine Kommune mit dem Schlüssel „%(value)s“ gibt es hier nicht. Wählen Sie eine aus der Liste."
        )
    )
    field = _choice(gettext_lazy("Das Handlungsfeld „%(value)s“ gibt es hier nicht. Gezeigt werden alle."))
    phase = _choice(gettext_lazy("Die Lebensphase „%(value)s“ gibt es hier nicht."))
    seam = _choice(gettext_lazy("Den Übergang „%(value)s“ gibt es hier nicht."))
    language = forms.RegexField(
        r"^[A-Za-z-]+$", required=False, max_length=LONGEST_CODE,
        error_messages={"invalid": gettext_lazy("Diese Sprache kennt das Haus nicht. Wählen Sie eine aus der Liste.")},
    )  # fmt: skip
    free = forms.BooleanField(required=False)
    accessible = forms.BooleanField(required=False)
    format = _choice(gettext_lazy("Die Form „%(value)s“ gibt es nicht. Gezeigt werden alle Angebote."))
    kind = _choice(
        gettext_lazy("Die Angebotsart „%(value)s“ gibt es hier nicht. Gezeigt werden alle Angebote.")
    )
    audience = forms.CharField(required=False, max_length=LONGEST_WORD)
    day = _day()
    beside = _choice(
        gettext_lazy("Zum Vergleich: eine Kommune mit dem Schlüssel „%(value)s“ gibt es hier nicht.")
    )
    beside_day = _day()

    def __init__(self, *args: Any, drawn: Drawn, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        seams = [f"{one}>{other}" for one, other in zip(drawn.phases, drawn.phases[1:], strict=False)]
        for name, keys in (
            ("view", tuple(PictureView)),
            ("area", (WHOLE, *drawn.areas)),
            ("field", drawn.fields),
            ("phase", drawn.phases),
            ("seam", seams),
            ("format", tuple(Format)),
            ("kind", drawn.labels.kinds),
            ("beside", drawn.areas),
        ):
            self._offer(name, keys)

    def clean_day(self) -> date | None:
        """A day that is over or today."""
        return self._known("day")

    def clean_beside_day(self) -> date | None:
        """Likewise for the day to compare with."""
        return self._known("beside_day")

    def to_wish(self) -> PictureWish:
        """What can be shown of what was asked for."""
        self.is_valid()
        given = self.cleaned_data
        area, (phase, _sign, to) = given.get("area", ""), given.get("seam", "").partition(">")
        return PictureWish(
            view=PictureView(given.get("view") or PictureView.PICTURE),
            area={"": None, WHOLE: ""}.get(area, area),
            field=given.get("field", ""),
            phase=phase or given.get("phase", ""),
            to=to,
            narrowing=Narrowing(
                language=given.get("language", ""),
                free=given.get("free", False),
                accessible=given.get("accessible", False),
                format=given.get("format", ""),
                kind=given.get("kind", ""),
                audience=given.get("audience", ""),
            ),
            day=given.get("day"),
            beside=given.get("beside", ""),
            beside_day=given.get("beside_day"),
        )

    def sentences(self) -> list[str]:
        """What did not fit, one sentence each."""
        return [str(sentence) for errors in self.errors.values() for sentence in errors]

    def _offer(self, name: str, keys: Iterable[str]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(key), str(key)) for key in keys]

    def _known(self, name: str) -> date | None:
        day: date | None = self.cleaned_data[name]
        if day is not None and day > self.today:
            raise forms.ValidationError(
                _(
                    "Dieser Tag liegt noch vor uns. Gezeigt wird der Stand von heute; kommende Jahre zeigt der Ausblick."
                )
            )
        return day

"""A service that is only thought of: where, for whom, how much; and the sentences for what cannot be."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lueckenlos.kernels.chain.types import Phase
from lueckenlos.steering.chain.forms.changes import ChangeForm, Stock, choose, number_field, read_places
from lueckenlos.steering.chain.scenario_changes import ServiceAdded
from lueckenlos.steering.chain.selectors.trying import Spot, spot_of
from lueckenlos.steering.chain.telling import number_shortly
from lueckenlos.steering.chain.types import ScenarioDeed

OLDEST = 99


class ServiceAddedForm(ChangeForm):
    """A service that is only thought of."""

    deed = ScenarioDeed.ADD_SERVICE
    name = forms.CharField(
        label=_("Wie hieße es?"),
        max_length=120,
        error_messages={"required": _("Bitte geben Sie ihm einen Namen.")},
    )
    kind = forms.ChoiceField(
        label=_("Was für ein Angebot?"),
        required=False,
        help_text=_("Danach richtet sich, auf welche Ziele es zählt."),
    )
    phases = forms.MultipleChoiceField(
        label=_("Für welche Lebensphasen?"), widget=forms.CheckboxSelectMultiple
    )
    fields_ = forms.MultipleChoiceField(label=_("In welchen Feldern?"), widget=forms.CheckboxSelectMultiple)
    age_min = number_field(label=_("Ab welchem Alter?"), required=False)
    age_max = number_field(label=_("Bis zu welchem Alter?"), required=False)
    capacity = number_field(
        label=_("Wie viele Plätze im Jahr?"),
        error_messages={"required": _("Bitte schreiben Sie, wie viele Plätze es wären.")},
    )
    area = forms.ChoiceField(label=_("In welcher Gemeinde?"))
    place = forms.CharField(
        label=_("In welchem Ort?"),
        max_length=80,
        required=False,
        help_text=_("Ein Dorf oder Stadtteil; ohne Angabe liegt es in der Mitte der Gemeinde."),
    )
    travels = forms.BooleanField(label=_("Es kommt zu den Familien oder ist online"), required=False)
    whole = forms.BooleanField(label=_("Es ist für den ganzen Kreis da"), required=False)
    catchment = forms.MultipleChoiceField(
        label=_("Für welche Gemeinden ist es da?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ohne Auswahl für die Gemeinde, in der es liegt."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Welche Sprachen werden gesprochen?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    spot: Spot | None = None

    def fill(self, stock: Stock) -> None:
        """Offer the county's words; a municipality plans on its own ground."""
        choose(self, "kind", [("", gettext("noch offen")), *stock.kinds])
        choose(self, "phases", stock.phase_labels)
        choose(self, "fields_", stock.fields)
        choose(self, "area", [each for each in stock.areas if stock.own in {"", each[0]}])
        choose(self, "catchment", stock.areas)
        choose(self, "languages", stock.languages)

    def clean_capacity(self) -> int:
        """The number of places."""
        nothing = gettext("Ein Angebot mit 0 Plätzen ändert nichts. Schreiben Sie, wie viele es hätte.")
        return read_places(self.cleaned_data["capacity"], nothing=nothing)

    def clean_age_min(self) -> float | None:
        """The youngest."""
        return _age(self.cleaned_data["age_min"])

    def clean_age_max(self) -> float | None:
        """The oldest."""
        return _age(self.cleaned_data["age_max"])

    def clean(self) -> dict[str, Any]:
        """Ages must be in order and meet every phase; the place must lie in the municipality."""
        given = super().clean() or {}
        self._check_ages(given)
        if given.get("area"):
            self.spot = spot_of(given["area"], place=given.get("place", ""))
            if self.spot is None:
                text = gettext(
                    "„%(place)s“ finden wir in dieser Gemeinde nicht. Lassen Sie den Ort leer, dann gilt ihre Mitte."
                )
                self.add_error("place", text % {"place": given["place"]})
        return given

    def _check_ages(self, given: dict[str, Any]) -> None:
        youngest, oldest = given.get("age_min"), given.get("age_max")
        if youngest is not None and oldest is not None and youngest > oldest:
            text = gettext(
                "Das Alter ist vertauscht: von %(low)s bis %(high)s. Meinen Sie %(high)s bis %(low)s?"
            )
            self.add_error(
                "age_min", text % {"low": number_shortly(youngest), "high": number_shortly(oldest)}
            )
            return
        names = dict(self.stock.phase_labels)
        missed = [
            names[phase.key]
            for phase in self.stock.phases
            if phase.key in given.get("phases", ()) and not _meets(phase, youngest=youngest, oldest=oldest)
        ]
        if missed:
            text = gettext(
                "Zu diesem Alter passt nicht: %(phases)s. Ändern Sie das Alter oder die Lebensphasen."
            )
            self.add_error(
                "age_max" if oldest is not None else "age_min", text % {"phases": ", ".join(missed)}
            )

    def to_change(self) -> ServiceAdded:
        """The change."""
        given, spot = self.cleaned_data, self.spot
        if spot is None:
            raise ValueError(given["place"])
        catchment = tuple(given["catchment"]) or (given["area"],)
        return ServiceAdded(
            key=f"was-waere-wenn-{uuid4()}",
            name=given["name"],
            kind=given["kind"],
            phases=tuple(given["phases"]),
            fields=tuple(given["fields_"]),
            area=given["area"],
            place=spot.name,
            x=spot.x,
            y=spot.y,
            capacity=given["capacity"],
            travels=given["travels"],
            catchment=None if given["whole"] else catchment,
            languages=tuple(given["languages"]),
            age_min=given["age_min"],
            age_max=given["age_max"],
        )


def _age(typed: str) -> float | None:
    if not typed.strip():
        return None
    text = typed.strip()
    if not (text.isascii() and text.isdigit()) or int(text) > OLDEST:
        raise ValidationError(
            gettext("„%(typed)s“ ist kein Alter in Jahren. Schreiben Sie zum Beispiel 6.")
            % {"typed": typed[:40]}
        )
    return float(text)


def _meets(phase: Phase, *, youngest: float | None, oldest: float | None) -> bool:
    begins = youngest or -1.0
    ends = float("inf") if oldest is None else oldest + 1.0
    return begins < phase.age_to and ends > phase.age_from

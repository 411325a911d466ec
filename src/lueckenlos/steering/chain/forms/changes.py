"""The changes of a what-if, each with its own form; all end in a change or in a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lueckenlos.kernels.chain.types import Phase, Service
from lueckenlos.steering.chain.forms.targets import MANY, PlacesPer100Field, many_sentence
from lueckenlos.steering.chain.scenario_changes import (
    CapacityChange,
    CatchmentWidened,
    Change,
    LanguageAdded,
    ServiceRemoved,
    TargetChange,
)
from lueckenlos.steering.chain.types import ScenarioDeed

NEXT_PHASE = ">"
MOST_PLACES = 100_000
Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Stock:
    """What a change can be about: the county's own keys with their words, and its services.

    `own` is the municipality whose what-if it is, "" is Koordination's; `county` names the whole.
    """

    county: str
    own: str
    areas: Choices
    phases: Sequence[Phase]
    phase_labels: Choices
    fields: Choices
    kinds: Choices
    languages: Choices
    services: Sequence[Service]

    def service(self, key: str) -> Service:
        """One of the services that can be chosen."""
        return next(each for each in self.services if each.key == key)

    @property
    def service_choices(self) -> list[tuple[str, str]]:
        """Services by name, with their organization."""
        named = [(each.key, f"{each.name} ({each.organization})") for each in self.services]
        return [("", gettext("Bitte wählen")), *sorted(named, key=lambda each: each[1].casefold())]


def number_field(**more: Any) -> forms.CharField:
    """A whole number as people type it."""
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "p-number"})
    return forms.CharField(max_length=20, widget=widget, **more)


def read_places(typed: str, *, nothing: str) -> int:
    """Whole places above 0, or a sentence."""
    digits = typed.strip().replace(".", "").replace(" ", "")
    if not (digits.isascii() and digits.isdigit()):
        raise ValidationError(
            gettext("„%(typed)s“ ist keine Zahl von Plätzen. Schreiben Sie nur Ziffern, zum Beispiel 24.")
            % {"typed": typed[:40]}
        )
    number = int(digits)
    if number == 0:
        raise ValidationError(nothing)
    if number > MOST_PLACES:
        raise ValidationError(
            gettext("%(number)s Plätze sind mehr, als ein Angebot haben kann. Bitte prüfen Sie die Zahl.")
            % {"number": typed[:40]}
        )
    return number


def choose(form: forms.Form, name: str, choices: Choices) -> None:
    """Offer these choices in a field."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


class ChangeForm(forms.Form):
    """What every change has: the stock that it can choose from, and the change that it ends in."""

    deed: ClassVar[ScenarioDeed]

    def __init__(self, *args: Any, stock: Stock, **more: Any) -> None:
        super().__init__(*args, **more)
        self.stock = stock
        self.fill(stock)

    def fill(self, stock: Stock) -> None:
        """Offer what the county has."""

    def to_change(self) -> Change:
        """The change that was written."""
        raise NotImplementedError


class ServiceForm(ChangeForm):
    """A change of a service that is there."""

    service = forms.ChoiceField(
        label=_("Welches Angebot?"), error_messages={"required": _("Bitte wählen Sie ein Angebot.")}
    )

    def fill(self, stock: Stock) -> None:
        """Offer the services."""
        choose(self, "service", stock.service_choices)

    @property
    def chosen(self) -> Service | None:
        """The service that was chosen, if any."""
        key = self.cleaned_data.get("service")
        return self.stock.service(key) if key else None

    def named(self) -> tuple[str, str]:
        """Key and name of the chosen service."""
        service = self.stock.service(self.cleaned_data["service"])
        return service.key, service.name


class TargetChangeForm(ChangeForm):
    """Another target for a cell or a seam."""

    deed = ScenarioDeed.TARGET
    area = forms.ChoiceField(label=_("Wo?"), required=False)
    phase = forms.ChoiceField(label=_("Lebensphase"))
    field = forms.ChoiceField(label=_("Feld"))
    places = PlacesPer100Field(
        nothing=_("Ein Ziel von 0 ist keines. Schreiben Sie eine Zahl über 0."),
        label=_("Plätze im Jahr je 100 Kinder"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "p-number"}),
        error_messages={"required": _("Bitte schreiben Sie, wie viele Plätze je 100 Kinder es geben soll.")},
    )

    def fill(self, stock: Stock) -> None:
        """Offer areas, phases and fields; a municipality tries out its own target alone."""
        choose(self, "area", stock.areas if stock.own else [("", stock.county), *stock.areas])
        choose(self, "phase", stock.phase_labels)
        choose(self, "field", [*stock.fields, (NEXT_PHASE, gettext("Übergang zur nächsten Lebensphase"))])
        if stock.own:
            del self.fields["area"]

    def clean(self) -> dict[str, Any]:
        """The last phase leads nowhere, and very many places are a mistake."""
        given = super().clean() or {}
        keys = [phase.key for phase in self.stock.phases]
        if given.get("field") == NEXT_PHASE and given.get("phase") == keys[-1]:
            self.add_error("field", gettext("Nach dieser Lebensphase kommt keine mehr. Wählen Sie ein Feld."))
        number = given.get("places")
        if number is not None and number >= MANY:
            self.add_error("places", many_sentence(number))
        return given

    def to_change(self) -> TargetChange:
        """The change."""
        given = self.cleaned_data
        keys = [phase.key for phase in self.stock.phases]
        is_seam = given["field"] == NEXT_PHASE
        return TargetChange(
            phase=given["phase"],
            field="" if is_seam else given["field"],
            to=keys[keys.index(given["phase"]) + 1] if is_seam else "",
            places_per_100=given["places"],
            area=self.stock.own or given["area"],
        )


class CapacityChangeForm(ServiceForm):
    """More or fewer places of a service."""

    deed = ScenarioDeed.CAPACITY
    capacity = number_field(
        label=_("Wie viele Plätze im Jahr hätte es?"),
        error_messages={"required": _("Bitte schreiben Sie, wie viele Plätze es wären.")},
    )

    def clean_capacity(self) -> int:
        """The number of places."""
        nothing = gettext(
            "Mit 0 Plätzen gäbe es das Angebot nicht mehr. Wählen Sie dafür „Angebot wegnehmen“."
        )
        return read_places(self.cleaned_data["capacity"], nothing=nothing)

    def to_change(self) -> CapacityChange:
        """The change."""
        return CapacityChange(*self.named(), self.cleaned_data["capacity"])


class ServiceRemovedForm(ServiceForm):
    """A service that would be there no longer."""

    deed = ScenarioDeed.REMOVE_SERVICE

    def to_change(self) -> ServiceRemoved:
        """The change."""
        return ServiceRemoved(*self.named())


class CatchmentForm(ServiceForm):
    """A service that takes more families."""

    deed = ScenarioDeed.CATCHMENT
    whole = forms.BooleanField(label=_("für den ganzen Kreis"), required=False)
    catchment = forms.MultipleChoiceField(
        label=_("auch für diese Gemeinden"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def fill(self, stock: Stock) -> None:
        """Offer services and municipalities."""
        super().fill(stock)
        choose(self, "catchment", stock.areas)

    def clean(self) -> dict[str, Any]:
        """Somebody new must be reached."""
        given = super().clean() or {}
        service = self.chosen
        if service is None:
            return given
        if service.catchment is None:
            self.add_error(
                "service", gettext("„%(name)s“ ist schon für den ganzen Kreis da.") % {"name": service.name}
            )
        elif not given.get("whole") and not given.get("catchment"):
            self.add_error("catchment", gettext("Bitte wählen Sie, für wen es auch da sein soll."))
        elif not given.get("whole") and set(given["catchment"]) <= service.catchment:
            self.add_error("catchment", gettext("Dort ist es schon. Bitte wählen Sie eine weitere Gemeinde."))
        return given

    def to_change(self) -> CatchmentWidened:
        """The change."""
        given = self.cleaned_data
        return CatchmentWidened(*self.named(), None if given["whole"] else tuple(given["catchment"]))


class LanguageForm(ServiceForm):
    """A service that speaks one more language."""

    deed = ScenarioDeed.LANGUAGE
    language = forms.ChoiceField(label=_("Welche Sprache käme dazu?"))

    def fill(self, stock: Stock) -> None:
        """Offer services and languages."""
        super().fill(stock)
        choose(self, "language", stock.languages)

    def clean(self) -> dict[str, Any]:
        """It must be new there."""
        given = super().clean() or {}
        service = self.chosen
        if service is not None and given.get("language") in service.languages:
            self.add_error("language", gettext("Diese Sprache wird dort schon gesprochen."))
        return given

    def to_change(self) -> LanguageAdded:
        """The change."""
        return LanguageAdded(*self.named(), self.cleaned_data["language"])

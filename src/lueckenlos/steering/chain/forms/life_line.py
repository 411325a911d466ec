"""Where and when a child is born: the two words that a life line needs."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lueckenlos.commons.places import selectors as places
from lueckenlos.commons.places.types import OutsideCounty, PlaceKind, PlaceMatch
from lueckenlos.steering.chain.forms.addressed import AddressedForm

SURE = 99.0


@dataclass(frozen=True, slots=True)
class LifeRequest:
    """A place of the county and a year of birth; `others` are places that the words may mean as well."""

    place: PlaceMatch
    born: int
    others: tuple[PlaceMatch, ...] = ()

    @property
    def point(self) -> tuple[float, float] | None:
        """The place's own point; None for a whole municipality, or where nobody knows."""
        if self.place.kind is PlaceKind.MUNICIPALITY or self.place.point is None:
            return None
        return self.place.point[0], self.place.point[1]


class LifeLineForm(AddressedForm):
    """A place and a year of birth, by the address."""

    ADDRESS = {"place": "ort", "born": "jahr"}

    place = forms.CharField(
        label=gettext_lazy("Ort"),
        max_length=120,
        error_messages={
            "required": gettext_lazy("Bitte nennen Sie eine Gemeinde oder ein Dorf."),
            "max_length": gettext_lazy("Der Ort ist zu lang. Bitte nennen Sie nur seinen Namen."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    born = forms.CharField(
        label=gettext_lazy("Geburtsjahr"),
        max_length=12,
        error_messages={
            "required": gettext_lazy("Bitte nennen Sie ein Geburtsjahr."),
            "max_length": gettext_lazy("Bitte schreiben Sie das Geburtsjahr mit vier Ziffern, zum Beispiel 2024."),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": "6"}),
    )  # fmt: skip

    def __init__(self, data: object = None, *, years: range, county: str) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.years, self.county = years, county
        self.similar: tuple[PlaceMatch, ...] = ()
        self._others: tuple[PlaceMatch, ...] = ()

    def clean_place(self) -> PlaceMatch:
        """The place that is meant; where it is not sure which, the likely ones are kept for the page."""
        text = self.cleaned_data["place"]
        found = places.find_place(text)
        if isinstance(found, OutsideCounty):
            self.similar = found.similar
            raise forms.ValidationError(
                _("%(place)s gehört nicht zu unserem Gebiet (%(county)s)."),
                params={"place": found.name, "county": self.county},
            )
        if not found:
            raise forms.ValidationError(
                _("Einen Ort „%(text)s“ kennen wir nicht (%(county)s). Bitte nennen Sie eine Gemeinde oder ein Dorf."),
                params={"text": text, "county": self.county},
            )  # fmt: skip
        if found[0].score < SURE:
            self.similar = tuple(found)
            raise forms.ValidationError(
                _("Einen Ort „%(text)s“ gibt es nicht. Welchen meinen Sie?"), params={"text": text}
            )
        self._others = tuple(each for each in found[1:] if each.score >= SURE)
        return found[0]

    def clean_born(self) -> int:
        """A year whose children are still on their way, or will be soon."""
        text = self.cleaned_data["born"]
        if not (text.isdecimal() and text.isascii() and len(text) == 4):
            raise forms.ValidationError(
                _("„%(text)s“ ist kein Jahr. Bitte schreiben Sie vier Ziffern, zum Beispiel 2024."),
                params={"text": text},
            )
        year = int(text)
        if year not in self.years:
            raise forms.ValidationError(
                _("Für %(year)s lässt sich keine Lebenslinie zeichnen. Möglich sind %(first)s bis %(last)s."),
                params={"year": text, "first": self.years[0], "last": self.years[-1]},
            )
        return year

    def to_request(self) -> LifeRequest:
        """What was asked for."""
        return LifeRequest(self.cleaned_data["place"], self.cleaned_data["born"], self._others)

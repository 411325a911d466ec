"""The choice of a site, as people write it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lueckenlos.core.forms import DayField, offer
from lueckenlos.steering.chain.selectors.sites import ALTERNATIVES
from lueckenlos.steering.chain.social_types import Alternative, Line, SiteValues


class SiteForm(forms.Form):
    """Only the title must be there; what else is missing is said before it can be decided."""

    title = forms.CharField(
        label=_("Titel"),
        max_length=200,
        help_text=_("Zum Beispiel: Standort der Familienklasse ab Sommer 2027"),
    )
    question = forms.CharField(
        label=_("Wofür wird ein Standort gesucht?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    chosen = forms.ChoiceField(label=_("Gewählte Gemeinde"), required=False)
    place = forms.CharField(label=_("Schule oder Haus dort"), required=False, max_length=200)
    grounds = forms.CharField(
        label=_("Begründung"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Die Zahlen stehen schon dabei. Hier steht, was sie nicht sagen."),
    )
    cost = forms.IntegerField(
        label=_("Kosten im Jahr, in Euro"), required=False, min_value=0, max_value=1_000_000_000
    )
    funding = forms.CharField(label=_("Finanzierung"), required=False, max_length=300)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        lines: Sequence[Line],
        values: SiteValues | None = None,
        version: int = 1,
    ) -> None:
        initial: dict[str, Any] = {"version": version}
        if values is not None:
            initial |= {name: getattr(values, name) for name in ("title", "question", "chosen", "place", "grounds", "cost", "funding")}  # fmt: skip
            for at, each in enumerate(values.alternatives):
                initial |= {f"area{at}": each.area, f"why{at}": each.why_not}
        elif lines:
            initial |= {"chosen": lines[0].area}
        super().__init__(data, initial=initial)
        words = gettext("Rang %(rank)s: %(name)s")
        areas = [("", gettext("noch offen")), *((line.area, words % {"rank": line.rank, "name": line.name}) for line in lines)]  # fmt: skip
        offer(self, "chosen", areas)
        for at in range(ALTERNATIVES):
            self.fields[f"area{at}"] = forms.ChoiceField(
                label=gettext("Alternative %(number)s") % {"number": at + 1}, choices=areas, required=False
            )
            self.fields[f"why{at}"] = forms.CharField(
                label=gettext("Warum nicht dort"),
                required=False,
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def clean(self) -> dict[str, Any]:
        """A site is not its own alternative."""
        given = super().clean() or {}
        seen = {given.get("chosen") or "-"}
        for at in range(ALTERNATIVES):
            area = given.get(f"area{at}")
            if area and area in seen:
                self.add_error(
                    f"area{at}", gettext("Diese Gemeinde steht schon oben. Bitte wählen Sie eine andere.")
                )
            elif given.get(f"why{at}") and not area:
                self.add_error(f"area{at}", gettext("Bitte wählen Sie die Gemeinde, für die der Grund gilt."))
            seen.add(area or "-")
        return given

    @property
    def alternatives(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The pairs of fields."""
        return [(self[f"area{at}"], self[f"why{at}"]) for at in range(ALTERNATIVES)]

    @property
    def first(self) -> list[forms.BoundField]:
        """What comes before the alternatives."""
        return [self[name] for name in ("title", "question", "chosen", "place", "grounds")]

    @property
    def last(self) -> list[forms.BoundField]:
        """What comes after them."""
        return [self["cost"], self["funding"]]

    def to_values(self) -> SiteValues:
        """What was written."""
        given = self.cleaned_data
        pairs = [(given[f"area{at}"], given[f"why{at}"]) for at in range(ALTERNATIVES)]
        return SiteValues(
            given["title"],
            given["question"],
            given["chosen"],
            given["place"],
            given["grounds"],
            tuple(Alternative(area, why) for area, why in pairs if area),
            given["cost"],
            given["funding"],
        )


class DecideForm(forms.Form):
    """The day of the decision."""

    on = DayField(label=_("Entschieden am"))
    version = forms.IntegerField(widget=forms.HiddenInput)

"""The words of an analysis as they stand in the address: which indicators, how heavy, which way, how made."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lueckenlos.core.forms import offer
from lueckenlos.kernels.social_areas import Direction, Missing, Role, Standard
from lueckenlos.steering.chain.selectors.analysis import role_of, usual_direction, usual_wish
from lueckenlos.steering.chain.social_types import FIRST, Chosen, IndicatorCard, Wish
from lueckenlos.steering.chain.social_wording import MISSING, ROLES, STANDARDS, WAYS

HEAVIEST = 100


@dataclass(frozen=True, slots=True)
class Choice:
    """One indicator in the form."""

    card: IndicatorCard
    is_chosen: bool
    weight: forms.BoundField
    direction: forms.BoundField


class AnalysisForm(forms.Form):
    """A form that is sent by address, so that a ranking can be shared and comes out the same."""

    sicht = forms.ChoiceField(choices=[(role.value, words) for role, words in ROLES.items()], required=False)
    jahr = forms.ChoiceField(label=_("Jahr"), required=False)
    weise = forms.ChoiceField(
        label=_("Vergleichbar gemacht als"),
        choices=[(key.value, words) for key, words in STANDARDS.items()],
        required=False,
    )
    fehlend = forms.ChoiceField(
        label=_("Fehlende Werte"),
        choices=[(key.value, words) for key, words in MISSING.items()],
        required=False,
    )
    erste = forms.IntegerField(
        label=_("Wie viele Erste"),
        required=False,
        min_value=1,
        help_text=_("Für die Frage, wie oft eine Gemeinde unter den Ersten steht."),
    )

    def __init__(self, query: QueryDict, *, cards: Sequence[IndicatorCard], areas: int) -> None:
        given = query.copy()
        sight = str(query.get("sicht", ""))
        role = Role(sight) if sight in set(Role) else Role.NEED
        given["sicht"] = role.value
        for name, usual in (
            ("weise", Standard.Z.value),
            ("fehlend", Missing.AVERAGE.value),
            ("erste", str(FIRST)),
        ):
            given.setdefault(name, usual)
        super().__init__(given)
        self.role = role
        self.cards = [card for card in cards if role_of(card.info) is role]
        self.others = [card for card in cards if role_of(card.info) is not role]
        self.is_fresh = not ({"i", "weise"} & set(query))
        self._wish = usual_wish(role, cards=self.cards)
        self.chosen_keys = (
            {each.key for each in self._wish.chosen} if self.is_fresh else set(query.getlist("i"))
        )
        self._build(given, areas=areas)

    def _build(self, given: QueryDict, *, areas: int) -> None:
        self.fields["erste"].max_value = areas  # type: ignore[attr-defined]
        years = sorted({year for card in self.cards for year in card.info.values}, reverse=True)
        offer(
            self,
            "jahr",
            [
                ("", gettext("jeweils das letzte")),
                *((str(year), str(year)) for year in years),
            ],
        )
        words = [(key.value, label) for key, label in WAYS.items()]
        for card in self.cards:
            key = card.info.key
            usual = usual_direction(card.info)
            given.setdefault(f"w_{key}", "1")
            given.setdefault(f"d_{key}", usual.value if usual else "")
            self.fields[f"w_{key}"] = forms.DecimalField(
                label=gettext("Gewicht"),
                required=False,
                min_value=0,
                max_value=HEAVIEST,
                decimal_places=3,
                localize=True,
                widget=forms.TextInput(attrs={"inputmode": "decimal", "size": "5"}),
            )
            options = words if usual else [("", gettext("bitte wählen")), *words]
            self.fields[f"d_{key}"] = forms.ChoiceField(
                label=gettext("Richtung"), choices=options, required=False
            )

    def clean(self) -> dict[str, Any]:
        """What counts use has no place in an index of need: such a map would be circular."""
        given = super().clean() or {}
        wrong = [card.info.label for card in self.others if card.info.key in self.chosen_keys]
        for label in wrong:
            words = (
                gettext("„%(label)s“ zählt Nutzung: wo Hilfe ankommt, nicht, wo sie gebraucht wird. In einen Index des Bedarfs gehört es nicht.")
                if self.role is Role.NEED
                else gettext("„%(label)s“ zählt Bedarf. In einen Index der Nutzung gehört es nicht.")
            )  # fmt: skip
            self.add_error(None, words % {"label": label})
        return given

    def clean_erste(self) -> int:
        """At most as many as there are."""
        most: int = self.fields["erste"].max_value  # type: ignore[attr-defined]
        first: int = self.cleaned_data["erste"] or FIRST
        if first > most:
            words = gettext("Es gibt nur %(most)s Gemeinden.")
            raise forms.ValidationError(words % {"most": most})
        return first

    @property
    def choices(self) -> list[Choice]:
        """The indicators of this view."""
        return [
            Choice(
                card,
                card.info.key in self.chosen_keys,
                self[f"w_{card.info.key}"],
                self[f"d_{card.info.key}"],
            )
            for card in self.cards
        ]

    def to_wish(self) -> Wish:
        """What is asked for; what does not fit falls back to the usual."""
        given = self.cleaned_data
        chosen = [
            Chosen(key, self._weight(key), Direction(given[f"d_{key}"]) if given.get(f"d_{key}") else None)
            for key in (card.info.key for card in self.cards)
            if key in self.chosen_keys
        ]
        return Wish(
            self.role,
            tuple(chosen),
            int(given["jahr"]) if given.get("jahr") else None,
            Standard(given.get("weise") or Standard.Z),
            Missing(given.get("fehlend") or Missing.AVERAGE),
            given.get("erste") or FIRST,
        )

    def _weight(self, key: str) -> float:
        weight = self.cleaned_data.get(f"w_{key}")
        return 1.0 if weight is None else float(weight)

"""What a family fills in, in three steps: which children, which wishes, how to reach them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from lueckenlos.commons.places import selectors as places
from lueckenlos.commons.places.types import OutsideCounty
from lueckenlos.core import clock
from lueckenlos.core.contact_form import ContactForm
from lueckenlos.core.forms import DayField
from lueckenlos.offers.holidays.page import choice
from lueckenlos.offers.holidays.types import (
    MOST_CHILDREN,
    MOST_WISHES,
    ChildValue,
    NewWishList,
    OfferView,
    RoundView,
)

CONSENT: Final = "wunschzettel-2026-1"
OLDEST_DAYS: Final = 27 * 366


class ChildrenForm(forms.Form):
    """Step one: the children of the list; empty rows do not count."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.rows = tuple(range(MOST_CHILDREN))
        for row in self.rows:
            self._add_row(row)

    def _add_row(self, row: int) -> None:
        needed = row == 0
        self.fields[f"first_{row}"] = forms.CharField(
            label=_("Vorname"),
            max_length=80,
            required=needed,
            error_messages={"required": _("Bitte schreiben Sie den Vornamen des Kindes.")},
        )
        self.fields[f"family_{row}"] = forms.CharField(label=_("Nachname"), max_length=80, required=False)
        self.fields[f"born_{row}"] = DayField(
            label=_("Geburtstag"),
            required=needed,
            error_messages={"required": _("Bitte geben Sie den Geburtstag des Kindes an.")},
        )
        self.fields[f"need_{row}"] = forms.BooleanField(
            label=_(
                "Dieses Kind braucht Unterstützung, zum Beispiel wegen einer Behinderung. Manche Plätze sind zuerst für diese Kinder da."
            ),
            required=False,
        )
        self.fields[f"support_{row}"] = forms.CharField(
            label=_("Was hilft diesem Kind, damit es mitmachen kann?"), max_length=300, required=False
        )

    @property
    def people(self) -> list[tuple[int, list[forms.BoundField]]]:
        """The rows for the page: number and fields."""
        return [
            (row + 1, [self[name] for name in self.fields if name.endswith(f"_{row}")]) for row in self.rows
        ]

    @property
    def has_more(self) -> bool:
        """Whether something stands in the rows behind the first."""
        names = [name for name in self.fields if not name.endswith("_0")]
        return any(self[name].value() or self[name].errors for name in names)

    def clean(self) -> dict[str, Any]:
        """A birthday lies in the past, and belongs to somebody with a name."""
        given = super().clean() or {}
        today = clock.real_today()
        for row in self.rows:
            born, first = given.get(f"born_{row}"), given.get(f"first_{row}")
            if born is not None and not 0 <= (today - born).days <= OLDEST_DAYS:
                self.add_error(
                    f"born_{row}", _("Dieser Geburtstag kann nicht stimmen. Bitte prüfen Sie ihn.")
                )
            if born is not None and not first and f"first_{row}" not in self.errors:
                self.add_error(f"first_{row}", _("Wie heißt das Kind mit diesem Geburtstag?"))
            if first and born is None and f"born_{row}" not in self.errors:
                self.add_error(f"born_{row}", _("Bitte geben Sie auch den Geburtstag an."))
        return given

    def to_children(self) -> tuple[ChildValue, ...]:
        """The children."""
        given = self.cleaned_data
        return tuple(
            ChildValue(
                given[f"first_{row}"].strip(),
                given[f"family_{row}"].strip(),
                given[f"born_{row}"],
                given[f"need_{row}"],
                given[f"support_{row}"].strip(),
            )
            for row in self.rows
            if given.get(f"first_{row}")
        )


class WishesForm(forms.Form):
    """Step two: the wishes, the dearest first; gaps between them do not count."""

    def __init__(self, *args: Any, offers: Sequence[OfferView], **given: Any) -> None:
        super().__init__(*args, **given)
        named = [(str(each.id), choice(each.programme)) for each in offers]
        for number in range(1, min(MOST_WISHES, len(offers)) + 1):
            self.fields[f"wish_{number}"] = forms.ChoiceField(
                label=_("%(number)s. Wunsch") % {"number": number},
                choices=[("", _("bitte wählen") if number == 1 else _("kein Wunsch")), *named],
                required=number == 1,
                error_messages={
                    "required": _("Bitte wählen Sie mindestens einen Wunsch."),
                    "invalid_choice": _(
                        "Dieses Angebot gibt es für Ihre Kinder nicht. Bitte wählen Sie ein anderes."
                    ),
                },
            )

    @classmethod
    def initial_of(cls, wishes: Sequence[UUID]) -> dict[str, str]:
        """What stands in the form of a list that is there."""
        return {f"wish_{number}": str(wish) for number, wish in enumerate(wishes, start=1)}

    @property
    def first(self) -> list[forms.BoundField]:
        """The wishes that are seen at once."""
        return [self[name] for name in list(self.fields)[:3]]

    @property
    def more(self) -> list[forms.BoundField]:
        """The others, one tap away."""
        return [self[name] for name in list(self.fields)[3:]]

    @property
    def has_more(self) -> bool:
        """Whether something stands among the others, or is wrong there."""
        return any(bound.value() or bound.errors for bound in self.more)

    def clean(self) -> dict[str, Any]:
        """Each once."""
        given = super().clean() or {}
        seen: set[str] = set()
        for name in self.fields:
            wish = given.get(name)
            if wish and wish in seen:
                self.add_error(
                    name, _("Diesen Wunsch gibt es weiter oben schon. Bitte wählen Sie einen anderen.")
                )
            seen.add(wish or "")
        return given

    def to_wishes(self) -> tuple[UUID, ...]:
        """The wishes in their order."""
        given = self.cleaned_data
        return tuple(UUID(given[name]) for name in self.fields if given.get(name))


class ReachForm(ContactForm):
    """Step three: how to reach the family, and the consent."""

    place = forms.CharField(
        label=gettext_lazy("Wo wohnen Sie?"),
        help_text=gettext_lazy(
            "Ort oder Postleitzahl. Daraus wird nur gezählt, aus welcher Gemeinde Menschen kommen."
        ),
        max_length=100,
        required=False,
    )
    consent = forms.BooleanField(
        label=gettext_lazy(
            "Ich bin einverstanden: Die Stelle, die die Plätze verteilt, darf diese Angaben speichern. Bekommt mein Kind einen Platz, darf sie auch der Veranstalter speichern. Das gilt auch für Angaben zur Unterstützung. Drei Monate nach dem letzten Termin wird alles gelöscht."
        ),
        error_messages={"required": gettext_lazy("Ohne Ihr Ja dürfen wir den Wunschzettel nicht speichern.")},
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["email"].help_text = _("Dorthin schicken wir, welche Plätze Sie bekommen.")
        self.order_fields(["name", "email", "phone", "place", "consent"])

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields that people see."""
        return [self[name] for name in self.fields if name != "website"]

    def to_list(
        self, view: RoundView, *, children: tuple[ChildValue, ...], wishes: tuple[UUID, ...]
    ) -> NewWishList:
        """The whole list."""
        given = self.cleaned_data
        return NewWishList(
            round=view.id,
            children=children,
            wishes=wishes,
            name=given["name"].strip(),
            email=given["email"],
            phone=given["phone"].strip(),
            language=get_language() or "de",
            ags=ags_of(given["place"]),
            consent_version=CONSENT,
        )


def ags_of(typed: str) -> str | None:
    """The municipality of a typed place; none where it is not clear or lies outside."""
    typed = " ".join(typed.split())
    found = places.find_place(typed) if typed else None
    if not found or isinstance(found, OutsideCounty) or len({each.ags for each in found}) > 1:
        return None
    return found[0].ags


def kept_from(data: Mapping[str, Any], *several: forms.Form) -> list[tuple[str, str]]:
    """What earlier steps said, to travel along."""
    return [(name, str(data.get(name, ""))) for form in several for name in form.fields if data.get(name)]

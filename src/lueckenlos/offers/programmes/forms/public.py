"""What a family fills in, in two steps: who comes, then how to reach them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from lueckenlos.commons.places import selectors as places
from lueckenlos.commons.places.types import OutsideCounty
from lueckenlos.commons.signals.forms import WhyNotForm
from lueckenlos.commons.signals.types import SignalReason
from lueckenlos.core import clock
from lueckenlos.core.ages import age_on, ages_words
from lueckenlos.core.forms import DayField
from lueckenlos.core.postal_form import ADDRESS, ReachableForm
from lueckenlos.offers.programmes.selectors import age_at_start
from lueckenlos.offers.programmes.types import (
    ComesWith,
    Fare,
    Filters,
    Kind,
    LaterAnswers,
    NewRegistration,
    ProgrammeView,
    Question,
    Reach,
    RegistrationView,
    SeatValue,
)
from lueckenlos.offers.programmes.wording import KINDS, fare_words

CONSENT: Final = "anmeldung-2026-1"
OLDEST: Final = 110
TOLD_BY_FAMILIES: Final = (
    SignalReason.TOO_FAR,
    SignalReason.TIME,
    SignalReason.LANGUAGE,
    SignalReason.COST,
    SignalReason.AGE,
)


class FilterForm(forms.Form):
    """How the list is narrowed; what cannot be read is left out."""

    art = forms.ChoiceField(
        choices=[("", gettext_lazy("alles")), *((each.value, word) for each, word in KINDS.items())],
        required=False,
    )
    ort = forms.CharField(max_length=100, required=False)
    alter = forms.IntegerField(min_value=0, max_value=99, required=False)
    fachleute = forms.BooleanField(required=False)

    def to_filters(self) -> Filters:
        """What was asked for."""
        self.is_valid()
        given = self.cleaned_data
        return Filters(
            kind=Kind(given["art"]) if given.get("art") else None,
            ags=ags_of(given.get("ort", "")),
            age=given.get("alter"),
            for_professionals=bool(given.get("fachleute")),
        )


class PeopleForm(forms.Form):
    """Step one: who comes. So many rows as may come together; empty ones do not count."""

    def __init__(self, *args: Any, programme: ProgrammeView, **given: Any) -> None:
        super().__init__(*args, **given)
        self._programme = programme
        self.of_other_ages: list[date] = []
        self.rows = tuple(range(programme.most_together))
        for row in self.rows:
            self._add_row(row)

    def _add_row(self, row: int) -> None:
        needed = row < (2 if self._programme.comes is ComesWith.BOTH else 1)
        named = {"row": row + 1}
        self.fields[f"first_{row}"] = forms.CharField(
            label=_("Vorname"),
            max_length=80,
            required=needed,
            error_messages={"required": _("Bitte schreiben Sie den Vornamen von Person %(row)s.") % named},
        )
        self.fields[f"family_{row}"] = forms.CharField(label=_("Nachname"), max_length=80, required=False)
        if self.is_child(row):
            self.fields[f"born_{row}"] = DayField(
                label=_("Geburtstag"),
                required=needed,
                error_messages={
                    "required": _("Bitte geben Sie den Geburtstag von Person %(row)s an.") % named
                },
            )
            self.fields[f"support_{row}"] = forms.CharField(
                label=_("Was hilft diesem Kind, damit es mitmachen kann?"), max_length=300, required=False
            )

        if len(self._programme.fares) > 1:
            self.fields[f"fare_{row}"] = forms.TypedChoiceField(
                label=_("Preis"),
                coerce=int,
                choices=[
                    ("", _("Bitte wählen")),
                    *((number, fare_words(fare)) for number, fare in enumerate(self._programme.fares)),
                ],
                required=needed,
                error_messages={"required": _("Welcher Preis gilt für Person %(row)s?") % named},
            )

    def is_child(self, row: int) -> bool:
        """Whether a child stands in this row; of parent and child the first is the adult."""
        return self._programme.comes is ComesWith.CHILD or (
            self._programme.comes is ComesWith.BOTH and row > 0
        )

    @property
    def people(self) -> list[tuple[int, bool, list[forms.BoundField]]]:
        """The rows for the page: number, whether it is a child's, its fields."""
        return [
            (
                row + 1,
                self.is_child(row),
                [self[name] for name in self.fields if name.endswith(f"_{row}")],
            )
            for row in self.rows
        ]

    def clean(self) -> dict[str, Any]:
        """A birthday lies in the past, and belongs to somebody with a name."""
        given = super().clean() or {}
        today = clock.real_today()
        for row in self.rows:
            born, first = given.get(f"born_{row}"), given.get(f"first_{row}")
            if born is not None and not 0 <= age_on(born, today) <= OLDEST:
                self.add_error(
                    f"born_{row}", _("Dieser Geburtstag kann nicht stimmen. Bitte prüfen Sie ihn.")
                )
            if born is not None and not first and f"first_{row}" not in self.errors:
                self.add_error(f"first_{row}", _("Wie heißt das Kind mit diesem Geburtstag?"))
            if first and born is None and self.is_child(row) and f"born_{row}" not in self.errors:
                self.add_error(f"born_{row}", _("Bitte geben Sie auch den Geburtstag an."))
            if first and born is not None and f"born_{row}" not in self.errors:
                self._demand_age(row, first, born=born)
        self._demand_fares(given)
        return given

    def _demand_age(self, row: int, name: str, *, born: date) -> None:
        """Said where it can still be put right, and before anybody writes how to reach them."""
        age = age_at_start(self._programme, born)
        if not self._programme.is_for_age(age):
            self.of_other_ages.append(born)
            self.add_error(f"born_{row}", not_fit_words(name, age=age, programme=self._programme))

    def _demand_fares(self, given: Mapping[str, Any]) -> None:
        for row in self.rows:
            first = given.get(f"first_{row}")
            if first and given.get(f"fare_{row}") == "":
                self.add_error(f"fare_{row}", _("Welcher Preis gilt für %(name)s?") % {"name": first})

    def to_seats(self) -> tuple[SeatValue, ...]:
        """Who comes."""
        given = self.cleaned_data
        return tuple(
            SeatValue(
                given[f"first_{row}"].strip(),
                given[f"family_{row}"].strip(),
                given.get(f"born_{row}"),
                given.get(f"support_{row}", "").strip(),
                self.is_child(row),
                self._fare(row),
            )
            for row in self.rows
            if given.get(f"first_{row}")
        )

    def _fare(self, row: int) -> Fare | None:
        """What this person pays: as was chosen, else the first price."""
        fares = self._programme.fares
        return fares[self.cleaned_data.get(f"fare_{row}") or 0] if fares else None


class ReachForm(ReachableForm):
    """Step two: how to reach the family, what this programme asks, and the consent."""

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
            "Ich bin einverstanden: Der Veranstalter darf diese Angaben für das Angebot speichern. Drei Monate nach dem letzten Termin werden sie gelöscht."
        ),
        error_messages={"required": gettext_lazy("Ohne Ihr Ja dürfen wir die Anmeldung nicht speichern.")},
    )

    def __init__(self, *args: Any, programme: ProgrammeView, **given: Any) -> None:
        super().__init__(*args, **given)
        self._programme = programme
        self.fields["email"].help_text = _(
            "Dorthin schicken wir die Bestätigung und einen Link zum Ändern oder Absagen."
        )
        for question in programme.questions:
            self.fields[f"q_{question.key}"] = question_field(question)
        self.order_fields(
            ["name", "email", "phone", "place", *(f"q_{each.key}" for each in programme.questions), "consent"]
        )

    def to_registration(self, seats: tuple[SeatValue, ...], *, referred: bool) -> NewRegistration:
        """The whole registration."""
        given, address = self.cleaned_data, self.to_address()
        return NewRegistration(
            programme=self._programme.id,
            name=given["name"].strip(),
            email=given["email"],
            phone=given["phone"].strip(),
            language=get_language() or "de",
            ags=ags_of(given["place"]),
            seats=seats,
            answers=answers_in(given, self._programme.questions),
            consent_version=CONSENT,
            referred=referred,
            street=address["street"],
            postcode=address["postcode"],
            city=address["city"],
        )


class LaterForm(forms.Form):
    """What a programme asks once a place was given: which price holds for whom, and its own questions."""

    def __init__(self, *args: Any, programme: ProgrammeView, mine: RegistrationView, **given: Any) -> None:
        super().__init__(*args, **given)
        self._programme, self._mine = programme, mine
        if len(programme.fares) > 1:
            choices = [
                ("", _("Bitte wählen")),
                *((number, fare_words(fare)) for number, fare in enumerate(programme.fares)),
            ]
            for seat in mine.seats:
                self.fields[f"fare_{seat.id}"] = forms.TypedChoiceField(
                    label=_("Preis für %(name)s") % {"name": seat.name},
                    coerce=int,
                    choices=choices,
                    error_messages={
                        "required": _("Welcher Preis gilt für %(name)s?") % {"name": seat.first_name}
                    },
                )
        for question in programme.questions:
            self.fields[f"q_{question.key}"] = question_field(question)

    def to_answers(self) -> LaterAnswers:
        """What was said."""
        given = self.cleaned_data
        return LaterAnswers(
            answers_in(given, self._programme.questions),
            {
                seat.id: self._programme.fares[given[f"fare_{seat.id}"]]
                for seat in self._mine.seats
                if f"fare_{seat.id}" in given
            },
        )


class DoesNotFitForm(WhyNotForm):
    """Why a programme does not suit a family, and where they live if they like to say it."""

    place = forms.CharField(
        label=gettext_lazy("Wo wohnen Sie?"),
        help_text=gettext_lazy("Wenn Sie mögen: Ort oder Postleitzahl. Nur die Gemeinde wird gezählt."),
        max_length=100,
        required=False,
    )
    # A field that people do not see; only programs fill it in.
    website = forms.CharField(required=False, max_length=200)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, among=TOLD_BY_FAMILIES, **given)

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields that people see."""
        return [self["reason"], self["place"]]


class AddressForm(ReachableForm):
    """Another address or number for a registration that is there; its name stays."""

    name = None  # type: ignore[assignment]
    website = None  # type: ignore[assignment]

    def __init__(self, *args: Any, mine: RegistrationView, **given: Any) -> None:
        known = {each: getattr(mine, each) for each in ("email", "phone", *ADDRESS)}
        super().__init__(*args, initial={**known, "by_letter": bool(mine.address)}, **given)
        self._name = mine.name

    def clean(self) -> dict[str, Any]:
        """The name that stands there must fit into the window, too."""
        self.cleaned_data["name"] = self._name
        return super().clean()

    def add_error(self, field: str | None, error: Any) -> None:
        """What is wrong with the name is told at the letter: it cannot be changed here."""
        super().add_error("by_letter" if field == "name" else field, error)

    def to_reach(self) -> Reach:
        """Where the family wants to be written to."""
        return Reach(self.cleaned_data["email"], self.cleaned_data["phone"].strip(), **self.to_address())


def question_field(question: Question) -> forms.CharField:
    """The field of something that a programme asks beside the usual."""
    return forms.CharField(label=question.label, max_length=500, required=question.required)


def answers_in(given: Mapping[str, Any], questions: Iterable[Question]) -> tuple[tuple[str, str], ...]:
    """What was answered, with the words of the question as they stood then."""
    return tuple(
        (question.label, given[f"q_{question.key}"].strip())
        for question in questions
        if given.get(f"q_{question.key}")
    )


def ags_of(typed: str) -> str | None:
    """The municipality of a typed place; none where it is not clear or lies outside."""
    typed = " ".join(typed.split())
    found = places.find_place(typed) if typed else None
    if not found or isinstance(found, OutsideCounty) or len({each.ags for each in found}) > 1:
        return None
    return found[0].ags


def not_fit_words(name: str, *, age: int, programme: ProgrammeView) -> str:
    """Why somebody cannot come, with their age and the ages that the programme is for."""
    sentence = ngettext(
        "%(name)s ist am ersten Termin %(age)s Jahr alt. Das Angebot ist für: %(ages)s.",
        "%(name)s ist am ersten Termin %(age)s Jahre alt. Das Angebot ist für: %(ages)s.",
        age,
    )
    return sentence % {
        "name": name,
        "age": age,
        "ages": ages_words(programme.age_min, programme.age_max),
    }


def kept_from(data: Mapping[str, Any], form: forms.Form) -> list[tuple[str, str]]:
    """What one step said, to travel along through the other."""
    return [(name, str(data.get(name, ""))) for name in form.fields if data.get(name)]

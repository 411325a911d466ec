"""Forms of a case: who it is about, what is written, what is agreed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from lueckenlos.care.cases.services.records import NewRecord
from lueckenlos.care.cases.types import Channel, RecordView
from lueckenlos.care.cases.wording import CHANNELS
from lueckenlos.commons.families.types import (
    AddressValue,
    ContactKind,
    ContactValue,
    ContactWish,
    NewPerson,
)
from lueckenlos.commons.privacy.types import Category, PartyRole
from lueckenlos.commons.privacy.wording import CATEGORIES, PARTY_ROLES
from lueckenlos.core import clock
from lueckenlos.core.forms import DayField, MomentField, offer
from lueckenlos.kernels.pathways import Field, FieldType, OutcomeQuestion, RecordKind

RATINGS: Final = [(str(value), str(value)) for value in range(1, 6)]
ADULT_AGE: Final = 18

WISHES: Final = {
    ContactWish.CALL: _("anrufen"),
    ContactWish.SMS: _("SMS schreiben"),
    ContactWish.EMAIL: _("E-Mail schreiben"),
    ContactWish.LETTER: _("Brief schicken"),
    ContactWish.IN_PERSON: _("nur persönlich"),
}


class OpenForm(forms.Form):
    """How a case begins; the pathway's first question was asked before."""

    channel = forms.ChoiceField(
        label=_("Wie kam es herein?"),
        choices=[
            (channel.value, words) for channel, words in CHANNELS.items() if channel is not Channel.PAGE
        ],
    )
    language = forms.ChoiceField(label=_("Sprache der Familie"), choices=[])

    def __init__(self, *given: Any, languages: Iterable[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        offer(self, "language", languages)


class PersonForm(forms.Form):
    """A person of a case; everything but a name to call them by may stay empty."""

    first_name = forms.CharField(label=_("Vorname"), max_length=100)
    family_name = forms.CharField(label=_("Nachname"), max_length=100, required=False)
    role = forms.ChoiceField(
        label=_("Wer ist das?"), choices=[(role.value, words) for role, words in PARTY_ROLES.items()]
    )
    born_on = DayField(label=_("Geburtstag"), required=False)
    guardians = forms.MultipleChoiceField(
        label=_("Wer hat das Sorgerecht?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Nur bei Kindern. Bei gemeinsamer Sorge bitte beide; ohne eine Angabe kann niemand einwilligen."
        ),
    )
    phone = forms.CharField(label=_("Telefon"), max_length=60, required=False)
    is_safe = forms.BooleanField(label=_("Dort darf man auf Band sprechen"), required=False, initial=True)
    email = forms.EmailField(label=_("E-Mail"), required=False)
    wishes = forms.MultipleChoiceField(
        label=_("So möchte die Person erreicht werden"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(wish.value, words) for wish, words in WISHES.items()],
        help_text=_("Was hier nicht gewählt ist, tun wir nicht. Ohne Auswahl ist alles recht."),
    )
    street = forms.CharField(label=_("Straße und Hausnummer"), max_length=200, required=False)
    postcode = forms.CharField(label=_("Postleitzahl"), max_length=10, required=False)
    city = forms.CharField(label=_("Ort"), max_length=100, required=False)
    is_blocked = forms.BooleanField(
        label=_("Auskunftssperre: Niemand außerhalb der eigenen Aufgabe erfährt die Adresse"), required=False
    )
    languages = forms.CharField(label=_("Sprachen"), max_length=60, required=False, initial="de")
    needs_interpreter = forms.BooleanField(
        label=_("Braucht eine Dolmetscherin oder einen Dolmetscher"), required=False
    )

    def __init__(self, *given: Any, adults: Sequence[tuple[str, str]] = (), today: date, **more: Any) -> None:
        super().__init__(*given, **more)
        self.today = today
        if adults:
            offer(self, "guardians", adults)
        else:
            del self.fields["guardians"]

    def clean_born_on(self) -> date | None:
        """A birthday that has been."""
        born: date | None = self.cleaned_data["born_on"]
        if born is not None and born > self.today:
            raise forms.ValidationError(
                _("Dieser Geburtstag liegt in der Zukunft. Bitte prüfen Sie das Jahr.")
            )
        return born

    def clean(self) -> dict[str, Any]:
        """A child under eighteen needs its birthday, so that releases end when they must."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("role") in {PartyRole.CHILD, PartyRole.YOUNG_PERSON} and not given.get("born_on"):
            self.add_error(
                "born_on",
                _("Bei einem Kind brauchen wir den Geburtstag: Mit 18 enden die Einwilligungen der Eltern."),
            )
        return given

    def to_person(self) -> NewPerson:
        """The person as told."""
        given = self.cleaned_data
        contacts = []
        if given["phone"]:
            contacts.append(ContactValue(ContactKind.PHONE, given["phone"], given["is_safe"]))
        if given["email"]:
            contacts.append(ContactValue(ContactKind.EMAIL, given["email"]))
        has_address = given["street"] or given["city"] or given["postcode"]
        return NewPerson(
            first_name=given["first_name"],
            family_name=given["family_name"],
            born_on=given["born_on"],
            languages=tuple(word.strip() for word in given["languages"].split(",") if word.strip()),
            needs_interpreter=given["needs_interpreter"],
            wishes=tuple(ContactWish(each) for each in given["wishes"]),
            contacts=tuple(contacts),
            address=AddressValue(
                given["street"], given["postcode"], given["city"], is_blocked=given["is_blocked"]
            )
            if has_address
            else None,
        )

    @property
    def chosen_role(self) -> PartyRole:
        """How the person stands in the case."""
        return PartyRole(self.cleaned_data["role"])

    @property
    def chosen_guardians(self) -> tuple[UUID, ...]:
        """Who has custody."""
        return tuple(UUID(each) for each in self.cleaned_data.get("guardians", ()))


def of_age_at(born_on: date | None) -> datetime | None:
    """Midnight of the eighteenth birthday in the county; a child of 29 February comes of age on 1 March."""
    if born_on is None:
        return None
    try:
        day = born_on.replace(year=born_on.year + ADULT_AGE)
    except ValueError:
        day = date(born_on.year + ADULT_AGE, 3, 1)
    return datetime.combine(day, datetime.min.time(), tzinfo=clock.zone())


class RecordForm(forms.Form):
    """A record of one kind; its fields are the pathway's."""

    about = forms.ChoiceField(label=_("Um wen geht es?"))
    happened_at = MomentField(label=_("Wann war das?"))
    words = forms.CharField(
        label=_("In den Worten der Familie"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("So, wie es gesagt wurde."),
    )
    confided_by = forms.ChoiceField(label=_("Wer hat es Ihnen anvertraut?"), required=False)
    is_confided = forms.BooleanField(
        label=_("Anvertraut: nur für mich (§ 65 SGB VIII)"),
        required=False,
        help_text=_("Auch im eigenen Amt sieht es sonst niemand, solange die Person nicht zustimmt."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *given: Any, kind: RecordKind, people: Sequence[tuple[str, str]], now: datetime, **more: Any
    ) -> None:
        super().__init__(*given, **more)
        self.kind = kind
        self.now = now
        offer(self, "about", people)
        self.own_fields = [f"feld_{field.key}" for field in kind.fields]
        for field in kind.fields:
            self.fields[f"feld_{field.key}"] = own_field(field)
        names = ["about", *self.own_fields, "words", "happened_at"]
        if kind.is_confidable:
            offer(self, "confided_by", [("", _("niemand aus der Familie")), *people[:-1]])
            names += ["is_confided", "confided_by"]
        else:
            del self.fields["is_confided"], self.fields["confided_by"]
        self.order_fields([*names, "key", "seen"])

    def clean_happened_at(self) -> datetime:
        """A time that has been."""
        moment: datetime = self.cleaned_data["happened_at"]
        if moment > self.now:
            raise forms.ValidationError(
                _("Dieser Zeitpunkt kommt erst noch. Bitte tragen Sie ein, wann es war.")
            )
        return moment

    def to_record(self, *, is_draft: bool) -> NewRecord:
        """What is to be written."""
        given = self.cleaned_data
        confided_by = given.get("confided_by") or None
        return NewRecord(
            kind=self.kind.key,
            category=Category(self.kind.category),
            about=UUID(given["about"]),
            happened_at=given["happened_at"],
            words=given["words"],
            data=self.data_given(),
            is_confided=given.get("is_confided", False),
            confided_by=UUID(confided_by) if confided_by else None,
            is_held_back=not self.kind.is_shown_to_family,
            is_draft=is_draft,
        )

    def data_given(self) -> dict[str, Any]:
        """The pathway's own fields, as JSON."""
        found: dict[str, Any] = {}
        for name in self.own_fields:
            value = self.cleaned_data.get(name)
            found[name.removeprefix("feld_")] = value.isoformat() if isinstance(value, date) else value
        return found


def initial_of(record: RecordView) -> dict[str, Any]:
    """A record as its form shows it."""
    return {
        "about": str(record.about),
        "happened_at": record.happened_at.astimezone(clock.zone()),
        "words": record.words,
        "is_confided": record.is_confided,
        "confided_by": str(record.confided_by or ""),
        "key": record.id,
        "seen": record.version,
        **{f"feld_{name}": value for name, value in record.data.items()},
    }


def own_field(field: Field | OutcomeQuestion) -> forms.Field:
    """The form's field for one that a pathway names."""
    label = field.label if isinstance(field, Field) else field.question
    required = field.is_required if isinstance(field, Field) else True
    choices = [(choice.key, choice.label) for choice in field.choices]
    empty = [] if required else [("", _("keine Angabe"))]
    made: dict[FieldType, Any] = {
        FieldType.TEXT: lambda: forms.CharField(label=label, required=required, max_length=300),
        FieldType.PERSON: lambda: forms.CharField(label=label, required=required, max_length=200),
        FieldType.LONG_TEXT: lambda: forms.CharField(
            label=label, required=required, widget=forms.Textarea(attrs={"rows": 5})
        ),
        FieldType.CHOICE: lambda: forms.ChoiceField(
            label=label, required=required, choices=[*empty, *choices], widget=forms.RadioSelect
        ),
        FieldType.DATE: lambda: DayField(label=label, required=required),
        FieldType.NUMBER: lambda: forms.IntegerField(label=label, required=required),
        FieldType.YES_NO: lambda: forms.ChoiceField(
            label=label,
            required=required,
            choices=[*empty, ("yes", _("ja")), ("no", _("nein"))],
            widget=forms.RadioSelect,
        ),
        FieldType.RATING: lambda: forms.ChoiceField(
            label=label, required=required, choices=[*empty, *RATINGS], widget=forms.RadioSelect
        ),
    }
    field_made: forms.Field = made[field.type]()
    return field_made


class OutcomeForm(forms.Form):
    """One question at the end, answered by the family or the office."""

    def __init__(self, *given: Any, question: OutcomeQuestion, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["answer"] = own_field(question)


class GoalForm(forms.Form):
    """A goal, as the family says it."""

    text = forms.CharField(
        label=_("Was soll anders werden?"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("In den Worten der Familie, zum Beispiel: „Wir wollen abends in Ruhe essen.“"),
    )
    about = forms.ChoiceField(label=_("Wessen Ziel ist das?"))

    def __init__(self, *given: Any, people: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        offer(self, "about", people)


class RatingForm(forms.Form):
    """How near a goal is, from 0 to 10."""

    value = forms.IntegerField(label=_("Wie nah? 0 bis 10"), min_value=0, max_value=10)
    rated_by = forms.ChoiceField(
        label=_("Wer sagt das?"),
        choices=[("child", _("das Kind")), ("parent", _("die Eltern")), ("worker", _("die Fachkraft"))],
    )


class DocumentForm(forms.Form):
    """A file from outside."""

    document = forms.FileField(label=_("Datei"), help_text=_("PDF oder Foto (JPEG, PNG), höchstens 20 MB."))
    category = forms.ChoiceField(
        label=_("Was steht darin?"),
        choices=[(category.value, words) for category, words in CATEGORIES.items()],
        help_text=_("Nach dieser Angabe richtet sich, welche Einwilligung die Unterlage öffnet."),
    )
    about = forms.ChoiceField(label=_("Um wen geht es?"))

    def __init__(self, *given: Any, people: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        offer(self, "about", people)

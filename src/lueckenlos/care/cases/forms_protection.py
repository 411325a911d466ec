"""Forms for the protection of a child: advice with a pseudonym, the report, the two answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from lueckenlos.care.cases.forms import RecordForm, own_field
from lueckenlos.care.cases.services.advice import PSEUDONYM, NewAdvice
from lueckenlos.care.cases.services.protection import NewReport
from lueckenlos.commons.privacy.types import Category, LegalBasis
from lueckenlos.commons.privacy.wording import CATEGORIES
from lueckenlos.core import clock
from lueckenlos.core.forms import DayField, offer
from lueckenlos.core.nameless import Nameless
from lueckenlos.kernels.pathways import FieldType, RecordKind

Choices = Sequence[tuple[str, str]]
OWN: Final = "feld_"
CALL_BACK, CALL_SELF = "call_back", "call_self"
WRITTEN: Final = frozenset({FieldType.TEXT, FieldType.LONG_TEXT})
IN_THREE_MONTHS: Final = timedelta(days=91)
LONGEST: Final = timedelta(days=366)
# What a youth office needs at the least to find the child and to judge the danger.
NEEDED: Final = (Category.IDENTITY, Category.CONTACT, Category.SITUATION, Category.FAMILY)
BASES: Final = {
    LegalBasis.SGB8_8A_4: _(
        "§ 8a Absatz 4 SGB VIII: Wir sind Träger der Jugendhilfe und haben eine Vereinbarung mit dem Jugendamt"
    ),
    LegalBasis.KKG_4: _(
        "§ 4 KKG: Ich habe eine Schweigepflicht, zum Beispiel als Ärztin, Hebamme, Lehrkraft, staatlich "
        "anerkannte Sozialarbeiterin oder in einer Beratungsstelle"
    ),
    LegalBasis.SGB8_8A: _("§ 8a SGB VIII: Wir sind selbst ein Jugendamt"),
}


class NamelessRecordForm(Nameless, RecordForm):
    """A record in a case with a pseudonym: before it is kept, what looks like a name is shown once."""

    def __init__(self, *given: Any, kind: RecordKind, **more: Any) -> None:
        super().__init__(*given, kind=kind, **more)
        own = (f"{OWN}{field.key}" for field in kind.fields if field.type in WRITTEN)
        self.nameless = (*own, "words")

    def clean(self) -> dict[str, Any]:
        """A draft that the page stores by itself is not asked about: nothing typed is lost."""
        if self.data.get("entwurf") == "1":
            return self.cleaned_data
        return super().clean()


class AdviceForm(Nameless, forms.Form):
    """What somebody worries about, in the pathway's own fields; the pseudonym is the house's."""

    wanted = forms.ChoiceField(
        label=_("Wie soll das Gespräch beginnen?"), widget=forms.RadioSelect, choices=[], required=True
    )
    phone = forms.CharField(
        label=_("Unter welcher Nummer erreicht man Sie?"),
        max_length=60,
        required=False,
        help_text=_("Die Beratung bekommt nur diese Nummer, den Namen Ihrer Stelle und das Pseudonym."),
    )

    def __init__(self, *given: Any, kind: RecordKind, asks_back: str, **more: Any) -> None:
        super().__init__(*given, **more)
        self.own_fields = []
        for field in kind.fields:
            if field.key != PSEUDONYM:
                self.own_fields.append(f"{OWN}{field.key}")
                self.fields[f"{OWN}{field.key}"] = own_field(field)
        self.nameless = tuple(
            f"{OWN}{field.key}" for field in kind.fields if field.type in WRITTEN and field.key != PSEUDONYM
        )
        if asks_back:
            offer(
                self,
                "wanted",
                [
                    (CALL_BACK, asks_back),
                    (CALL_SELF, _("Wir rufen selbst an.")),
                ],
            )
            self.fields["wanted"].initial = CALL_BACK
        else:
            del self.fields["wanted"], self.fields["phone"]
        self.order_fields([*self.own_fields, "wanted", "phone"])

    def clean(self) -> dict[str, Any]:
        """Who wants to be rung says by which number."""
        given = super().clean()
        if given.get("wanted") == CALL_BACK and not given.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("Bitte geben Sie die Nummer an, unter der man Sie erreicht."))
        return given

    def to_advice(self, *, unit: UUID | None) -> NewAdvice:
        """What is asked."""
        given = self.cleaned_data
        calls_back = given.get("wanted") == CALL_BACK
        return NewAdvice(
            data={name.removeprefix(OWN): given[name] for name in self.own_fields},
            unit=unit,
            phone=given["phone"] if calls_back else "",
        )


class ReportForm(forms.Form):
    """A report to the youth office: about whom, on which ground, why, what it opens, who else looked at it."""

    subjects = forms.MultipleChoiceField(
        label=_("Um wen geht es?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Das Jugendamt sieht nur Einträge über die Gewählten."),
    )
    legal_basis = forms.ChoiceField(
        label=_("Auf welcher Grundlage?"), widget=forms.RadioSelect, choices=list(BASES.items())
    )
    reason = forms.CharField(
        label=_("Begründung"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Warum die Gefährdung nicht anders abzuwenden ist."),
    )
    categories = forms.MultipleChoiceField(
        label=_("Was muss das Jugendamt wissen?"),
        widget=forms.CheckboxSelectMultiple,
        choices=[(category.value, words) for category, words in CATEGORIES.items()],
        initial=[category.value for category in NEEDED],
        help_text=_("Nicht mehr, als es zum Schutz des Kindes braucht. Anvertrautes bleibt bei Ihnen."),
    )
    second_person = forms.ChoiceField(
        label=_("Wer hat es mit Ihnen angesehen?"),
        required=False,
        help_text=_("Eine zweite Fachkraft Ihrer Stelle. Das Vier-Augen-Prinzip gilt auch, wenn es eilt."),
    )
    late_reason = forms.CharField(
        label=_("Wenn noch niemand: Warum konnte es nicht warten?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    until = DayField(
        label=_("Bis wann darf das Jugendamt es hier sehen?"),
        help_text=_("Höchstens ein Jahr. Danach ist es dort weg."),
    )

    def __init__(
        self,
        *given: Any,
        people: Choices,
        colleagues: Choices,
        today: date,
        kind: RecordKind | None = None,
        **more: Any,
    ) -> None:
        super().__init__(*given, **more)
        self.today = today
        self.kind = kind
        self._choose("subjects", people)
        self.fields["subjects"].initial = [key for key, _name in people]
        self._choose("second_person", [("", _("noch niemand")), *colleagues])
        self.fields["until"].initial = today + IN_THREE_MONTHS
        self.own_fields: list[str] = []
        for field in kind.fields if kind else ():
            self.own_fields.append(f"{OWN}{field.key}")
            self.fields[f"{OWN}{field.key}"] = own_field(field)
            if field.type is FieldType.DATE:
                self.fields[f"{OWN}{field.key}"].initial = today
        self.reason_field = self._reason()
        self.order_fields(
            ["subjects", *self.own_fields, "reason", "legal_basis", "second_person", "late_reason"]
        )

    def _choose(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        offer(self, name, choices)

    def _reason(self) -> str:
        """Where the pathway asks why, it is asked once: its first long answer is the reason."""
        long_text = (
            (f for f in self.kind.fields if f.type is FieldType.LONG_TEXT and f.is_required)
            if self.kind
            else ()
        )
        for field in long_text:
            del self.fields["reason"]
            return f"{OWN}{field.key}"
        return "reason"

    def clean_until(self) -> date:
        """A day that is still to come, within a year."""
        day: date = self.cleaned_data["until"]
        if not self.today < day <= self.today + LONGEST:
            raise forms.ValidationError(
                _("Bitte wählen Sie einen Tag von morgen an, höchstens in einem Jahr.")
            )
        return day

    def clean(self) -> dict[str, Any]:
        """Four eyes, or the reason why it could not wait for them."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not given.get("second_person") and not str(given.get("late_reason") or "").strip():
            self.add_error(
                "late_reason",
                _("Bitte nennen Sie die zweite Fachkraft, oder schreiben Sie, warum es nicht warten konnte."),
            )
        return given

    def to_report(self, *, file: UUID, children: Sequence[UUID]) -> NewReport:
        """What is told; the record is about the child where one is chosen, else about whoever is."""
        given = self.cleaned_data
        subjects = frozenset(UUID(each) for each in given["subjects"])
        first = next((child for child in children if child in subjects), None)
        about = first or (file if file in subjects else min(subjects))
        return NewReport(
            subjects=subjects,
            legal_basis=LegalBasis(given["legal_basis"]),
            reason=given[self.reason_field],
            categories=frozenset(Category(each) for each in given["categories"]),
            until=datetime.combine(given["until"], time(23, 59), tzinfo=clock.zone()),
            second_person=UUID(given["second_person"]) if given["second_person"] else None,
            late_reason="" if given["second_person"] else given["late_reason"].strip(),
            about=about,
            data={name.removeprefix(OWN): _plain(given[name]) for name in self.own_fields},
        )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


class FeedbackForm(forms.Form):
    """§ 64 (4) SGB VIII: two answers and no place for more."""

    is_confirmed = forms.ChoiceField(
        label=_("Sehen Sie die mitgeteilten gewichtigen Anhaltspunkte bestätigt?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("ja")), ("no", _("nein"))],
    )
    is_acting = forms.ChoiceField(
        label=_("Ist das Jugendamt zum Schutz des Kindes tätig geworden oder noch tätig?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("ja")), ("no", _("nein"))],
    )

    def answered(self, name: str) -> bool:
        """One of the two, as it was given."""
        return bool(self.cleaned_data[name] == "yes")


class TogetherForm(forms.Form):
    """Which team sees the case from now on, so that several professionals can judge it."""

    unit = forms.ChoiceField(label=_("Welches Team?"), widget=forms.RadioSelect)

    def __init__(self, *given: Any, units: Choices, **more: Any) -> None:
        super().__init__(*given, **more)
        offer(self, "unit", units)
        if len(units) == 1:
            self.fields["unit"].initial = units[0][0]

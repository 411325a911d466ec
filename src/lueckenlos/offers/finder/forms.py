"""What a family types into the finder, and what it becomes."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lueckenlos.commons.directory.types import Catalog, Format, InquiryReason
from lueckenlos.commons.places.types import OutsideCounty, PlaceMatch
from lueckenlos.commons.signals.types import SignalAnswer
from lueckenlos.core import clock
from lueckenlos.offers.finder.types import LONGEST_TEXT, SearchRequest, SynonymEntry
from lueckenlos.offers.finder.wording import FORMATS

CONTROL = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
OLDEST = 27
MOST_PAGES = 100

INQUIRY_REASONS = [
    (InquiryReason.GONE, gettext_lazy("Das Angebot gibt es nicht mehr")),
    (InquiryReason.PHONE, gettext_lazy("Telefonnummer oder E-Mail stimmt nicht")),
    (InquiryReason.TIME, gettext_lazy("Die Zeiten stimmen nicht")),
    (InquiryReason.PLACE, gettext_lazy("Der Ort stimmt nicht")),
    (InquiryReason.COST, gettext_lazy("Die Kosten stimmen nicht")),
    (InquiryReason.OTHER, gettext_lazy("Etwas anderes")),
]


@dataclass(frozen=True, slots=True)
class Where:
    """The place that was meant, or why it could not be used."""

    typed: str = ""
    place: PlaceMatch | None = None
    choices: tuple[PlaceMatch, ...] = ()
    outside: OutsideCounty | None = None
    unknown: bool = False


def clean_text(text: str) -> str:
    """The question without control characters, its spaces folded, cut to what is read."""
    return " ".join(CONTROL.sub(" ", text).split())[:LONGEST_TEXT]


class SearchForm(forms.Form):
    """The search with its filters; whatever cannot be used is left out, never an error page."""

    q = forms.CharField(required=False)
    ort = forms.CharField(required=False)
    alter = forms.CharField(required=False)
    sprache = forms.CharField(required=False)
    kostenlos = forms.BooleanField(required=False)
    barrierefrei = forms.BooleanField(required=False)
    jetzt = forms.BooleanField(required=False)
    format = forms.CharField(required=False)
    phase = forms.CharField(required=False)
    feld = forms.CharField(required=False)
    seite = forms.CharField(required=False)
    ansicht = forms.CharField(required=False)

    def text(self, name: str) -> str:
        """One typed value, cleaned."""
        return clean_text(str(self.data.get(name, "")))

    def flag(self, name: str) -> bool:
        """Whether a box is ticked."""
        return self.data.get(name, "") not in {"", "0", "off"}

    @property
    def age(self) -> float | None:
        """The age in years; nothing where it is no number of a child or young person."""
        typed = self.text("alter").replace(",", ".")
        if not re.fullmatch(r"\d{1,2}(\.\d+)?", typed):
            return None
        return float(typed) if float(typed) <= OLDEST else None

    @property
    def age_not_read(self) -> str:
        """What stands in the field for the age and is none, briefly; empty where all is well."""
        typed = self.text("alter")
        return typed[:20] if typed and self.age is None else ""

    @property
    def is_too_long(self) -> bool:
        """Whether only the beginning of the question is read."""
        return len(str(self.data.get("q", "")).strip()) > LONGEST_TEXT

    @property
    def page(self) -> int:
        """The page asked for, at least the first."""
        typed = self.text("seite")
        return min(max(int(typed), 1), MOST_PAGES) if typed.isdecimal() and len(typed) < 5 else 1

    def to_request(self, *, where: Where, catalog: Catalog, now: datetime) -> SearchRequest:
        """The search as the engine takes it; unknown keys of filters are left out."""
        phases = {phase.key for phase in catalog.phases}
        fields = {field.key for field in catalog.fields}
        formats = {item.value for item in Format}
        language = self.text("sprache")
        return SearchRequest(
            text=self.text("q"),
            ags=where.place.ags if where.place else None,
            point=where.place.point if where.place else None,
            age=self.age,
            language=language if re.fullmatch(r"[A-Za-z-]{2,12}", language) else None,
            free=self.flag("kostenlos"),
            accessible=self.flag("barrierefrei"),
            format=self.text("format") if self.text("format") in formats else None,
            open_at=now if self.flag("jetzt") else None,
            on=clock.day_of(now),
            phase=self.text("phase") if self.text("phase") in phases else None,
            field=self.text("feld") if self.text("feld") in fields else None,
            page=self.page,
        )

    @property
    def format_options(self) -> list[tuple[str, str]]:
        """The choices of the format filter."""
        return [("", _("egal wie")), *((item.value, str(label)) for item, label in FORMATS.items())]


class InquiryForm(forms.Form):
    """Somebody tells us that an entry is no longer true."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Was stimmt nicht mehr?"),
        choices=INQUIRY_REASONS,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Bitte sagen Sie, was nicht mehr stimmt.")},
    )
    text = forms.CharField(
        label=gettext_lazy("Möchten Sie etwas dazu schreiben?"),
        help_text=gettext_lazy("Bitte schreiben Sie keine Namen und nichts über Ihre Familie."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AlertForm(forms.Form):
    """Where we may write to when something new appears."""

    email = forms.EmailField(
        label=gettext_lazy("Ihre E-Mail-Adresse"),
        help_text=gettext_lazy("Nur für diese eine Nachricht. Nach einem Jahr löschen wir sie."),
        error_messages={
            "required": gettext_lazy(
                "Bitte geben Sie Ihre E-Mail-Adresse ein, zum Beispiel name@example.org."
            ),
            "invalid": gettext_lazy(
                "Diese E-Mail-Adresse kann nicht stimmen. Ein Beispiel: name@example.org."
            ),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class ListForm(forms.Form):
    """A counsellor's list gets a name."""

    name = forms.CharField(
        label=gettext_lazy("Wie soll die Liste heißen?"),
        help_text=gettext_lazy("Zum Beispiel „Erste Wochen mit Baby“. Bitte keinen Namen einer Familie."),
        max_length=120,
        error_messages={"required": gettext_lazy("Bitte geben Sie der Liste einen Namen.")},
    )


class AnswerForm(forms.Form):
    """What became of a signal: every one is answered in the end."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Was ist daraus geworden?"),
        choices=[
            (SignalAnswer.CORRECTED, gettext_lazy("Eintrag berichtigt")),
            (SignalAnswer.EXISTS, gettext_lazy("Gibt es, war unbekannt")),
            (SignalAnswer.ASKED, gettext_lazy("Bei Anbietern nachgefragt")),
            (SignalAnswer.IDEA, gettext_lazy("Idee für ein neues Angebot")),
            (SignalAnswer.DECLINED, gettext_lazy("Nein, weil …")),
        ],
    )
    text = forms.CharField(label=gettext_lazy("In einem Satz"), max_length=500, required=False)


class SynonymForm(forms.Form):
    """An everyday phrase and the offices' words it stands for."""

    phrase = forms.CharField(
        label=gettext_lazy("So sagen es Familien"),
        help_text=gettext_lazy("Ein Wort oder ein Satz, zum Beispiel „rastet nur noch aus“."),
        max_length=200,
        error_messages={"required": gettext_lazy("Bitte schreiben Sie, wie Familien es sagen.")},
    )
    lang = forms.CharField(
        label=gettext_lazy("Sprache"),
        help_text=gettext_lazy("de, en, tr, ar, uk, ru …"),
        max_length=20,
        initial="de",
    )
    terms = forms.CharField(
        label=gettext_lazy("So sagen es die Ämter"),
        help_text=gettext_lazy("Mehrere Wörter mit Semikolon trennen: Erziehungsberatung; Familienberatung"),
        max_length=1000,
        required=False,
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Diese Arten von Angeboten helfen"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 12}),
    )

    def __init__(self, *args: Any, catalog: Catalog, **options: Any) -> None:
        super().__init__(*args, **options)
        field = cast("forms.MultipleChoiceField", self.fields["kinds"])
        field.choices = [(kind.key, kind.label) for kind in catalog.kinds]

    def clean(self) -> dict[str, Any]:
        """At least one word of the offices or one kind, else the phrase would lead nowhere."""
        given = super().clean() or {}
        if not self._terms(given) and not given.get("kinds"):
            raise forms.ValidationError(
                _("Bitte nennen Sie ein Wort der Ämter oder wählen Sie eine Art von Angebot.")
            )
        return given

    def to_entry(self, *, id_: int = 0) -> SynonymEntry:
        """The form as the thesaurus takes it."""
        given = self.cleaned_data
        return SynonymEntry(
            id=id_,
            lang=given["lang"].strip(),
            phrase=clean_text(given["phrase"]),
            terms=self._terms(given),
            kinds=tuple(given["kinds"]),
        )

    @staticmethod
    def initial_of(entry: SynonymEntry) -> dict[str, Any]:
        """An entry as the form shows it."""
        return {
            "phrase": entry.phrase,
            "lang": entry.lang,
            "terms": "; ".join(entry.terms),
            "kinds": list(entry.kinds),
        }

    @staticmethod
    def _terms(given: dict[str, Any]) -> tuple[str, ...]:
        return tuple(clean_text(part) for part in given.get("terms", "").split(";") if part.strip())

"""What an organization says about a programme, its dates and its way in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lueckenlos.commons.places import selectors as places
from lueckenlos.core import clock
from lueckenlos.core.about_form import AboutForm
from lueckenlos.core.forms import DayField, offer
from lueckenlos.core.incoming import UnfitFile, demand_size
from lueckenlos.core.incoming_wording import unfit_file
from lueckenlos.offers.programmes.forms.dates import Dates
from lueckenlos.offers.programmes.services import NewProgramme
from lueckenlos.offers.programmes.types import (
    REFERRED,
    AccessView,
    ComesWith,
    Fare,
    Format,
    Kind,
    ProgrammeView,
    Question,
    QuotaValue,
)
from lueckenlos.offers.programmes.wording import COMES, FORMATS, KINDS

MOST_QUESTIONS: Final = 8
MOST_FARES: Final = 6
_FARE: Final = re.compile(
    r"(?P<label>.*\S)\s+(?P<euros>\d{1,4})(?:[.,](?P<cents>\d{2}))?\s*(?:€|euro|eur)?", re.IGNORECASE
)


class ProgrammeForm(AboutForm):
    """Everything about a programme but its dates."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Was ist es?"), choices=[(each.value, word) for each, word in KINDS.items()]
    )
    comes = forms.ChoiceField(
        label=gettext_lazy("Wer kommt?"), choices=[(each.value, word) for each, word in COMES.items()]
    )
    age_min = forms.IntegerField(label=gettext_lazy("Alter von"), min_value=0, max_value=99, required=False)
    age_max = forms.IntegerField(label=gettext_lazy("Alter bis"), min_value=0, max_value=99, required=False)
    for_professionals = forms.BooleanField(label=gettext_lazy("Für Fachleute"), required=False)
    format = forms.ChoiceField(
        label=gettext_lazy("Wo?"), choices=[(each.value, word) for each, word in FORMATS.items()]
    )
    place = forms.CharField(label=gettext_lazy("Ort mit Adresse"), max_length=200, required=False)
    ags = forms.ChoiceField(label=gettext_lazy("Gemeinde"), required=False)
    capacity = forms.IntegerField(
        label=gettext_lazy("Plätze"),
        help_text=gettext_lazy("Leer: ohne Grenze."),
        min_value=1,
        max_value=20_000,
        required=False,
    )
    waitlist_limit = forms.IntegerField(
        label=gettext_lazy("Wartende höchstens"),
        help_text=gettext_lazy("Leer: ohne Grenze. 0: keine Warteliste."),
        min_value=0,
        max_value=20_000,
        required=False,
    )
    most_together = forms.IntegerField(
        label=gettext_lazy("Personen in einer Anmeldung"), min_value=1, max_value=10, initial=4
    )
    answer_hours = forms.IntegerField(
        label=gettext_lazy("Stunden Zeit für eine Antwort, wenn jemand nachrückt"),
        min_value=2,
        max_value=336,
        initial=48,
    )
    unit = forms.TypedChoiceField(
        label=gettext_lazy("Wer sieht die Anmeldungen?"),
        help_text=gettext_lazy(
            "Ein Team: Dann sehen und ändern nur seine Leute dieses Programm am Schreibtisch."
        ),
        coerce=UUID,
        empty_value=None,
        required=False,
    )
    service = forms.TypedChoiceField(
        label=gettext_lazy("Zu welchem Eintrag im Verzeichnis gehört es?"),
        help_text=gettext_lazy(
            "Dann sieht die Planung, in welcher Lebensphase und welchem Handlungsfeld Familien warten."
        ),
        coerce=UUID,
        empty_value=None,
        required=False,
    )
    kept_referred = forms.IntegerField(
        label=gettext_lazy("Plätze für Familien, die jemand vermittelt"),
        min_value=0,
        max_value=1000,
        required=False,
    )
    kept_local = forms.IntegerField(
        label=gettext_lazy("Plätze für Menschen aus dieser Gemeinde"),
        min_value=0,
        max_value=1000,
        required=False,
    )
    kept_until = DayField(
        label=gettext_lazy("Freigehalten bis"),
        help_text=gettext_lazy("Leer: bis zum Schluss."),
        required=False,
    )
    fares = forms.CharField(
        label=gettext_lazy("Preise für eine Person"),
        help_text=gettext_lazy(
            "Einer in jeder Zeile, zum Beispiel „Kind 12,50“ und „Kind mit Familienkarte 6“. Leer: kostenlos."
        ),
        max_length=800,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    fee = forms.CharField(
        label=gettext_lazy("Hinweis zu den Kosten"),
        help_text=gettext_lazy("Zum Beispiel, wie bezahlt wird."),
        max_length=200,
        required=False,
    )
    speakers = forms.CharField(label=gettext_lazy("Wer spricht oder leitet"), max_length=300, required=False)
    partners = forms.CharField(label=gettext_lazy("Gemeinsam mit"), max_length=300, required=False)
    questions = forms.CharField(
        label=gettext_lazy("Fragen bei der Anmeldung"),
        help_text=gettext_lazy("Eine Frage in jeder Zeile. Mit * am Ende muss sie beantwortet werden."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    opens_on = DayField(label=gettext_lazy("Anmeldung ab"), required=False)
    closes_on = DayField(
        label=gettext_lazy("Anmeldung bis einschließlich"),
        help_text=gettext_lazy("Leer: bis zum letzten Termin."),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        teams: Iterable[tuple[UUID, str]] = (),
        services: Iterable[tuple[UUID, str]] = (),
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        entries = [(str(key), name) for key, name in services]
        offer(self, "service", [("", _("zu keinem")), *entries])
        if not entries:
            del self.fields["service"]
        own = [(str(key), _("nur %(team)s") % {"team": name}) for key, name in teams]
        offer(self, "unit", [("", _("alle, die in unserer Stelle arbeiten")), *own])
        if not own:
            del self.fields["unit"]
        areas = places.municipalities()
        offer(self, "ags", [("", _("keine oder mehrere")), *((each.ags, each.name) for each in areas)])

    @classmethod
    def initial_of(cls, view: ProgrammeView, *, answer_hours: int = 48) -> dict[str, Any]:
        """What stands in the form of a programme that is there."""
        kept = {quota.key: quota for quota in view.quotas}
        local = kept.get(view.ags or "")
        referred = kept.get(REFERRED)
        last = next((quota.until for quota in view.quotas if quota.until), None)
        same = (
            "title", "summary", "description", "age_min", "age_max", "for_professionals", "place", "ags", "unit", "service",
            "waitlist_limit", "most_together", "fee", "speakers", "partners",
        )  # fmt: skip
        return {
            **{name: getattr(view, name) for name in same},
            "kind": view.kind.value,
            "comes": view.comes.value,
            "format": view.format.value,
            "capacity": view.places.capacity,
            "answer_hours": answer_hours,
            "kept_referred": referred.seats if referred else None,
            "kept_local": local.seats if local else None,
            "kept_until": last,
            "fares": "\n".join(f"{fare.label} {_money(fare.cents)}" for fare in view.fares),
            "questions": "\n".join(f"{each.label}{' *' if each.required else ''}" for each in view.questions),
            "opens_on": view.opens_at and clock.day_of(view.opens_at),
            "closes_on": view.closes_at and clock.day_of(view.closes_at - timedelta(seconds=1)),
        }

    def clean(self) -> dict[str, Any]:
        """Ages and days in their order, no more places kept than there are."""
        given = super().clean() or {}
        low, high = given.get("age_min"), given.get("age_max")
        if low is not None and high is not None and low > high:
            self.add_error("age_max", _("Das höchste Alter ist kleiner als das niedrigste."))
        first, last = given.get("opens_on"), given.get("closes_on")
        if first and last and first > last:
            self.add_error("closes_on", _("Die Anmeldung endet, bevor sie beginnt."))
        kept = (given.get("kept_referred") or 0) + (given.get("kept_local") or 0)
        if given.get("capacity") is not None and kept > given["capacity"]:
            self.add_error("kept_referred", _("Es werden mehr Plätze freigehalten, als es gibt."))
        if given.get("kept_local") and not given.get("ags"):
            self.add_error("ags", _("Für welche Gemeinde sollen Plätze frei bleiben?"))
        if given.get("format") != Format.ONLINE.value and not given.get("place"):
            self.add_error("place", _("Bitte sagen Sie, wo es stattfindet."))
        return given

    def clean_questions(self) -> tuple[Question, ...]:
        """Each line is a question."""
        lines = [line.strip() for line in self.cleaned_data["questions"].splitlines() if line.strip()]
        if len(lines) > MOST_QUESTIONS:
            raise forms.ValidationError(_("Bitte stellen Sie höchstens acht Fragen."))
        return tuple(
            Question(f"f{number}", line.rstrip("* ")[:200], required=line.endswith("*"))
            for number, line in enumerate(lines, start=1)
        )

    def clean_fares(self) -> tuple[Fare, ...]:
        """Each line is who pays, and how much."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["fares"].splitlines() if line.strip()]
        if len(lines) > MOST_FARES:
            raise forms.ValidationError(_("Bitte nennen Sie höchstens sechs Preise."))
        fares = tuple(map(_fare, lines))
        if len({fare.label.casefold() for fare in fares}) < len(fares):
            raise forms.ValidationError(_("Zwei Preise heißen gleich. Bitte unterscheiden Sie sie."))
        return fares

    def to_new(self, dates: Dates = ()) -> NewProgramme:
        """The programme as it was said."""
        given = self.cleaned_data
        return NewProgramme(
            kind=Kind(given["kind"]),
            title=given["title"].strip(),
            summary=given["summary"].strip(),
            description=given["description"].strip(),
            format=Format(given["format"]),
            comes=ComesWith(given["comes"]),
            for_professionals=given["for_professionals"],
            age_min=given["age_min"],
            age_max=given["age_max"],
            place=given["place"].strip(),
            ags=given["ags"] or None,
            unit=given.get("unit"),
            service=given.get("service"),
            speakers=given["speakers"].strip(),
            partners=given["partners"].strip(),
            fee=given["fee"].strip(),
            fares=given["fares"],
            capacity=given["capacity"],
            waitlist_limit=given["waitlist_limit"],
            most_together=given["most_together"],
            quotas=tuple(self._quotas()),
            questions=given["questions"],
            opens_at=_midnight(given["opens_on"]),
            closes_at=_midnight(given["closes_on"] and given["closes_on"] + timedelta(days=1)),
            answer_hours=given["answer_hours"],
            dates=dates,
        )

    def _quotas(self) -> list[QuotaValue]:
        given = self.cleaned_data
        asked = ((REFERRED, given["kept_referred"]), (given["ags"], given["kept_local"]))
        return [QuotaValue(key, seats, given["kept_until"]) for key, seats in asked if key and seats]


class AccessForm(forms.Form):
    """How those who are registered get in online, and what they find afterwards."""

    address = forms.URLField(
        label=gettext_lazy("Link zum Video-Raum"), max_length=500, required=False, assume_scheme="https"
    )
    note = forms.CharField(label=gettext_lazy("Hinweis dazu"), max_length=300, required=False)
    hours_before = forms.IntegerField(
        label=gettext_lazy("Stunden vorher verschicken"), min_value=1, max_value=336, initial=24
    )
    materials = forms.URLField(
        label=gettext_lazy("Link zu den Unterlagen, danach"),
        max_length=500,
        required=False,
        assume_scheme="https",
    )

    def to_access(self) -> AccessView:
        """The way in as it was said."""
        given = self.cleaned_data
        return AccessView(given["address"], given["note"], given["hours_before"], given["materials"])


class MaterialForm(forms.Form):
    """A file for those who had a place, and when they get it."""

    file = forms.FileField(
        label=gettext_lazy("Datei"),
        help_text=gettext_lazy(
            "PDF, Foto (JPEG, PNG), Word, Excel, PowerPoint oder OpenDocument, höchstens 20 MB."
        ),
        error_messages={"required": gettext_lazy("Bitte wählen Sie eine Datei.")},
    )
    session = forms.TypedChoiceField(
        label=gettext_lazy("Ab wann?"), coerce=UUID, empty_value=None, required=False
    )

    def __init__(self, *args: Any, dates: Iterable[tuple[UUID, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        after = [(str(key), _("nach dem Termin %(when)s") % {"when": words}) for key, words in dates]
        offer(self, "session", [("", _("nach dem letzten Termin")), *after])

    def clean_file(self) -> UploadedFile[Any]:
        """What is too large is not read at all."""
        given: UploadedFile[Any] = self.cleaned_data["file"]
        try:
            demand_size(given.size or 0)
        except UnfitFile as error:
            raise forms.ValidationError(unfit_file(error)) from error
        return given


def _fare(line: str) -> Fare:
    read = _FARE.fullmatch(line)
    if read is None:
        raise forms.ValidationError(
            _("Aus „%(line)s“ lesen wir keinen Preis. Schreiben Sie ihn so: Kind 12,50") % {"line": line}
        )
    return Fare(read["label"][:80], int(read["euros"]) * 100 + int(read["cents"] or 0))


def _money(cents: int) -> str:
    whole, rest = divmod(cents, 100)
    return f"{whole},{rest:02}" if rest else str(whole)


def _midnight(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), tzinfo=clock.zone())

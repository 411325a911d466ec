"""Forms around agreeing: what to ask for, how it was given, how it ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django import forms
from django.utils.translation import gettext_lazy as _

from lueckenlos.commons.privacy.types import (
    Category,
    ConsentForm,
    Mode,
    Purpose,
    ScopeValue,
    TextView,
    WithdrawalWay,
)
from lueckenlos.commons.privacy.wording import CATEGORIES, FORMS, MODES, PURPOSES, WAYS, refusal
from lueckenlos.core import clock
from lueckenlos.core.forms import DayField, offer

NOON: Final = time(12)
END_OF_DAY: Final = time(23, 59)
YEAR: Final = relativedelta(months=12)
TWO_YEARS: Final = relativedelta(months=24)
FREE_LINES: Final = 3
TOLD_WAYS: Final = (WithdrawalWay.WORD, WithdrawalWay.LETTER, WithdrawalWay.MAIL)
SECRECY_FORMS: Final = (ConsentForm.PAPER, ConsentForm.SIGNATURE, ConsentForm.ORAL)


def end_of(day: date) -> datetime:
    """The last minute of a day in the county."""
    return datetime.combine(day, END_OF_DAY, tzinfo=clock.zone())


class WhatForm(forms.Form):
    """On which text, about whom, and which offices: the first step, sent as an address that can be shared."""

    text = forms.ChoiceField(label=_("Worum geht es?"), widget=forms.RadioSelect)
    about = forms.ChoiceField(label=_("Um wessen Daten geht es?"), widget=forms.RadioSelect)
    offices = forms.MultipleChoiceField(
        label=_("Wer soll etwas wissen dürfen?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        *given: Any,
        texts: Sequence[TextView],
        people: Sequence[tuple[str, str]],
        usual: Sequence[tuple[UUID, str]],
        known: dict[str, UUID],
        **more: Any,
    ) -> None:
        super().__init__(*given, **more)
        self.known = known
        offer(self, "text", [(text.code, text.title) for text in texts])
        offer(self, "about", people)
        offer(self, "offices", [(str(key), name) for key, name in usual])
        for place in range(FREE_LINES):
            self.fields[f"other_{place}"] = forms.CharField(
                label=_("Andere Stelle") if place == 0 else _("Noch eine Stelle"),
                required=False,
                max_length=200,
                help_text=_("Die ersten Buchstaben genügen, dann auswählen.") if place == 0 else "",
                widget=forms.TextInput(attrs={"list": "stellen", "autocomplete": "off"}),
            )

    def clean(self) -> dict[str, Any]:
        """At least one office, each of them one that exists."""
        given: dict[str, Any] = super().clean() or {}
        chosen = [UUID(each) for each in given.get("offices", ())]
        for place in range(FREE_LINES):
            name = (given.get(f"other_{place}") or "").strip()
            if name and name not in self.known:
                self.add_error(
                    f"other_{place}",
                    _("„%(name)s“ steht nicht im Verzeichnis. Bitte wählen Sie aus der Liste.")
                    % {"name": name},
                )
            elif name:
                chosen.append(self.known[name])
        if not chosen and not self.errors:
            self.add_error("offices", _("Bitte wählen Sie mindestens eine Stelle."))
        given["organizations"] = list(dict.fromkeys(chosen))
        return given


@dataclass(frozen=True, slots=True)
class OfficeChoice:
    """One office of the second step, with the names of its fields."""

    organization: UUID
    name: str

    @property
    def field(self) -> str:
        """Its categories."""
        return f"was_{self.organization}"

    @property
    def mode(self) -> str:
        """Whether it may write."""
        return f"wie_{self.organization}"


class ScopesForm(forms.Form):
    """What each office may know, whom to ask, until when: nothing is chosen beforehand."""

    valid_until = DayField(label=_("Bis wann soll es gelten?"))
    end_named = forms.CharField(
        label=_("Womit endet es?"),
        required=False,
        max_length=200,
        help_text=_(
            "Nur wenn es länger als zwölf Monate gelten soll, zum Beispiel „mit dem ersten Schuljahr“. "
            "Höchstens 24 Monate."
        ),
    )

    def __init__(
        self,
        *given: Any,
        text: TextView,
        offices: Sequence[OfficeChoice],
        asked: Sequence[tuple[str, str]],
        now: datetime,
        **more: Any,
    ) -> None:
        super().__init__(*given, **more)
        self.text, self.offices, self.now = text, offices, now
        purposes = [purpose for purpose in Purpose if purpose in text.purposes]
        if len(purposes) > 1:
            self.fields["purpose"] = forms.ChoiceField(
                label=_("Wofür?"), choices=[(each.value, PURPOSES[each]) for each in purposes]
            )
        self.purpose = purposes[0]
        self.fields["asked"] = forms.MultipleChoiceField(
            label=_("Wen fragen Sie?"),
            choices=list(asked),
            initial=[key for key, _name in asked],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Bitte wählen Sie, wen Sie fragen.")},
        )
        categories = [(each.value, CATEGORIES[each]) for each in Category if each in text.categories]
        for office in offices:
            self.fields[office.field] = forms.MultipleChoiceField(
                label=office.name,
                required=False,
                choices=categories,
                widget=forms.CheckboxSelectMultiple,
            )
            self.fields[office.mode] = forms.ChoiceField(
                label=_("%(office)s darf") % {"office": office.name},
                required=False,
                choices=[(mode.value, words) for mode, words in MODES.items()],
            )
        self.order_fields([
            *(name for office in offices for name in (office.field, office.mode)),
            "purpose", "asked", "valid_until", "end_named",
        ])  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Something is asked for, and its end is neither past nor too far."""
        given: dict[str, Any] = super().clean() or {}
        if not self.errors and not self.to_scopes():
            raise forms.ValidationError(refusal("consent_is_empty"))
        until = given.get("valid_until")
        if until is not None:
            longest = TWO_YEARS if given.get("end_named") else YEAR
            if end_of(until) <= self.now:
                self.add_error("valid_until", refusal("consent_has_no_end"))
            elif until > clock.day_of(self.now + longest):
                self.add_error("valid_until", refusal("consent_too_long"))
        return given

    def to_scopes(self) -> tuple[ScopeValue, ...]:
        """What is asked for, office by office."""
        given = self.cleaned_data
        purpose = Purpose(given["purpose"]) if "purpose" in self.fields else self.purpose
        return tuple(
            ScopeValue(
                purpose, Category(category), office.organization, Mode(given.get(office.mode) or Mode.VIEW)
            )
            for office in self.offices
            for category in given.get(office.field, ())
        )

    @property
    def to_asked(self) -> list[UUID]:
        """Whom to ask."""
        return [UUID(each) for each in self.cleaned_data["asked"]]


class LinesForm(forms.Form):
    """Which of the lines somebody allowed; none is a no."""

    lines = forms.TypedMultipleChoiceField(
        label=_("Was hat die Person erlaubt?"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ohne ein Kreuz ist es ein Nein."),
    )

    def __init__(self, *given: Any, choices: Sequence[tuple[int, str]], now: datetime, **more: Any) -> None:
        super().__init__(*given, **more)
        self.now = now
        offer(self, "lines", choices)

    @property
    def chosen(self) -> frozenset[int]:
        """The places of the lines."""
        return frozenset(self.cleaned_data["lines"])

    def moment_of(self, day: date) -> datetime:
        """When something was given of which only the day is known: noon, or now if it is today."""
        noon = datetime.combine(day, NOON, tzinfo=clock.zone())
        return min(noon, self.now) if day == clock.day_of(self.now) else noon


class PaperForm(LinesForm):
    """A signed form that came back, as a scan or photo."""

    given_on = DayField(label=_("An welchem Tag wurde unterschrieben?"))
    scan = forms.FileField(
        label=_("Das unterschriebene Blatt (PDF oder Foto)"),
        help_text=_("Höchstens 20 MB. Die Datei wird verschlüsselt aufbewahrt."),
    )
    field_order = ("scan", "given_on", "lines")

    def clean_given_on(self) -> date:
        """A day that has been."""
        day: date = self.cleaned_data["given_on"]
        if day > clock.day_of(self.now):
            raise forms.ValidationError(refusal("consent_in_future"))
        return day


class OralForm(LinesForm):
    """A word, with the reason why not in writing (§ 67b (2) SGB X)."""

    given_on = DayField(label=_("An welchem Tag hat die Person es gesagt?"))
    oral_reason = forms.CharField(
        label=_("Warum mündlich?"),
        max_length=300,
        help_text=_("§ 67b Absatz 2 SGB X: mündlich nur, wenn die besonderen Umstände es verlangen."),
        error_messages={
            "required": _(
                "Ohne einen Grund ist eine mündliche Einwilligung nicht möglich. Bitte nennen Sie ihn."
            )
        },
    )
    field_order = ("given_on", "oral_reason", "lines")

    def clean_given_on(self) -> date:
        """A day that has been."""
        day: date = self.cleaned_data["given_on"]
        if day > clock.day_of(self.now):
            raise forms.ValidationError(refusal("consent_in_future"))
        return day


class WithdrawForm(forms.Form):
    """What somebody took back, and by which way they said it."""

    parts = forms.MultipleChoiceField(
        label=_("Was wurde widerrufen?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Bitte wählen Sie, was widerrufen wurde.")},
    )
    way = forms.ChoiceField(
        label=_("Auf welchem Weg?"),
        widget=forms.RadioSelect,
        choices=[(way.value, WAYS[way]) for way in TOLD_WAYS],
        initial=WithdrawalWay.WORD.value,
    )

    def __init__(self, *given: Any, parts: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        offer(self, "parts", parts)
        self.fields["parts"].initial = [key for key, _words in parts]


class SecrecyForm(forms.Form):
    """Who is released from secrecy (§ 203 StGB), towards whom, by whom, until when."""

    released = forms.CharField(
        label=_("Wer darf sprechen?"),
        max_length=200,
        help_text=_("Mit Namen und Funktion, zum Beispiel „Dr. Beispiel, Kinderärztin“."),
    )
    towards = forms.CharField(
        label=_("Mit welcher Stelle?"),
        max_length=200,
        help_text=_("Die ersten Buchstaben genügen, dann auswählen."),
        widget=forms.TextInput(attrs={"list": "stellen", "autocomplete": "off"}),
    )
    given_by = forms.ChoiceField(label=_("Wer erlaubt es?"))
    subject = forms.ChoiceField(label=_("Um wen geht es?"))
    valid_until = DayField(label=_("Bis wann?"))
    form = forms.ChoiceField(
        label=_("Wie wurde es erklärt?"),
        choices=[(form.value, FORMS[form]) for form in SECRECY_FORMS],
        widget=forms.RadioSelect,
        initial=ConsentForm.PAPER.value,
    )
    given_on = DayField(label=_("An welchem Tag?"), required=False)
    oral_reason = forms.CharField(label=_("Wenn mündlich: warum?"), max_length=300, required=False)

    def __init__(
        self,
        *given: Any,
        people: Sequence[tuple[str, str]],
        known: dict[str, UUID],
        now: datetime,
        **more: Any,
    ) -> None:
        super().__init__(*given, **more)
        self.known, self.now = known, now
        for name in ("given_by", "subject"):
            offer(self, name, people)

    def clean_towards(self) -> UUID:
        """An office of the directory."""
        name = str(self.cleaned_data["towards"]).strip()
        if name not in self.known:
            raise forms.ValidationError(
                _("„%(name)s“ steht nicht im Verzeichnis. Bitte wählen Sie aus der Liste.") % {"name": name}
            )
        return self.known[name]

    def clean_given_on(self) -> date:
        """A day that has been; today where nothing is said."""
        day: date = self.cleaned_data["given_on"] or clock.day_of(self.now)
        if day > clock.day_of(self.now):
            raise forms.ValidationError(refusal("consent_in_future"))
        return day

    def clean(self) -> dict[str, Any]:
        """It has an end, and a reason where nothing was written."""
        given: dict[str, Any] = super().clean() or {}
        until = given.get("valid_until")
        if until is not None and until > clock.day_of(self.now + TWO_YEARS):
            self.add_error("valid_until", _("Höchstens 24 Monate. Bitte wählen Sie ein früheres Ende."))
        if until is not None and end_of(until) <= self.now:
            self.add_error("valid_until", refusal("consent_has_no_end"))
        if given.get("form") == ConsentForm.ORAL and not given.get("oral_reason"):
            self.add_error("oral_reason", _("Bitte nennen Sie den Grund, warum nur mündlich."))
        return given

    def moment_given(self) -> datetime:
        """When it was declared."""
        day = self.cleaned_data["given_on"]
        noon = datetime.combine(day, NOON, tzinfo=clock.zone())
        return min(noon, self.now - timedelta(seconds=1)) if day == clock.day_of(self.now) else noon

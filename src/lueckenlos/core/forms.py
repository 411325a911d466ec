"""How every form of the house looks: KERN's fields, and its errors in one summary.

Settings name ``KernRenderer`` as ``FORM_RENDERER``; then ``{{ form }}`` and
``{{ form.email.as_field_group }}`` come out right without further words.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Final

from django import forms
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator, validate_email
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from lueckenlos.core.addresses import FIRST_YEAR, LAST_YEAR

INPUT_CLASS = "kern-form-input__input"
_LIMITS: Final = {
    "min_value": MinValueValidator,
    "max_value": MaxValueValidator,
    "max_length": MaxLengthValidator,
}


class KernRenderer(DjangoTemplates):
    """Renders forms and fields with the design system's templates."""

    form_template_name = "core/forms/form.html"
    field_template_name = "core/forms/group.html"


@dataclass(frozen=True, slots=True)
class DescribedField:
    """A bound field with all that its markup needs, so that the template only arranges."""

    bound: BoundField
    kind: str
    widget: SafeString
    hint: str | Promise
    hint_id: str
    error_id: str
    errors: list[str]
    required: bool


@dataclass(frozen=True, slots=True)
class SummaryEntry:
    """One error of a form: where it is, what the field is called, what to do."""

    anchor: str
    label: str | Promise
    text: str


@dataclass(frozen=True, slots=True)
class Summary:
    """All errors of one submission."""

    title: str
    entries: list[SummaryEntry]


def _kind(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, forms.MultiWidget | forms.SelectDateWidget):
        return "several"
    return "select" if isinstance(widget, forms.Select) else "input"


def _classes(bound: BoundField, kind: str) -> str:
    own = str(bound.field.widget.attrs.get("class", ""))
    if kind == "checkbox":
        names = ["kern-form-check__checkbox", own]
        return " ".join(filter(None, [*names, "kern-form-check__checkbox--error" if bound.errors else ""]))
    if kind == "select":
        names = ["kern-form-input__select", own]
        return " ".join(filter(None, [*names, "kern-form-input__select--error" if bound.errors else ""]))
    return " ".join(filter(None, [INPUT_CLASS, own, f"{INPUT_CLASS}--error" if bound.errors else ""]))


def described(bound: BoundField) -> DescribedField:
    """Prepares a bound field for its template; hint and error are tied to the input by their ids."""
    kind = _kind(bound.field.widget)
    identity = bound.auto_id or bound.html_name
    widget = SafeString("") if kind == "choices" else bound.as_widget(attrs={"class": _classes(bound, kind)})
    return DescribedField(
        bound=bound,
        kind=kind,
        widget=widget,
        hint=bound.help_text,
        hint_id=f"{identity}_helptext",
        error_id=f"{identity}_error",
        errors=worded(bound),
        # Of several ways one is needed: to call one of them optional would contradict the error that follows.
        required=bound.field.required or bound.name in getattr(bound.form, "ways", ()),
    )


def _in_a_near_year(found: date) -> None:
    """Refuse years that nobody means: 0026 is a slip of the hand, and around 9999 nothing can be reckoned."""
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise forms.ValidationError(
            gettext("Das Jahr %(year)s kann nicht stimmen. Bitte prüfen Sie es. Ein Beispiel: 31.12.2026."),
            code="year",
            params={"year": found.year},
        )


class DayField(forms.DateField):
    """A day, chosen in the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_validators = [_in_a_near_year]
    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": gettext_lazy("Bitte geben Sie einen Tag an, zum Beispiel 31.12.2026.")
    }


class MomentField(forms.DateTimeField):
    """A day and an hour, chosen in the browser's own calendar."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    default_validators = [_in_a_near_year]
    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": gettext_lazy("Bitte geben Sie Tag und Uhrzeit an.")
    }


class DaysField(forms.CharField):
    """Single days as people list them; a tuple of dates in their order."""

    _DAY: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")

    def clean(self, value: Any) -> tuple[date, ...]:
        """Read every day; what is none is said back."""
        words = [word for word in re.split(r"[,;\s]+", super().clean(value)) if word]
        days = {self._day(word) for word in words}
        for day in days:
            _in_a_near_year(day)
        return tuple(sorted(days))

    def _day(self, word: str) -> date:
        match = self._DAY.fullmatch(word)
        try:
            day, month, year = (int(part) for part in match.groups()) if match else (0, 0, 0)
            return date(year, month, day)
        except ValueError as error:
            raise forms.ValidationError(
                gettext("„%(word)s“ ist kein Tag. Ein Beispiel: 24.12.2026.") % {"word": word}
            ) from error


def offer(form: forms.BaseForm, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Let a field offer what only the page knows: its pairs of value and words."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} offers nothing to choose from")
    field.choices = list(choices)


def offer_openly(form: forms.BaseForm, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """The same where a slip reaches somebody: of several nobody is chosen before somebody chooses."""
    several = list(choices)
    offer(form, name, [("", gettext("bitte wählen")), *several] if len(several) > 1 else several)


def worded(bound: BoundField) -> list[str]:
    """The errors of a field; where a form has no words of its own for a missing answer, ours are kinder."""
    missing = bound.field.error_messages["required"]
    own_words = missing != forms.Field.default_error_messages["required"]
    texts = []
    for error in bound.errors.as_data():
        if error.code == "required" and not own_words:
            texts.append(_missing(bound.field))
        else:
            texts += _kinder(error)
    return texts


def _kinder(error: forms.ValidationError) -> list[str]:
    """An error as it was said; where Django said it, in our words: which number is too much, what an address looks like."""
    given: dict[str, Any] = error.params or {}
    if error.code == "invalid" and error.message is validate_email.message:
        return [gettext("Diese E-Mail-Adresse kann nicht stimmen. Ein Beispiel: name@example.org.")]
    if error.code not in _LIMITS or error.message is not _LIMITS[error.code].message:
        return [str(message) for message in error.messages]
    if error.code == "max_length":
        return [
            gettext("Das ist zu lang: %(length)s Zeichen. Hier ist Platz für %(most)s.")
            % {"length": given["show_value"], "most": given["limit_value"]}
        ]
    if error.code == "min_value":
        return [gettext("Bitte geben Sie mindestens %(least)s an.") % {"least": given["limit_value"]}]
    return [gettext("Bitte geben Sie höchstens %(most)s an.") % {"most": given["limit_value"]}]


def _missing(field: forms.Field) -> str:
    kind = _kind(field.widget)
    if isinstance(field, forms.FileField):
        return gettext("Bitte wählen Sie eine Datei aus.")
    if isinstance(field, DayField | MomentField):
        return str(field.error_messages["invalid"])
    if isinstance(field, forms.TimeField):
        return gettext("Bitte geben Sie eine Uhrzeit an, zum Beispiel 14:30.")
    if kind in {"choices", "select"}:
        return gettext("Bitte wählen Sie etwas aus.")
    if kind == "checkbox":
        return gettext("Ohne dieses Häkchen geht es hier nicht weiter.")
    return gettext("Bitte füllen Sie das aus.")


def summary_of(*parts: forms.BaseForm) -> Summary:
    """The errors of what was submitted, first those of the whole, then field by field in order of reading.

    A page may be made of several forms that are sent as one: they are counted and told as one.
    """
    entries = [SummaryEntry("", "", str(error)) for form in parts for error in form.non_field_errors()]
    for bound in (bound for form in parts for bound in form):
        anchor = "" if bound.is_hidden else (bound.id_for_label or bound.auto_id)
        # What a box says is a whole sentence; its error stands for itself.
        label = "" if isinstance(bound.field.widget, forms.CheckboxInput) else bound.label or ""
        entries += [SummaryEntry(anchor, label, error) for error in worded(bound)]
    if len(entries) == 1:
        return Summary(gettext("Eine Angabe fehlt noch oder passt nicht"), entries)
    return Summary(
        gettext("%(count)s Angaben fehlen noch oder passen nicht") % {"count": len(entries)}, entries
    )

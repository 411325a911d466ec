"""The fields of an entry that do not repeat."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.urls import reverse_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lueckenlos.commons.directory.forms.parts import YES_NO_UNKNOWN
from lueckenlos.commons.directory.types import PLAIN, Catalog, Label, ServiceStatus
from lueckenlos.commons.directory.wording import ACCESSES, AUDIENCES, FORMATS, LANGUAGE_NAMES, STATUSES
from lueckenlos.core.forms import DayField, offer


def _long(rows: int = 5) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def translation_languages() -> list[tuple[str, str]]:
    """Languages that texts can be written in beside German."""
    return [(code, str(LANGUAGE_NAMES.get(code, name))) for code, name in settings.LANGUAGES if code != "de"]


def text_name(language: str, field: str) -> str:
    """The form's name for a field in a language."""
    return f"text_{language.replace('-', '_')}_{field}"


class EntryFields(forms.Form):
    """Everything of an entry that does not repeat."""

    name = forms.CharField(label=_("Name des Angebots"), max_length=250)
    alternate_name = forms.CharField(label=_("Auch bekannt als"), max_length=250, required=False)
    description = forms.CharField(
        label=_("Was bekommt eine Familie hier?"),
        max_length=5000,
        widget=_long(6),
        help_text=_("Erst was es hilft, dann wie es abläuft. In der Sprache der Familien, ohne Amtswörter."),
    )
    kind = forms.ChoiceField(label=_("Art des Angebots"), required=False)
    phases = forms.MultipleChoiceField(
        label=_("Für welche Lebensphasen?"), widget=forms.CheckboxSelectMultiple
    )
    fields_ = forms.MultipleChoiceField(label=_("Worum geht es?"), widget=forms.CheckboxSelectMultiple)
    audience = forms.ChoiceField(label=_("Wen sprechen Sie an?"), choices=list(AUDIENCES.items()))
    age_min = forms.IntegerField(label=_("Alter von"), min_value=0, max_value=120, required=False)
    age_max = forms.IntegerField(label=_("Alter bis"), min_value=0, max_value=120, required=False)
    eligibility = forms.CharField(
        label=_("Wer darf kommen?"),
        max_length=1000,
        required=False,
        widget=_long(2),
        help_text=_("Nur wenn es eine Bedingung gibt, zum Beispiel „mit Wohnsitz in Jülich“."),
    )
    whole_county = forms.BooleanField(label=_("Offen für alle im ganzen Kreis"), required=False)
    catchment = forms.MultipleChoiceField(
        label=_("Sonst: für Familien aus"), widget=forms.CheckboxSelectMultiple, required=False
    )
    access = forms.ChoiceField(label=_("Wie kommt man hinein?"), choices=list(ACCESSES.items()))
    application = forms.CharField(
        label=_("So fängt man an"),
        max_length=1000,
        required=False,
        widget=_long(2),
        help_text=_(
            "Der erste Schritt, zum Beispiel „Rufen Sie an, wir finden einen Termin in derselben Woche.“"
        ),
    )
    email = forms.EmailField(label=_("E-Mail"), max_length=254, required=False)
    website = forms.URLField(label=_("Internetseite"), max_length=500, required=False, assume_scheme="https")
    documents = forms.CharField(
        label=_("Was soll man mitbringen?"),
        max_length=2000,
        required=False,
        widget=_long(3),
        help_text=_("Je Zeile eine Sache."),
    )
    schedule_text = forms.CharField(
        label=_("Wann?"),
        max_length=500,
        required=False,
        widget=forms.TextInput(
            attrs={
                "hx-get": reverse_lazy("directory:read_schedule"),
                "hx-trigger": "input changed delay:400ms",
                "hx-target": "#zeiten-verstanden",
            }
        ),
        help_text=_(
            "So, wie Sie es sagen würden: „jeden 2. Dienstag im Monat 15–17 Uhr, nicht in den Ferien“."
        ),
    )
    valid_from = DayField(label=_("Gibt es ab"), required=False)
    valid_to = DayField(label=_("Gibt es bis"), required=False)
    status = forms.ChoiceField(
        label=_("Läuft es gerade?"),
        choices=[
            (key, STATUSES[key])
            for key in (ServiceStatus.ACTIVE, ServiceStatus.PAUSED, ServiceStatus.INACTIVE)
        ],
    )
    format = forms.ChoiceField(label=_("Wo findet es statt?"), choices=list(FORMATS.items()))
    is_free = forms.BooleanField(label=_("Für Familien kostenlos"), required=False)
    fee = forms.CharField(
        label=_("Kosten in Worten"),
        max_length=250,
        required=False,
        help_text=_("zum Beispiel „12 Euro, mit Familienkarte 8 Euro“"),
    )
    languages = forms.MultipleChoiceField(
        label=_("Welche Sprachen werden gesprochen?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    interpretation = forms.CharField(label=_("Dolmetschen"), max_length=250, required=False)
    accessible = forms.ChoiceField(label=_("Barrierefrei"), choices=YES_NO_UNKNOWN, required=False)
    capacity = forms.IntegerField(label=_("Plätze im Jahr"), min_value=0, max_value=1_000_000, required=False)
    available = forms.IntegerField(
        label=_("Davon gerade frei"), min_value=0, max_value=1_000_000, required=False
    )
    waiting_weeks = forms.IntegerField(
        label=_("Wartezeit in Wochen"), min_value=0, max_value=520, required=False
    )
    bridge_from = forms.ChoiceField(label=_("Hilft beim Übergang von"), required=False)
    bridge_to = forms.ChoiceField(label=_("nach"), required=False)

    def __init__(self, *args: Any, catalog: Catalog, municipalities: Sequence[Label], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        phases = [(phase.key, phase.label) for phase in catalog.phases]
        none = [("", gettext("nicht gewählt"))]
        choices: Mapping[str, list[tuple[str, str]]] = {
            "kind": none + [(kind.key, kind.label) for kind in catalog.kinds],
            "phases": phases,
            "fields_": [(field.key, field.label) for field in catalog.fields],
            "catchment": [(place.key, place.label) for place in municipalities],
            "languages": self._languages(),
            "bridge_from": none + phases,
            "bridge_to": none + phases,
        }
        for name, options in choices.items():
            offer(self, name, options)
        for language, label in translation_languages():
            for name, rows in (("name", 1), ("description", 5)):
                self.fields[text_name(language, name)] = forms.CharField(
                    label=gettext("%(field)s (%(language)s)")
                    % {
                        "field": gettext("Name") if name == "name" else gettext("Beschreibung"),
                        "language": label,
                    },
                    max_length=5000,
                    required=False,
                    widget=_long(rows) if rows > 1 else forms.TextInput(),
                )

    def _languages(self) -> list[tuple[str, str]]:
        known = {code: str(name) for code, name in LANGUAGE_NAMES.items() if code != PLAIN}
        held = self.initial.get("languages") or ()
        return [*known.items(), *((code, code) for code in held if code not in known)]

    def clean(self) -> dict[str, Any]:
        """Fields that only make sense together."""
        given = super().clean() or {}
        self._in_order(
            "age_min", "age_max", _("Das Alter „bis“ liegt unter dem Alter „von“. Bitte tauschen.")
        )
        self._in_order("valid_from", "valid_to", _("Das Ende liegt vor dem Anfang. Bitte die Tage prüfen."))
        self._in_order(
            "available", "capacity", _("Es sind mehr Plätze frei, als es gibt. Bitte die Zahlen prüfen.")
        )
        if given.get("available") is not None and given.get("capacity") is None:
            self.add_error("capacity", _("Bitte auch angeben, wie viele Plätze es im Jahr gibt."))
        if bool(given.get("bridge_from")) != bool(given.get("bridge_to")):
            self.add_error(
                "bridge_to", _("Ein Übergang braucht beide Enden. Bitte beide wählen oder keines.")
            )
        if not given.get("whole_county") and not given.get("catchment"):
            self.add_error(
                "catchment",
                _("Bitte wählen, woher die Familien kommen dürfen, oder „Offen für alle im ganzen Kreis“."),
            )
        return given

    def _in_order(self, low: str, high: str, error: Any) -> None:
        below, above = self.cleaned_data.get(low), self.cleaned_data.get(high)
        if below is not None and above is not None and below > above:
            self.add_error(high if low != "available" else low, error)

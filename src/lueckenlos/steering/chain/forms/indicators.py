"""The steps of reading indicators in: the file, the columns, which indicator is which, and what to take over."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lueckenlos.commons.directory.importing import Table, UnreadableTable, read_table, refuse_large
from lueckenlos.commons.directory.types import Catalog
from lueckenlos.commons.places.importing import Meaning, Naming
from lueckenlos.commons.places.types import (
    PERCENT,
    IndicatorAbout,
    IndicatorDefinition,
    IndicatorDirection,
    IndicatorInfo,
)
from lueckenlos.core.forms import offer
from lueckenlos.steering.chain.social_wording import ABOUT, GOOD, MEANINGS, UNREADABLE

NEW = "new"
AS_WRITTEN, SHARES = "as_written", "shares"
ONCE = tuple(meaning for meaning in Meaning if meaning not in {Meaning.NOTHING, Meaning.VALUES})


class IndicatorFileForm(forms.Form):
    """The table itself."""

    table = forms.FileField(
        label=_("Ihre Tabelle"),
        help_text=_(
            "XLSX, ODS oder CSV bis 20 MB. Oben eine Kopfzeile, darunter eine Zeile je Gemeinde (oder je Gemeinde und Jahr)."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt"}),
    )

    def clean_table(self) -> bytes:
        """Only what can be read goes on."""
        file = self.cleaned_data["table"]
        try:
            refuse_large(file.size)
            content: bytes = file.read()
            read_table(content)
        except UnreadableTable as error:
            words = str(UNREADABLE[error.why]) % {"value": error.value, "expected": error.expected}
            raise forms.ValidationError(words) from error
        return content


class ColumnsForm(forms.Form):
    """What each column means, and what holds for all rows."""

    year = forms.IntegerField(
        label=_("Jahr für alle Zeilen"),
        required=False,
        min_value=1950,
        help_text=_("Nur nötig, wenn keine Spalte und keine Überschrift das Jahr nennt."),
    )
    source = forms.CharField(
        label=_("Quelle für alle Zeilen"),
        required=False,
        max_length=200,
        help_text=_("Wer hat gezählt, und wo steht es? Zum Beispiel: Statistik der BA, Dezember 2025."),
    )

    def __init__(
        self, *args: Any, table: Table, guess: Sequence[Meaning], this_year: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.table = table
        self.fields["year"].max_value = this_year  # type: ignore[attr-defined]
        choices = [(meaning.value, words) for meaning, words in MEANINGS.items()]
        for at, heading in enumerate(table.header):
            samples = ", ".join(table.samples(at, count=3))
            self.fields[f"c{at}"] = forms.ChoiceField(
                label=heading, choices=choices, required=False, initial=guess[at].value, help_text=samples
            )

    @property
    def columns(self) -> list[forms.BoundField]:
        """The fields of the columns."""
        return [self[f"c{at}"] for at in range(len(self.table.header))]

    @property
    def meanings(self) -> tuple[Meaning, ...]:
        """What was chosen."""
        return tuple(Meaning(self.cleaned_data.get(f"c{at}", "")) for at in range(len(self.table.header)))

    def clean_year(self) -> int | None:
        """A year that has begun."""
        year: int | None = self.cleaned_data["year"]
        latest: int = self.fields["year"].max_value  # type: ignore[attr-defined]
        if year is not None and year > latest:
            raise forms.ValidationError(
                gettext("Das Jahr liegt in der Zukunft; das letzte mögliche ist %(year)s.") % {"year": latest}
            )
        return year

    def clean(self) -> dict[str, Any]:
        """The columns must make a table together."""
        given = super().clean() or {}
        for words in _wrong_together(self.meanings):
            self.add_error(None, str(words))
        if Meaning.SOURCE not in self.meanings and not given.get("source"):
            self.add_error(
                "source", gettext("Bitte sagen Sie, woher die Zahlen kommen: Jede Zahl trägt ihre Quelle.")
            )
        return given


def _wrong_together(meanings: Sequence[Meaning]) -> list[str | Promise]:
    found: list[str | Promise] = []
    if Meaning.AREA not in meanings:
        found.append(_("Es fehlt eine Spalte, die die Gemeinde nennt."))
    for meaning in ONCE:
        if meanings.count(meaning) > 1:
            words = gettext("„%(meaning)s“ ist für %(count)s Spalten gewählt; es kann nur eine sein.")
            found.append(words % {"meaning": MEANINGS[meaning], "count": meanings.count(meaning)})
    wide = meanings.count(Meaning.VALUES)
    counts = {Meaning.NUMERATOR, Meaning.DENOMINATOR} & set(meanings)
    if Meaning.INDICATOR in meanings:
        if wide:
            found.append(
                _(
                    "Entweder eine Spalte nennt den Indikator, oder jede Spalte ist einer: beides zugleich geht nicht."
                )
            )
        if Meaning.VALUE not in meanings and len(counts) < 2:
            found.append(_("Es fehlt eine Spalte mit den Werten (oder Zähler und Nenner)."))
    elif Meaning.VALUE in meanings:
        found.append(
            _(
                "Wenn keine Spalte den Indikator nennt, wählen Sie für den Wert bitte „Werte dieses Indikators“."
            )
        )
    elif not wide:
        found.append(_("Es fehlt eine Spalte mit Werten."))
    elif wide > 1 and counts:
        found.append(
            _("Zähler und Nenner gehören zu genau einem Indikator; hier sind mehrere Spalten mit Werten.")
        )
    return found


class NamesForm(forms.Form):
    """For each name in the table: an indicator that is there, a new one with its meaning, or none."""

    def __init__(
        self,
        *args: Any,
        names: Sequence[str],
        infos: Sequence[IndicatorInfo],
        guess: Mapping[str, str],
        shares: Mapping[str, bool],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.names = list(names)
        self.infos = {info.key: info for info in infos}
        words = gettext("schon da: %(label)s")
        targets = [
            ("", gettext("nicht einlesen")),
            (NEW, gettext("ein neuer Indikator")),
            *((info.key, words % {"label": info.label}) for info in infos),
        ]
        for at, name in enumerate(self.names):
            self._add(
                at, name, targets=targets, first=guess.get(name) or NEW, is_share=shares.get(name, False)
            )

    def _add(self, at: int, name: str, *, targets: Any, first: str, is_share: bool) -> None:
        self.fields[f"t{at}"] = forms.ChoiceField(
            label=gettext("„%(name)s“ in Ihrer Tabelle ist") % {"name": name[:80]},
            choices=targets,
            required=False,
            initial=first,
        )
        self.fields[f"l{at}"] = forms.CharField(
            label=gettext("Name"), required=False, max_length=200, initial=name[:200]
        )
        self.fields[f"d{at}"] = forms.ChoiceField(
            label=gettext("Richtung"),
            choices=[("", gettext("bitte wählen")), *((key.value, words) for key, words in GOOD.items())],
            required=False,
        )
        self.fields[f"a{at}"] = forms.ChoiceField(
            label=gettext("Was gezählt wird"),
            choices=[("", gettext("bitte wählen")), *((key.value, words) for key, words in ABOUT.items())],
            required=False,
            help_text=gettext(
                "Hilfen zur Erziehung sind Nutzung: Sie zeigen, wo Hilfe ankommt, nicht, wo sie fehlt."
            ),
        )
        self.fields[f"u{at}"] = forms.CharField(
            label=gettext("Einheit"), required=False, max_length=40, initial="Prozent"
        )
        self.fields[f"s{at}"] = forms.ChoiceField(
            label=gettext("Die Zahlen sind"),
            choices=[(AS_WRITTEN, gettext("wie geschrieben (31,1)")), (SHARES, gettext("Anteile von 0 bis 1 (0,311 heißt 31,1 Prozent)"))],
            required=False,
            initial=SHARES if is_share else AS_WRITTEN,
        )  # fmt: skip

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField], list[forms.BoundField]]]:
        """By name: the fields that always count, and those of a new indicator."""
        return [
            (name, [self[f"t{at}"], self[f"s{at}"]], [self[f"{part}{at}"] for part in "ladu"])
            for at, name in enumerate(self.names)
        ]

    def clean(self) -> dict[str, Any]:
        """A new indicator needs name, direction and what it counts."""
        given = super().clean() or {}
        labels = {info.label.casefold() for info in self.infos.values()}
        for at in range(len(self.names)):
            if given.get(f"t{at}") != NEW:
                continue
            label = given.get(f"l{at}", "").strip()
            if not label:
                self.add_error(f"l{at}", gettext("Bitte geben Sie dem Indikator einen Namen."))
            elif label.casefold() in labels:
                words = gettext("„%(label)s“ gibt es schon. Bitte oben auswählen oder anders nennen.")
                self.add_error(f"l{at}", words % {"label": label})
            labels.add(label.casefold())
            if not given.get(f"d{at}"):
                self.add_error(f"d{at}", gettext("Bitte sagen Sie, ob hoch oder niedrig gut ist."))
            if not given.get(f"a{at}"):
                self.add_error(f"a{at}", gettext("Bitte sagen Sie, ob Bedarf oder Nutzung gezählt wird."))
        if not any(given.get(f"t{at}") for at in range(len(self.names))):
            self.add_error(None, gettext("Bitte wählen Sie mindestens einen Indikator zum Einlesen."))
        return given

    def naming(self) -> dict[str, Naming]:
        """What each name stands for; a new indicator goes by its number until it has a key."""
        found = {}
        for at, name in enumerate(self.names):
            target = self.cleaned_data[f"t{at}"]
            if target:
                unit = self.cleaned_data[f"u{at}"].strip() if target == NEW else self.infos[target].unit
                key = f"{NEW}:{at}" if target == NEW else target
                found[name] = Naming(key, _unit(unit), self.cleaned_data[f"s{at}"] == SHARES)
        return found

    def definitions(self) -> dict[str, dict[str, str]]:
        """The new indicators by the number that they go by."""
        return {
            f"{NEW}:{at}": {
                "label": self.cleaned_data[f"l{at}"].strip(),
                "direction": self.cleaned_data[f"d{at}"],
                "about": self.cleaned_data[f"a{at}"],
            }
            for at in range(len(self.names))
            if self.cleaned_data[f"t{at}"] == NEW
        }


def _unit(text: str) -> str:
    return PERCENT if text.casefold() in {"", "%", "prozent", "percent"} else text


class IndicatorForm(forms.Form):
    """What an indicator means."""

    label = forms.CharField(label=_("Name"), max_length=200)
    direction = forms.ChoiceField(
        label=_("Richtung"), choices=[(key.value, words) for key, words in GOOD.items()]
    )
    about = forms.ChoiceField(
        label=_("Was gezählt wird"), choices=[(key.value, words) for key, words in ABOUT.items()]
    )
    phase = forms.ChoiceField(label=_("Lebensphase der Nutzung"), required=False)
    field = forms.ChoiceField(label=_("Handlungsfeld der Nutzung"), required=False)
    need = forms.ChoiceField(
        label=_("Welchem Bedarf sie folgen soll"),
        required=False,
        help_text=_(
            "Nur bei Nutzung: Daraus rechnet die Kette, ob ein Angebot die erreicht, die es brauchen."
        ),
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        info: IndicatorInfo,
        infos: Sequence[IndicatorInfo],
        catalog: Catalog,
    ) -> None:
        initial = {
            name: getattr(info, name) for name in ("label", "direction", "about", "phase", "field", "need")
        }
        super().__init__(data, initial=initial)
        self.key = info.key
        needs = [
            (each.key, each.label)
            for each in infos
            if each.about is IndicatorAbout.NEED and each.key != info.key
        ]
        for name, options in (
            ("phase", [(each.key, each.label) for each in catalog.phases]),
            ("field", [(each.key, each.label) for each in catalog.fields]),
            ("need", needs),
        ):
            offer(self, name, [("", gettext("nicht gesagt")), *options])

    def to_definition(self) -> IndicatorDefinition:
        """The value; phase, field and need are of a use alone."""
        given = self.cleaned_data
        about = IndicatorAbout(given["about"])
        rest = {
            name: given[name] if about is IndicatorAbout.USE else "" for name in ("phase", "field", "need")
        }
        return IndicatorDefinition(
            self.key, given["label"], IndicatorDirection(given["direction"]), about, **rest
        )


class TakeOverIndicatorsForm(forms.Form):
    """All values or none, or only the good ones."""

    which = forms.ChoiceField(choices=[("all", _("alle oder keine")), ("good", _("nur die guten"))])

"""The steps of an import: the file, which column means what, and what to take over."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lueckenlos.commons.directory.importing import (
    TARGETS,
    Mapping,
    Source,
    Table,
    Unreadable,
    UnreadableTable,
    read_table,
    refuse_large,
)
from lueckenlos.commons.directory.importing.targets import CHOSEN_FOR_ALL
from lueckenlos.commons.directory.types import Catalog
from lueckenlos.commons.directory.wording import ACCESSES, AUDIENCES, FORMATS

NOT_TAKEN = ""
_SENTENCES = {
    Unreadable.TOO_LARGE: _("Die Datei ist mit %(value)s zu groß; es gehen bis zu %(expected)s. Bitte teilen Sie die Tabelle."),
    Unreadable.TOO_MANY_ROWS: _("Die Tabelle hat %(value)s Zeilen; es gehen bis zu %(expected)s auf einmal. Bitte teilen Sie sie."),
    Unreadable.TOO_MANY_COLUMNS: _("Die Tabelle hat %(value)s Spalten; es gehen bis zu %(expected)s."),
    Unreadable.EMPTY: _("Die Tabelle ist leer. Es braucht eine Kopfzeile und darunter je Angebot eine Zeile."),
    Unreadable.NO_TABLE: _("Das ist keine Tabelle, die sich lesen lässt. Bitte speichern Sie sie als XLSX oder CSV."),
    Unreadable.ONE_COLUMN: _("Die Tabelle hat nur eine Spalte („%(value)s“). Bitte als CSV mit Semikolon oder als XLSX speichern."),
}  # fmt: skip


def unreadable(error: UnreadableTable) -> str:
    """Why a file cannot be read, and what to do."""
    return str(_SENTENCES[error.why]) % {"value": error.value, "expected": error.expected}


class UploadForm(forms.Form):
    """The table itself."""

    table = forms.FileField(
        label=_("Ihre Tabelle"),
        help_text=_("XLSX, ODS oder CSV bis 20 MB. Oben eine Kopfzeile, darunter je Angebot eine Zeile."),
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
            raise forms.ValidationError(unreadable(error)) from error
        return content


class MappingForm(forms.Form):
    """One choice for each field: a column, one word for all rows, or nothing."""

    def __init__(
        self,
        *args: Any,
        table: Table,
        guess: Mapping,
        catalog: Catalog,
        wide: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        columns = [(f"c:{at}", _column(table, at)) for at in range(len(table.header))]
        for target in TARGETS:
            if target.key == "organization" and "organization" not in wide:
                continue
            choices: list[Any] = [(NOT_TAKEN, gettext("nicht übernehmen")), (gettext("Spalte"), columns)]
            if target.key in CHOSEN_FOR_ALL:
                choices.append((gettext("für alle Zeilen"), _words(target.key, catalog=catalog)))
            self.fields[target.key] = forms.ChoiceField(
                label=str(target.label),
                choices=choices,
                required=target.required,
                help_text=str(target.hint),
                initial=_initial(guess.get(target.key)),
                error_messages={"required": _("Dieses Feld braucht eine Spalte.")},
            )

    def to_mapping(self) -> dict[str, Source]:
        """What was chosen."""
        chosen = {key: value for key, value in self.cleaned_data.items() if value}
        return {
            key: Source(int(value[2:])) if value.startswith("c:") else Source(constant=value[1:])
            for key, value in chosen.items()
        }

    @property
    def first(self) -> list[forms.BoundField]:
        """Fields without which no row fits, and those that were recognized."""
        return [bound for bound in self if bound.field.required or bound.initial]

    @property
    def rest(self) -> list[forms.BoundField]:
        """What no column seems to mean."""
        return [bound for bound in self if not (bound.field.required or bound.initial)]


def _initial(source: Source | None) -> str:
    if source is None:
        return NOT_TAKEN
    return f"={source.constant}" if source.column is None else f"c:{source.column}"


def _column(table: Table, at: int) -> str:
    samples = ", ".join(f"„{value[:30]}“" for value in table.samples(at))
    return f"{table.header[at]} ({samples})" if samples else table.header[at]


def _words(key: str, *, catalog: Catalog) -> list[tuple[str, str]]:
    labels = {
        "fields": [(item.key, item.label) for item in catalog.fields],
        "phases": [(item.key, item.label) for item in catalog.phases],
        "kind": [(item.key, item.label) for item in catalog.kinds],
        "audience": [(item, str(label)) for item, label in AUDIENCES.items()],
        "format": [(item, str(label)) for item, label in FORMATS.items()],
        "access": [(item, str(label)) for item, label in ACCESSES.items()],
    }[key]
    return [(f"={item}", label) for item, label in labels]


class TakeOverForm(forms.Form):
    """All rows or none, or only the good ones; doubles stay out unless somebody says otherwise."""

    which = forms.ChoiceField(
        choices=[("all", _("alle oder keine")), ("good", _("nur die guten Zeilen"))], widget=forms.RadioSelect
    )
    doubles = forms.BooleanField(
        label=_("Auch die Zeilen neu anlegen, die wahrscheinlich schon da sind"), required=False
    )

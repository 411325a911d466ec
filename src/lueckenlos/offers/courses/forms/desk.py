"""What an organization says about an online course, and the file of codes that it bought."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.core import clock
from lueckenlos.core.about_form import AboutForm
from lueckenlos.offers.courses.codefile import LARGEST, Unreadable, UnreadableFile, read_codes
from lueckenlos.offers.courses.services import NewCourse
from lueckenlos.offers.courses.types import MOST_MODULES, CourseView
from lueckenlos.offers.courses.wording import unreadable

MOST_CENTRES: Final = 12
USUAL_MODULES: Final = 8


class CourseForm(AboutForm):
    """Everything about a course but its codes."""

    platform = forms.URLField(
        label=gettext_lazy("Adresse des Kurses"),
        help_text=gettext_lazy("Dort geben Familien ihren Code ein."),
        max_length=500,
        assume_scheme="https",
        error_messages={
            "required": gettext_lazy("Bitte geben Sie die Adresse an, zum Beispiel https://kurs.example.org.")
        },
    )
    modules = forms.CharField(
        label=gettext_lazy("Module"),
        help_text=gettext_lazy("Eins in jeder Zeile, höchstens zwanzig."),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": USUAL_MODULES}),
    )
    age_max = forms.IntegerField(
        label=gettext_lazy("Kind bis (Jahre)"), min_value=0, max_value=21, initial=12
    )
    residents_only = forms.BooleanField(
        label=gettext_lazy("Nur für Familien aus dem Kreis"), required=False, initial=True
    )
    months = forms.IntegerField(
        label=gettext_lazy("Der Zugang gilt (Monate)"), min_value=1, max_value=36, initial=12
    )
    stock_weeks = forms.IntegerField(
        label=gettext_lazy("Warnen, wenn der Vorrat kürzer reicht als (Wochen)"),
        min_value=1,
        max_value=26,
        initial=4,
    )
    centres = forms.CharField(
        label=gettext_lazy("Wer gibt Codes aus?"),
        help_text=gettext_lazy("Name der Bildungsstätte, wie er im Verzeichnis steht. Eine in jeder Zeile."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        usual = (_("Modul %(number)s") % {"number": number} for number in range(1, USUAL_MODULES + 1))
        self.fields["modules"].initial = "\n".join(usual)

    @classmethod
    def initial_of(cls, view: CourseView) -> dict[str, Any]:
        """What stands in the form of a course that is there."""
        same = (
            "title", "summary", "description", "platform", "age_max", "residents_only", "months", "stock_weeks",
        )  # fmt: skip
        return {
            **{name: getattr(view, name) for name in same},
            "modules": "\n".join(view.modules),
            "centres": "\n".join(each.name for each in view.centres),
        }

    def clean_modules(self) -> tuple[str, ...]:
        """Each line is a module."""
        lines = _lines(self.cleaned_data["modules"])
        if not 1 <= len(lines) <= MOST_MODULES:
            raise forms.ValidationError(_("Bitte nennen Sie ein Modul bis zwanzig Module."))
        too_long = next((line for line in lines if len(line) > 120), None)
        if too_long:
            raise forms.ValidationError(
                _("Der Titel „%(title)s …“ ist zu lang; es passen 120 Zeichen.") % {"title": too_long[:40]}
            )
        return lines

    def clean_centres(self) -> tuple[UUID, ...]:
        """Each line is an organization of the directory."""
        names = _lines(self.cleaned_data["centres"])
        if len(names) > MOST_CENTRES:
            raise forms.ValidationError(_("Höchstens zwölf Stellen geben Codes aus."))
        found = {name: directory.organization_by_name(name) for name in names}
        unknown = [name for name, key in found.items() if key is None]
        if unknown:
            raise forms.ValidationError(
                _("„%(name)s“ steht nicht im Verzeichnis. Bitte prüfen Sie die Schreibweise.")
                % {"name": unknown[0]}
            )
        return tuple(key for key in found.values() if key is not None)

    def to_new(self) -> NewCourse:
        """The course as it was said."""
        given = self.cleaned_data
        return NewCourse(
            title=given["title"].strip(),
            summary=given["summary"].strip(),
            description=given["description"].strip(),
            platform=given["platform"],
            modules=given["modules"],
            age_max=given["age_max"],
            residents_only=given["residents_only"],
            months=given["months"],
            stock_weeks=given["stock_weeks"],
            centres=given["centres"],
        )


class CodesForm(forms.Form):
    """The file of codes."""

    table = forms.FileField(
        label=gettext_lazy("Datei mit Codes"),
        help_text=gettext_lazy(
            "CSV. In der ersten Zeile steht „Code“, wenn Sie möchten daneben „gültig bis“. Darunter in jeder Zeile ein Code."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt"}),
        error_messages={
            "required": gettext_lazy("Bitte wählen Sie eine Datei."),
            "empty": gettext_lazy(
                "Die Datei ist leer. Es braucht eine Kopfzeile mit „Code“ und darunter in jeder Zeile einen Code."
            ),
        },
    )

    def clean_table(self) -> bytes:
        """Only what can be read goes on."""
        file = self.cleaned_data["table"]
        try:
            if file.size > LARGEST:
                raise UnreadableFile(Unreadable.TOO_LARGE, f"{LARGEST // 1024 // 1024}")
            content: bytes = file.read()
            read_codes(content, today=clock.real_today())
        except UnreadableFile as error:
            raise forms.ValidationError(unreadable(error)) from error
        return content


def _lines(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))

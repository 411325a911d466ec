"""The German words of online courses."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from lueckenlos.offers.courses.codefile import Flaw, Mistake, Unreadable, UnreadableFile
from lueckenlos.offers.courses.types import CourseState, Misfit

STATES: Final[dict[CourseState, Promise]] = {
    CourseState.DRAFT: gettext_lazy("Entwurf"),
    CourseState.PUBLISHED: gettext_lazy("veröffentlicht"),
    CourseState.CLOSED: gettext_lazy("geschlossen"),
}
UNREADABLE: Final[dict[Unreadable, Promise]] = {
    Unreadable.EMPTY: gettext_lazy(
        "Die Datei ist leer. Es braucht eine Kopfzeile mit „Code“ und darunter in jeder Zeile einen Code."
    ),
    Unreadable.TOO_LARGE: gettext_lazy(
        "Die Datei ist zu groß; es gehen bis zu %(value)s MB. Bitte teilen Sie sie."
    ),
    Unreadable.TOO_MANY: gettext_lazy(
        "Die Datei hat mehr als %(value)s Codes. Bitte teilen Sie sie auf mehrere Dateien auf."
    ),
    Unreadable.SHEET: gettext_lazy(
        "Das ist eine Excel-Datei. Bitte speichern Sie sie als CSV und laden Sie die CSV-Datei hoch."
    ),
    Unreadable.NOT_TEXT: gettext_lazy("Die Datei lässt sich nicht lesen. Bitte speichern Sie sie als CSV."),
    Unreadable.NO_CODE_COLUMN: gettext_lazy(
        "Die Kopfzeile nennt keine Spalte „Code“. Bitte schreiben Sie „Code“ in die erste Zeile über die Codes."
    ),
}
FLAWS: Final[dict[Flaw, Promise]] = {
    Flaw.EMPTY: gettext_lazy("In dieser Zeile steht kein Code. Bitte ergänzen oder löschen Sie die Zeile."),
    Flaw.NOT_A_CODE: gettext_lazy(
        "„%(value)s“ kann kein Code sein: Erwartet werden 4 bis 80 Buchstaben, Ziffern und Zeichen ohne Leerzeichen."
    ),
    Flaw.TWICE: gettext_lazy("Der Code „%(value)s“ steht schon in Zeile %(other)s."),
    Flaw.THERE_ALREADY: gettext_lazy("Der Code „%(value)s“ wurde schon früher eingelesen."),
    Flaw.NOT_A_DATE: gettext_lazy("„%(value)s“ ist kein Tag. Bitte so schreiben: 31.12.2027."),
    Flaw.PAST: gettext_lazy("„%(value)s“ liegt in der Vergangenheit: Dieser Code gilt nicht mehr."),
}


def flaw_words(mistake: Mistake) -> str:
    """What is wrong with a line of a file, and what to do."""
    return str(FLAWS[mistake.flaw]) % {"value": mistake.value, "other": mistake.other}


def unreadable(error: UnreadableFile) -> str:
    """Why a file cannot be read, and what to do."""
    return str(UNREADABLE[error.why]) % {"value": error.value}


def misfit_words(reason: Misfit, *, age_max: int) -> str:
    """Why a course is not for a household, kindly."""
    if reason is Misfit.TOO_OLD:
        return _("Dieser Kurs ist für Eltern mit Kindern bis %(age)s Jahre gemacht.") % {"age": age_max}
    return _("Die Zugänge sind für Familien, die hier im Kreis wohnen.")


def day_words(day: date) -> str:
    """A day as people say it: “8. Dezember 2026”."""
    return date_format(day, pgettext("Datumsformat", "j. F Y"))


def subject(template: str, title: str) -> str:
    """The subject of a mail."""
    words = {
        "ready": _("Ihr Zugang ist da: %(title)s"),
        "waiting": _("Ihre Anmeldung: %(title)s"),
        "again": _("Ihr Link: %(title)s"),
        "reminder": _("Ihr Kurs wartet auf Sie: %(title)s"),
    }
    return words[template] % {"title": title}

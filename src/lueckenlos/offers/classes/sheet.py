"""The sheet that a teacher gives to parents: what it is, when and where, and their own link. No name stands on it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from lueckenlos.commons.places import selectors as places
from lueckenlos.core import letters, printing
from lueckenlos.offers.classes.page import shown
from lueckenlos.offers.classes.types import ClassView, SecondView

TEMPLATE: Final = Path(__file__).parent / "printed" / "sheet.typ"


def sheet_of(view: ClassView, *, code: str, language: str, now: datetime) -> bytes:
    """Set the sheet as a tagged PDF in the parents' language."""
    with translation.override(language):
        address = settings.BASE_URL + reverse("classes:own", args=[code])
        data = _words(view, address=address, language=language, now=now)
    return _printed(data, address=address, now=now)


def second_sheet_of(view: ClassView, asked: SecondView, *, code: str, now: datetime) -> bytes:
    """The sheet for a parent who lives apart; of the other parent nothing stands on it."""
    with translation.override(asked.language):
        address = settings.BASE_URL + reverse("classes:second", args=[code])
        needed = _("Sie entscheiden zu zweit. Ohne Ihr Ja macht Ihr Kind nicht mit. Niemand fragt, warum.")
        offered = _("Sagen Sie Ja, sehen Sie Vormittage, Ziele und wie es vorangeht.")
        data = _words(view, address=address, language=asked.language, now=now) | {
            "intro": _("Die Schule lädt Ihr Kind in die Familienklasse ein."),
            "paragraphs": [
                _(
                    "In der Familienklasse sind Kinder und Eltern einen Vormittag in der Woche zusammen in der Schule. Andere Familien sind auch da. Es kostet nichts."
                ),
                needed if asked.decides else offered,
                _(
                    "Was Sie schreiben, sieht der andere Elternteil nicht. Sie sehen seine Angaben auch nicht."
                ),
            ],
        }
    return _printed(data, address=address, now=now)


def _printed(data: dict[str, Any], *, address: str, now: datetime) -> bytes:
    return printing.pdf(TEMPLATE, data, now=now, files={"qr.svg": letters.qr_svg(address)})


def _words(view: ClassView, *, address: str, language: str, now: datetime) -> dict[str, Any]:
    told = shown(view, now=now)
    return {
        "language": "de" if language == letters.PLAIN else language,
        "from_the_right": language in letters.FROM_THE_RIGHT,
        "large": language == letters.PLAIN,
        "title": view.title,
        "intro": _("Kommen Sie und schauen Sie sich einen Vormittag an."),
        "paragraphs": [
            _(
                "In der Familienklasse sind Sie und Ihr Kind einen Vormittag in der Woche zusammen in der Schule. Andere Familien sind auch da. Es kostet nichts."
            ),
            _("Sie entscheiden. Erst schauen Sie. Danach sagen Sie Ja oder Nein."),
            _("Wir schreiben keinen Namen auf, bevor Sie Ja sagen. Ein Nein hat keine Folgen."),
        ],
        "facts": [(_("Wann"), told.weekly), (_("Wo"), view.place), (_("Bei"), view.organization_name)],
        "code_title": _("Ihr Link"),
        "code_words": _(
            "Fotografieren Sie das Muster mit dem Telefon. Oder schreiben Sie die Adresse in den Browser."
        ),
        "code_warning": _("Der Link ist nur für Sie. Geben Sie ihn nicht weiter."),
        "address": address.partition("://")[2],
        "office": view.organization_name or places.county().name,
    }

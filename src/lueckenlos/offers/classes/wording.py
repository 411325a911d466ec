"""The German words of family classes, and how dates are said."""

from __future__ import annotations

from datetime import time
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lueckenlos.offers.classes.types import Face, InvitationState, Rater, Second

WEEKDAYS: Final[dict[int, Promise]] = {
    1: gettext_lazy("jeden Montag"),
    2: gettext_lazy("jeden Dienstag"),
    3: gettext_lazy("jeden Mittwoch"),
    4: gettext_lazy("jeden Donnerstag"),
    5: gettext_lazy("jeden Freitag"),
    6: gettext_lazy("jeden Samstag"),
    7: gettext_lazy("jeden Sonntag"),
}
STATES: Final[dict[InvitationState, Promise]] = {
    InvitationState.INVITED: gettext_lazy("eingeladen"),
    InvitationState.VISITING: gettext_lazy("kommt zu Besuch"),
    InvitationState.VISITED: gettext_lazy("war zu Besuch"),
    InvitationState.WAITING: gettext_lazy("hat Ja gesagt, wartet auf einen Platz"),
    InvitationState.YES: gettext_lazy("hat Ja gesagt, hat einen Platz"),
    InvitationState.NO: gettext_lazy("hat Nein gesagt"),
    InvitationState.LAPSED: gettext_lazy("beendet"),
    InvitationState.LEFT: gettext_lazy("macht nicht mehr mit"),
}
SECONDS: Final[dict[Second, Promise | str]] = {
    Second.NONE: "",
    Second.ASKED: gettext_lazy("entscheidet mit, hat noch nicht geantwortet"),
    Second.AGREED: gettext_lazy("entscheidet mit, hat Ja gesagt"),
    Second.ALONG: gettext_lazy("sieht mit"),
}
RATERS: Final[dict[Rater, Promise]] = {
    Rater.CHILD: gettext_lazy("Kind"),
    Rater.PARENT: gettext_lazy("Eltern"),
    Rater.SECOND: gettext_lazy("anderer Elternteil"),
    Rater.TEACHER: gettext_lazy("Lehrkraft"),
}
# Whose faces stand on whose page: two who live apart do not read each other.
FOR_PARENTS: Final[dict[Rater, Promise]] = {
    rater: words for rater, words in RATERS.items() if rater is not Rater.SECOND
}
FOR_SECOND: Final[dict[Rater, Promise]] = {
    Rater.CHILD: RATERS[Rater.CHILD],
    Rater.SECOND: gettext_lazy("Sie"),
    Rater.TEACHER: RATERS[Rater.TEACHER],
}
FACES: Final[dict[Face, Promise]] = {
    Face.NOT_AT_ALL: gettext_lazy("gar nicht gut"),
    Face.BADLY: gettext_lazy("nicht so gut"),
    Face.SO_SO: gettext_lazy("geht so"),
    Face.WELL: gettext_lazy("gut"),
    Face.VERY_WELL: gettext_lazy("sehr gut"),
}


def weekly_words(weekday: int, begins: time, ends: time) -> str:
    """The fixed morning: “jeden Mittwoch, 08:00 bis 11:30 Uhr”."""
    told = {"day": WEEKDAYS[weekday], "from": f"{begins:%H:%M}", "to": f"{ends:%H:%M}"}
    return _("%(day)s, %(from)s bis %(to)s Uhr") % told


def subject(template: str, title: str) -> str:
    """The subject of a mail."""
    words = {
        "joined": _("Sie machen mit: %(title)s"),
        "reminder": _("Bald: %(title)s"),
        "tomorrow": _("Morgen: %(title)s"),
        "cancelled": _("Fällt aus: %(title)s"),
    }
    return words[template] % {"title": title}

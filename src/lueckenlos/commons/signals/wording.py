"""Why something did not suit, as families and counsellors say it: one list of words for all rooms that ask."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lueckenlos.commons.signals.types import SignalReason

WHY_NOT: Final[dict[SignalReason, Promise]] = {
    SignalReason.WAITING: _("Wartezeit zu lang"),
    SignalReason.TOO_FAR: _("zu weit"),
    SignalReason.LANGUAGE: _("Sprache fehlt"),
    SignalReason.COST: _("zu teuer"),
    SignalReason.BARRIER: _("nicht barrierefrei"),
    SignalReason.AGE: _("Alter passt nicht"),
    SignalReason.TIME: _("Zeiten passen nicht"),
    SignalReason.NO_PLACE: _("kein Platz frei"),
    SignalReason.NOT_WANTED: _("von der Familie nicht gewünscht"),
}

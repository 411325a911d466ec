"""What a round says on the public page of each of its programmes: that it is dealt, until when, and where."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from lueckenlos.core.times import moment_words, until_words
from lueckenlos.offers.holidays import selectors
from lueckenlos.offers.holidays.types import RoundView, Stage
from lueckenlos.offers.programmes.beside import Beside
from lueckenlos.offers.programmes.types import ProgrammeView


def round_of(programme: ProgrammeView, now: datetime) -> Beside | None:
    """The round in which the places of this programme are dealt; None where there is none, or all may register."""
    if programme.opens_at is None or programme.opens_at <= now:
        # A round holds the ordinary registration back until its rest is for all.
        return None
    found = selectors.round_with(programme.id, now=now)
    if found is None or now >= found.rest_from:
        return None
    stage = found.stage(now)
    return Beside(
        _("Diese Plätze werden ausgelost"),
        _text(found, stage),
        _("Zum Wunschzettel") if stage is Stage.WISHING else _("Zu den Ferienplätzen"),
        reverse("holidays:round", args=[found.key]),
    )


def _text(view: RoundView, stage: Stage) -> str:
    if stage is Stage.AHEAD:
        return _("Wünschen können Sie ab %(opens)s Uhr.") % {"opens": moment_words(view.wishes_from)}
    if stage is Stage.WISHING:
        until = until_words(view.wishes_until)
        return _("Schreiben Sie bis %(until)s Uhr einen Wunschzettel. Sie müssen nicht schnell sein.") % {
            "until": until
        }
    return _("Die Wünsche sind vorbei. Was übrig ist, gibt es hier ab %(rest)s Uhr.") % {
        "rest": moment_words(view.rest_from)
    }

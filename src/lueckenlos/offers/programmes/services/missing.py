"""What could not be given is counted for planning, without the family: why, in which month, where."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import get_language

from lueckenlos.commons.signals import services as signals
from lueckenlos.commons.signals.types import SignalReason, SignalSource
from lueckenlos.core import clock
from lueckenlos.offers.programmes.types import ProgrammeView

GERMAN = "de"


def count_why_not(view: ProgrammeView, *, reason: SignalReason, ags: str | None, now: datetime) -> None:
    """Count that a programme does not suit somebody; `ags` is where they live, if they said it.

    Who lives too far away lives elsewhere: then the programme's own municipality says nothing.
    """
    here = None if reason is SignalReason.TOO_FAR else view.ags
    count(
        reason,
        source=SignalSource.REFUSAL,
        ags=ags or here,
        language=_read_in() if reason is SignalReason.LANGUAGE else "",
        now=now,
    )


def count(
    reason: SignalReason, *, source: SignalSource, ags: str | None, now: datetime, language: str = ""
) -> None:
    """Count one event in the one record of signals."""
    day = clock.day_of(now)
    signals.count(signals.Count(source=source, reason=reason, on=day, ags=ags, language=language))


def _read_in() -> str:
    """The language in which the page was read, where it is another than German."""
    read = (get_language() or GERMAN).partition("-")[0]
    return "" if read == GERMAN else read

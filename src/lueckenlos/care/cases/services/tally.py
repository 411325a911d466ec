"""The one-line tally of whoever answers telephone and counter: counted, never about a person."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from uuid import UUID

from lueckenlos.care.cases.models import Tally
from lueckenlos.care.cases.types import Channel, NewTally, TallyOutcome
from lueckenlos.commons.privacy.errors import NotYours, judged, person_of
from lueckenlos.commons.signals import services as signals
from lueckenlos.commons.signals.types import SignalReason, SignalSource
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as

# What could be answered was there, and the family did not know it; that too is news for planning.
REASONS: Final = {
    TallyOutcome.ANSWERED: SignalReason.NOT_KNOWN,
    TallyOutcome.LIST_GIVEN: SignalReason.NOT_KNOWN,
    TallyOutcome.SENT_ON: SignalReason.NOT_KNOWN,
    TallyOutcome.REQUEST_MADE: SignalReason.NOT_KNOWN,
    TallyOutcome.NOTHING_FOUND: SignalReason.NOTHING_FOUND,
    TallyOutcome.NO_PLACE: SignalReason.NO_PLACE,
}


def count_line(new: NewTally, *, actor: Actor, now: datetime) -> UUID:
    """Count one call or visit for the actor's organization; it leaves a signal, too."""
    if actor.organization is None:
        raise NotYours
    with acting_as(actor), judged():
        row = Tally.objects.create(
            organization_id=actor.organization,
            counted_on=clock.day_of(now),
            channel=new.channel,
            municipality_id=new.ags,
            phase=new.phase,
            field=new.field,
            outcome=new.outcome,
            language=new.language,
            asked_by_child=new.asked_by_child,
            counted_by=person_of(actor),
        )
        signals.count(_signal(new, on=row.counted_on))
    return row.id


def take_line_back(tally: UUID, *, actor: Actor) -> bool:
    """Take back a line that the actor counted, and its signal; tell whether there was one."""
    with acting_as(actor), judged():
        row = Tally.objects.filter(id=tally, counted_by=person_of(actor)).first()
        if row is None or not Tally.objects.filter(id=tally).delete()[0]:
            return False
        signals.take_back(_signal(_as_told(row), on=row.counted_on))
    return True


def _signal(new: NewTally, *, on: date) -> signals.Count:
    return signals.Count(
        source=SignalSource.TALLY,
        reason=REASONS[new.outcome],
        on=on,
        ags=new.ags,
        phase=new.phase or None,
        field=new.field or None,
        language=new.language,
    )


def _as_told(row: Tally) -> NewTally:
    return NewTally(
        channel=Channel(row.channel),
        outcome=TallyOutcome(row.outcome),
        ags=row.municipality_id,
        phase=row.phase,
        field=row.field,
        language=row.language,
        asked_by_child=row.asked_by_child,
    )

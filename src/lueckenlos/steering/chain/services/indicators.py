"""Writes indicators and remembers what planning rests on, in one transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from lueckenlos.commons.places import services as places
from lueckenlos.commons.places.types import IndicatorDefinition, IndicatorReading, IndicatorsWritten
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.steering.chain.services.knowledge import remember_basis

CAUSE = "indicators"


def take_over_indicators(
    readings: Sequence[IndicatorReading],
    *,
    new: Mapping[str, IndicatorDefinition],
    actor: Actor,
    now: datetime,
) -> IndicatorsWritten:
    """Add what a table says, with new indicators by the word they go by; the chain of yesterday keeps what was known yesterday."""
    with acting_as(actor):
        done = places.write_indicators(readings, new=new, actor=actor)
        remember_basis(cause=CAUSE, now=now)
        return done


def mend_indicator(definition: IndicatorDefinition, *, actor: Actor, now: datetime) -> None:
    """Say anew what an indicator means."""
    with acting_as(actor):
        places.change_indicator(definition, actor=actor)
        remember_basis(cause=CAUSE, now=now)


def take_back_values(key: str, *, year: int, actor: Actor, now: datetime) -> int:
    """Take back what was read in here for a year; give how many values that were."""
    with acting_as(actor):
        gone = places.forget_values(key, year=year, actor=actor)
        remember_basis(cause=CAUSE, now=now)
        return gone

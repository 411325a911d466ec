"""The tally as its office sees it: the own lines of today, and counts."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Count

from lueckenlos.care.cases.models import Tally
from lueckenlos.care.cases.types import Channel, NewTally, TallyCount, TallyOutcome, TallyView
from lueckenlos.commons.privacy.errors import person_of
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as


def tally(actor: Actor, key: UUID) -> TallyView | None:
    """One line, if the actor counted it."""
    with acting_as(actor):
        row = Tally.objects.filter(id=key, counted_by=person_of(actor)).first()
    if row is None:
        return None
    told = NewTally(
        channel=Channel(row.channel),
        outcome=TallyOutcome(row.outcome),
        ags=row.municipality_id,
        phase=row.phase,
        field=row.field,
        language=row.language,
        asked_by_child=row.asked_by_child,
    )
    return TallyView(row.id, row.counted_on, told)


def tally_counts(actor: Actor, *, since: date, until: date) -> list[TallyCount]:
    """How often which lines were counted in the actor's organization, first and last day included."""
    kinds = ("channel", "outcome", "municipality_id", "phase", "field", "language", "asked_by_child")
    with acting_as(actor):
        rows = (
            Tally.objects.filter(
                organization=actor.organization, counted_on__gte=since, counted_on__lte=until
            )
            .values_list(*kinds)
            .annotate(count=Count("id"))
            .order_by(*kinds)
        )
        return [TallyCount(Channel(row[0]), TallyOutcome(row[1]), *row[2:]) for row in rows]

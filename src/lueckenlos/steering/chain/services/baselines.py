"""Freeze the chain as known on a day under a name, to measure later change against."""

from datetime import date, datetime

from lueckenlos.core import audit, locking
from lueckenlos.core.actor import Actor, Role
from lueckenlos.core.context import acting_as
from lueckenlos.steering.chain.documents import document_of
from lueckenlos.steering.chain.models import Baseline
from lueckenlos.steering.chain.selectors.drawing import drawn
from lueckenlos.steering.chain.services.talk import NotYours


class NameTaken(Exception):
    """A baseline of this name is there already; it stays as it is."""

    def __init__(self, *, name: str, day: date) -> None:
        super().__init__(name)
        self.name, self.day = name, day


def freeze(name: str, *, day: date, note: str, actor: Actor, now: datetime) -> int:
    """Keep the chain as known at the end of a day (of today: as known now). Raises NameTaken."""
    if not actor.has_role(Role.COORDINATION):
        raise NotYours
    title = " ".join(name.split())
    with acting_as(actor):
        locking.hold("chain baselines")
        there = Baseline.objects.filter(name__iexact=title).first()
        if there is not None:
            raise NameTaken(name=there.name, day=there.day)
        row = Baseline.objects.create(
            name=title,
            day=day,
            note=note.strip(),
            document=document_of(drawn(day).chain),
            created_at=now,
            created_by=actor.person_id,
        )
        audit.record(
            "chain.baseline.frozen", subject=f"chain/baseline/{row.pk}", details={"day": day.isoformat()}
        )
        return row.pk

"""Records the choice of a site: a draft that several may edit, then a document that nobody changes."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F

from lueckenlos.commons.places import selectors as places
from lueckenlos.core import audit
from lueckenlos.core.actor import Actor, Role
from lueckenlos.core.context import acting_as
from lueckenlos.core.locking import StaleVersion, hold_row
from lueckenlos.steering.chain.models import SiteChoice
from lueckenlos.steering.chain.selectors.sites import lacks_of, ranking_record, setup_record, values_of
from lueckenlos.steering.chain.social_types import Analysis, SiteLack, SiteValues
from lueckenlos.steering.chain.types import SiteState


class NotCoordination(Exception):
    """Only Koordination records the choice of a site."""


class AlreadyDecided(Exception):
    """What was decided stays as it is."""


class NotComplete(Exception):
    """Something that a committee needs is missing."""

    def __init__(self, lacks: tuple[SiteLack, ...]) -> None:
        super().__init__(", ".join(lacks))
        self.lacks = lacks


def begin_site(values: SiteValues, *, analysis: Analysis, actor: Actor, now: datetime) -> UUID:
    """Keep a draft with the ranking as it is now."""
    with acting_as(actor):
        _demand_coordination(actor)
        row = SiteChoice.objects.create(
            **_fields(values),
            setup=setup_record(analysis.wish),
            ranking=ranking_record(analysis, county=places.county().name),
            created_at=now,
            created_by=actor.person_id,
        )
        audit.record("chain.site.begun", subject=f"site/{row.id}", details={"title": values.title})
        return row.id


def edit_site(id_: UUID, values: SiteValues, *, expected: int, actor: Actor) -> int:
    """Write a draft anew and give its version; StaleVersion where somebody else wrote in between."""
    with acting_as(actor):
        row = _draft(id_, actor=actor)
        if row.version != expected:
            raise StaleVersion(
                expected=expected, current=row.version, yours=asdict(values), theirs=asdict(values_of(row))
            )
        SiteChoice.objects.filter(id=id_).update(**_fields(values), version=F("version") + 1)
        return expected + 1


def decide_site(id_: UUID, *, on: date, expected: int, actor: Actor) -> None:
    """Fix a draft as the decision of a day."""
    with acting_as(actor):
        row = _draft(id_, actor=actor)
        values = values_of(row)
        if row.version != expected:
            raise StaleVersion(expected=expected, current=row.version, yours={}, theirs=asdict(values))
        if lacks := lacks_of(values):
            raise NotComplete(lacks)
        SiteChoice.objects.filter(id=id_).update(
            state=SiteState.DECIDED, decided_on=on, version=F("version") + 1
        )
        details = {"chosen": row.chosen, "on": on.isoformat()}
        audit.record("chain.site.decided", subject=f"site/{id_}", details=details)


def throw_away_site(id_: UUID, *, actor: Actor) -> None:
    """Remove a draft."""
    with acting_as(actor):
        row = _draft(id_, actor=actor)
        title = row.title
        row.delete()
        audit.record("chain.site.thrown_away", subject=f"site/{id_}", details={"title": title})


def _draft(id_: UUID, *, actor: Actor) -> SiteChoice:
    _demand_coordination(actor)
    row = hold_row(SiteChoice, id_)
    if row.state != SiteState.DRAFT:
        raise AlreadyDecided
    return row


def _demand_coordination(actor: Actor) -> None:
    if not actor.has_role(Role.COORDINATION):
        raise NotCoordination


def _fields(values: SiteValues) -> dict[str, Any]:
    return {**asdict(values), "alternatives": [asdict(each) for each in values.alternatives]}

"""Planning: a programme, its dates, its access, and what changes afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import transaction

from lueckenlos.commons.accounts import work
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.core import audit, clock
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.core.locking import save_unless_stale
from lueckenlos.core.slugs import slug
from lueckenlos.offers.programmes.errors import NoSuchProgramme, SeriesTooLong
from lueckenlos.offers.programmes.models import Access, Counter, Programme, Registration, Session
from lueckenlos.offers.programmes.services import letters, seating
from lueckenlos.offers.programmes.services.seating import PLACES
from lueckenlos.offers.programmes.types import (
    AccessView,
    ComesWith,
    Fare,
    Format,
    Kind,
    ProgrammeState,
    Question,
    QuotaValue,
    RegistrationState,
)
from lueckenlos.offers.programmes.wording import session_words

MOST_SESSIONS: Final = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProgramme:
    """What an organization says about a programme."""

    kind: Kind
    title: str
    summary: str = ""
    description: str = ""
    format: Format = Format.IN_PERSON
    comes: ComesWith = ComesWith.ADULT
    for_professionals: bool = False
    age_min: int | None = None
    age_max: int | None = None
    place: str = ""
    ags: str | None = None
    languages: tuple[str, ...] = ()
    unit: UUID | None = None
    service: UUID | None = None
    speakers: str = ""
    partners: str = ""
    fee: str = ""
    fares: tuple[Fare, ...] = ()
    capacity: int | None = None
    waitlist_limit: int | None = None
    most_together: int = 4
    quotas: tuple[QuotaValue, ...] = ()
    questions: tuple[Question, ...] = ()
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    answer_hours: int = 48
    dates: tuple[tuple[datetime, datetime], ...] = field(default=())


def found_programme(new: NewProgramme, *, actor: Actor, now: datetime) -> UUID:
    """Lay a programme out as a draft that nobody else sees yet."""
    organization = _organization(actor)
    with acting_as(actor):
        _demand_team(new.unit)
        _demand_service(new.service, organization=organization, now=now)
        row = Programme(key=_key(new.title), organization_id=organization, created_at=now, **_columns(new))
        row.save(force_insert=True)
        Counter.objects.create(programme=row)
        _lay(row, new.dates)
        note("founded", row)
    return row.id


def change_programme(key: UUID, new: NewProgramme, *, expected: int, actor: Actor, now: datetime) -> None:
    """Change what is said; more places go to those who wait at once."""
    with acting_as(actor):
        row = own(key, actor)
        _demand_team(new.unit)
        if new.service != row.service_id:
            _demand_service(new.service, organization=row.organization_id, now=now)
        save_unless_stale(row, expected=expected, changes=_columns(new))
        note("changed", row)
    seating.move_up(key, now=now)


def add_sessions(key: UUID, dates: Iterable[tuple[datetime, datetime]], *, actor: Actor) -> int:
    """Add dates; one that stands already is left as it is. Gives how many are new."""
    with acting_as(actor):
        row = own(key, actor)
        added = _lay(row, dates)
        note("dates_added", row, details={"dates": added})
    return added


def publish(key: UUID, *, actor: Actor, now: datetime) -> None:
    """Show it to everybody."""
    with acting_as(actor):
        row = own(key, actor)
        Programme.objects.filter(id=key).update(
            state=ProgrammeState.PUBLISHED.value, published_at=row.published_at or now
        )
        note("published", row)


def move_session(session: UUID, *, starts_at: datetime, ends_at: datetime, place: str, actor: Actor) -> None:
    """Move a date; those with a place are told, and calendars follow."""
    with acting_as(actor):
        row, programme = _own_session(session, actor)
        before = session_words(row)
        Session.objects.filter(id=session).update(
            starts_at=starts_at, ends_at=ends_at, place=place, sequence=row.sequence + 1, link_sent_at=None
        )
        row.refresh_from_db()
        note("date_moved", programme)
        for each in _seated(programme):
            letters.tell_moved(programme, each, session=row, before=before)


def cancel_session(session: UUID, *, actor: Actor) -> None:
    """A date does not take place; those with a place are told."""
    with acting_as(actor):
        row, programme = _own_session(session, actor)
        if row.is_cancelled:
            return
        Session.objects.filter(id=session).update(is_cancelled=True, sequence=row.sequence + 1)
        note("date_cancelled", programme)
        for each in _seated(programme):
            letters.tell_cancelled(programme, each, session=row)


def cancel_programme(key: UUID, *, actor: Actor) -> None:
    """Nothing of it takes place; everybody who registered is told."""
    with acting_as(actor):
        row = own(key, actor)
        if row.state == ProgrammeState.CANCELLED.value:
            return
        Programme.objects.filter(id=key).update(state=ProgrammeState.CANCELLED.value)
        for session in Session.objects.filter(programme=row, is_cancelled=False):
            Session.objects.filter(id=session.id).update(is_cancelled=True, sequence=session.sequence + 1)
        note("cancelled", row)
        for each in _seated(row, waiting=True):
            letters.tell_cancelled(row, each, session=None)


def set_access(key: UUID, access: AccessView, *, actor: Actor) -> None:
    """Say how those who are registered get in online, and what they get afterwards."""
    with acting_as(actor):
        row = own(key, actor)
        Access.objects.update_or_create(
            programme=row,
            defaults={
                "organization": row.organization_id,
                "address": access.address,
                "note": access.note,
                "hours_before": access.hours_before,
                "materials": access.materials,
            },
        )
        note("access_set", row)


def _organization(actor: Actor) -> UUID:
    if actor.organization is None:
        raise NoSuchProgramme
    return actor.organization


def own(key: UUID, actor: Actor) -> Programme:
    """A programme that the actor keeps, held against changes; raises NoSuchProgramme."""
    row = (
        Programme.objects.select_for_update(of=("self",), no_key=True)
        .filter(id=key, organization=_organization(actor))
        .first()
    )
    if row is None:
        raise NoSuchProgramme
    _demand_team(row.unit_id)
    return row


def _demand_team(unit: UUID | None) -> None:
    """Whoever is not in the team neither touches its programme nor gives it one."""
    if unit is not None and unit not in work.units_at_the_wall():
        raise NoSuchProgramme


def _demand_service(service: UUID | None, *, organization: UUID, now: datetime) -> None:
    """A programme belongs to an entry of its own organization."""
    if service is None:
        return
    if service not in directory.service_names_of(organization, today=clock.day_of(now)):
        raise NoSuchProgramme


def _own_session(session: UUID, actor: Actor) -> tuple[Session, Programme]:
    row = Session.objects.filter(id=session).first()
    if row is None:
        raise NoSuchProgramme
    return row, own(row.programme_id, actor)


def _seated(programme: Programme, *, waiting: bool = False) -> list[Registration]:
    states = [RegistrationState.PLACED.value, RegistrationState.OFFERED.value]
    with acting_as(PLACES):
        return list(
            Registration.objects.filter(
                programme=programme,
                state__in=[*states, RegistrationState.WAITING.value] if waiting else states,
            )
        )


def _lay(row: Programme, dates: Iterable[tuple[datetime, datetime]]) -> int:
    wanted = list(dates)
    there = set(Session.objects.filter(programme=row).values_list("starts_at", flat=True))
    new = {starts: ends for starts, ends in wanted if starts not in there}
    if len(there) + len(new) > MOST_SESSIONS:
        raise SeriesTooLong(len(there) + len(new))
    with transaction.atomic():
        Session.objects.bulk_create(
            Session(programme=row, starts_at=starts, ends_at=ends) for starts, ends in new.items()
        )
    return len(new)


def _key(title: str) -> str:
    return f"{slug(title)[:60].strip('-') or 'termin'}-{uuid4().hex[:8]}"


def _columns(new: NewProgramme) -> dict[str, Any]:
    return {
        "unit_id": new.unit,
        "service_id": new.service,
        "kind": new.kind.value,
        "title": new.title,
        "summary": new.summary,
        "description": new.description,
        "format": new.format.value,
        "comes": new.comes.value,
        "for_professionals": new.for_professionals,
        "age_min": new.age_min,
        "age_max": new.age_max,
        "place": new.place,
        "municipality_id": new.ags,
        "languages": list(new.languages),
        "speakers": new.speakers,
        "partners": new.partners,
        "fee": new.fee,
        "fares": [{"label": each.label, "cents": each.cents} for each in new.fares],
        "capacity": new.capacity,
        "waitlist_limit": new.waitlist_limit,
        "most_together": new.most_together,
        "quotas": [
            {"key": each.key, "seats": each.seats, "until": each.until and each.until.isoformat()}
            for each in new.quotas
        ],
        "questions": [
            {"key": each.key, "label": each.label, "required": each.required} for each in new.questions
        ],
        "opens_at": new.opens_at,
        "closes_at": new.closes_at,
        "answer_hours": new.answer_hours,
    }


def note(deed: str, row: Programme, *, details: dict[str, Any] | None = None) -> None:
    """What was done to a programme, in the chain of its organization."""
    audit.record(
        f"programmes.programme.{deed}",
        subject=f"programme/{row.id}",
        details=details,
        chain=audit.chain_of(row.organization_id),
    )

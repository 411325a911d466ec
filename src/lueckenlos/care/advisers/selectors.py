"""Reads of advisers: staff data, so whoever is at work may know whom to ring; the register is its keepers'."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from lueckenlos.care.advisers.models import Adviser, AdviserFor, Deputy, YearlyMeeting
from lueckenlos.care.advisers.types import (
    Advised,
    AdviserLine,
    AdviserView,
    MeetingView,
    Period,
    Reach,
)
from lueckenlos.commons.accounts import work
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor, Role
from lueckenlos.kernels.sortkey import sort_key


def reach(organization: UUID, *, today: date) -> Reach | None:
    """Whom an organization rings about a child: its own adviser, else whoever advises all others; or nobody."""
    rows = AdviserFor.objects.filter(Q(organization=organization) | Q(organization__isnull=True))
    found = list(_open(rows, today=today).order_by("organization"))  # PostgreSQL sorts none last
    views = {view.id: view for view in _views(_all().filter(id__in=[row.adviser_id for row in found]))}
    for row in found:
        view = views[row.adviser_id]
        deputy = None if view.answers(today=today) else _first_deputy(view, today=today)
        if deputy is not None or view.answers(today=today) or row is found[-1]:
            return Reach(view, deputy, is_own=row.organization_id is not None)
    return None


def keeps(actor: Actor, organization: UUID, *, now: datetime) -> bool:
    """Whether the actor keeps the advisers of this organization: coordination, and the heads of its own teams."""
    return actor.may(Role.COORDINATION) or organization in organizations_kept(actor, now=now)


def organizations_kept(actor: Actor, *, now: datetime) -> set[UUID]:
    """The organizations with advisers in which the actor heads a team; the first one is coordination's to enter."""
    headed = {
        organization
        for organization in work.organizations_served(actor)
        if any(actor.person_id in unit.heads for unit in work.units_of(organization, now=now))
    }
    return set(Adviser.objects.filter(organization__in=headed).values_list("organization", flat=True))


def register(actor: Actor, *, now: datetime) -> list[AdviserLine] | None:
    """The advisers that the actor keeps, by name, those who need care first; nothing for who keeps none."""
    today = clock.day_of(now)
    rows = _all()
    if not actor.may(Role.COORDINATION):
        kept = organizations_kept(actor, now=now)
        if not kept:
            return None
        rows = rows.filter(organization__in=kept)
    views = _views(rows)
    advised: dict[UUID, list[str]] = {view.id: [] for view in views}
    for each in advised_by(advised, today=today):
        advised[each.adviser].append(each.name)
    lines = [
        AdviserLine(
            adviser=view,
            contract=view.contract.standing(today=today),
            qualified=view.qualified.standing(today=today),
            advises=tuple(advised[view.id]),
            is_away=view.absence is not None and view.absence.covers(today),
        )
        for view in views
    ]
    return sorted(lines, key=lambda line: (not line.needs_care, sort_key(line.adviser.name)))


def adviser(actor: Actor, key: UUID, *, now: datetime) -> AdviserView | None:
    """One adviser, for whoever keeps them, and for themselves."""
    found = _views(_all().filter(id=key))
    if not found:
        return None
    is_own = found[0].person is not None and found[0].person == actor.person_id
    return found[0] if is_own or keeps(actor, found[0].organization, now=now) else None


def own(actor: Actor) -> AdviserView | None:
    """The actor themselves, where they are an adviser: so that they can say when they are away."""
    found = _views(_all().filter(person=actor.person_id)) if actor.person_id else []
    return found[0] if found else None


def colleagues_of(organization: UUID, *, today: date) -> list[AdviserView]:
    """The advisers who work for an organization and whose contract is not over, by name."""
    return [view for view in under_contract(today=today) if view.organization == organization]


def under_contract(*, today: date) -> list[AdviserView]:
    """The advisers whose contract is not over, by name."""
    rows = _all().filter(Q(contract_until__isnull=True) | Q(contract_until__gte=today))
    return sorted(_views(rows), key=lambda view: sort_key(view.name))


def advised_by(advisers: Iterable[UUID], *, today: date) -> list[Advised]:
    """Whom these advisers advise today, organizations by name, "all others" last."""
    rows = _open(AdviserFor.objects.filter(adviser__in=list(advisers)), today=today)
    found = list(rows.select_related("organization").only("organization__name", "adviser", "since"))
    named = [
        Advised(
            row.id,
            row.organization_id,
            row.organization.name if row.organization else "",
            row.adviser_id,
            row.since,
        )
        for row in found
    ]
    return sorted(named, key=lambda each: (each.organization is None, sort_key(each.name)))


def meetings(actor: Actor, *, now: datetime) -> list[MeetingView]:
    """The meetings that the actor keeps, the newest first."""
    rows = _meetings()
    if not actor.may(Role.COORDINATION):
        rows = rows.filter(organization__in=organizations_kept(actor, now=now))
    return [_meeting(row) for row in rows]


def meetings_for(organization: UUID, *, now: datetime) -> list[MeetingView]:
    """The meetings to which an organization is invited, or which it holds: what is ahead, and the last that was held."""
    rows = _meetings().filter(Q(invited=organization) | Q(organization=organization)).distinct()
    views = [_meeting(row) for row in rows]
    ahead = [view for view in views if view.starts_at >= now]
    held = [view for view in views if view.held_on is not None]
    return [*reversed(ahead), *held[:1]]


def meeting(actor: Actor, key: UUID, *, now: datetime) -> MeetingView | None:
    """One meeting, for whoever keeps it."""
    row = _meetings().filter(id=key).first()
    if row is None or not keeps(actor, row.organization_id, now=now):
        return None
    return _meeting(row)


def organizations_to_choose() -> list[tuple[str, str]]:
    """Every organization of the county, as forms offer them."""
    return [(str(each.id), each.name) for each in directory.own_organizations()]


def _open(rows: QuerySet[AdviserFor], *, today: date) -> QuerySet[AdviserFor]:
    return rows.filter(Q(until__isnull=True) | Q(until__gte=today), since__lte=today)


def _all() -> QuerySet[Adviser]:
    deputies = Deputy.objects.select_related("deputy").order_by("place")
    return Adviser.objects.select_related("organization").prefetch_related(Prefetch("deputies", deputies))


def _meetings() -> QuerySet[YearlyMeeting]:
    rows = YearlyMeeting.objects.select_related("organization").prefetch_related("invited")
    return rows.order_by("-starts_at", "id")


def _first_deputy(view: AdviserView, *, today: date) -> AdviserView | None:
    standing_in = {each.id: each for each in _views(_all().filter(id__in=[key for key, _ in view.deputies]))}
    ordered = (standing_in[key] for key, _name in view.deputies)
    return next((each for each in ordered if each.answers(today=today)), None)


def _views(rows: QuerySet[Adviser]) -> list[AdviserView]:
    return [
        AdviserView(
            id=row.id,
            name=row.name,
            organization=row.organization_id,
            organization_name=row.organization.name,
            phone=row.phone,
            qualification=row.qualification,
            qualified=Period(row.qualified_on, row.qualified_until),
            contract=Period(row.contract_from, row.contract_until),
            absence=Period(row.absent_from, row.absent_until) if row.absent_from else None,
            person=row.person,
            unit=row.unit,
            deputies=tuple((each.deputy_id, each.deputy.name) for each in row.deputies.all()),
            version=row.version,
        )
        for row in rows
    ]


def _meeting(row: YearlyMeeting) -> MeetingView:
    invited = sorted(((each.id, each.name) for each in row.invited.all()), key=lambda each: sort_key(each[1]))
    return MeetingView(
        id=row.id,
        organization=row.organization_id,
        organization_name=row.organization.name,
        starts_at=row.starts_at,
        place=row.place,
        invited=tuple(invited),
        held_on=row.held_on,
        minutes=row.minutes,
        version=row.version,
    )

"""Reads of family classes (open) and of the families in them (closed, for the actor who asks)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor, job
from lueckenlos.core.context import acting_as
from lueckenlos.offers.classes.marks import mark_of
from lueckenlos.offers.classes.models import (
    Attendance,
    Counter,
    FamilyClass,
    Goal,
    Invitation,
    Member,
    Morning,
    Rating,
    SecondParent,
)
from lueckenlos.offers.classes.types import (
    ClassView,
    Face,
    GoalView,
    InvitationState,
    InvitationView,
    MemberView,
    MorningView,
    Presence,
    Rater,
    RatingView,
    Second,
    SecondView,
)

MOST_LISTED: Final = 200
TELLS: Final = job("classes-tell")


def running(*, now: datetime) -> list[ClassView]:
    """The classes that take place in the county, by place."""
    today = clock.day_of(now)
    return _views(FamilyClass.objects.filter(last_day__gte=today).order_by("place", "id"))


def of_organization(actor: Actor) -> list[ClassView]:
    """The classes of the organization for which the actor works, newest first."""
    return _views(FamilyClass.objects.filter(organization=actor.organization).order_by("-created_at", "id"))


def by_id(key: UUID) -> ClassView | None:
    """One class, or nothing."""
    return next(iter(_views(FamilyClass.objects.filter(id=key))), None)


def class_of_morning(key: UUID) -> UUID | None:
    """To which class a morning belongs."""
    return Morning.objects.filter(id=key).values_list("family_class", flat=True).first()


def invitations(actor: Actor, key: UUID) -> list[InvitationView]:
    """The invitations to a class, by mark; none for whom it is not."""
    with acting_as(actor):
        rows = Invitation.objects.filter(family_class=key).select_related("visit").order_by("number")
        return [_invitation(row) for row in rows]


def invitation(actor: Actor, key: UUID) -> InvitationView | None:
    """One invitation, or nothing."""
    with acting_as(actor):
        row = Invitation.objects.filter(id=key).select_related("visit").first()
    return None if row is None else _invitation(row)


def members(actor: Actor, key: UUID) -> list[MemberView]:
    """The families that take part in a class now, by the child's name."""
    with acting_as(actor):
        rows = Member.objects.filter(family_class=key, invitation__state=InvitationState.YES.value)
        return families(rows.order_by("child", "id"))


def member(actor: Actor, key: UUID) -> MemberView | None:
    """One family, or nothing."""
    with acting_as(actor):
        return next(iter(families(Member.objects.filter(id=key))), None)


def second(actor: Actor, key: UUID) -> SecondView | None:
    """A parent who lives apart, by their own link, or nothing."""
    with acting_as(actor):
        row = SecondParent.objects.filter(id=key).first()
    return None if row is None else _second(row)


def second_of(actor: Actor, invitation: UUID) -> SecondView | None:
    """The parent who lives apart of a family, for whoever leads the class; for the first parent there is none."""
    with acting_as(actor):
        row = SecondParent.objects.filter(invitation=invitation).first()
    return None if row is None else _second(row)


def goals(actor: Actor, key: UUID) -> tuple[GoalView, ...]:
    """The goals of one family's child, for whoever may see them; who the family is stays out of it."""
    with acting_as(actor):
        return tuple(_goals([key])[key])


def presences(actor: Actor, morning: UUID) -> dict[UUID, Presence]:
    """Who was noted at a morning, by family."""
    with acting_as(actor):
        rows = Attendance.objects.filter(morning=morning).values_list("member", "child", "parent")
        return {row[0]: Presence(*row) for row in rows}


def _views(rows: QuerySet[FamilyClass]) -> list[ClassView]:
    found = list(rows[:MOST_LISTED])
    mornings: dict[UUID, list[Morning]] = defaultdict(list)
    for morning in Morning.objects.filter(family_class__in=found).order_by("starts_at"):
        mornings[morning.family_class_id].append(morning)
    counters = {each.family_class_id: each for each in Counter.objects.filter(family_class__in=found)}
    names = directory.organization_names({row.organization_id for row in found})
    return [
        _view(
            row,
            mornings=mornings[row.id],
            counter=counters[row.id],
            organization=names.get(row.organization_id, ""),
        )
        for row in found
    ]


def _view(row: FamilyClass, *, mornings: Iterable[Morning], counter: Counter, organization: str) -> ClassView:
    return ClassView(
        id=row.id,
        organization=row.organization_id,
        organization_name=organization,
        title=row.title,
        description=row.description,
        place=row.place,
        ags=row.municipality_id,
        weekday=row.weekday,
        begins=row.begins,
        ends=row.ends,
        last_day=row.last_day,
        capacity=row.capacity,
        is_open=row.is_open,
        version=row.version,
        taken=counter.taken,
        waiting=counter.waiting,
        mornings=tuple(map(_morning, mornings)),
    )


def _morning(row: Morning) -> MorningView:
    return MorningView(
        row.id, row.family_class_id, row.starts_at, row.ends_at, row.is_cancelled, row.sequence
    )


def _invitation(row: Invitation) -> InvitationView:
    return InvitationView(
        id=row.id,
        family_class=row.family_class_id,
        organization=row.organization,
        mark=mark_of(row.number),
        state=InvitationState(row.state),
        language=row.language,
        talked_on=row.talked_on,
        visit=_morning(row.visit) if row.visit else None,
        second=Second(row.second),
        changed_at=row.changed_at,
    )


def families(rows: QuerySet[Member]) -> list[MemberView]:
    """These families with their goals and all faces, in three queries; inside `acting_as`."""
    found = list(rows.select_related("invitation"))
    of_each = _goals([row.id for row in found])
    return [_member(row, goals=of_each[row.id]) for row in found]


def _goals(members: Sequence[UUID]) -> dict[UUID, list[GoalView]]:
    faces: dict[UUID, list[RatingView]] = defaultdict(list)
    rated = Rating.objects.filter(member__in=members).select_related("morning")
    for row in rated.order_by("morning__starts_at"):
        day = clock.day_of(row.morning.starts_at)
        faces[row.goal_id].append(RatingView(row.morning_id, day, Rater(row.rater), Face(row.face)))
    goals: dict[UUID, list[GoalView]] = defaultdict(list)
    for goal in Goal.objects.filter(member__in=members).order_by("since", "number", "id"):
        goals[goal.member_id].append(
            GoalView(
                goal.id,
                goal.member_id,
                goal.number,
                goal.words,
                goal.since,
                goal.achieved_on,
                tuple(faces[goal.id]),
            )
        )
    return goals


def _second(row: SecondParent) -> SecondView:
    """A second parent; where the family stands is all that is asked of its invitation."""
    with acting_as(TELLS):
        state = Invitation.objects.values_list("state", flat=True).get(id=row.invitation_id)
    return SecondView(
        id=row.id,
        invitation=row.invitation_id,
        family_class=row.family_class_id,
        decides=row.decides,
        has_agreed=row.agreed_at is not None,
        is_open=InvitationState(state).is_open,
        language=row.language,
        parent=row.parent,
        email=row.email,
        phone=row.phone,
        is_reminded=row.is_reminded,
    )


def _member(row: Member, *, goals: Iterable[GoalView]) -> MemberView:
    return MemberView(
        id=row.id,
        family_class=row.family_class_id,
        organization=row.organization,
        mark=mark_of(row.invitation.number),
        is_here=row.invitation.state == InvitationState.YES.value,
        child=row.child,
        parent=row.parent,
        email=row.email,
        phone=row.phone,
        language=row.language,
        is_reminded=row.is_reminded,
        goals=tuple(goals),
    )

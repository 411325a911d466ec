"""Small goals: three at a time, and faces by the child, the parents and the teacher."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from lueckenlos.core import audit, codes
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.offers.classes.errors import AllGoalsTaken, NoSuchMember, NotBegun
from lueckenlos.offers.classes.models import Goal, Member, Morning, Rating, SecondParent
from lueckenlos.offers.classes.services.reminding import TELLS
from lueckenlos.offers.classes.types import MOST_GOALS, Face, InvitationState, Rater

CHILD_CODE: Final = "family-class-child"
# Long enough to carry the tablet to the child, too short to find it open the next day.
CHILD_LINK_LIVES: Final = timedelta(hours=2)


def set_goal(member: UUID, *, words: str, today: date, actor: Actor) -> None:
    """Write one more small goal; raises AllGoalsTaken."""
    with acting_as(actor):
        row = _served(member, actor=actor)
        taken = set(
            Goal.objects.filter(member=row, achieved_on__isnull=True).values_list("number", flat=True)
        )
        free = [number for number in range(1, MOST_GOALS + 1) if number not in taken]
        if not free:
            raise AllGoalsTaken
        made = Goal(member=row, organization=row.organization, number=free[0], words=words, since=today)
        try:
            with transaction.atomic():
                made.save(force_insert=True)
        except IntegrityError as error:
            # A colleague took the number at the same moment.
            raise AllGoalsTaken from error
        _note("set", row.id, organization=row.organization)


def achieve(goal: UUID, *, today: date, actor: Actor) -> None:
    """A goal is reached: it stays to be seen and makes room for the next."""
    with acting_as(actor):
        found = Goal.objects.select_related("member").filter(id=goal).first()
        if found is None or actor.organization != found.organization:
            raise NoSuchMember
        if Goal.objects.filter(id=goal, achieved_on__isnull=True).update(achieved_on=today):
            _note("achieved", found.member_id, organization=found.organization)


def rate(
    member: UUID,
    faces: Iterable[tuple[UUID, Face]],
    *,
    morning: UUID,
    rater: Rater,
    actor: Actor,
    now: datetime,
) -> None:
    """Say how goals went at a morning; said again it takes the place of what was said."""
    with acting_as(actor):
        row = Member.objects.filter(id=member, invitation__state=InvitationState.YES.value).first()
        if row is None:
            raise NoSuchMember
        _keep(row.id, faces, at=_begun(morning, of=row, now=now), rater=rater, organization=row.organization)
        _note(f"rated_by_{rater.value}", row.id, organization=row.organization)


def rate_apart(
    key: UUID, faces: Iterable[tuple[UUID, Face]], *, morning: UUID, actor: Actor, now: datetime
) -> None:
    """A parent who lives apart and decides too says how goals went; the other parent never reads it."""
    with acting_as(actor):
        row = SecondParent.objects.filter(id=key, decides=True, agreed_at__isnull=False).first()
        if row is None or not _takes_part(row.invitation_id):
            raise NoSuchMember
        date = _begun(morning, of=row, now=now)
        _keep(row.invitation_id, faces, at=date, rater=Rater.SECOND, organization=row.organization)
        _note("rated_by_second", row.invitation_id, organization=row.organization)


def open_for_child(member: UUID, *, actor: Actor, now: datetime) -> str:
    """Make the code of the page that the teacher hands to this child; it opens nothing else, and soon nothing."""
    with acting_as(actor):
        row = _served(member, actor=actor)
        codes.revoke(row.id, purpose=CHILD_CODE)
        made = codes.issue(
            row.id, purpose=CHILD_CODE, language="de", now=now, until=now + CHILD_LINK_LIVES, uses=None
        )
        _note("opened_for_child", row.id, organization=row.organization)
    return made.text


def _begun(morning: UUID, *, of: Member | SecondParent, now: datetime) -> Morning:
    """A morning of this family's class that was, or runs."""
    found = Morning.objects.filter(id=morning, family_class=of.family_class_id).first()
    if found is None:
        raise NoSuchMember
    if found.starts_at > now:
        raise NotBegun
    return found


def _keep(
    member: UUID, faces: Iterable[tuple[UUID, Face]], *, at: Morning, rater: Rater, organization: UUID
) -> None:
    """Write the faces of one rater, over what they said before."""
    goals = set(Goal.objects.filter(member=member).values_list("id", flat=True))
    for goal, face in faces:
        if goal not in goals:
            raise NoSuchMember
        Rating.objects.update_or_create(
            goal_id=goal,
            morning=at,
            rater=rater.value,
            defaults={"member": member, "organization": organization, "face": face.value},
        )


def _takes_part(member: UUID) -> bool:
    """Whether the family is there now; the second parent's link does not read it."""
    with acting_as(TELLS):
        return Member.objects.filter(id=member, invitation__state=InvitationState.YES.value).exists()


def _served(member: UUID, *, actor: Actor) -> Member:
    row = Member.objects.filter(id=member, invitation__state=InvitationState.YES.value).first()
    if row is None or actor.organization is None or row.organization != actor.organization:
        raise NoSuchMember
    return row


def _note(deed: str, member: UUID, *, organization: UUID) -> None:
    audit.record(f"classes.goal.{deed}", subject=f"member/{member}", chain=audit.chain_of(organization))

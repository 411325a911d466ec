"""A morning as the teacher notes it: who came, how the goals went, and who came to look."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from lueckenlos.core import audit
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.offers.classes.errors import NoSuchClass, NoSuchMember, NotBegun
from lueckenlos.offers.classes.models import Attendance, Goal, Invitation, Member, Morning, Rating
from lueckenlos.offers.classes.services import seating
from lueckenlos.offers.classes.services.planning import own_class
from lueckenlos.offers.classes.services.seating import PLACES
from lueckenlos.offers.classes.types import InvitationState, Noted, Presence, Rater

S = InvitationState


def note_morning(key: UUID, noted: Noted, *, actor: Actor, now: datetime) -> None:
    """Write everything that was noted, or nothing; noted again it takes the place of what stood there."""
    with acting_as(actor):
        morning = Morning.objects.filter(id=key).first()
        if morning is None:
            raise NoSuchClass
        row = own_class(morning.family_class_id, actor)
        if morning.starts_at > now:
            raise NotBegun
        _note_presences(morning, noted.presences)
        _note_faces(morning, noted)
        _note_visits(morning, noted, now=now)
        audit.record(
            "classes.morning.noted",
            subject=f"morning/{key}",
            details={"families": len(noted.presences)},
            chain=audit.chain_of(row.organization_id),
        )


def _note_presences(morning: Morning, presences: tuple[Presence, ...]) -> None:
    members = {
        each.id: each
        for each in Member.objects.filter(family_class=morning.family_class_id, invitation__state=S.YES.value)
    }
    for each in presences:
        if each.member not in members:
            raise NoSuchMember
        Attendance.objects.update_or_create(
            member=members[each.member],
            morning=morning,
            defaults={
                "organization": members[each.member].organization,
                "child": each.child,
                "parent": each.parent,
            },
        )


def _note_faces(morning: Morning, noted: Noted) -> None:
    goals = {
        each.id: each
        for each in Goal.objects.filter(
            member__family_class=morning.family_class_id, member__invitation__state=S.YES.value
        )
    }
    for key, face in noted.faces:
        if key not in goals:
            raise NoSuchMember
        Rating.objects.update_or_create(
            goal=goals[key],
            morning=morning,
            rater=Rater.TEACHER.value,
            defaults={
                "member": goals[key].member_id,
                "organization": goals[key].organization,
                "face": face.value,
            },
        )


def _note_visits(morning: Morning, noted: Noted, *, now: datetime) -> None:
    with acting_as(PLACES):
        seating.held(morning.family_class_id)
        for key, came in noted.visits:
            looked = Invitation.objects.filter(
                id=key, visit=morning, state__in=[S.VISITING.value, S.VISITED.value]
            )
            if looked.exists():
                seating.put([key], S.VISITED if came else S.INVITED, now=now)

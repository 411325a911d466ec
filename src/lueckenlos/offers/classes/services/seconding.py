"""A parent who lives apart: asked by the school with the other's knowledge, by a link of their own, on a page of their own.

Where custody is joint nothing goes without their yes, and their no ends it; else they look along.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from lueckenlos.core import codes
from lueckenlos.core.actor import Actor, job
from lueckenlos.core.context import acting_as
from lueckenlos.offers.classes.errors import AlreadyAsked, NoSuchInvitation
from lueckenlos.offers.classes.models import Invitation, Member, Rating, SecondParent
from lueckenlos.offers.classes.services import letters, seating
from lueckenlos.offers.classes.services.inviting import end, link_until, note, seen, served
from lueckenlos.offers.classes.services.letters import SECOND_CODE
from lueckenlos.offers.classes.services.reminding import TELLS
from lueckenlos.offers.classes.services.seating import PLACES
from lueckenlos.offers.classes.types import OPEN, InvitationState, NewSecond, Rater, Second

APART: Final = job("classes-apart")


def ask_second(key: UUID, *, second: Second, language: str, actor: Actor, now: datetime) -> None:
    """Let a parent who lives apart have a link: to say yes too, or to look along. The first parent reads so at once.

    Raises AlreadyAsked.
    """
    with acting_as(actor):
        found = served(key, actor=actor)
        if InvitationState(found.state) not in OPEN:
            raise NoSuchInvitation
        row = SecondParent(
            invitation=found,
            family_class=found.family_class,
            organization=found.organization,
            decides=second.decides,
            language=language,
            asked_at=now,
        )
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as error:
            raise AlreadyAsked from error
        _stand(found, second)
        note(f"second_{second.value}", found)


def issue_second_link(key: UUID, *, actor: Actor, now: datetime) -> str:
    """Make the code for the second parent's sheet; one that was handed out before opens nothing any more."""
    with acting_as(actor):
        found = served(key, actor=actor)
        row = _asked(found)
        codes.revoke(row.id, purpose=SECOND_CODE)
        made = codes.issue(
            row.id,
            purpose=SECOND_CODE,
            language=row.language,
            now=now,
            until=link_until(found, now=now),
            uses=None,
        )
        note("second_link_issued", found)
    return made.text


def take_second_back(key: UUID, *, actor: Actor) -> None:
    """The school takes the second link back, because it was not needed or not right; never a yes that was needed."""
    with acting_as(actor):
        found = served(key, actor=actor)
        row = _asked(found)
        if found.second == Second.AGREED:
            raise NoSuchInvitation
        codes.revoke(row.id, purpose=SECOND_CODE)
        row.delete()
        _stand(found, Second.NONE)
        note("second_taken_back", found)


def stop_along(key: UUID, *, actor: Actor) -> None:
    """The parent who decides alone lets the other look along no longer; by the family's own link."""
    with acting_as(actor):
        found = seen(key)
        if actor.record != key or found.second != Second.ALONG:
            raise NoSuchInvitation
        with acting_as(APART):
            SecondParent.objects.filter(invitation=key, decides=False).delete()
        _stand(found, Second.NONE)
        note("second_stopped", found)


def agree(key: UUID, new: NewSecond, *, actor: Actor, now: datetime) -> None:
    """The second parent says yes and who they are; from then on they see the child's goals."""
    with acting_as(actor):
        row, found = _own(key)
        if InvitationState(found.state) not in OPEN or row.agreed_at is not None:
            raise NoSuchInvitation
        SecondParent.objects.filter(id=key).update(
            parent=new.parent,
            email=new.email,
            phone=new.phone,
            language=new.language,
            consent_version=new.consent_version,
            agreed_at=now,
        )
        if row.decides:
            _stand(found, Second.AGREED)
        row.refresh_from_db()
        if row.email:
            with acting_as(TELLS):
                letters.tell_joined(found.family_class, row, until=link_until(found, now=now), now=now)
        note("second_agreed", found)


def refuse(key: UUID, *, actor: Actor, now: datetime) -> None:
    """The second parent says no, or not any more: what they wrote is erased. Nobody asks why.

    Where custody is joint nothing goes without them: the family takes part no longer.
    """
    with acting_as(actor):
        row, found = _own(key)
        decides, is_open = row.decides, InvitationState(found.state) in OPEN
        Rating.objects.filter(member=found.id, rater=Rater.SECOND.value).delete()
        if decides and is_open:
            end(found, InvitationState.LEFT if _has_name(found) else InvitationState.NO, now=now)
        row.delete()
        _stand(found, Second.NONE)
        note("second_refused", found)


def change_second_contact(key: UUID, *, email: str, phone: str, is_reminded: bool, actor: Actor) -> None:
    """Change how the second parent is reached, or whether they are reminded; by their own link alone."""
    with acting_as(actor):
        row, found = _own(key)
        if row.agreed_at is None:
            raise NoSuchInvitation
        SecondParent.objects.filter(id=key).update(email=email, phone=phone, is_reminded=is_reminded)
        note("second_contact_changed", found)


def _own(key: UUID) -> tuple[SecondParent, Invitation]:
    """The second parent, if the actor of this transaction holds their link; the invitation is not theirs to read."""
    row = SecondParent.objects.filter(id=key).first()
    if row is None:
        raise NoSuchInvitation
    with acting_as(TELLS):
        return row, seen(row.invitation_id)


def _asked(found: Invitation) -> SecondParent:
    row = SecondParent.objects.filter(invitation=found).first()
    if row is None:
        raise NoSuchInvitation
    return row


def _has_name(found: Invitation) -> bool:
    """Whether the family has written who comes; the second parent's link cannot read it."""
    with acting_as(TELLS):
        return Member.objects.filter(id=found.id).exists()


def _stand(found: Invitation, second: Second) -> None:
    with acting_as(PLACES):
        seating.held(found.family_class_id)
        Invitation.objects.filter(id=found.id).update(second=second.value)

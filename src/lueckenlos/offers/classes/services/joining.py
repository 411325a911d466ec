"""Joining: only after the yes, and only by the family's own link, a name is written."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import DatabaseError, transaction

from lueckenlos.core import audit
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.offers.classes.errors import NoSuchMember, NotYetYes, OtherMissing
from lueckenlos.offers.classes.models import Invitation, Member
from lueckenlos.offers.classes.services import letters
from lueckenlos.offers.classes.services.inviting import link_until, seen
from lueckenlos.offers.classes.services.reminding import TELLS
from lueckenlos.offers.classes.types import InvitationState, NewMember, Second


def join(key: UUID, new: NewMember, *, actor: Actor, now: datetime) -> None:
    """Write who comes, once; raises NotYetYes, or OtherMissing where both parents decide. The database asks again."""
    with acting_as(actor):
        found = seen(key)
        if found.state != InvitationState.YES.value or Member.objects.filter(id=key).exists():
            raise NotYetYes
        if found.second == Second.ASKED:
            raise OtherMissing
        row = Member(
            id=key,
            invitation=found,
            family_class=found.family_class,
            organization=found.organization,
            child=new.child,
            parent=new.parent,
            email=new.email,
            phone=new.phone,
            language=new.language,
            consent_version=new.consent_version,
            joined_at=now,
        )
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except DatabaseError as error:
            raise NotYetYes from error
        _tell(found, row, now=now)
        _note("joined", row)


def change_contact(key: UUID, *, email: str, phone: str, is_reminded: bool, actor: Actor) -> None:
    """Change how the family is reached, or whether it is reminded; by its link alone."""
    with acting_as(actor):
        row = Member.objects.filter(id=key, invitation__state=InvitationState.YES.value).first()
        if row is None or actor.record != key:
            raise NoSuchMember
        Member.objects.filter(id=key).update(email=email, phone=phone, is_reminded=is_reminded)
        _note("contact_changed", row)


def _tell(found: Invitation, row: Member, *, now: datetime) -> None:
    if row.email:
        with acting_as(TELLS):
            letters.tell_joined(found.family_class, row, until=link_until(found, now=now), now=now)


def _note(deed: str, row: Member) -> None:
    audit.record(f"classes.member.{deed}", subject=f"member/{row.id}", chain=audit.chain_of(row.organization))

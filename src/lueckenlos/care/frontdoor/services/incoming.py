"""How a matter comes in: from a family by page, or taken down by the office while somebody tells it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from lueckenlos.care.cases import services as cases
from lueckenlos.care.frontdoor.types import Incoming, Receiver, SentIn, Who
from lueckenlos.commons.families import selectors as families
from lueckenlos.commons.families import services as people
from lueckenlos.commons.privacy.types import PartyRole
from lueckenlos.core import codes
from lueckenlos.core.actor import Actor, ActorKind, job, link_to
from lueckenlos.core.context import acting_as

DOOR: Final = job("frontdoor-code")
OWN_DATA: Final = "own-data"
"""The purpose of a code that opens a person's own page; `privacy` and `families` know it by this word."""
CODE_LIVES: Final = timedelta(days=183)
OF_AGE: Final = 18
CHILD_UNTIL: Final = 14

_ROLES: Final = {
    Who.PARENT: PartyRole.ADULT,
    Who.YOUNG_PERSON: PartyRole.YOUNG_PERSON,
    Who.RELATIVE: PartyRole.OTHER,
    Who.PROFESSIONAL: PartyRole.OTHER,
    Who.UNSAID: PartyRole.OTHER,
}


def send_in(new: Incoming, *, receiver: Receiver, actor: Actor, now: datetime) -> SentIn:
    """Take in a matter; whoever brings it without an account gets a code, the only way back to it."""
    with acting_as(actor):
        own = _own_account(actor, new=new, now=now)
        opened, person = cases.receive(
            cases.NewRequest(
                pathway=receiver.pathway,
                organization=receiver.organization,
                unit=receiver.unit,
                words=new.words,
                who=new.who.value,
                person=new.person,
                role=_role(new),
                channel=new.channel,
                language=new.language,
                ags=new.ags,
                of_age_at=_of_age_at(new, now=now),
                is_own=new.is_own,
                known=own.person_id if own else None,
            ),
            actor=own or actor,
            now=now,
        )
        _note_the_rest(opened.file, new=new, actor=own or link_to(person, purpose=OWN_DATA))
        if own is not None:
            return SentIn(opened.file, person, opened.pseudonym, opened.due_at)
        code = issue_code(person, language=new.language, now=now)
    return SentIn(opened.file, person, opened.pseudonym, opened.due_at, code.text, code.expires_at)


def issue_code(person: UUID, *, language: str, now: datetime) -> codes.IssuedCode:
    """Make a code that opens a person's own page again and again, for six months."""
    with acting_as(DOOR):
        return codes.issue(
            person, purpose=OWN_DATA, language=language, now=now, until=now + CODE_LIVES, uses=None
        )


def _own_account(actor: Actor, *, new: Incoming, now: datetime) -> Actor | None:
    """The person of a family's account; who works here brings matters of others, never their own."""
    if actor.kind is not ActorKind.PERSON or actor.organization is not None or new.is_own:
        return None
    own = families.own_actor(actor)
    if own is None:
        person = people.claim_account(uuid4(), new=replace(new.person, contacts=()), actor=actor, now=now)
        own = Actor(kind=ActorKind.FAMILY, person_id=person, name=actor.name)
    if own.person_id is not None and (new.person.contacts or new.person.wishes):
        people.set_reach(
            own.person_id,
            contacts=new.person.contacts,
            wishes=new.person.wishes,
            wish_note=new.person.wish_note,
            address=new.person.address,
            actor=own,
        )
    return own


def _note_the_rest(file: UUID, *, new: Incoming, actor: Actor) -> None:
    """What the form asks beside the words: the family reads it back like everything it told."""
    if new.says_danger:
        cases.add_note(file, words="Gerade ist jemand in Gefahr.", fields={"danger": "yes"}, actor=actor)
    if new.age is not None:
        cases.add_note(file, words=f"Alter: {new.age}", fields={"age": str(new.age)}, actor=actor)


def _role(new: Incoming) -> PartyRole:
    if new.is_own and new.age is not None and new.age < CHILD_UNTIL:
        return PartyRole.CHILD
    return _ROLES[new.who]


def _of_age_at(new: Incoming, *, now: datetime) -> datetime | None:
    """No later than the eighteenth birthday: of an age alone nobody knows the day, so the earliest counts."""
    if not new.is_own or new.age is None or new.age >= OF_AGE:
        return None
    return now + timedelta(days=365.25 * (OF_AGE - 1 - new.age) + 1)

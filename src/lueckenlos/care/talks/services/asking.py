"""Asking parents, each by themselves, which offices may hear of their case, and writing to them in their language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from lueckenlos.care.cases.correspondence import language_of
from lueckenlos.care.talks.errors import NobodyToAsk, NoConsentText, NoSuchTalk
from lueckenlos.care.talks.types import ItemView, TalkView
from lueckenlos.commons.families import selectors as families
from lueckenlos.commons.families.types import PersonView
from lueckenlos.commons.privacy import selectors as privacy
from lueckenlos.commons.privacy import services as consents
from lueckenlos.commons.privacy.errors import EmptyConsent, NotYours
from lueckenlos.commons.privacy.types import (
    Category,
    FileView,
    Mode,
    PartyView,
    Purpose,
    ScopeValue,
    TextView,
)
from lueckenlos.commons.privacy.wording import PARTY_ROLES
from lueckenlos.core import codes
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as

PURPOSE: Final = "consent"
# How long what was agreed for one talk holds: it and the next looks that follow from it.
HOLDS: Final = timedelta(days=182)
LONGEST: Final = timedelta(days=300)  # a consent holds twelve months from the day it is given
ANSWER_WITHIN: Final = timedelta(days=60)
GERMAN: Final = "de"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """About whose data parents are asked, and which office may hear which part; each office is a line of its own."""

    item: UUID
    about: tuple[UUID, ...]
    parts: Mapping[UUID, frozenset[Category]]


def ask(asked: Asked, *, item: ItemView, talk: TalkView, actor: Actor, now: datetime) -> list[UUID]:
    """Prepare a question for everybody whose consent counts; what was asked before and not answered is replaced.

    Raises NobodyToAsk where nobody could agree, and NoConsentText where the house has no text for it.
    """
    file = item.file
    if file is None:
        raise NoSuchTalk
    if not any(asked.parts.values()) or not asked.about:
        raise EmptyConsent
    with acting_as(actor):
        opened = privacy.file(actor, file)
        if opened is None:
            raise NotYours
        parties = {party.person: party for party in privacy.parties(actor, file)}
        people = families.people(actor, parties)
        made = []
        for subject in asked.about:
            for who in _needed(parties[subject], opened=opened, now=now):
                text = consent_text(language_of(people.get(who)))
                _replace_open(actor, file, asked=who, subject=subject)
                new = consents.NewDraft(
                    text=text.id,
                    asked=who,
                    asked_label=_called(people.get(who), parties.get(who)),
                    subject=subject,
                    subject_label=_called(people.get(subject), parties.get(subject)),
                    scopes=_scopes(asked.parts, text=text),
                    valid_until=min(max(talk.ends_at, now) + HOLDS, now + LONGEST),
                    expires_at=now + ANSWER_WITHIN,
                )
                made.append(consents.ask_for_consent(file, new=new, actor=actor, now=now))
    return made


def needed(actor: Actor, file: UUID, *, subject: UUID, now: datetime) -> tuple[UUID, ...]:
    """Whose consent this person's data need; raises NobodyToAsk where nobody's would count."""
    opened = privacy.file(actor, file)
    party = next((each for each in privacy.parties(actor, file) if each.person == subject), None)
    if opened is None or party is None:
        raise NotYours
    return _needed(party, opened=opened, now=now)


def consent_text(language: str) -> TextView:
    """The house's text for talks of several offices, in a language or else in German."""
    found = [each for each in privacy.texts(language=language) if Purpose.CASE_TALK in each.purposes]
    if not found:
        raise NoConsentText
    return min(found, key=lambda each: (len(each.purposes), each.code))


def _needed(party: PartyView, *, opened: FileView, now: datetime) -> tuple[UUID, ...]:
    """An adult alone; for a child all who have custody, and the child who can judge it; in their own advice they alone."""
    if party.of_age_at is None or party.of_age_at <= now or opened.own_of == party.person:
        return (party.person,)
    who = set(party.guardians)
    if not who:
        raise NobodyToAsk(party.person)
    if party.judges_since is not None and party.judges_since <= now:
        who.add(party.person)
    return tuple(sorted(who))


def _replace_open(actor: Actor, file: UUID, *, asked: UUID, subject: UUID) -> None:
    """Take back what the same person was asked for the same talk purpose and has not answered."""
    for draft in privacy.drafts_of(actor, file):
        is_for_talks = all(scope.purpose is Purpose.CASE_TALK for scope in draft.scopes)
        if draft.asked == asked and draft.subject == subject and draft.answer == "open" and is_for_talks:
            consents.revoke_draft(draft.id, actor=actor)
            codes.revoke(draft.id, purpose=PURPOSE)


def _scopes(parts: Mapping[UUID, Iterable[Category]], *, text: TextView) -> tuple[ScopeValue, ...]:
    """Office by office, so that the page can show each as its own line."""
    return tuple(
        ScopeValue(Purpose.CASE_TALK, category, office, Mode.VIEW)
        for office, categories in parts.items()
        for category in Category
        if category in set(categories) & text.categories
    )


def _called(person: PersonView | None, party: PartyView | None) -> str:
    if person is not None and person.name:
        return person.name
    return str(PARTY_ROLES[party.role]) if party is not None else ""

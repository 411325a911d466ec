"""Deeds on items: bringing a case without a name or with consent, and what each office adds beforehand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection

from lueckenlos.care.cases import selectors as cases
from lueckenlos.care.cases.services import pseudonym
from lueckenlos.care.talks.errors import NobodyHears, NoSuchTalk, TalkIsOver
from lueckenlos.care.talks.models import CallUp, Contribution, Item, Talk
from lueckenlos.care.talks.types import AgeBand, TalkState, Voice
from lueckenlos.commons.privacy import selectors as privacy
from lueckenlos.commons.privacy import services as told
from lueckenlos.commons.privacy.errors import NotYours, judged, person_of
from lueckenlos.commons.privacy.types import Category, Ground
from lueckenlos.core import audit
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.core.locking import save_unless_stale

# What whoever has the case may always tell about it: nobody else is asked for these grounds.
OWN_GROUNDS: Final = frozenset({Ground.OWN_TASK, Ground.COVER})


@dataclass(frozen=True, slots=True, kw_only=True)
class NewQuestion:
    """A case without a name: how old, where or coarser, what about, and what is asked."""

    talk: UUID
    question: str
    age_band: AgeBand | None = None
    ags: str | None = None
    field: str = ""
    minutes: int = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class NewContribution:
    """What an office or the family wants to be heard: one kind of data about one person, or about all."""

    category: Category
    about: UUID
    text: str
    voice: Voice = Voice.OFFICE


def bring_pseudonymous(new: NewQuestion, *, actor: Actor, now: datetime) -> UUID:
    """Bring a case to a talk without a name; no record of it is needed anywhere."""
    with acting_as(actor), judged():
        _demand_ahead(new.talk)
        row = Item.objects.create(
            talk_id=new.talk,
            organization_id=_office(actor),
            brought_by=person_of(actor),
            created_at=now,
            # Not the name by which the case itself goes: nobody shall find the one by the other.
            pseudonym=pseudonym(),
            minutes=new.minutes,
            age_band=new.age_band or "",
            municipality_id=new.ags,
            field=new.field,
            question=new.question,
        )
        _note("brought", row.id, details={"named": False})
    return row.id


def bring_named(talk: UUID, *, file: UUID, about: UUID, minutes: int, actor: Actor, now: datetime) -> UUID:
    """Bring a case that is one's task; nobody else learns of it before a consent covers their office."""
    with acting_as(actor), judged():
        _demand_ahead(talk)
        if about not in {party.person for party in privacy.parties(actor, file) if party.is_subject}:
            raise NotYours
        case = cases.case(actor, file)
        row = Item.objects.create(
            talk_id=talk,
            organization_id=_office(actor),
            brought_by=person_of(actor),
            created_at=now,
            pseudonym=case.pseudonym if case else pseudonym(),
            minutes=minutes,
            file_id=file,
            about=about,
        )
        _note("brought", row.id, details={"named": True}, file=file)
    return row.id


def change_item(item: UUID, *, changes: dict[str, Any], expected: int, actor: Actor) -> None:
    """Change what one brought, if nobody else has meanwhile."""
    with acting_as(actor), judged():
        row = _held(item)
        save_unless_stale(row, expected=expected, changes=changes)
        _note("changed", item, details={"fields": sorted(changes)}, file=row.file_id)


def move_item(item: UUID, *, talk: UUID, actor: Actor) -> None:
    """Take an item along to another date."""
    with acting_as(actor), judged():
        _demand_ahead(talk)
        row = _held(item)
        save_unless_stale(row, expected=row.version, changes={"talk_id": talk})
        _note("moved", item, file=row.file_id)


def take_back(item: UUID, *, actor: Actor, now: datetime) -> None:
    """Take an item off the agenda: it is gone for all others at once."""
    with acting_as(actor), judged():
        row = _held(item)
        save_unless_stale(row, expected=row.version, changes={"taken_back_at": now})
        CallUp.objects.filter(item=row, ended_at__isnull=True).update(ended_at=now)
        _note("taken_back", item, file=row.file_id)


def bring_again(item: UUID, *, actor: Actor) -> None:
    """Put an item that was taken off back on."""
    with acting_as(actor), judged():
        row = _held(item)
        save_unless_stale(row, expected=row.version, changes={"taken_back_at": None})
        _note("brought_again", item, file=row.file_id)


def contribute(item: UUID, *, new: NewContribution, actor: Actor, now: datetime) -> UUID:
    """Add what one's office may share about a case; raises NobodyHears where no consent lets anybody read it.

    Whoever has the case writes into it. Another office's words stay that office's: the one who has the case reads
    them only where the parents' consent names their office for this category, too.
    """
    with acting_as(actor), judged():
        row = Item.objects.filter(id=item, file__isnull=False).first()
        if row is None or row.file_id is None:
            raise NoSuchTalk
        has_case = _has_case(actor, row, now=now)
        if not has_case and not _may_share(item, new):
            raise NobodyHears
        contribution = Contribution.objects.create(
            item=row,
            file_id=row.file_id,
            organization_id=_office(actor),
            category=new.category,
            about=new.about,
            author=person_of(actor),
            created_at=now,
            is_of_file=has_case,
            voice=new.voice if has_case else Voice.OFFICE,
            text=new.text,
        )
        _note("contributed", item, details={"category": new.category.value}, file=row.file_id)
    return contribution.id


def say_for_oneself(item: UUID, *, words: str, actor: Actor) -> None:
    """The family's own words for a talk ahead, in place of what the same person said before; empty takes them back."""
    with acting_as(actor), connection.cursor() as cursor:
        cursor.execute("SELECT wall.talks_own_words(%s, %s)", [item, words])
        said = cursor.fetchone()
        if not said or not said[0]:
            raise NotYours
        _note("said_for_oneself" if words else "own_words_taken_back", item)


def change_contribution(contribution: UUID, *, text: str, expected: int, actor: Actor) -> None:
    """Change what one wrote."""
    with acting_as(actor), judged():
        row = Contribution.objects.filter(id=contribution).first()
        if row is None or row.author != actor.person_id:
            raise NotYours
        save_unless_stale(row, expected=expected, changes={"text": text})
        _note("contribution_changed", row.item_id, file=row.file_id)


def take_contribution_back(contribution: UUID, *, actor: Actor) -> None:
    """Delete what one's office added."""
    with acting_as(actor), judged():
        row = Contribution.objects.filter(id=contribution).first()
        if row is None or not Contribution.objects.filter(id=contribution).delete()[0]:
            raise NotYours
        _note("contribution_taken_back", row.item_id, file=row.file_id)


def look_at(item: UUID, *, seen: Iterable[tuple[UUID, Category]], actor: Actor, now: datetime) -> None:
    """Note what the actor read of a case by consent; one's own case leaves its trace on its own page."""
    with acting_as(actor):
        row = Item.objects.filter(id=item, file__isnull=False).first()
        if row is None or row.file_id is None or _has_case(actor, row, now=now):
            return
        told.disclose(row.file_id, seen=seen, ground=Ground.CONSENT, actor=actor, now=now)


def has_case(actor: Actor, file: UUID, *, now: datetime) -> bool:
    """Whether the case is the actor's task, or they step in for whoever has it."""
    return bool(privacy.grounds(actor, file, now=now) & OWN_GROUNDS)


def _has_case(actor: Actor, row: Item, *, now: datetime) -> bool:
    return row.file_id is not None and has_case(actor, row.file_id, now=now)


def _may_share(item: UUID, new: NewContribution) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT wall.talks_may_share(%s, %s, %s)", [item, new.category.value, new.about])
        row = cursor.fetchone()
    return bool(row and row[0])


def _demand_ahead(talk: UUID) -> None:
    state = Talk.objects.filter(id=talk).values_list("state", flat=True).first()
    if state is None:
        raise NoSuchTalk
    if not TalkState(state).is_ahead:
        raise TalkIsOver


def _held(item: UUID) -> Item:
    """The item, held for a change; only whoever brought it or has its case may."""
    row = Item.objects.select_for_update(of=("self",), no_key=True).filter(id=item).first()
    if row is None:
        raise NotYours
    return row


def _office(actor: Actor) -> UUID:
    if actor.organization is None:
        raise NotYours
    return actor.organization


def _note(deed: str, item: UUID, *, details: dict[str, Any] | None = None, file: UUID | None = None) -> None:
    audit.record(f"talks.item.{deed}", subject=f"file/{file}" if file else f"item/{item}", details=details)

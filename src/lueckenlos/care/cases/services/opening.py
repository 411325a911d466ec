"""How a case begins: by a professional, or by a family itself."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from django.db import connection

from lueckenlos.care.cases.calendar import calendar
from lueckenlos.care.cases.models import Case, StageMove
from lueckenlos.care.cases.selectors import pathways as ways
from lueckenlos.care.cases.services import promises
from lueckenlos.care.cases.types import Channel, Opened
from lueckenlos.commons.families import services as families
from lueckenlos.commons.families.types import NewPerson
from lueckenlos.commons.privacy import services as privacy
from lueckenlos.commons.privacy.errors import NotYours, judged, person_of
from lueckenlos.commons.privacy.types import NewFile, PartyRole, RetentionClass
from lueckenlos.commons.tasks import services as tasks
from lueckenlos.commons.tasks.types import NewTask, Owner, TaskKind
from lueckenlos.core import audit
from lueckenlos.core.actor import Actor, job
from lueckenlos.core.context import acting_as
from lueckenlos.kernels.pathways import Event, Occasion, Pathway

RECEIVER: Final = job("case-receive")
# Words that name nobody; two and a number are spoken easily and are no initials.
_FIRST: Final = ("Ahorn", "Birke", "Buche", "Eiche", "Erle", "Esche", "Fichte", "Hasel", "Kiefer", "Kirsche")
_SECOND: Final = ("Amsel", "Drossel", "Fink", "Igel", "Kranich", "Lerche", "Meise", "Otter", "Specht", "Star")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """A case that a professional opens: on which pathway, for whom, and how it came in."""

    pathway: str
    channel: Channel
    language: str = "de"
    ags: str | None = None
    unit: UUID | None = None
    own_of: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRequest:
    """A matter that somebody brings to a team in their own words; a child may come alone, nobody need give a name.

    `known` is the person of the account that brings it; without one a new person is taken in.
    """

    pathway: str
    organization: UUID
    unit: UUID
    words: str
    who: str
    person: NewPerson
    role: PartyRole
    channel: Channel = Channel.PAGE
    language: str = "de"
    ags: str | None = None
    of_age_at: datetime | None = None
    is_own: bool = False
    known: UUID | None = None


def pseudonym() -> str:
    """A name by which a case is spoken of where no name may stand."""
    return f"{secrets.choice(_FIRST)}-{secrets.choice(_SECOND)} {secrets.randbelow(90) + 10}"


def open_case(new: NewCase, *, actor: Actor, now: datetime) -> Opened:
    """Open a case as the actor's own task; people and records follow."""
    pathway_id, pathway = ways.newest(new.pathway)
    person = person_of(actor)
    organization = _organization(actor)
    with acting_as(actor), judged():
        file = privacy.open_file(
            NewFile(
                organization,
                RetentionClass(pathway.retention_class),
                unit=new.unit,
                own_of=new.own_of,
                held_back=pathway.purpose == "protection",
            ),
            to=person,
            actor=actor,
        )
        case = Case.objects.create(
            file_id=file,
            organization_id=organization,
            pathway_id=pathway_id,
            stage=pathway.first_stage.key,
            pseudonym=pseudonym(),
            channel=new.channel,
            language=new.language,
            municipality_id=new.ags,
            opened_at=now,
        )
        StageMove.objects.create(file_id=file, to_stage=case.stage, moved_at=now, moved_by=person)
        audit.record("cases.case.opened", subject=f"file/{file}", details={"pathway": pathway.key})
        promises.follow(file, event=Event(Occasion.STAGE, case.stage), pathway=pathway, actor=actor, now=now)
    return Opened(file, case.pseudonym, promise(pathway, begun=now))


def receive(new: NewRequest, *, actor: Actor, now: datetime) -> tuple[Opened, UUID]:
    """Take in a matter that a family, a young person or somebody unknown brings; give the file and their person.

    Nothing is without an owner: the team has the task to answer, by the pathway's first promise.
    """
    pathway_id, pathway = ways.newest(new.pathway)
    person, record, called = new.known or uuid4(), uuid4(), pseudonym()
    with acting_as(actor), judged():
        file = privacy.open_file(
            NewFile(
                new.organization,
                RetentionClass(pathway.retention_class),
                unit=new.unit,
                own_of=person if new.is_own else None,
            ),
            to=None,
            actor=actor,
        )
        if new.known is None:
            families.receive(person, file=file, new=new.person, role=new.role, of_age_at=new.of_age_at)
        else:
            families.receive_own(file=file, role=new.role, of_age_at=new.of_age_at)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT wall.request_receive(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
                [
                    file,
                    uuid4(),
                    record,
                    pathway_id,
                    pathway.first_stage.key,
                    called,
                    new.channel.value,
                    new.language,
                    new.ags,
                    person,
                    pathway.record_kinds[0].key,
                    new.words,
                    new.who,
                ],
            )
        audit.record(
            "cases.request.received",
            subject=f"file/{file}",
            details={"pathway": pathway.key, "channel": new.channel.value},
            chain=audit.chain_of(new.organization),
        )
        due_at = promise(pathway, begun=now)
        if due_at is not None:
            with acting_as(RECEIVER):
                tasks.create(
                    NewTask(
                        organization=new.organization,
                        owner=Owner.of_unit(new.unit),
                        what=f"Anliegen {called} beantworten",
                        kind=TaskKind.ANSWER,
                        due_at=due_at,
                        file=file,
                        record=file,
                        record_kind="case",
                    ),
                    by=RECEIVER,
                    now=now,
                )
    return Opened(file, called, due_at), person


def promise(pathway: Pathway, *, begun: datetime) -> datetime | None:
    """By when the first thing is promised: the first clock that begins with the first stage."""
    first = f"stage:{pathway.first_stage.key}"
    rule = next((clock for clock in pathway.clocks if str(clock.begins) == first), None)
    return None if rule is None else calendar().due(rule.deadline, begun)


def _organization(actor: Actor) -> UUID:
    if actor.organization is None:
        raise NotYours
    return actor.organization

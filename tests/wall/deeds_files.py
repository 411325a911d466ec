"""Deeds on files, the people in them, and whose task they are. Each is tried by who may and by who may not."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from uuid import UUID

from lueckenlos.commons.accounts import work
from lueckenlos.commons.families import services as families
from lueckenlos.commons.families.types import AddressValue, ContactKind, ContactValue, NewPerson
from lueckenlos.commons.privacy import services
from lueckenlos.commons.privacy.models import Party
from lueckenlos.commons.privacy.types import (
    Category,
    CoverKind,
    LegalBasis,
    NewFile,
    NewParty,
    PartyRole,
    RetentionClass,
)
from lueckenlos.core.actor import Actor, Role
from lueckenlos.core.context import acting_as
from tests.wall.cast import county_role
from tests.wall.play import Play, new_key
from tests.wall.world import now

MOST_FILES = 6
MOST_PEOPLE = 8
_ADMINISTRATION = county_role(Role.ADMINISTRATION)
_CATEGORIES = (Category.IDENTITY, Category.CONTACT, Category.SITUATION, Category.FAMILY, Category.AGREEMENTS)


def open_file(play: Play, rnd: Random) -> None:
    """A worker takes a matter on, for their own office, for its team, or (refused) for another office."""
    if len(play.files()) >= MOST_FILES:
        return
    worker = rnd.choice(play.workers)
    office = worker.organization if rnd.random() < 0.9 else rnd.choice(play.world.organizations)
    units = play.world.units[office]
    unit = rnd.choice([*units, units[0], None])
    own_of = rnd.choice(play.people) if play.people and rnd.random() < 0.2 else None
    new = NewFile(office, RetentionClass.COUNSELLING, unit=unit, own_of=own_of, held_back=rnd.random() < 0.15)
    # Anybody may bring a matter to a team; only people at work take one on themselves.
    to = worker.person if rnd.random() < 0.7 else None
    mine = office == worker.organization
    with play.attempt(may=(mine and (to or unit) is not None) or (to is None and unit is not None)):
        services.open_file(new, to=to, actor=worker.acting())
    fresh = [file for file in play.files() if not play.people_of(file)]
    for file in fresh:
        for _ in range(rnd.randint(1, 3)):
            add_person(play, rnd, file)


def add_person(play: Play, rnd: Random, file: UUID | None = None) -> None:
    """Somebody new joins a file: an adult, or a child with those who have custody."""
    if not play.files() or len(play.people) >= 3 * MOST_PEOPLE:
        return
    file = file or rnd.choice(play.files())
    actor = play.somebody_with_a_pen(rnd, file)
    person = new_key()
    address = AddressValue("Weg 1", "52349", "Düren", is_blocked=rnd.random() < 0.4)
    new = NewPerson(
        "Kim",
        contacts=(ContactValue(ContactKind.PHONE, "0"),) if rnd.random() < 0.6 else (),
        address=address if rnd.random() < 0.7 else None,
    )
    may = str(file) in play.view(actor).pens
    with play.attempt(may=may):
        families.add_person(file, new=new, party=_party(play, rnd, file, person), actor=actor, now=now())
    if may:
        play.people.append(person)


def _party(play: Play, rnd: Random, file: UUID, person: UUID) -> NewParty:
    there = [each for each in play.people_of(file) if each != person]
    is_subject = rnd.random() < 0.9
    if there and rnd.random() < 0.6:
        guardians = tuple(rnd.sample(there, k=min(len(there), rnd.choice((0, 1, 1, 2, 2)))))
        birthday = now() + timedelta(days=rnd.choice((-100, 30, 400, 3000)))
        return NewParty(
            person, PartyRole.CHILD, of_age_at=birthday, guardians=guardians, is_subject=is_subject
        )
    return NewParty(person, PartyRole.ADULT, is_subject=is_subject)


def add_known(play: Play, rnd: Random) -> None:
    """Somebody who is known already joins another file: only whom the office may know."""
    if not play.files() or not play.people:
        return
    file, person = rnd.choice(play.files()), rnd.choice(play.people)
    actor = play.somebody_with_a_pen(rnd, file, rnd.choice((None, "case_talk")))
    view = play.view(actor)
    may = str(file) in view.pens and _may_bring(play, view, str(person))
    if person in play.people_of(file, gone=True):
        return
    with play.attempt(may=may):
        services.add_party(file, party=_party(play, rnd, file, person), actor=actor, now=now())


def _may_bring(play: Play, view, person: str) -> bool:
    """§ 63 SGB VIII: whoever is in nobody's file, is in one of the office's that is no secret one, or was made known."""
    files = [
        play.facts["privacy_file"][row.file_id]
        for row in play.facts.all("privacy_party")
        if row.person == person
    ]
    account = play.facts["families_person"][person].account
    if not files and account is None:
        return True
    ours = any(
        file.organization_id == view.office and file.own_of is None and not file.held_back for file in files
    )
    return ours or view.knows(person, "identity")


def leave(play: Play, rnd: Random) -> None:
    """Somebody leaves a file."""
    rows = [row for row in play.facts.all("privacy_party") if row.left_at is None]
    if len(rows) < 3:
        return
    row = rnd.choice(rows)
    file = UUID(row.file_id)
    actor = play.somebody_with_a_pen(rnd, file)
    with play.attempt(may=row.file_id in play.view(actor).pens):
        services.leave(file, person=UUID(row.person), actor=actor, now=now())


def set_custody(play: Play, rnd: Random) -> None:
    """Whose consent a child's data need is said anew."""
    rows = [row for row in play.facts.all("privacy_party") if row.of_age_at is not None]
    if not rows:
        return
    row = rnd.choice(rows)
    file, child = UUID(row.file_id), UUID(row.person)
    others = [each for each in play.people_of(file) if each != child]
    guardians = rnd.sample(others, k=min(len(others), rnd.choice((0, 1, 2))))
    actor = play.somebody_with_a_pen(rnd, file)
    with play.attempt(may=row.file_id in play.view(actor).pens):
        services.set_custody(file, child=child, guardians=guardians, actor=actor)


def judge(play: Play, rnd: Random) -> None:
    """A professional records that a young person can judge what they agree to."""
    rows = [row for row in play.facts.all("privacy_party") if row.of_age_at and not row.judges_since]
    if not rows:
        return
    row = rnd.choice(rows)
    actor = play.somebody_with_a_pen(rnd, UUID(row.file_id))
    with play.attempt(may=row.file_id in play.view(actor).pens):
        services.record_judgement(UUID(row.file_id), young_person=UUID(row.person), actor=actor, now=now())


def move_party(play: Play, rnd: Random) -> None:
    """A place in a file is turned into somebody else's, or moved to another file: nobody may."""
    if not play.facts["privacy_party"]:
        return
    row = rnd.choice(play.facts.all("privacy_party"))
    actor = play.somebody_with_a_pen(rnd, UUID(row.file_id))
    change = rnd.choice(({"person": rnd.choice(play.people)}, {"file_id": rnd.choice(play.files())}))
    if str(next(iter(change.values()))) in {row.person, row.file_id}:
        return
    with play.attempt(may=False), acting_as(actor), play.judged():
        Party.objects.filter(id=row.id).update(**change)


def assign(play: Play, rnd: Random) -> None:
    """A file becomes the task of a colleague or a team: by whose task it is, or the head of its team."""
    if not play.files():
        return
    file = rnd.choice(play.files())
    row = play.facts["privacy_file"][str(file)]
    actor = play.somebody_with_a_pen(rnd, file)
    units = play.world.units[UUID(row.organization_id)]
    unit = rnd.choice(units) if rnd.random() < 0.5 else None
    person = None if unit else rnd.choice(play.workers).person
    view = play.view(actor)
    theirs = any(way.ground == "own_task" for way in view.ways.get(str(file), ()))
    heads = view.model.heads(str(actor.person_id), view.office, row.unit_id)
    with play.attempt(may=theirs or heads):
        services.assign(file, person=person, unit=unit, reason="Wechsel", actor=actor)


def cover(play: Play, rnd: Random) -> None:
    """Somebody steps in for a time: the head of the team says so, nobody else."""
    if not play.files():
        return
    file = rnd.choice(play.files())
    row = play.facts["privacy_file"][str(file)]
    heads = [
        w.acting() for w in play.workers if play.model.heads(str(w.person), str(w.organization), row.unit_id)
    ]
    actor = rnd.choice(heads if heads and rnd.random() < 0.8 else [w.acting() for w in play.workers])
    worker = rnd.choice(play.workers)
    new = services.NewCover(
        worker.person, worker.organization, rnd.choice(list(CoverKind)), "Vertretung",
        now() + timedelta(days=rnd.choice((1, 20, 27, 29))),
    )  # fmt: skip
    with play.attempt(may=actor in heads):
        services.cover(file, new=new, actor=actor)


def protect(play: Play, rnd: Random) -> None:
    """A step under § 8a SGB VIII names an organization, about somebody of the file and about nobody else."""
    if not play.files():
        return
    file = rnd.choice(play.files())
    actor = play.somebody_with_a_pen(rnd, file)
    subject = rnd.choice([file, *play.people_of(file), *play.people_of(file), *play.people])
    new = services.NewStep(
        organization=rnd.choice(play.world.organizations),
        subject=subject,
        legal_basis=rnd.choice(list(LegalBasis)),
        reason="Gefahr",
        categories=frozenset(rnd.sample(_CATEGORIES, k=rnd.randint(1, 3))),
        until=now() + timedelta(days=rnd.choice((10, 90))),
        second_person=new_key(),
    )
    inside = subject == file or subject in play.people_of(file, gone=True)
    with play.attempt(may=inside and str(file) in play.view(actor).pens):
        services.record_protection_step(file, new=new, actor=actor, now=now())


def change_team(play: Play, rnd: Random) -> None:
    """Somebody joins a team, leaves it, or heads it."""
    worker = rnd.choice(play.workers)
    unit = rnd.choice(
        play.world.units[worker.organization if rnd.random() < 0.9 else play.world.organizations[0]]
    )
    with play.attempt(may=True):
        if rnd.random() < 0.6:
            work.join_unit(
                unit, person=worker.person, is_head=rnd.random() < 0.4, by=_ADMINISTRATION, now=now()
            )
        else:
            work.leave_unit(unit, person=worker.person, by=_ADMINISTRATION, now=now())


DEEDS = (
    open_file, open_file, add_person, add_known, leave, set_custody, judge, move_party, assign, cover, protect, change_team,
)  # fmt: skip


def helper(actor: Actor) -> str:
    """How an actor is told in a report."""
    return f"{actor.kind} {actor.person_id or actor.record or actor.name} for {actor.organization}/{actor.purpose}"

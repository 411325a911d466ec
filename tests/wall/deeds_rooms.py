"""Deeds in the rooms above: what is written in a case, what is confided, referrals, and who people are."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from uuid import UUID

from lueckenlos.care.cases import services as cases
from lueckenlos.care.cases.models import (
    Case,
    Document,
    Presence,
    Record,
    Referral,
    ReportFeedback,
    ReportReceipt,
    StageMove,
    Tally,
)
from lueckenlos.care.cases.types import Channel, ReferralMode, ReferralState
from lueckenlos.commons.families import services as families
from lueckenlos.commons.families.models import Household, HouseholdMember, Person
from lueckenlos.commons.families.types import AddressValue, ContactKind, ContactValue, NewPerson, RelationKind
from lueckenlos.commons.privacy.types import Category, OpeningGround, Purpose
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor, ActorKind
from lueckenlos.core.context import acting_as
from tests.wall.cast import family
from tests.wall.model import What
from tests.wall.play import Play, new_key
from tests.wall.world import now

_CATEGORIES = (Category.IDENTITY, Category.CONTACT, Category.SITUATION, Category.FAMILY, Category.AGREEMENTS)
MOST_CONTENT = 60


def write(play: Play, rnd: Random) -> None:
    """A record, about a person of the file or about everybody, sometimes confided or held back."""
    if not play.files() or len(play.facts["cases_record"]) > MOST_CONTENT:
        return
    file = rnd.choice(play.files())
    actor = play.somebody_with_a_pen(rnd, file, rnd.choice((None, "case_talk", "handover")))
    about, category = rnd.choice([file, *play.people_of(file)]), rnd.choice(_CATEGORIES)
    confided = rnd.random() < 0.25
    with (
        play.attempt(may=_may_write(play, actor, file, about, category, confided=confided)),
        acting_as(actor),
        play.judged(),
    ):
        Record.objects.create(  # type: ignore[misc]
            file_id=file, organization_id=actor.organization, category=category, about=about, kind="note",
            confided_to=actor.person_id if confided else None,
            confided_by=rnd.choice([None, *play.people_of(file)]) if confided else None,
            held_back=rnd.random() < 0.2, author=actor.person_id, created_at=now(), happened_at=now(),
            words=rnd.choice(("schläft schlecht", "geht gern zur Schule", "")),
            text=rnd.choice(("Schlaf und Schule", "Wohnung gekündigt", "ruhiges Gespräch")),
        )  # fmt: skip


def _may_write(play: Play, actor: Actor, file: UUID, about: UUID, category: str, *, confided: bool) -> bool:
    view = play.view(actor)
    whole = str(file) in view.pens
    return view.office is not None and (
        whole or (not confided and What(str(file), str(about), category) in view.told_to_write)
    )


def add_document(play: Play, rnd: Random) -> None:
    """A file from outside, by its row alone."""
    if not play.files() or len(play.facts["cases_document"]) > 8:
        return
    file = rnd.choice(play.files())
    actor = play.somebody_with_a_pen(rnd, file, "case_talk")
    about, category = rnd.choice([file, *play.people_of(file)]), rnd.choice(_CATEGORIES)
    may = _may_write(play, actor, file, about, category, confided=False)
    with play.attempt(may=may), acting_as(actor), play.judged():
        Document.objects.create(  # type: ignore[misc]
            file_id=file, organization_id=actor.organization, category=category, about=about,
            author=actor.person_id, created_at=now(), name="a.pdf", media_type="application/pdf", size=1,
            sha256="", stored_as=new_key(), held_back=rnd.random() < 0.2,
        )  # fmt: skip


def set_goal(play: Play, rnd: Random) -> None:
    """A goal in the family's words."""
    if not play.files() or len(play.facts["cases_goal"]) > 8:
        return
    file = rnd.choice(play.files())
    actor = play.somebody_with_a_pen(rnd, file, "case_talk")
    about = rnd.choice([file, *play.people_of(file)])
    with play.attempt(may=_may_write(play, actor, file, about, "agreements", confided=False)):
        cases.agree_goal(file, text="jeden Tag zur Schule", about=about, actor=actor, now=now())


def rate(play: Play, rnd: Random) -> None:
    """Somebody says how near a goal is: who may write there, or the person themselves."""
    if not play.facts["cases_goal"] or len(play.facts["cases_goalrating"]) > 8:
        return
    goal = rnd.choice(play.facts.all("cases_goal"))
    actor = rnd.choice(
        [play.somebody_with_a_pen(rnd, UUID(goal.file_id), "case_talk"), family(rnd.choice(play.people))]
    )
    view = play.view(actor)
    mine = goal.about == view.own and goal.file_id in view.own_files
    told = What(goal.file_id, goal.about, goal.category) in view.told_to_write
    with play.attempt(may=mine or told or goal.file_id in view.pens):
        cases.rate_goal(UUID(goal.id), value=5, rated_by="parent", actor=actor, now=now())


def move_content(play: Play, rnd: Random) -> None:
    """A record is moved to another file, another office, or out of its confidence: nobody may."""
    if not play.facts["cases_record"]:
        return
    row = rnd.choice(play.facts.all("cases_record"))
    actor = play.somebody_with_a_pen(rnd, UUID(row.file_id), "case_talk")
    change = rnd.choice(
        [
            {"file_id": rnd.choice(play.files())},
            {"organization_id": rnd.choice(play.world.organizations)},
            {"confided_to": None},
            {"confided_to": actor.person_id, "file_id": rnd.choice(play.files())},
            {"confided_by": new_key()},
        ]
    )
    raw = play.facts.raw["cases_record"][row.id]
    change = {name: value for name, value in change.items() if raw[name] != (value and str(value))}  # type: ignore[attr-defined]
    if not change:
        return
    # To confide a record afterwards is another thing: that closes it.
    confides = all(name.startswith("confided") and raw[name] is None for name in change)
    view = play.view(actor)
    whole = row.file_id in view.pens and row.confided_to in {None, view.worker}
    told = What(row.file_id, row.about, row.category) in view.told_to_write and row.confided_to is None
    may = confides and (whole or (told and "confided_to" not in change))
    with play.attempt(may=may), acting_as(actor), play.judged():
        Record.objects.filter(id=row.id).update(**change)


def open_confided(play: Play, rnd: Random) -> None:
    """What was confided is opened: by the one it was confided to; at a change of worker by the head, to the new one."""
    rows = [row for row in play.facts.all("cases_record") if row.confided_to]
    if not rows:
        return
    row = rnd.choice(rows)
    file = play.facts["privacy_file"][row.file_id]
    confidant = next((w for w in play.workers if str(w.person) == row.confided_to), play.workers[0])
    actor = rnd.choice([confidant, confidant, *play.workers]).acting()
    to, ground = rnd.choice(play.workers), rnd.choice(list(OpeningGround))
    view = play.view(actor)
    if ground is OpeningGround.CHANGE_OF_WORKER:
        task = view.model.task_of(row.file_id)
        new_one = task is not None and (
            task.person == str(to.person)
            or task.unit_id in view.model.units_of(str(to.person), str(to.organization))
        )
        may = (
            view.model.heads(str(actor.person_id), view.office, file.unit_id)
            and new_one
            and str(to.organization) == file.organization_id == row.organization_id
        )
    else:
        may = row.confided_to == view.worker and row.organization_id == view.office
    with play.attempt(may=may):
        cases.open_confided(
            UUID(row.id),
            new=cases.NewOpening(
                person=to.person, organization=to.organization, ground=ground, reason="Anlass"
            ),
            actor=actor,
        )


def follow(play: Play, rnd: Random) -> None:
    """A file becomes a case, moves a stage, is looked at just now; the counter counts a call."""
    if not play.files():
        return
    file = rnd.choice(play.files())
    actor = play.somebody_with_a_pen(rnd, file)
    may = str(file) in play.view(actor).pens
    with play.attempt(may=may), acting_as(actor), play.judged():
        if not any(row.file_id == str(file) for row in play.facts.all("cases_case")):
            Case.objects.create(  # type: ignore[misc]
                file_id=file, organization_id=actor.organization, pathway_id=play.pathway, stage="start",
                pseudonym="Ahorn-Amsel 11", channel=Channel.PHONE, opened_at=now(),
            )  # fmt: skip
        StageMove.objects.create(file_id=file, to_stage="weiter", moved_at=now(), moved_by=actor.person_id)
        Presence.objects.create(file_id=file, person=actor.person_id, seen_at=now())  # type: ignore[misc]
    with play.attempt(may=True), acting_as(actor):
        Tally.objects.create(  # type: ignore[misc]
            organization_id=actor.organization, counted_on=clock.day_of(now()), channel=Channel.PHONE, outcome="told",
            counted_by=actor.person_id,
        )  # fmt: skip


def refer(play: Play, rnd: Random) -> None:
    """A part of a matter, or all of it, goes to another organization."""
    if not play.files() or len(play.facts["cases_referral"]) > 8:
        return
    file = rnd.choice(play.files())
    people = play.people_of(file)
    if not people:
        return
    actor = play.somebody_with_a_pen(rnd, file)
    new = cases.NewReferral(
        to_organization=rnd.choice(play.world.organizations),
        mode=rnd.choice(list(ReferralMode)),
        purpose=rnd.choice((Purpose.HANDOVER, Purpose.CASE_TALK)),
        about=rnd.choice(people),
        due_at=now() + timedelta(days=14),
        categories=frozenset(),
    )
    with play.attempt(may=str(file) in play.view(actor).pens):
        cases.propose(file, new=new, actor=actor, now=now())


def answer_referral(play: Play, rnd: Random) -> None:
    """The receiver answers or takes the whole task over; others try, and try to make more of it than was offered."""
    if not play.facts["cases_referral"]:
        return
    row = rnd.choice(play.facts.all("cases_referral"))
    raw = play.facts.raw["cases_referral"][row.id]
    receivers = [w for w in play.workers if str(w.organization) == row.to_organization_id]
    worker = rnd.choice(receivers if rnd.random() < 0.8 else play.workers)
    actor = worker.acting(row.purpose)
    view = play.view(actor)
    sees = row.file_id in view.pens or (
        row.to_organization_id == view.office and row.purpose == actor.purpose and row.file_id in view.ways
    )
    deed = rnd.choice(("answer", "accept", "accept", "swell"))
    if deed == "answer":
        with play.attempt(may=sees and raw["state"] in {"proposed", "accepted"}):
            cases.answer(UUID(row.id), state=ReferralState.REFUSED, text="nein", actor=actor, now=now())
    elif deed == "accept":
        holds = any(
            what.file == row.file_id
            and whom == (row.to_organization_id, "handover")
            and term.holds(view.model.at)
            for (what, whom), term in view.model.releases.items()
        )
        offered = raw["mode"] == "hand_over" and raw["state"] == "proposed"
        with play.attempt(may=offered and holds and row.to_organization_id == view.office):
            unit = play.world.units[worker.organization][0]
            cases.accept_handover(UUID(row.id), unit=unit, actor=actor)
    else:
        change = {"mode": "view" if raw["mode"] == "hand_over" else "hand_over"}
        with play.attempt(may=False), acting_as(actor), play.judged():
            Referral.objects.filter(id=row.id).update(**change)


def answer_report(play: Play, rnd: Random) -> None:
    """The office that a step names says that the report arrived, and what became of it, as far as § 64 (4) lets it."""
    if not play.facts["privacy_protectionstep"]:
        return
    step = rnd.choice(play.facts.all("privacy_protectionstep"))
    workers = [w for w in play.workers if str(w.organization) == step.organization_id]
    worker = rnd.choice(workers if rnd.random() < 0.7 else play.workers)
    actor = worker.acting(rnd.choice(("protection", "protection", "case_talk")))
    view = play.view(actor)
    named = step.organization_id == view.office and actor.purpose == "protection" and now() < step.until
    given = {"file_id": step.file_id, "step_id": step.id, "organization_id": actor.organization}
    if not any(row.step_id == step.id for row in play.facts.all("cases_reportreceipt")):
        with play.attempt(may=named), acting_as(actor), play.judged():
            ReportReceipt.objects.create(**given, confirmed_by=actor.person_id, confirmed_at=now())  # type: ignore[misc]
    reports = play.facts.raw["privacy_protectionstep"][step.id]["legal_basis"] == "kkg_4"
    if not any(row.step_id == step.id for row in play.facts.all("cases_reportfeedback")):
        with play.attempt(may=named and reports), acting_as(actor), play.judged():
            ReportFeedback.objects.create(  # type: ignore[misc]
                **given, is_confirmed=True, is_acting=False, given_by=actor.person_id, given_at=now()
            )


def tell_about(play: Play, rnd: Random) -> None:
    """How somebody can be reached is said anew; by whose task it is, or themselves."""
    if not play.people:
        return
    person = rnd.choice(play.people)
    actor = _somebody_near(play, rnd, person)
    view = play.view(actor)
    may = str(person) in view.pen_people or view.own == str(person)
    with play.attempt(may=may):
        families.set_reach(
            person,
            contacts=[ContactValue(ContactKind.EMAIL, "a@example.org")] * rnd.randint(0, 1),
            wishes=(),
            wish_note="",
            address=AddressValue("Gasse 2", "52349", "Düren", is_blocked=rnd.random() < 0.5),
            actor=actor,
        )


def _somebody_near(play: Play, rnd: Random, person: UUID) -> Actor:
    near = [
        worker.acting() for worker in play.workers if str(person) in play.view(worker.acting()).pen_people
    ]
    return rnd.choice(
        [*near, *near, family(person), rnd.choice(play.workers).acting(), family(rnd.choice(play.people))]
    )


def relate(play: Play, rnd: Random) -> None:
    """How an adult stands to a child, and with whom people live."""
    if len(play.people) < 2:
        return
    child, adult = rnd.sample(play.people, k=2)
    actor = _somebody_near(play, rnd, child)
    view = play.view(actor)
    both = {str(child), str(adult)} <= view.pen_people
    with play.attempt(may=both):
        families.relate(
            child, adult=adult, kind=RelationKind.MOTHER, has_custody=True, actor=actor, now=now()
        )
    if len(play.facts["families_household"]) < 6:
        mine = view.own == str(child) or str(child) in view.pen_people
        with play.attempt(may=mine), acting_as(actor), play.judged():
            household = Household(id=new_key(), created_at=now())
            household.save(force_insert=True)
            HouseholdMember.objects.create(household=household, person_id=child, since=now())


def claim(play: Play, rnd: Random) -> None:
    """Somebody makes the person of their own account; nobody takes another's person for their account."""
    account = new_key()
    actor = Actor(kind=ActorKind.PERSON, person_id=account)
    if rnd.random() < 0.5 and len(play.people) < 10:
        person = new_key()
        with play.attempt(may=True):
            families.claim_account(person, new=NewPerson("Kim"), actor=actor, now=now())
        play.people.append(person)
    elif play.people:
        person = rnd.choice(play.people)
        worker = _somebody_near(play, rnd, person)
        with play.attempt(may=False), acting_as(worker), play.judged():
            Person.objects.filter(id=person).update(account=worker.person_id)


DEEDS = (
    write, write, write, write, add_document, set_goal, rate, move_content, open_confided, follow, refer, refer,
    answer_referral, answer_referral, answer_report, tell_about, relate, claim,
)  # fmt: skip

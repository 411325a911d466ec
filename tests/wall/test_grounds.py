"""The seven grounds, one by one, as the application's role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from lueckenlos.care.cases.models import Record
from lueckenlos.commons.privacy import selectors, services
from lueckenlos.commons.privacy.errors import NotYours, Unfit
from lueckenlos.commons.privacy.types import (
    Category,
    ConsentForm,
    CoverKind,
    LegalBasis,
    NewFile,
    NewParty,
    PartyRole,
    Purpose,
    RetentionClass,
    ScopeValue,
    WithdrawalWay,
)
from lueckenlos.core.actor import NOBODY, Actor, ActorKind
from lueckenlos.core.context import acting_as
from tests.core.databases import past_the_wall
from tests.wall.world import Worker, World, now


@dataclass
class Place:
    """A youth office with a worker and their team, a school office, a mother, a father and their child."""

    world: World
    text: UUID
    worker: Worker
    head: Worker
    colleague: Worker
    school: Worker
    mother: UUID
    father: UUID
    child: UUID
    file: UUID

    def sees(self, actor: Actor) -> set[str]:
        """The texts of the records that the actor sees."""
        with acting_as(actor):
            return set(Record.objects.values_list("text", flat=True))

    def note(self, text: str, *, about: UUID, confided_to: UUID | None = None, **more: object) -> UUID:
        """A note by the worker."""
        actor = self.worker.acting()
        with acting_as(actor):
            row = Record.objects.create(  # type: ignore[misc]
                file_id=self.file,
                organization_id=self.worker.organization,
                category=more.get("category", Category.SITUATION),
                about=about,
                confided_to=confided_to,
                author=self.worker.person,
                created_at=now(),
                happened_at=now(),
                kind="note",
                text=text,
            )
        return row.id

    def consent(self, by: UUID, *, subject: UUID, **more: object) -> UUID:
        """A consent to the school office for the case talk."""
        scopes = more.get("scopes") or (
            ScopeValue(Purpose.CASE_TALK, Category.SITUATION, self.school.organization),
        )
        return services.record_consent(
            self.file,
            new=services.NewConsent(
                text=self.text,
                given_by=by,
                subject=subject,
                scopes=scopes,  # type: ignore[arg-type]
                form=ConsentForm.PAPER,
                given_at=now(),
                valid_until=now() + timedelta(days=300),
            ),
            actor=self.worker.acting(),
        )


@pytest.fixture
def place(empty_database: str) -> Iterator[Place]:
    with past_the_wall(empty_database) as connection:
        world = World(connection)
        youth, school = world.organization(), world.organization()
        worker = world.worker(youth, unit=world.units[youth][0])
        head = world.worker(youth, unit=world.units[youth][0], is_head=True)
        colleague = world.worker(youth, unit=world.units[youth][1])
        teacher = world.worker(school, unit=world.units[school][0])
        mother, father, child = uuid4(), uuid4(), uuid4()
        actor = worker.acting()
        file = services.open_file(
            NewFile(youth, RetentionClass.COUNSELLING, unit=worker.unit), to=worker.person, actor=actor
        )
        for person, role in ((mother, PartyRole.MOTHER), (father, PartyRole.FATHER)):
            services.add_party(file, party=NewParty(person, role), actor=actor, now=now())
        services.add_party(
            file,
            party=NewParty(
                child,
                PartyRole.CHILD,
                of_age_at=now() + timedelta(days=3000),
                guardians=(mother, father),
            ),
            actor=actor,
            now=now(),
        )
        yield Place(world, world.text(), worker, head, colleague, teacher, mother, father, child, file)


def test_the_worker_sees_their_file_and_colleagues_heads_and_strangers_see_nothing(place: Place) -> None:
    place.note("kommt nicht zur Ruhe", about=place.child)
    assert place.sees(place.worker.acting()) == {"kommt nicht zur Ruhe"}
    for other in (place.head.acting(), place.colleague.acting(), place.school.acting("case_talk"), NOBODY):
        assert place.sees(other) == set()
        assert selectors.file(other, place.file) is None


def test_a_file_of_the_team_is_everybodys_in_it_until_they_leave(place: Place) -> None:
    place.note("fürs Team", about=place.child)
    services.assign(place.file, unit=place.head.unit, reason="Urlaub", actor=place.worker.acting())
    assert place.sees(place.head.acting()) == {"fürs Team"}
    place.world.connection.execute(
        "UPDATE accounts_membership SET until = now() WHERE user_id = %s", [place.head.person]
    )
    assert place.sees(place.head.acting()) == set()


def test_both_parents_must_agree_and_one_withdrawal_closes_it_at_once(place: Place) -> None:
    place.note("vom Kind", about=place.child)
    talk = place.school.acting("case_talk")
    first = place.consent(place.mother, subject=place.child)
    assert place.sees(talk) == set()
    place.consent(place.father, subject=place.child)
    assert place.sees(talk) == {"vom Kind"}
    assert place.sees(place.school.acting("counselling")) == set()
    services.withdraw(first, way=WithdrawalWay.WORD, actor=place.worker.acting(), now=now())
    assert place.sees(talk) == set()
    assert selectors.file(talk, place.file) is None


def test_each_adult_alone_agrees_for_their_own_data(place: Place) -> None:
    place.note("von der Mutter", about=place.mother)
    place.note("von allen", about=place.file)
    place.consent(place.mother, subject=place.mother)
    assert place.sees(place.school.acting("case_talk")) == {"von der Mutter"}
    with pytest.raises(Unfit, match="consent_without_custody"):
        place.consent(place.father, subject=place.mother)


def test_what_was_confided_stays_with_the_one_it_was_confided_to(place: Place) -> None:
    place.note("nur dir", about=place.child, confided_to=place.worker.person)
    services.assign(place.file, unit=place.head.unit, reason="Wechsel", actor=place.worker.acting())
    assert place.sees(place.head.acting()) == set()
    assert place.sees(place.worker.acting()) == {"nur dir"}


def test_cover_opens_for_a_time_and_only_the_head_grants_it(place: Place) -> None:
    place.note("Vertretung nötig", about=place.child)
    new = services.NewCover(
        place.colleague.person,
        place.colleague.organization,
        CoverKind.ILLNESS,
        "krank",
        now() + timedelta(days=7),
    )
    with pytest.raises(NotYours):
        services.cover(place.file, new=new, actor=place.worker.acting())
    services.cover(place.file, new=new, actor=place.head.acting())
    assert place.sees(place.colleague.acting()) == {"Vertretung nötig"}
    place.world.connection.execute("UPDATE privacy_cover SET until = now() + interval '1 millisecond'")
    assert place.sees(place.colleague.acting()) == set()


def test_a_protection_step_opens_for_the_named_office_and_tells_data_protection(place: Place) -> None:
    place.note("blaue Flecken", about=place.child)
    services.record_protection_step(
        place.file,
        new=services.NewStep(
            organization=place.school.organization,
            subject=place.child,
            legal_basis=LegalBasis.SGB8_8A,
            reason="Gefahr",
            categories=frozenset({Category.SITUATION}),
            until=now() + timedelta(days=30),
            second_person=place.head.person,
        ),
        actor=place.worker.acting(),
        now=now(),
    )
    assert place.sees(place.school.acting("protection")) == {"blaue Flecken"}
    assert place.sees(place.school.acting("case_talk")) == set()


def test_a_mother_sees_her_own_data_and_not_the_fathers(place: Place) -> None:
    place.note("über die Mutter", about=place.mother)
    place.note("über den Vater", about=place.father)
    place.note("dem Fachmann anvertraut", about=place.mother, confided_to=place.worker.person)
    mother = Actor(kind=ActorKind.FAMILY, person_id=place.mother)
    assert place.sees(mother) == {"über die Mutter"}


def test_the_mother_withdraws_herself_and_nobody_elses_consent(place: Place) -> None:
    place.note("über die Mutter", about=place.mother)
    consent = place.consent(place.mother, subject=place.mother)
    father = Actor(kind=ActorKind.FAMILY, person_id=place.father)
    with pytest.raises(NotYours):
        services.withdraw(consent, way=WithdrawalWay.OWN_PAGE, actor=father, now=now())
    mother = Actor(kind=ActorKind.FAMILY, person_id=place.mother)
    services.withdraw(consent, way=WithdrawalWay.OWN_PAGE, actor=mother, now=now())
    assert place.sees(place.school.acting("case_talk")) == set()

"""The wall of talks: no consent, no row; and no office's words without a consent that names the reader's office."""

from __future__ import annotations

import pytest
from django.db import DatabaseError

from lueckenlos.care.talks import selectors, services
from lueckenlos.care.talks.errors import NobodyHears, NoSuchTalk
from lueckenlos.care.talks.models import (
    Agreement,
    Attendance,
    CallUp,
    Contribution,
    Item,
    Result,
    Series,
    Talk,
)
from lueckenlos.care.talks.types import Outcome
from lueckenlos.commons.privacy import services as privacy
from lueckenlos.commons.privacy.errors import NotYours
from lueckenlos.commons.privacy.types import Category, WithdrawalWay
from lueckenlos.core.actor import NOBODY, Actor, job
from lueckenlos.core.context import acting_as
from tests.care.talks.table import HEALTH, HOST, INTEGRATION, SCHOOL, SOCIAL, Table, officer
from tests.wall.world import now

TABLES = (Item, Contribution, CallUp, Result, Agreement)


def rows(actor: Actor) -> int:
    """How many rows of items the actor sees in all tables together."""
    with acting_as(actor):
        return sum(table._default_manager.count() for table in TABLES)


def items(actor: Actor) -> set[object]:
    """The items that the actor sees."""
    with acting_as(actor):
        return set(Item.objects.values_list("id", flat=True))


def texts(actor: Actor) -> set[str]:
    """What the actor reads of contributions."""
    with acting_as(actor):
        return set(Contribution.objects.values_list("text", flat=True))


def test_a_pseudonymous_item_is_heard_by_those_who_speak_for_an_office_and_by_nobody_else(
    table: Table,
) -> None:
    key = table.pseudonymous()
    for office in range(5):
        assert items(table.speaker(office)) == {key}
    assert items(table.bringer) == {key}
    for other in (table.colleague, table.teacher):
        assert items(other.acting("case_talk")) == set()
    assert items(table.coordination) == set()
    assert items(NOBODY) == set()


def test_without_a_consent_a_case_is_nowhere_but_with_whoever_has_it(table: Table) -> None:
    key = table.named().id
    table.say(key, "schläft kaum")
    assert items(table.bringer) == {key}
    outsiders = [table.speaker(office) for office in range(5)]
    outsiders += [table.colleague.acting("case_talk"), table.teacher.acting("case_talk"), table.coordination]
    for other in outsiders:
        assert rows(other) == 0
        assert selectors.item(other, key) is None
        assert selectors.room(other, key, talk=table.talk.id) == []


def test_each_office_reads_exactly_the_categories_that_both_parents_agreed_to(table: Table) -> None:
    key = table.named().id
    table.say(key, "worum es geht")
    table.say(key, "was der Arzt sagt", category=Category.HEALTH)
    table.agrees(table.mother, SCHOOL, HEALTH)
    assert items(table.speaker(SCHOOL)) == set()
    table.agrees(table.father, SCHOOL)
    assert texts(table.speaker(SCHOOL)) == {"worum es geht"}
    assert items(table.speaker(HEALTH)) == set()
    table.both_agree(HEALTH, categories=(Category.HEALTH,))
    assert texts(table.speaker(HEALTH)) == {"was der Arzt sagt"}
    assert texts(table.speaker(SOCIAL)) == set()


def test_a_release_opens_nothing_for_another_purpose_nor_for_others_of_the_office(table: Table) -> None:
    key = table.named().id
    table.say(key, "worum es geht")
    table.both_agree(SCHOOL)
    assert items(table.speaker(SCHOOL)) == {key}
    assert items(table.speaker(SCHOOL, purpose="counselling")) == set()
    assert items(table.teacher.acting("case_talk")) == set()


def test_the_own_offices_praeventionskraft_hears_only_by_consent(table: Table) -> None:
    key = table.named().id
    table.say(key, "worum es geht")
    assert items(table.speaker(HOST)) == set()
    table.both_agree(HOST)
    assert texts(table.speaker(HOST)) == {"worum es geht"}


def test_an_offices_words_are_its_own_and_having_the_case_does_not_open_them(table: Table) -> None:
    key = table.named().id
    table.both_agree(SCHOOL, HEALTH, categories=(Category.SCHOOL,))
    table.say(key, "fehlt oft", by=table.speaker(SCHOOL), category=Category.SCHOOL)
    assert texts(table.speaker(SCHOOL)) == {"fehlt oft"}
    assert texts(table.speaker(HEALTH)) == {"fehlt oft"}
    assert texts(table.bringer) == set()
    table.both_agree(HOST, categories=(Category.SCHOOL,))
    assert texts(table.bringer) == {"fehlt oft"}


def test_what_no_consent_lets_anybody_read_is_not_stored(table: Table) -> None:
    key = table.named().id
    table.both_agree(SCHOOL)
    with pytest.raises(NobodyHears):
        table.say(key, "Diagnose", by=table.speaker(SCHOOL), category=Category.HEALTH)
    with acting_as(table.speaker(SCHOOL)), pytest.raises(DatabaseError):
        Contribution.objects.create(
            item_id=key, file_id=table.file, organization_id=table.offices[SCHOOL], category="health",
            about=table.child, author=table.officers[SCHOOL].person, created_at=now(), voice="office", text="x",
        )  # fmt: skip


def test_a_withdrawal_takes_the_item_from_the_others_at_once_with_their_own_words(table: Table) -> None:
    key = table.named().id
    first, _ = table.both_agree(SCHOOL, HEALTH)
    table.say(key, "aus der Schule", by=table.speaker(SCHOOL))
    assert rows(table.speaker(SCHOOL)) == 2
    privacy.withdraw(first, way=WithdrawalWay.WORD, actor=table.worker.acting(), now=now())
    assert rows(table.speaker(SCHOOL)) == 0
    assert rows(table.speaker(HEALTH)) == 0
    assert texts(table.bringer) == set()
    assert items(table.bringer) == {key}


def test_an_item_taken_back_is_gone_for_the_others_and_comes_again(table: Table) -> None:
    key, open_key = table.named().id, table.pseudonymous()
    table.both_agree(SCHOOL)
    for each in (key, open_key):
        services.take_back(each, actor=table.bringer, now=now())
    assert items(table.speaker(SCHOOL)) == set()
    services.bring_again(key, actor=table.bringer)
    assert items(table.speaker(SCHOOL)) == {key}


def test_results_and_agreements_of_a_case_are_a_part_like_any_other(table: Table) -> None:
    key = table.named().id
    table.both_agree(SCHOOL)
    table.both_agree(HEALTH, categories=(Category.SITUATION, Category.AGREEMENTS))
    table.run(SCHOOL, HEALTH)
    new = services.NewResult(talk=table.talk.id, outcome=Outcome.ADVICE, text="Rat")
    services.conclude(key, new=new, actor=table.bringer, now=now())
    services.agree(
        key,
        new=services.NewAgreement(
            talk=table.talk.id,
            organization=table.offices[SCHOOL],
            person=table.officers[SCHOOL].person,
            what="Platz freihalten",
            due_at=now(),
        ),
        actor=table.bringer,
        now=now(),
    )

    def sees(actor: Actor) -> tuple[int, int]:
        with acting_as(actor):
            return Result.objects.count(), Agreement.objects.count()

    assert sees(table.bringer) == (1, 1)
    assert sees(table.speaker(HEALTH)) == (1, 1)
    # Who promised something sees the promise, not what else came of it.
    assert sees(table.speaker(SCHOOL)) == (0, 1)
    assert sees(table.speaker(SOCIAL)) == (0, 0)


def test_nothing_about_a_case_can_be_written_as_if_it_had_no_case(table: Table) -> None:
    key = table.named().id
    table.both_agree(SCHOOL)
    for actor in (table.bringer, table.speaker(SCHOOL)):
        with acting_as(actor), pytest.raises(DatabaseError):
            Result.objects.create(  # type: ignore[misc]
                item_id=key, talk_id=table.talk.id, outcome="advice", text="x", recorded_by=actor.person_id,
                recorded_at=now(),
            )  # fmt: skip


def test_nobody_brings_or_changes_what_is_not_theirs(table: Table) -> None:
    key = table.pseudonymous()
    with pytest.raises(NotYours):
        services.bring_named(
            table.talk.id,
            file=table.file,
            about=table.child,
            minutes=15,
            actor=table.speaker(SCHOOL),
            now=now(),
        )
    for other in (table.speaker(SCHOOL), table.coordination, table.teacher.acting("case_talk")):
        with pytest.raises(NotYours):
            services.take_back(key, actor=other, now=now())
    outside = table.world.worker(table.world.organization())
    with pytest.raises(NoSuchTalk):
        table.pseudonymous(by=officer(outside))
    assert selectors.talk(officer(outside), table.talk.id) is None


def test_a_substitute_hears_nothing_until_they_step_in_and_only_that_one_talk(table: Table) -> None:
    key = table.pseudonymous()
    new = services.NewDelegate(table.offices[SCHOOL], table.teacher.person, is_substitute=True)
    table.client(table.teacher)
    services.name_delegate(table.series.id, new=new, actor=table.speaker(SCHOOL), now=now())
    substitute = officer(table.teacher)
    assert items(substitute) == set()
    services.step_in(table.talk.id, actor=substitute, now=now())
    assert items(substitute) == {key}
    later = selectors.talks(table.coordination, table.series.id)[1]
    other = services.bring_pseudonymous(
        services.NewQuestion(talk=later.id, question="später"), actor=table.bringer, now=now()
    )
    assert other not in items(substitute)
    outsider = officer(table.colleague)
    with pytest.raises(NotYours):
        services.step_in(table.talk.id, actor=outsider, now=now())


def test_an_office_that_leaves_the_series_hears_nothing_more(table: Table) -> None:
    table.pseudonymous()
    left = [office for place, office in enumerate(table.offices) if place != INTEGRATION]
    services.seat_offices(table.series.id, offices=left, actor=table.coordination, now=now())
    assert rows(table.speaker(INTEGRATION)) == 0
    with acting_as(table.speaker(INTEGRATION)):
        assert not Talk.objects.exists() and not Series.objects.exists()


def test_only_the_host_and_the_coordination_set_up_a_series(table: Table) -> None:
    later = selectors.talks(table.coordination, table.series.id)[-1]
    for other in (table.speaker(SCHOOL), table.colleague.acting("case_talk")):
        with pytest.raises((NotYours, NoSuchTalk)):
            services.cancel_talk(later.id, actor=other)
        with acting_as(other), pytest.raises(DatabaseError):
            Talk.objects.create(
                series_id=table.series.id, starts_at=now(), ends_at=now().replace(year=2090),
                state="planned", erase_after=now().replace(year=2091),
            )  # fmt: skip
    services.cancel_talk(later.id, actor=table.speaker(HOST))


def test_presence_is_noted_by_those_at_the_table_and_by_oneself(table: Table) -> None:
    table.run(SCHOOL)
    with acting_as(table.speaker(HEALTH)):
        assert Attendance.objects.count() == 2
    with acting_as(table.coordination):
        assert Attendance.objects.count() == 0
    with pytest.raises(NotYours):
        services.come(
            table.talk.id, person=table.officers[HEALTH].person, organization=table.offices[HEALTH],
            actor=table.teacher.acting("case_talk"), now=now(),
        )  # fmt: skip


def test_only_the_job_of_forgetting_deletes(table: Table) -> None:
    table.pseudonymous()
    with acting_as(table.speaker(HOST)):
        assert Item.objects.all().delete()[0] == 0
    with acting_as(job("retention")):
        assert Item.objects.count() == 1

"""A family's way: talked, looked, yes, and only then a name; and nobody sees a family but who must."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.core import mail as outbox
from django.db import DatabaseError, connection, models

from lueckenlos.commons.signals.models import Signal
from lueckenlos.core.actor import NOBODY, Actor, job, link_to
from lueckenlos.core.context import acting_as
from lueckenlos.offers.classes import selectors, services
from lueckenlos.offers.classes.errors import (
    MorningThere,
    NoNewFamilies,
    NoSuchClass,
    NoSuchInvitation,
    NoSuchMember,
    NotVisited,
    NotYetYes,
)
from lueckenlos.offers.classes.marks import mark_of
from lueckenlos.offers.classes.models import Goal, Invitation, Member, Rating
from lueckenlos.offers.classes.retention import RULES
from lueckenlos.offers.classes.services.planning import mornings_between
from lueckenlos.offers.classes.types import Face, InvitationState, Noted, Presence, Rater
from tests.offers.classes.house import School, at, child, names, parents, today
from tests.wall.world import now

S = InvitationState
# What is erased of a family without a second parent; the group's figures stay.
ONE_FAMILY = {rule.table: int(rule.table not in {"SecondParent", "Figure"}) for rule in RULES}


def row_for(key: UUID, school: School) -> Member:
    """A family past every service."""
    return Member(
        id=key,
        invitation=Invitation(id=key),
        family_class_id=school.key,
        organization=school.worker.organization,
        child="Mia",
        parent="Eltern",
        consent_version="1",
        joined_at=now(),
    )


def test_an_invitation_has_no_place_for_a_name() -> None:
    """Texts and choices of an invitation: the state and the language of the sheet, nothing that one writes."""
    texts = [
        field.name
        for field in Invitation._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField)
    ]
    assert texts == ["state", "language", "second"]
    assert all(
        field.choices for field in Invitation._meta.concrete_fields if field.name in {"state", "second"}
    )


def test_before_the_yes_the_database_itself_takes_no_name_from_anybody(school: School) -> None:
    undecided = {S.INVITED: school.invite(), S.VISITING: school.visited()}
    for key in undecided.values():
        with pytest.raises(NotYetYes):
            services.join(key, names(), actor=parents(key), now=now())
        for actor in (parents(key), school.actor, job("classes-places"), job("classes-tell"), NOBODY):
            with pytest.raises(DatabaseError), acting_as(actor):
                row_for(key, school).save(force_insert=True)
    key = school.said_yes()
    for actor in (school.actor, job("classes-places"), parents(uuid4()), child(key)):
        with pytest.raises(DatabaseError), acting_as(actor):
            row_for(key, school).save(force_insert=True)
    services.join(key, names(), actor=parents(key), now=now())
    assert [each.child for each in selectors.members(school.actor, school.key)] == ["Mia"]


def test_parents_look_before_they_say_yes(school: School) -> None:
    key = school.invite()
    with pytest.raises(NotVisited):
        services.say_yes(key, actor=parents(key), now=now())
    services.choose_visit(key, morning=school.ahead.id, actor=parents(key), now=now())
    with pytest.raises(NotVisited):
        services.say_yes(key, actor=parents(key), now=now())
    with pytest.raises(NoSuchInvitation):
        services.choose_visit(key, morning=school.past.id, actor=parents(key), now=now())
    with pytest.raises(NotVisited):
        services.say_yes(key, actor=parents(key), now=school.ahead.ends_at - timedelta(minutes=1))
    assert services.say_yes(key, actor=parents(key), now=school.ahead.ends_at) is S.YES
    assert school.look().taken == 1


def test_who_was_expected_and_did_not_come_may_choose_again(school: School) -> None:
    key = school.visited()
    services.note_morning(school.past.id, Noted(visits=((key, False),)), actor=school.actor, now=now())
    assert school.invitation(key).state is S.INVITED
    assert school.invitation(key).visit is None
    with pytest.raises(NotVisited):
        services.say_yes(key, actor=parents(key), now=now())
    other = school.visited()
    services.note_morning(school.past.id, Noted(visits=((other, True),)), actor=school.actor, now=now())
    assert school.invitation(other).state is S.VISITED


def test_who_says_yes_to_a_full_class_waits_and_moves_up(school: School) -> None:
    first, _second = school.joined("Mia"), school.joined("Ben")
    third, fourth = school.visited(), school.visited()
    assert services.say_yes(third, actor=parents(third), now=now()) is S.WAITING
    assert services.say_yes(fourth, actor=parents(fourth), now=now()) is S.WAITING
    assert (school.look().taken, school.look().waiting, school.look().free) == (2, 2, 0)
    assert list(Signal.objects.values_list("source", "reason", "count")) == [("waitlist", "waiting", 2)]
    with pytest.raises(NotYetYes):
        services.join(third, names(), actor=parents(third), now=now())
    services.leave(first, actor=parents(first), now=now())
    assert (school.invitation(third).state, school.invitation(fourth).state) == (S.YES, S.WAITING)
    school.change(capacity=3)
    assert school.invitation(fourth).state is S.YES
    assert (school.look().taken, school.look().waiting) == (3, 0)


def test_a_class_that_takes_nobody_in_is_counted_as_a_refusal(school: School) -> None:
    key = school.visited()
    school.change(is_open=False)
    with pytest.raises(NoNewFamilies):
        services.say_yes(key, actor=parents(key), now=now())
    with pytest.raises(NoNewFamilies):
        school.invite()
    assert school.invitation(key).state is S.VISITING
    assert list(Signal.objects.values_list("source", "reason", "count")) == [("refusal", "no_place", 1)]


def test_of_many_who_say_yes_at_once_no_more_get_a_place_than_there_are(school: School) -> None:
    keys = [school.visited() for _ in range(12)]
    found = at_once(lambda number: services.say_yes(keys[number], actor=parents(keys[number]), now=now()), 12)
    assert sorted(each.value for each in found) == ["waiting"] * 10 + ["yes"] * 2
    assert (school.look().taken, school.look().waiting) == (2, 10)


def test_a_no_ends_it_and_silence_ends_it_too(school: School) -> None:
    key, silent = school.invite(), school.invite()
    services.say_no(key, actor=parents(key), now=now())
    with pytest.raises(NoSuchInvitation):
        services.say_yes(key, actor=parents(key), now=now())
    assert services.let_lapse(now=now() + timedelta(weeks=11)) == 0
    assert services.let_lapse(now=now() + timedelta(weeks=12)) == 1
    assert (school.invitation(key).state, school.invitation(silent).state) == (S.NO, S.LAPSED)


def test_marks_are_made_and_never_chosen(school: School) -> None:
    keys = [school.invite() for _ in range(10)]
    assert [school.invitation(key).mark for key in keys] == [f"A{n}" for n in range(1, 10)] + ["B1"]
    assert mark_of(26 * 9) == "AA1"


def test_others_see_no_family_and_change_nothing(school: School) -> None:
    key, other = school.joined("Mia"), school.joined("Ben")
    services.set_goal(key, words="Ich bleibe sitzen.", today=today(), actor=school.actor)
    goal = school.member(key).goals[0].id
    services.rate(
        key, [(goal, Face.WELL)], morning=school.past.id, rater=Rater.PARENT, actor=parents(key), now=now()
    )
    seen = [each.child for each in selectors.members(parents(key), school.key)]
    assert seen == ["Mia"]
    assert selectors.member(parents(key), other) is None
    outsiders: tuple[Actor, ...] = (
        NOBODY,
        school.stranger.acting(),
        parents(uuid4()),
        link_to(key, purpose="registration"),
        link_to(school.key, purpose="family-class"),
        job("index"),
        job("classes-places"),
    )
    for outsider in outsiders:
        assert selectors.members(outsider, school.key) == []
        with acting_as(outsider):
            assert [table.objects.count() for table in (Member, Goal, Rating)] == [0, 0, 0]
        for deed in (services.leave, services.release):
            with pytest.raises(NoSuchInvitation):
                _unless_place_keeper(deed, key, outsider)
        with pytest.raises(NoSuchMember):
            services.set_goal(key, words="x", today=today(), actor=outsider)
    assert selectors.invitations(school.stranger.acting(), school.key) == []
    with pytest.raises(NoSuchClass):
        services.cancel_morning(school.ahead.id, actor=school.stranger.acting(), now=now())
    assert school.invitation(key).state is S.YES


def _unless_place_keeper(deed: Callable[..., None], key: UUID, outsider: Actor) -> None:
    """The job that keeps places sees where invitations stand; no page acts as it."""
    if outsider == job("classes-places"):
        raise NoSuchInvitation
    deed(key, actor=outsider, now=now())


def test_the_database_lets_nobody_speak_for_another_or_for_a_foreign_class(school: School) -> None:
    key, other = school.joined("Mia"), school.joined("Ben")
    services.set_goal(key, words="Ich bleibe sitzen.", today=today(), actor=school.actor)
    goal = school.member(key).goals[0].id

    def write(actor: Actor, **changes: object) -> None:
        row = {
            "goal_id": goal,
            "morning_id": school.past.id,
            "member": key,
            "organization": school.worker.organization,
            "rater": Rater.PARENT.value,
            "face": 5,
        }
        with acting_as(actor):
            Rating(**{**row, **changes}).save(force_insert=True)

    wrong: tuple[tuple[Actor, dict[str, object]], ...] = (
        (parents(key), {"rater": Rater.TEACHER.value}),
        (parents(key), {"rater": Rater.CHILD.value}),
        (school.actor, {"rater": Rater.PARENT.value}),
        (child(key), {"rater": Rater.PARENT.value}),
        (parents(other), {}),
        (parents(other), {"member": other}),
        (parents(key), {"organization": school.stranger.organization}),
    )
    for actor, changes in wrong:
        with pytest.raises(DatabaseError):
            write(actor, **changes)
    write(parents(key))
    with pytest.raises(DatabaseError), acting_as(school.stranger.acting()):
        Invitation(
            family_class_id=school.key,
            organization=school.stranger.organization,
            number=99,
            state=S.INVITED.value,
            talked_on=today(),
            changed_at=now(),
        ).save(force_insert=True)
    for actor in (school.actor, parents(key)):
        with acting_as(actor):
            assert Invitation.objects.filter(id=key).update(number=50) == 0
            assert Member.objects.filter(id=key).delete()[0] == 0
    with acting_as(school.actor):
        assert Member.objects.filter(id=key).update(child="Anders") == 0


def test_letters_hold_a_link_and_no_childs_name(school: School) -> None:
    outbox.outbox.clear()
    key = school.joined("Miraculix", email="ayse@example.org")
    assert [each.to for each in outbox.outbox] == [["ayse@example.org"]]
    assert "/familienklasse/" in str(outbox.outbox[0].body)
    assert services.remind_everybody(now=school.ahead.starts_at - timedelta(hours=25)) == 0
    assert services.remind_everybody(now=school.ahead.starts_at - timedelta(hours=20)) == 1
    assert services.remind_everybody(now=school.ahead.starts_at - timedelta(hours=19)) == 0
    assert outbox.outbox[-1].subject == "Morgen: Familienklasse"
    assert [each for each in outbox.outbox if "Miraculix" in f"{each.subject}{each.body}"] == []
    later = school.look().mornings[-1]
    services.change_contact(key, email="ayse@example.org", phone="", is_reminded=False, actor=parents(key))
    assert services.remind_everybody(now=later.starts_at - timedelta(hours=20)) == 0


def test_whoever_has_left_is_not_written_to(school: School) -> None:
    key = school.joined(email="ayse@example.org")
    services.leave(key, actor=parents(key), now=now())
    for actor in (parents(key), school.actor):
        with pytest.raises(NoSuchMember):
            services.change_contact(key, email="x@example.org", phone="", is_reminded=True, actor=actor)
    assert services.remind_everybody(now=school.ahead.starts_at - timedelta(hours=20)) == 0
    assert selectors.members(school.actor, school.key) == []


def test_a_morning_that_falls_out_is_told_and_visitors_choose_again(school: School) -> None:
    school.joined(email="ayse@example.org")
    key = school.invite()
    services.choose_visit(key, morning=school.ahead.id, actor=parents(key), now=now())
    services.cancel_morning(school.ahead.id, actor=school.actor, now=now())
    assert school.invitation(key).state is S.INVITED
    assert school.look().mornings[1].is_cancelled
    with pytest.raises(NoSuchInvitation):
        services.choose_visit(key, morning=school.look().mornings[1].id, actor=parents(key), now=now())


def test_mornings_do_not_fall_on_holidays() -> None:
    days = mornings_between(date(2026, 12, 2), date(2027, 1, 20))
    assert days == [
        date(2026, 12, 2),
        date(2026, 12, 9),
        date(2026, 12, 16),
        date(2027, 1, 13),
        date(2027, 1, 20),
    ]
    assert mornings_between(date(2026, 12, 9), date(2026, 12, 2)) == []


def test_two_mornings_do_not_overlap(school: School) -> None:
    with pytest.raises(MorningThere):
        services.add_morning(school.key, starts_at=at(1, 10), ends_at=at(1, 12), actor=school.actor)
    with pytest.raises(NoSuchClass):
        services.add_morning(school.key, starts_at=at(3, 8), ends_at=at(3, 9), actor=school.stranger.acting())


def test_families_go_after_the_class_and_earlier_when_they_leave(school: School) -> None:
    key, stays = school.joined("Mia"), school.joined("Ben")
    for each in (key, stays):
        services.set_goal(each, words="Ich bleibe sitzen.", today=today(), actor=school.actor)
        faces = ((school.member(each).goals[0].id, Face.WELL),)
        noted = Noted((Presence(each, True, True),), faces)
        services.note_morning(school.past.id, noted, actor=school.actor, now=now())
    services.leave(key, actor=parents(key), now=now())
    assert [rule.due(now()) for rule in RULES] == [0] * len(RULES)
    month = now() + timedelta(days=32)
    assert {rule.table: rule.erase(month) for rule in RULES} == ONE_FAMILY
    assert selectors.member(school.actor, key) is None
    assert school.member(stays).child == "Ben"
    over = at(0, 12) + (school.look().last_day - today()) + timedelta(days=94)
    assert {rule.table: rule.erase(over) for rule in RULES} == ONE_FAMILY
    assert selectors.invitations(school.actor, school.key) == []
    assert school.look().taken == 0


def at_once(deed: Callable[[int], S], count: int) -> list[S]:
    """What each of so many at the same moment got."""

    def one(number: int) -> S:
        try:
            return deed(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(one, range(count)))

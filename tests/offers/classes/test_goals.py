"""Small goals, faces by three, the picture of them, and the group's report in which nobody stands."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from lueckenlos.core.context import acting_as
from lueckenlos.offers.classes import figures, selectors, services
from lueckenlos.offers.classes.errors import AllGoalsTaken, NoSuchMember, NotBegun
from lueckenlos.offers.classes.models import Rating
from lueckenlos.offers.classes.progress import picture
from lueckenlos.offers.classes.types import Face, GoalView, Noted, Presence, Rater
from tests.offers.classes.house import School, at, child, parents, today
from tests.wall.world import now

THREE = (Rater.CHILD, Rater.PARENT, Rater.TEACHER)


def goal_of(school: School, key: UUID, words: str = "Ich bleibe sitzen.") -> GoalView:
    """A new goal of a child."""
    services.set_goal(key, words=words, today=today(), actor=school.actor)
    return next(each for each in school.member(key).open_goals if each.words == words)


def test_three_goals_at_a_time_and_a_reached_one_makes_room(school: School) -> None:
    key = school.joined()
    goals = [goal_of(school, key, f"Ziel {number}") for number in range(3)]
    with pytest.raises(AllGoalsTaken):
        goal_of(school, key)
    services.achieve(goals[1].id, today=today(), actor=school.actor)
    assert goal_of(school, key, "Ein neues").number == 2
    assert len(school.member(key).goals) == 4
    with pytest.raises(NoSuchMember):
        services.achieve(goals[0].id, today=today(), actor=school.stranger.acting())


def test_child_parents_and_teacher_each_say_how_it_went(school: School) -> None:
    key = school.joined()
    goal = goal_of(school, key)
    past = school.past.id
    services.rate(
        key, [(goal.id, Face.VERY_WELL)], morning=past, rater=Rater.CHILD, actor=child(key), now=now()
    )
    services.rate(
        key, [(goal.id, Face.SO_SO)], morning=past, rater=Rater.PARENT, actor=parents(key), now=now()
    )
    services.rate(
        key, [(goal.id, Face.WELL)], morning=past, rater=Rater.PARENT, actor=parents(key), now=now()
    )
    services.note_morning(past, Noted(faces=((goal.id, Face.BADLY),)), actor=school.actor, now=now())
    seen = school.member(key).goals[0]
    assert [seen.face(rater, past) for rater in Rater] == [Face.VERY_WELL, Face.WELL, None, Face.BADLY]
    with acting_as(child(key)):
        assert list(Rating.objects.values_list("rater", flat=True)) == ["child"]


def test_nothing_is_said_of_a_morning_ahead_or_of_another_class(school: School) -> None:
    key, other = school.joined("Mia"), school.joined("Ben")
    goal = goal_of(school, key)
    faces = [(goal.id, Face.WELL)]
    with pytest.raises(NotBegun):
        services.rate(key, faces, morning=school.ahead.id, rater=Rater.PARENT, actor=parents(key), now=now())
    with pytest.raises(NotBegun):
        services.note_morning(school.ahead.id, Noted(), actor=school.actor, now=now())
    for member, morning in ((other, school.past.id), (key, uuid4())):
        with pytest.raises(NoSuchMember):
            services.rate(
                member, faces, morning=morning, rater=Rater.PARENT, actor=parents(member), now=now()
            )
    with pytest.raises(NoSuchMember):
        noted = Noted((Presence(uuid4(), True, True),))
        services.note_morning(school.past.id, noted, actor=school.actor, now=now())


def test_who_was_there_is_noted_again_as_often_as_needed(school: School) -> None:
    key = school.joined()
    for together in (True, False):
        noted = Noted((Presence(key, True, together),))
        services.note_morning(school.past.id, noted, actor=school.actor, now=now())
    assert selectors.presences(school.actor, school.past.id) == {key: Presence(key, True, False)}
    assert selectors.presences(school.stranger.acting(), school.past.id) == {}


def test_the_picture_has_a_line_for_each_and_the_table_says_the_same(school: School) -> None:
    key = school.joined()
    goal = goal_of(school, key)
    assert picture(goal, THREE).is_empty
    for number, face in ((-7, Face.BADLY), (-6, Face.WELL)):
        morning = school.past.id
        if number == -6:
            morning = services.add_morning(
                school.key, starts_at=at(-6, 8), ends_at=at(-6, 9), actor=school.actor
            )
        services.note_morning(morning, Noted(faces=((goal.id, face),)), actor=school.actor, now=now())
    services.rate(
        key, [(goal.id, Face.WELL)], morning=school.past.id, rater=Rater.PARENT, actor=parents(key), now=now()
    )
    drawn = picture(school.member(key).goals[0], THREE)
    assert [line.rater for line in drawn.lines] == [Rater.PARENT, Rater.TEACHER]
    assert [row[1] for row in drawn.rows] == [(None, Face.WELL, Face.BADLY), (None, None, Face.WELL)]
    teacher = drawn.lines[1].path
    heights = [float(point.split()[1]) for point in teacher[1:].split("L")]
    assert heights[1] < heights[0]


def test_the_report_of_a_small_group_is_counts_alone(school: School) -> None:
    school.change(capacity=10)
    keys = [school.joined(f"Kind{number}") for number in range(4)]
    rate_twice(school, keys)
    report = figures.report(school.actor, school.look(), now=now())
    assert (report.families, report.goals, report.came, report.together, report.changes) == (
        4,
        4,
        None,
        None,
        (),
    )
    fifth = [school.joined("Kind5")]
    rate_twice(school, fifth)
    report = figures.report(school.actor, school.look(), now=now())
    assert (report.families, report.goals, report.reached) == (5, 5, 0)
    assert report.came == 1.0
    assert report.together == 0.0
    assert [(each.rater, each.goals, each.mean) for each in report.changes] == [(Rater.TEACHER, 5, 2.0)]
    services.achieve(school.member(keys[0]).goals[0].id, today=today(), actor=school.actor)
    assert figures.report(school.actor, school.look(), now=now()).reached == 1
    outside = figures.report(school.stranger.acting(), school.look(), now=now())
    assert (outside.families, outside.invited) == (0, 0)


def rate_twice(school: School, keys: list[UUID]) -> None:
    """The teacher sees two steps of progress; every child came, no parent did."""
    for key in keys:
        goal_of(school, key)
    second = [each for each in school.look().mornings if each.starts_at == at(-6, 8)]
    later = (
        second[0].id
        if second
        else services.add_morning(school.key, starts_at=at(-6, 8), ends_at=at(-6, 9), actor=school.actor)
    )
    for morning, face in ((school.past.id, Face.BADLY), (later, Face.WELL)):
        noted = Noted(
            tuple(Presence(key, True, False) for key in keys),
            tuple((school.member(key).goals[0].id, face) for key in keys),
        )
        services.note_morning(morning, noted, actor=school.actor, now=now())


def test_a_family_that_left_has_no_goals_any_more(school: School) -> None:
    key = school.joined()
    goal = goal_of(school, key)
    services.leave(key, actor=parents(key), now=now())
    with pytest.raises(NoSuchMember):
        services.set_goal(key, words="x", today=today(), actor=school.actor)
    with pytest.raises(NoSuchMember):
        services.rate(
            key,
            [(goal.id, Face.WELL)],
            morning=school.past.id,
            rater=Rater.CHILD,
            actor=child(key),
            now=now(),
        )
    with pytest.raises(NoSuchMember):
        services.open_for_child(key, actor=school.actor, now=now() + timedelta(days=1))

"""The group's report outlives the names: counted once before they go, shares only where five families go together."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from lueckenlos.core.actor import NOBODY, job
from lueckenlos.core.context import acting_as
from lueckenlos.offers.classes import figures, services
from lueckenlos.offers.classes.models import Attendance, FamilyClass, Figure, Member, Rating
from lueckenlos.offers.classes.retention import FIGURES_KEPT, RULES
from lueckenlos.offers.classes.types import Face, Noted, Presence, Rater, Report
from tests.offers.classes.house import School, parents, today
from tests.wall.world import now

CHILDREN = ("Mia", "Ben", "Ida", "Leo", "Tom")


def group(school: School, *children: str) -> list[UUID]:
    """Families that came with a goal, all but the first together with a parent; each goal went up by two faces."""
    school.change(capacity=10)
    # A second morning that is over: a goal moves from one to the next.
    begins = school.past.starts_at + timedelta(days=1)
    services.add_morning(
        school.key, starts_at=begins, ends_at=begins + timedelta(hours=3), actor=school.actor
    )
    keys = [school.joined(each) for each in children]
    first, second = school.look().mornings[:2]
    for key in keys:
        services.set_goal(key, words="Ich melde mich.", today=today(), actor=school.actor)
        faces = [(goal.id, Face.BADLY) for goal in school.member(key).goals]
        services.rate(key, faces, morning=first.id, rater=Rater.PARENT, actor=parents(key), now=now())
        faces = [(goal, Face.WELL) for goal, _face in faces]
        services.rate(key, faces, morning=second.id, rater=Rater.PARENT, actor=parents(key), now=now())
    presences = tuple(Presence(key, True, number > 0) for number, key in enumerate(keys))
    services.note_morning(first.id, Noted(presences), actor=school.actor, now=now())
    return keys


def erase(moment: datetime) -> None:
    """What the nightly run erases."""
    for rule in RULES:
        rule.erase(moment)


def report(school: School) -> Report:
    """What the school reads."""
    return figures.report(school.actor, school.look(), now=now())


@pytest.fixture
def over() -> datetime:
    """Three months and more after the last morning."""
    return now() + timedelta(days=500)


def test_the_report_is_the_same_when_the_names_are_gone(school: School, over: datetime) -> None:
    group(school, *CHILDREN)
    before = report(school)
    assert (before.families, before.came, before.together) == (5, 1.0, 0.8)
    assert [(each.rater, each.goals, each.mean) for each in before.changes] == [(Rater.PARENT, 5, 2.0)]
    erase(over)
    with acting_as(job("retention")):
        assert Member.objects.count() == Attendance.objects.count() == Rating.objects.count() == 0
    assert report(school) == before
    erase(over)
    assert report(school) == before


def test_of_fewer_than_five_counts_alone_stay(school: School, over: datetime) -> None:
    group(school, *CHILDREN[:4])
    erase(over)
    found = report(school)
    assert (found.invited, found.families, found.goals, found.reached) == (4, 4, 4, 0)
    assert (found.came, found.together, found.changes) == (None, None, ())


def test_a_family_that_leaves_alone_adds_to_the_counts_and_to_nothing_else(
    school: School, over: datetime
) -> None:
    keys = group(school, *CHILDREN, "Eva")
    services.leave(keys[0], actor=parents(keys[0]), now=now())
    erase(now() + timedelta(days=32))
    with acting_as(job("retention")):
        row = Figure.objects.get()
        assert (row.families, row.came, row.together, row.changes) == (1, None, None, [])
        assert Member.objects.count() == 5
    assert (report(school).families, report(school).invited, report(school).together) == (6, 6, 1.0)
    erase(over)
    found = report(school)
    assert (found.families, found.together, found.changes[0].goals) == (6, 1.0, 5)


def test_figures_are_for_the_school_alone_and_go_after_ten_years(school: School, over: datetime) -> None:
    keys = group(school, *CHILDREN)
    erase(over)
    for outsider in (school.stranger.acting(), parents(keys[0]), job("classes-places"), NOBODY):
        assert figures.report(outsider, school.look(), now=now()).families == 0
        with acting_as(outsider):
            assert Figure.objects.count() == 0
    with acting_as(school.actor):
        assert Figure.objects.count() == 1
        assert Figure.objects.update(families=99) == 0
    FamilyClass.objects.filter(id=school.key).update(last_day=today() - FIGURES_KEPT - timedelta(days=1))
    erase(now())
    with acting_as(job("retention")):
        assert Figure.objects.count() == 0

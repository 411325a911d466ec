"""Parents who live apart and decide together rate goals each alone: neither reads the other, the school reads both."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from lueckenlos.core.actor import NOBODY, job
from lueckenlos.core.context import acting_as
from lueckenlos.offers.classes import selectors, services
from lueckenlos.offers.classes.errors import NoSuchMember, NotBegun
from lueckenlos.offers.classes.models import Rating
from lueckenlos.offers.classes.types import Face, Rater, Second, SecondView
from tests.house.fences import bad_skeleton
from tests.offers.browsing import client
from tests.offers.classes.house import (
    NEW,
    School,
    agree,
    apart,
    ask,
    names,
    parents,
    second_url,
    today,
    weekly,
)
from tests.wall.world import now


def both(school: School, child: str = "Mia") -> tuple[UUID, SecondView, UUID]:
    """A family in which both decide and both have said yes, and its goal."""
    key = school.said_yes()
    second = ask(school, key)
    agree(second)
    services.join(key, names(child), actor=parents(key), now=now())
    services.set_goal(key, words="Ich melde mich.", today=today(), actor=school.actor)
    return key, second, school.member(key).goals[0].id


def rated(school: School) -> tuple[UUID, SecondView, UUID]:
    """Each of the two has said how it went."""
    key, second, goal = both(school)
    past = school.past.id
    services.rate(key, [(goal, Face.WELL)], morning=past, rater=Rater.PARENT, actor=parents(key), now=now())
    services.rate_apart(second.id, [(goal, Face.BADLY)], morning=past, actor=apart(second), now=now())
    return key, second, goal


def forged(school: School, key: UUID, goal: UUID, **more: object) -> Rating:
    """A face of the second parent, written past every service."""
    said = {"rater": Rater.SECOND.value, "morning_id": school.past.id, "member": key, "face": 1, **more}
    return Rating(goal_id=goal, organization=school.worker.organization, **said)


def test_where_both_decide_each_rates_alone_and_the_school_reads_both(school: School) -> None:
    key, second, goal = rated(school)
    services.rate_apart(
        second.id, [(goal, Face.SO_SO)], morning=school.past.id, actor=apart(second), now=now()
    )
    seen = {each.rater: each.face for each in school.member(key).goals[0].ratings}
    assert seen == {Rater.PARENT: Face.WELL, Rater.SECOND: Face.SO_SO}
    (mine,) = selectors.member(parents(key), key).goals  # type: ignore[union-attr]
    assert [each.rater for each in mine.ratings] == [Rater.PARENT]
    (theirs,) = selectors.goals(apart(second), key)
    assert [each.rater for each in theirs.ratings] == [Rater.SECOND]


def test_the_database_keeps_each_from_the_others_faces_and_others_from_both(school: School) -> None:
    key, second, goal = rated(school)
    stranger = school.joined("Ben")
    with acting_as(parents(key)):
        assert list(Rating.objects.values_list("rater", flat=True)) == ["parent"]
        assert Rating.objects.filter(rater="second").update(face=5) == 0
    with acting_as(apart(second)):
        assert list(Rating.objects.values_list("rater", flat=True)) == ["second"]
        assert Rating.objects.filter(rater="parent").update(face=5) == 0
    for outsider in (parents(stranger), school.stranger.acting(), job("classes-places"), NOBODY):
        with acting_as(outsider):
            assert Rating.objects.count() == Rating.objects.update(face=5) == 0
        with pytest.raises(DatabaseError), transaction.atomic(), acting_as(outsider):
            forged(school, key, goal, morning_id=school.ahead.id).save(force_insert=True)
    for voice in (school.actor, parents(key)):
        with pytest.raises(DatabaseError), transaction.atomic(), acting_as(voice):
            forged(school, key, goal, morning_id=school.ahead.id).save(force_insert=True)
    with pytest.raises(DatabaseError), transaction.atomic(), acting_as(apart(second)):
        forged(school, key, goal, morning_id=school.ahead.id, rater="parent").save(force_insert=True)


def test_the_second_rates_goals_of_their_own_child_at_mornings_of_its_class_alone(school: School) -> None:
    key, second, goal = both(school)
    other = school.joined("Ben")
    services.set_goal(other, words="Ich packe ein.", today=today(), actor=school.actor)
    theirs = school.member(other).goals[0].id
    elsewhere = services.found_class(NEW, weekly(), actor=school.actor, now=now())
    begins = school.past.starts_at
    away = services.add_morning(
        elsewhere, starts_at=begins, ends_at=begins + timedelta(hours=1), actor=school.actor
    )
    for wrong in (
        forged(school, other, theirs),
        forged(school, key, theirs),
        forged(school, other, goal),
        forged(school, key, goal, morning_id=away),
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), acting_as(apart(second)):
            wrong.save(force_insert=True)
    for faces, morning in (([(theirs, Face.WELL)], school.past.id), ([(goal, Face.WELL)], away)):
        with pytest.raises(NoSuchMember):
            services.rate_apart(second.id, faces, morning=morning, actor=apart(second), now=now())
    with pytest.raises(NotBegun):
        services.rate_apart(
            second.id, [(goal, Face.WELL)], morning=school.ahead.id, actor=apart(second), now=now()
        )
    assert school.member(key).goals[0].ratings == ()


def test_who_looks_along_or_has_not_said_yes_rates_nothing(school: School) -> None:
    key = school.joined()
    services.set_goal(key, words="Ich melde mich.", today=today(), actor=school.actor)
    goal = school.member(key).goals[0].id
    second = ask(school, key, Second.ALONG)
    for _ in range(2):
        with pytest.raises(NoSuchMember):
            services.rate_apart(
                second.id, [(goal, Face.WELL)], morning=school.past.id, actor=apart(second), now=now()
            )
        with pytest.raises(DatabaseError), transaction.atomic(), acting_as(apart(second)):
            forged(school, key, goal).save(force_insert=True)
        if not selectors.second_of(school.actor, key).has_agreed:  # type: ignore[union-attr]
            agree(second)


def test_a_family_that_left_is_rated_by_nobody(school: School) -> None:
    key, second, goal = both(school)
    services.leave(key, actor=parents(key), now=now())
    with pytest.raises(NoSuchMember):
        services.rate_apart(
            second.id, [(goal, Face.WELL)], morning=school.past.id, actor=apart(second), now=now()
        )


def test_whoever_takes_the_yes_back_takes_their_faces_along_and_no_others(school: School) -> None:
    key, second, _goal = rated(school)
    with acting_as(parents(key)):
        assert Rating.objects.all().delete()[0] == 0
    services.refuse(second.id, actor=apart(second), now=now())
    with acting_as(school.actor):
        assert list(Rating.objects.values_list("rater", flat=True)) == ["parent"]


def test_both_pages_ask_for_faces_and_show_ones_own_alone(school: School) -> None:
    key, second, goal = both(school)
    address = second_url(school, key)
    father = Client()
    shown = father.get(address).content.decode()
    assert "Der andere Elternteil sieht Ihre Gesichter nicht." in shown
    assert bad_skeleton(shown) == []
    assert father.post(address, {"tun": "ziele", f"ziel-{goal}": "9"}).status_code == 422
    assert father.post(address, {"tun": "ziele", f"ziel-{goal}": "2"}).status_code == 302
    assert "<td>nicht so gut</td>" in father.get(address).content.decode()
    own = reverse("classes:own", args=[services.issue_link(key, actor=school.actor, now=now())])
    mother = Client().get(own).content.decode()
    assert "<td>nicht so gut</td>" not in mother and "anderer Elternteil" not in mother
    assert "Er sagt für sich, wie es ging." in mother
    desk = client(school.worker).get(reverse("classes:member", args=[key])).content.decode()
    assert "anderer Elternteil" in desk and "<td>nicht so gut</td>" in desk
    stranger = client(school.stranger)
    assert stranger.get(reverse("classes:member", args=[key])).status_code == 404
    along = school.joined("Ben")
    agree(ask(school, along, Second.ALONG))
    services.set_goal(along, words="Ich packe ein.", today=today(), actor=school.actor)
    assert "Wie ging es zuletzt?" not in Client().get(second_url(school, along)).content.decode()
    page = client(school.worker).get(reverse("classes:member", args=[along])).content.decode()
    assert "anderer Elternteil" not in page
    del second

"""Parents who live apart: each with a link of their own, both say yes where both decide, and neither reads the other."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.core import mail as outbox
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from lueckenlos.core.actor import NOBODY, job, link_to
from lueckenlos.core.context import acting_as
from lueckenlos.offers.classes import selectors, services
from lueckenlos.offers.classes.errors import (
    AlreadyAsked,
    NoSuchInvitation,
    OtherMissing,
)
from lueckenlos.offers.classes.models import Attendance, Goal, Invitation, Member, Rating, SecondParent
from lueckenlos.offers.classes.retention import RULES
from lueckenlos.offers.classes.types import (
    Face,
    InvitationState,
    Noted,
    Presence,
    Rater,
    Second,
)
from tests.house.fences import bad_skeleton
from tests.offers.browsing import client
from tests.offers.classes.house import (
    FATHER,
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

S = InvitationState


def insert(school: School, key: UUID) -> None:
    """Write a family past every service."""
    Member(
        id=key,
        invitation=Invitation(id=key),
        family_class_id=school.key,
        organization=school.worker.organization,
        child="Mia",
        parent="Eltern",
        consent_version="1",
        joined_at=now(),
    ).save(force_insert=True)


def test_where_both_decide_no_name_is_written_before_both_have_said_yes(school: School) -> None:
    key = school.said_yes()
    second = ask(school, key)
    with pytest.raises(OtherMissing):
        services.join(key, names(), actor=parents(key), now=now())
    with pytest.raises(DatabaseError), acting_as(parents(key)):
        insert(school, key)
    agree(second)
    assert school.invitation(key).second is Second.AGREED
    services.join(key, names(), actor=parents(key), now=now())
    assert school.member(key).child == "Mia"


def test_where_one_decides_the_other_is_not_waited_for(school: School) -> None:
    key = school.said_yes()
    ask(school, key, Second.ALONG)
    services.join(key, names(), actor=parents(key), now=now())
    assert school.member(key).child == "Mia"


def test_a_no_of_one_who_decides_ends_it_and_the_place_goes_to_the_next(school: School) -> None:
    key = school.said_yes()
    second = ask(school, key)
    services.refuse(second.id, actor=apart(second), now=now())
    assert school.invitation(key).state is S.NO
    assert school.look().taken == 0
    other = school.joined("Ben")
    later = ask(school, other)
    agree(later)
    services.refuse(later.id, actor=apart(later), now=now())
    assert school.invitation(other).state is S.LEFT
    assert selectors.second_of(school.actor, other) is None


def test_a_no_of_one_who_looks_along_ends_their_link_alone(school: School) -> None:
    key = school.joined()
    second = ask(school, key, Second.ALONG)
    agree(second)
    services.refuse(second.id, actor=apart(second), now=now())
    assert school.invitation(key).state is S.YES
    assert school.invitation(key).second is Second.NONE
    assert selectors.second(apart(second), second.id) is None


def test_neither_reads_the_other_and_the_second_reads_goals_alone(school: School) -> None:
    key, stranger = school.joined(email="mutter@example.org"), school.joined("Ben")
    services.set_goal(key, words="Ich melde mich.", today=today(), actor=school.actor)
    services.set_goal(stranger, words="Ich packe ein.", today=today(), actor=school.actor)
    (goal,) = school.member(key).goals
    noted = Noted((Presence(key, True, True),), ((goal.id, Face.WELL),))
    services.note_morning(school.past.id, noted, actor=school.actor, now=now())
    second = ask(school, key, Second.ALONG)
    with acting_as(apart(second)):
        assert Goal.objects.count() == Invitation.objects.count() == 0
    agree(second)
    with acting_as(apart(second)):
        assert [each.words for each in Goal.objects.all()] == ["Ich melde mich."]
        assert Rating.objects.count() == 1
        assert Member.objects.count() == Attendance.objects.count() == Invitation.objects.count() == 0
        assert Rating.objects.update(face=1) == Goal.objects.update(words="x") == 0
    (seen,) = selectors.goals(apart(second), key)
    assert seen.ratings[0].face is Face.WELL
    for outsider in (
        parents(key),
        parents(stranger),
        school.stranger.acting(),
        job("classes-places"),
        link_to(key, purpose="family-class-second"),
        NOBODY,
    ):
        with acting_as(outsider):
            assert SecondParent.objects.count() == 0
            assert SecondParent.objects.update(parent="x") == 0
    with acting_as(school.actor):
        assert SecondParent.objects.update(parent="x") == 0
    with pytest.raises(DatabaseError), acting_as(apart(second)):
        Rating(
            goal_id=goal.id,
            morning_id=school.past.id,
            member=key,
            organization=school.worker.organization,
            rater=Rater.PARENT.value,
            face=1,
        ).save(force_insert=True)


def test_one_second_link_at_a_time_asked_by_the_school_alone(school: School) -> None:
    key = school.invite()
    for outsider in (parents(key), school.stranger.acting()):
        with pytest.raises(NoSuchInvitation):
            services.ask_second(key, second=Second.ALONG, language="de", actor=outsider, now=now())
    second = ask(school, key)
    with pytest.raises(AlreadyAsked):
        ask(school, key)
    with pytest.raises(NoSuchInvitation):
        services.agree(second.id, FATHER, actor=parents(key), now=now())
    with pytest.raises(NoSuchInvitation):
        services.stop_along(key, actor=parents(key))
    services.take_second_back(key, actor=school.actor)
    assert school.invitation(key).second is Second.NONE
    ask(school, key, Second.ALONG)


def test_a_second_link_is_laid_by_the_school_of_the_family_and_stays_with_it(school: School) -> None:
    key, other = school.joined(), school.joined("Ben")
    services.set_goal(other, words="Ich packe ein.", today=today(), actor=school.actor)
    theirs = services.found_class(NEW, weekly(), actor=school.stranger.acting(), now=now())
    for family_class in (theirs, school.key):
        forged = SecondParent(
            invitation=Invitation(id=key),
            family_class_id=family_class,
            organization=school.stranger.organization,
            decides=False,
            asked_at=now(),
        )
        with pytest.raises(DatabaseError), acting_as(school.stranger.acting()):
            forged.save(force_insert=True)
    second = ask(school, key, Second.ALONG)
    agree(second)
    with pytest.raises(DatabaseError), transaction.atomic(), acting_as(apart(second)):
        SecondParent.objects.filter(id=second.id).update(invitation=Invitation(id=other))
    assert selectors.goals(apart(second), other) == ()


def test_a_yes_that_is_needed_is_taken_back_by_nobody_else(school: School) -> None:
    key = school.said_yes()
    agree(ask(school, key))
    with pytest.raises(NoSuchInvitation):
        services.take_second_back(key, actor=school.actor)
    assert school.invitation(key).second is Second.AGREED
    along = school.joined("Ben")
    agree(ask(school, along, Second.ALONG))
    services.take_second_back(along, actor=school.actor)
    assert school.invitation(along).second is Second.NONE


def test_who_decides_alone_ends_the_looking_along(school: School) -> None:
    key = school.joined()
    second = ask(school, key, Second.ALONG)
    agree(second)
    with pytest.raises(NoSuchInvitation):
        services.stop_along(key, actor=apart(second))
    services.stop_along(key, actor=parents(key))
    assert selectors.second(apart(second), second.id) is None
    assert selectors.goals(apart(second), key) == ()


def test_letters_go_to_each_alone(school: School) -> None:
    key = school.joined(email="mutter@example.org")
    second = ask(school, key, Second.ALONG)
    agree(second)
    assert outbox.outbox[-1].to == ["joerg@example.org"]
    assert "/familienklasse/eltern/" in str(outbox.outbox[-1].body)
    outbox.outbox.clear()
    assert services.remind_everybody(now=school.ahead.starts_at - timedelta(hours=20)) == 2
    assert [letter.to for letter in outbox.outbox] == [["mutter@example.org"], ["joerg@example.org"]]
    mother, father = (str(letter.body) for letter in outbox.outbox)
    assert "Jörg" not in mother
    assert "Yılmaz" not in father
    services.change_second_contact(second.id, email="", phone="", is_reminded=False, actor=apart(second))
    assert selectors.second(apart(second), second.id).email == ""  # type: ignore[union-attr]


def test_what_the_second_wrote_goes_with_the_family(school: School) -> None:
    key = school.joined()
    agree(ask(school, key, Second.ALONG))
    later = now() + timedelta(days=500)
    for rule in RULES:
        rule.erase(later)
    with acting_as(job("retention")):
        assert SecondParent.objects.count() == Member.objects.count() == 0


def test_the_school_asks_and_both_pages_say_what_the_other_sees(school: School) -> None:
    key = school.said_yes()
    desk = client(school.worker)
    page, form = reverse("classes:invitation", args=[key]), reverse("classes:second_desk", args=[key])
    assert desk.post(form, {"tun": "", "second": "asked", "language": "de"}).status_code == 422
    assert desk.post(form, {"second": "asked", "knows": "on", "language": "tr"}).status_code == 302
    shown = desk.get(page).content.decode()
    assert "entscheidet mit, hat noch nicht geantwortet" in shown
    assert bad_skeleton(shown) == []
    assert desk.post(reverse("classes:second_sheet", args=[key]))["Content-Type"] == "application/pdf"
    linked = desk.post(form, {"tun": "link"}).content.decode()
    assert "/tr/familienklasse/eltern/" in linked
    own = reverse("classes:own", args=[services.issue_link(key, actor=school.actor, now=now())])
    mother = Client().get(own).content.decode()
    assert "Er hat noch nicht geantwortet." in mother
    assert bad_skeleton(mother) == []
    names_given = {"tun": "mitmachen", "child": "Mia", "name": "Ayşe Yılmaz", "consent": "on"}
    assert Client().post(own, names_given).status_code == 302
    father, address = Client(), second_url(school, key)
    seen = father.get(address).content.decode()
    assert "Sind Sie einverstanden?" in seen
    assert bad_skeleton(seen) == []
    assert father.post(address, {"tun": "ja", "name": ""}).status_code == 422
    given = {"tun": "ja", "name": "Jörg Beispiel", "email": "joerg@example.org", "consent": "on"}
    assert father.post(address, given).status_code == 302
    assert Client().post(own, names_given).status_code == 302
    assert school.member(key).child == "Mia"
    mother, seen = (Client().get(each).content.decode() for each in (own, address))
    assert "Jörg" not in mother and "joerg@example.org" not in mother
    assert "Yılmaz" not in seen
    assert "So geht es voran" in seen
    assert bad_skeleton(seen) == []
    assert "Jörg Beispiel" in desk.get(reverse("classes:member", args=[key])).content.decode()
    assert Client().get(f"{address}termine.ics").status_code == 200
    assert father.post(address, {"tun": "erreichen", "email": "nein"}).status_code == 422
    assert father.post(address, {"tun": "erreichen", "email": ""}).status_code == 302
    gone = father.post(address, {"tun": "nein"}).content.decode()
    assert "Dieser Link öffnet nichts mehr." in gone
    assert father.get(address).status_code == 404
    assert "Diese Einladung gilt nicht mehr" in Client().get(own).content.decode()


def test_the_first_parent_ends_the_looking_along_on_their_page(school: School) -> None:
    key = school.joined()
    agree(ask(school, key, Second.ALONG))
    own = reverse("classes:own", args=[services.issue_link(key, actor=school.actor, now=now())])
    assert "Nicht mehr mitsehen lassen" in Client().get(own).content.decode()
    assert Client().post(own, {"tun": "allein"}).status_code == 302
    assert "Nicht mehr mitsehen lassen" not in Client().get(own).content.decode()
    assert Client().post(own, {"tun": "allein"}).status_code == 404


@pytest.mark.parametrize("code", ["0000-0000-0000", "ABCD-EFGH-JKLM", "x" * 300])
def test_a_wrong_link_opens_nothing(school: School, code: str) -> None:
    for name in ("second", "second_calendar"):
        assert Client().get(reverse(f"classes:{name}", args=[code])).status_code == 404
    del school

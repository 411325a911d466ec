"""Every door of the desk stays shut for others, the links show one family, and the child's page leads nowhere."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from uuid import UUID, uuid4

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from lueckenlos.offers.classes import selectors, services
from lueckenlos.offers.classes.forms.desk import InviteForm, MorningForm, WeeklyForm
from lueckenlos.offers.classes.forms.public import JoinForm
from lueckenlos.offers.classes.types import Face, InvitationState, Rater
from tests.house.fences import bad_skeleton
from tests.offers.browsing import client
from tests.offers.classes.house import School, child, parents, today
from tests.wall.world import now

BY_CLASS = ("manage", "change", "invite", "add_morning", "report", "report_table")
BY_INVITATION = ("invitation", "sheet", "second_desk", "second_sheet")
BY_MORNING = ("morning", "cancel_morning", "hand_over")
DEEDS = ("", "link", "beenden", "ziel", "erreicht")


def doors(family_class: UUID, invitation: UUID, morning: UUID) -> list[str]:
    """All addresses of the desk that hold a key; a family has the key of its invitation."""
    return [
        *(reverse(f"classes:{name}", args=[family_class]) for name in BY_CLASS),
        *(reverse(f"classes:{name}", args=[invitation]) for name in (*BY_INVITATION, "member")),
        *(reverse(f"classes:{name}", args=[morning]) for name in BY_MORNING),
    ]


def answer(browser: Client, url: str, *, deed: str | None) -> tuple[int, str]:
    """Status and where it leads, without the key."""
    found = browser.get(url) if deed is None else browser.post(url, {"tun": deed})
    return found.status_code, found.get("Location", "").partition("?")[0]


def own(school: School, key: UUID) -> str:
    """The address on a family's sheet."""
    code = services.issue_link(key, actor=school.actor, now=now())
    return reverse("classes:own", args=[code])


def test_for_others_the_desk_is_as_if_it_were_not_there(school: School) -> None:
    key = school.joined()
    for outsider in (None, school.stranger):
        browser = client(outsider)
        for deed in (None, *DEEDS):
            there = doors(school.key, key, school.past.id)
            nowhere = doors(uuid4(), uuid4(), uuid4())
            for real, nothing in zip(there, nowhere, strict=True):
                shown, missing = (answer(browser, url, deed=deed) for url in (real, nothing))
                assert shown == missing, (real, deed)
    assert school.invitation(key).state is InvitationState.YES


def test_another_school_reads_free_places_and_no_family(school: School) -> None:
    school.joined("Miraculix")
    page = client(school.stranger).get(reverse("classes:desk")).content.decode()
    assert "ein Platz frei" in page
    assert "Miraculix" not in page


def test_the_school_comes_in_and_its_pages_stand(school: School) -> None:
    key = school.joined()
    services.set_goal(key, words="Ich bleibe sitzen.", today=today(), actor=school.actor)
    school.visited()
    browser = client(school.worker)
    urls = [reverse("classes:desk"), reverse("classes:new")]
    urls += [reverse(f"classes:{name}", args=[school.key]) for name in ("manage", "change", "report")]
    urls += [reverse(f"classes:{name}", args=[key]) for name in ("invitation", "member")]
    urls += [reverse("classes:morning", args=[each.id]) for each in (school.past, school.ahead)]
    for url in urls:
        found = browser.get(url)
        assert found.status_code == 200, url
        assert bad_skeleton(found.content.decode()) == [], url


def test_inviting_asks_for_no_name_and_the_sheet_opens_the_familys_page(school: School) -> None:
    browser = client(school.worker)
    given = {"talked_on": today().isoformat(), "language": "tr"}
    made = browser.post(reverse("classes:invite", args=[school.key]), {**given, "name": "Mia"})
    assert made.status_code == 302
    shown = browser.post(made["Location"], {"tun": "link"}).content.decode()
    found = re.search(r'href="http://testserver(/tr/familienklasse/[^"]+/)"', shown)
    assert found is not None
    assert "<svg" in shown
    assert Client().get(found[1]).status_code == 200
    pdf = browser.post(f"{made['Location']}blatt.pdf")
    assert pdf.content.startswith(b"%PDF")
    assert Client().get(found[1]).status_code == 404
    page = browser.get(reverse("classes:manage", args=[school.key])).content.decode()
    assert "Familie A1" in page
    assert "Mia" not in page


def test_a_family_goes_its_way_by_its_link(school: School) -> None:
    key = school.invite()
    url, browser = own(school, key), Client()
    before = browser.get(url).content.decode()
    assert "Vorname des Kindes" not in before
    assert "Kein Name." in before
    names = {"tun": "mitmachen", "child": "Mia", "name": "Ayşe Yılmaz", "decides": "on", "consent": "on"}
    browser.post(url, names)
    assert selectors.member(school.actor, key) is None
    assert browser.post(url, {"tun": "besuch", "morning": str(school.past.id)}).status_code == 422
    assert browser.post(url, {"tun": "besuch", "morning": str(school.ahead.id)}).status_code == 302
    browser.post(url, {"tun": "ja"})
    assert school.invitation(key).state is InvitationState.VISITING
    services.choose_visit(
        key, morning=school.past.id, actor=parents(key), now=school.past.starts_at - timedelta(days=1)
    )
    browser.post(url, {"tun": "ja"})
    assert "Vorname des Kindes" in browser.get(url).content.decode()
    assert browser.post(url, {**names, "child": ""}).status_code == 422
    assert browser.post(url, names).status_code == 302
    assert school.member(key).child == "Mia"
    services.set_goal(key, words="Ich bleibe sitzen.", today=today(), actor=school.actor)
    goal = school.member(key).goals[0].id
    assert browser.post(url, {"tun": "ziele", f"ziel-{goal}": "4"}).status_code == 302
    assert school.member(key).goals[0].face(Rater.PARENT, school.past.id) is Face.WELL
    browser.post(url, {"tun": "ziele", f"ziel-{goal}": "9", f"ziel-{uuid4()}": "1"})
    assert school.member(key).goals[0].face(Rater.PARENT, school.past.id) is Face.WELL
    assert b"BEGIN:VCALENDAR" in Client().get(f"{url}termine.ics").content
    browser.post(url, {"tun": "erreichen", "email": "", "phone": "0123"})
    assert (school.member(key).phone, school.member(key).is_reminded) == ("0123", False)
    browser.post(url, {"tun": "aufhoeren"})
    assert school.invitation(key).state is InvitationState.LEFT
    assert bad_skeleton(browser.get(url).content.decode()) == []


def test_a_family_reads_nothing_of_another(school: School) -> None:
    school.joined("Miraculix")
    page = Client().get(own(school, school.joined("Ben"))).content.decode()
    assert "Ben" in page
    assert "Miraculix" not in page


def test_the_childs_page_shows_one_goal_and_leads_nowhere(school: School) -> None:
    key, other = school.joined("Mia"), school.joined("Ben")
    for number, member in enumerate((key, key, other)):
        services.set_goal(member, words=f"Vorhaben {number}", today=today(), actor=school.actor)
    desk = client(school.worker)
    opened = desk.post(reverse("classes:hand_over", args=[school.past.id]), {"kind": str(key)})
    url = opened["Location"]
    page = desk.get(url).content.decode()
    assert "Vorhaben 0" in page and "Vorhaben 1" not in page and "Ben" not in page
    body = page.partition("<body")[2]
    assert re.findall(r'<a [^>]*href="([^"]+)"', body) == ["#inhalt"]
    goals = school.member(key).goals
    desk.post(url, {"ziel": str(goals[0].id), "gesicht": "5"})
    desk.post(url, {"ziel": str(school.member(other).goals[0].id), "gesicht": "1"})
    desk.post(url, {"ziel": str(goals[1].id), "gesicht": "7"})
    assert "Vorhaben 1" in desk.get(url).content.decode()
    desk.post(url, {"ziel": str(goals[1].id), "gesicht": "3"})
    again = desk.get(url, {"ziel": str(goals[1].id)}).content.decode()
    assert "Vorhaben 1" in again and "is-chosen" in again
    assert "Vorhaben 2" not in desk.get(url, {"ziel": str(school.member(other).goals[0].id)}).content.decode()
    desk.post(url, {"ziel": str(goals[1].id), "gesicht": "2"})
    assert "Gib das Tablet" in desk.get(url).content.decode()
    faces = [each.face(Rater.CHILD, school.past.id) for each in school.member(key).goals]
    assert faces == [Face.VERY_WELL, Face.BADLY]
    assert school.member(other).goals[0].ratings == ()
    wrong = desk.post(reverse("classes:hand_over", args=[school.past.id]), {"kind": str(uuid4())})
    assert wrong.status_code == 404
    assert selectors.member(child(key), other) is None
    code = url.rstrip("/").rpartition("/")[2]
    assert Client().get(reverse("classes:own", args=[code])).status_code == 404


def test_a_morning_is_ticked_on_the_phone(school: School) -> None:
    key, other, visit = school.joined("Mia"), school.joined("Ben"), school.visited()
    services.set_goal(key, words="Ich bleibe sitzen.", today=today(), actor=school.actor)
    goal = school.member(key).goals[0].id
    browser, url = client(school.worker), reverse("classes:morning", args=[school.past.id])
    given = {
        "kind": [str(key), str(other), str(uuid4())],
        "eltern": [str(key)],
        f"ziel-{goal}": "3",
        f"besuch-{visit}": "ja",
    }
    assert browser.post(url, given).status_code == 302
    present = selectors.presences(school.actor, school.past.id)
    assert {(each.child, each.parent) for each in present.values()} == {(True, True), (True, False)}
    assert school.member(key).goals[0].face(Rater.TEACHER, school.past.id) is Face.SO_SO
    assert school.invitation(visit).state is InvitationState.VISITED
    assert browser.post(reverse("classes:morning", args=[school.ahead.id]), given).status_code == 302
    assert selectors.presences(school.actor, school.ahead.id) == {}


def test_the_report_names_nobody_on_the_page_and_in_the_table(school: School) -> None:
    key = school.joined("Miraculix")
    services.set_goal(key, words="Zielwort", today=today(), actor=school.actor)
    browser = client(school.worker)
    page = browser.get(reverse("classes:report", args=[school.key])).content.decode()
    assert "Anteile und Veränderungen stehen hier erst ab 5 Familien" in page
    file = browser.get(reverse("classes:report_table", args=[school.key])).content
    rows = list(openpyxl.load_workbook(io.BytesIO(file)).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert ("Familien, die mitgemacht haben", "1") in rows
    for said in (page, str(rows)):
        assert not any(word in said for word in ("Miraculix", "Zielwort", "Yılmaz"))


@pytest.mark.parametrize("code", ["0000-0000-0000", "ABCD-EFGH-JKLM", "x" * 300])
def test_a_wrong_link_opens_nothing(school: School, code: str) -> None:
    for name in ("own", "child"):
        found = Client().get(reverse(f"classes:{name}", args=[code]))
        assert found.status_code == 404
        assert bad_skeleton(found.content.decode()) == []
    assert Client().get(reverse("classes:own_calendar", args=[code])).status_code == 404
    del school


def test_the_public_page_says_where_there_is_one(school: School) -> None:
    school.joined("Miraculix")
    page = Client().get(reverse("classes:listing")).content.decode()
    assert "Grundschule, Raum 3" in page
    assert "ein Platz frei" in page
    assert "Miraculix" not in page


def test_forms_tell_what_cannot_be(school: School) -> None:
    tomorrow = (today() + timedelta(days=1)).isoformat()
    assert "talked_on" in InviteForm({"talked_on": tomorrow, "language": "de"}).errors
    assert "language" in InviteForm({"talked_on": today().isoformat(), "language": "xx"}).errors
    hours = {"begins": "08:00", "ends": "11:00"}
    assert "ends" in MorningForm({"day": tomorrow, "begins": "11:00", "ends": "08:00"}).errors
    assert "day" in MorningForm({"day": "2020-02-29", **hours}).errors
    assert "last_day" in WeeklyForm({"first_day": "2026-12-02", "last_day": "2026-11-02", **hours}).errors
    assert "first_day" in WeeklyForm({"first_day": "2026-12-25", "last_day": "2026-12-25", **hours}).errors
    assert "first_day" in WeeklyForm({"first_day": "2027-02-29", "last_day": "2027-03-29", **hours}).errors
    assert {"child", "name", "decides", "consent"} == set(JoinForm({"email": ""}).errors)
    del school

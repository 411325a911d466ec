"""The pages of the one who is asked: two languages, line by line, once, on one device."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from lueckenlos.commons.privacy import selectors, services
from lueckenlos.commons.privacy.types import DraftAnswer
from lueckenlos.commons.tasks import selectors as tasks
from tests.commons.privacy.conftest import Family, said
from tests.core.pdf_reading import pages
from tests.house.fences import bad_skeleton
from tests.wall.world import now


def releases(family: Family) -> set[tuple[str, str]]:
    names = {family.health.organization: "health", family.school.organization: "school"}
    found = selectors.releases(family.worker.acting(), family.file, now=now())
    return {
        (names[each.organization], each.category.value) for each in found if each.subject == family.mother
    }


def test_the_page_shows_everything_before_anything_is_answered(family: Family) -> None:
    _device, page = family.open(family.link(family.ask(family.mother)))
    assert page.status_code == 200
    text = said(page)
    for word in (
        "Frau Muster",
        "Jugendamt",
        "Gesundheitsamt",
        "Schulamt",
        "worum es geht",
        "Nachteile",
        "Zum Ausdrucken",
    ):
        assert word in text
    assert "checked" not in page.content.decode()
    assert bad_skeleton(page.content.decode()) == []


def test_two_languages_stand_beside_each_other(family: Family) -> None:
    _device, page = family.open(family.link(family.ask(family.mother), language="tr"))
    html = page.content.decode()
    assert '<html lang="tr"' in html
    assert "Birkaç daire" in html and "Mehrere Ämter sprechen" in html
    assert 'lang="de" dir="ltr"' in html


def test_arabic_is_read_from_the_right_and_german_beside_it_from_the_left(family: Family) -> None:
    _device, page = family.open(family.link(family.ask(family.mother), language="ar"))
    html = page.content.decode()
    assert 'lang="ar" dir="rtl"' in html
    assert 'direction="rtl"' in html
    assert 'lang="de" dir="ltr"' in html


def test_all_is_one_button_and_one_line_is_one_tick(family: Family) -> None:
    draft = family.ask(family.mother)
    device, _page = family.open(family.link(draft))
    url = reverse("privacy:answer", args=[draft.id])
    nothing = device.post(url, {"answer": "auswahl"})
    assert nothing.status_code == 422
    assert "noch nichts angekreuzt" in said(nothing)
    assert releases(family) == set()
    device.post(url, {"answer": "auswahl", "lines": ["1"]})
    assert releases(family) == {("health", "health")}

    other = family.ask(family.mother)
    device, _page = family.open(family.link(other), client=device)
    device.post(reverse("privacy:answer", args=[other.id]), {"answer": "alles"})
    assert releases(family) == {
        (who, what) for who in ("health", "school") for what in ("situation", "health")
    }


def test_a_no_is_as_easy_and_opens_nothing(family: Family) -> None:
    draft = family.ask(family.mother)
    device, _page = family.open(family.link(draft))
    page = device.post(reverse("privacy:answer", args=[draft.id]), {"answer": "nein"}, follow=True)
    assert "Das ist in Ordnung" in said(page)
    assert releases(family) == set()
    found = selectors.draft(family.worker.acting(), draft.id)
    assert found is not None and found.answer is DraftAnswer.DECLINED


def test_who_asked_finds_a_task_that_there_is_an_answer(family: Family) -> None:
    draft = family.ask(family.mother)
    device, _page = family.open(family.link(draft))
    device.post(reverse("privacy:answer", args=[draft.id]), {"answer": "alles"})
    (task,) = tasks.of_file(family.worker.acting(), family.file, now=now())
    assert (task.record, task.is_mine) == (draft.id, True)
    assert "Muster" not in task.what


def test_what_was_allowed_is_taken_back_by_the_same_link_in_two_clicks(family: Family) -> None:
    draft = family.ask(family.mother)
    device, _page = family.open(family.link(draft))
    page = device.post(reverse("privacy:answer", args=[draft.id]), {"answer": "alles"}, follow=True)
    url = reverse("privacy:withdraw", args=[draft.id])
    assert url in page.content.decode()
    first = device.get(url)
    scope = re.search(r'name="teil" value="([0-9a-f-]+)"', first.content.decode())
    assert scope is not None
    device.post(url, {"nur": "1", "teil": [scope[1]]})
    assert len(releases(family)) == 3
    page = device.post(url, {"ganz": "1"}, follow=True)
    assert releases(family) == set()
    assert "alles zurückgenommen" in said(page)
    assert device.get(url).status_code == 302


def test_a_link_that_was_used_forwarded_expired_or_invented_gets_one_kind_answer(family: Family) -> None:
    draft, late = family.ask(family.mother), family.ask(family.father)
    used, expired = family.link(draft), family.link(late)
    family.world.connection.execute(
        "UPDATE core_onetimecode SET created_at = now() - interval '2 days', expires_at = now() - interval '1 day' "
        "WHERE record = %s",
        [late.id],
    )
    family.open(used)
    stranger = Client()
    answers = [
        stranger.get(used),
        stranger.post(used),
        stranger.get(expired),
        Client().get(reverse("privacy:by_code", args=["AAAABBBBCCCC"])),
        Client().get(reverse("privacy:asked", args=[draft.id])),
        Client().get(reverse("privacy:asked", args=[uuid4()])),
        Client().get(reverse("privacy:withdraw", args=[draft.id])),
        Client().get(reverse("privacy:copy", args=[draft.id])),
        Client().post(reverse("privacy:answer", args=[draft.id]), {"answer": "alles"}),
    ]
    assert {answer.status_code for answer in answers} == {404}
    texts = {
        re.sub(r"(alternate|href|value|csrf|hx-headers|action)[^>]*", "", answer.content.decode())
        for answer in answers
    }
    assert len(texts) == 1
    assert releases(family) == set()


def test_looking_at_a_link_uses_nothing_up_but_opening_does(family: Family) -> None:
    path = family.link(family.ask(family.mother))
    for _ in range(3):
        assert Client().get(path).status_code == 200  # a mail program that looks ahead
    device, page = family.open(path)
    assert page.status_code == 200
    assert device.get(path).status_code in {302, 404}
    assert Client().get(path).status_code == 404


def test_a_question_that_was_taken_back_is_closed_on_the_device_that_opened_it(family: Family) -> None:
    draft = family.ask(family.mother)
    device, _page = family.open(family.link(draft))
    services.revoke_draft(draft.id, actor=family.worker.acting())
    assert device.get(reverse("privacy:asked", args=[draft.id])).status_code == 404
    assert device.post(reverse("privacy:answer", args=[draft.id]), {"answer": "alles"}).status_code == 404


def test_a_new_link_closes_the_one_before(family: Family) -> None:
    draft = family.ask(family.mother)
    first, second = family.link(draft), family.link(draft)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200


def test_the_typed_code_opens_as_well_and_a_slip_is_told(family: Family) -> None:
    path = family.link(family.ask(family.mother))
    code = path.rstrip("/").rpartition("/")[2]
    wrong = Client().post(reverse("privacy:enter"), {"code": code[:-1]})
    assert wrong.status_code == 422 and "zwölf Zeichen" in said(wrong)
    page = Client().post(
        reverse("privacy:enter"), {"code": f"{code[:4]}-{code[4:8]} {code[8:].lower()}"}, follow=True
    )
    assert "Frau Muster" in said(page)


def test_the_device_forgets_when_told(family: Family) -> None:
    draft = family.ask(family.mother)
    device, _page = family.open(family.link(draft))
    assert "weiß nichts mehr" in said(device.post(reverse("privacy:leave"), follow=True))
    assert device.get(reverse("privacy:asked", args=[draft.id])).status_code == 404


@pytest.mark.parametrize("language", ["de", "tr", "ar", "uk"])
def test_the_copy_on_paper_says_the_same_in_both_languages(family: Family, language: str) -> None:
    draft = family.ask(family.mother)
    device, _page = family.open(family.link(draft, language=language))
    device.post(reverse("privacy:answer", args=[draft.id]), {"answer": "auswahl", "lines": ["0"]})
    prefix = "" if language == "de" else f"/{language}"
    answer = device.get(f"{prefix}/einwilligung/{draft.id}/kopie.pdf")
    assert answer["Content-Type"] == "application/pdf"
    text = " ".join(" ".join(pages(answer.content)).split())
    for word in ("Mehrere Ämter sprechen", "Gesundheitsamt", "Frau Muster"):
        assert word in text


def test_an_answer_about_a_child_opens_only_when_both_have_agreed_and_the_page_says_so(
    family: Family,
) -> None:
    for who, done in ((family.mother, False), (family.father, True)):
        draft = family.ask(who, subject=family.child)
        device, _page = family.open(family.link(draft))
        page = device.post(reverse("privacy:answer", args=[draft.id]), {"answer": "alles"}, follow=True)
        assert "wenn alle zugestimmt haben" in said(page)
        assert ("p-house--open" in page.content.decode()) is done
        assert ("p-house--waiting" in page.content.decode()) is not done


def test_the_picture_names_nobody_of_the_family_but_who_is_asked(family: Family) -> None:
    _device, page = family.open(family.link(family.ask(family.mother, subject=family.child)))
    assert "Herr Muster" not in said(page)
    assert str(family.father) not in page.content.decode()

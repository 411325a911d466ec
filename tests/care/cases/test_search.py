"""Whoever works with cases finds a record by its words, and nobody finds by them what they may not read."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lueckenlos.care.cases import selectors, services
from lueckenlos.commons.accounts.models import User
from lueckenlos.commons.privacy import services as privacy
from lueckenlos.commons.privacy.types import Category, Purpose, WithdrawalWay
from lueckenlos.core.actor import NOBODY, Actor
from tests.care.cases.conftest import Office
from tests.care.cases.test_pages import plain
from tests.house import fences
from tests.wall.world import now

SLEEP = "Lio schläft schlecht, eine Schlafstörung seit der Klassenfahrt."


def write(office: Office, text: str, *, confided: bool = False, category: Category = Category.HEALTH) -> UUID:
    """A note about the mother in the worker's case."""
    return services.write_record(
        office.file,
        new=services.NewRecord(
            kind="household",
            category=category,
            about=office.mother,
            happened_at=now(),
            data={"members": text},
            is_confided=confided,
            confided_by=office.mother if confided else None,
        ),
        actor=office.worker.acting(),
        now=now(),
    )


def found(actor: Actor, words: str) -> list[UUID]:
    return [each.record.id for each in selectors.search(actor, words)]


@pytest.mark.parametrize(
    "words",
    ["Schlafstörung", "schlafstörungen", "klassenfahrten", "schläft Klassenfahrt", '"seit der Klassenfahrt"', "Fieber or Klassenfahrt"],
)  # fmt: skip
def test_a_worker_finds_their_record_by_its_words(office: Office, words: str) -> None:
    record = write(office, SLEEP)
    write(office, "Ein ruhiger Besuch.")
    assert found(office.worker.acting(), words) == [record]


def test_what_the_family_said_and_what_the_worker_wrote_is_found_alike(office: Office) -> None:
    record = write(office, "Mutter und Kind")
    services.change_record(
        record,
        changes={"words": "Wir wollen umziehen", "text": "Mietschulden"},
        expected=1,
        actor=office.worker.acting(),
    )
    for words in ("umziehen", "Mietschulden", "Mutter"):
        assert found(office.worker.acting(), words) == [record]


def test_the_excerpt_shows_the_words_and_marks_them(office: Office) -> None:
    write(office, f"{'Vorher war alles gut. ' * 40}{SLEEP}{' Danach auch.' * 40}")
    [line] = selectors.search(office.worker.acting(), "Schlafstörungen")
    assert [piece.text for piece in line.excerpt if piece.is_hit] == ["Schlafstörung"]
    assert len("".join(piece.text for piece in line.excerpt)) < 400


def test_another_team_another_office_and_nobody_find_what_no_record_holds(office: Office) -> None:
    write(office, SLEEP)
    for outsider in (office.colleague.acting(), office.teacher.acting(Purpose.CRISIS), NOBODY):
        for words in ("Schlafstörung", "-Fieber", "Zauberwort"):
            assert found(outsider, words) == []


def test_a_hidden_word_answers_as_a_word_that_stands_nowhere(office: Office) -> None:
    write(office, SLEEP)
    client, url = office.client(office.colleague), reverse("cases:search")
    client.get(url)
    answers = []
    for words in ("Klassenfahrt", "Klasenfahrrt"):
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(url, {"q": words})
        answers.append((answer.status_code, plain(answer.content, url), len(asked)))
        assert f'value="{words}"' in answer.content.decode()
    assert answers[0] == answers[1]
    assert b"Nichts gefunden" in answers[0][1]


def test_a_consent_lets_find_what_it_opens_until_it_is_withdrawn(office: Office) -> None:
    health = write(office, SLEEP)
    write(office, "Über die Klassenfahrt sprach sie nicht.", category=Category.FAMILY)
    teacher = office.teacher.acting(Purpose.CRISIS)
    assert found(teacher, "Klassenfahrt") == []
    consent = office.consent(Category.HEALTH, to=office.teacher.organization)
    assert found(teacher, "Klassenfahrt") == [health]
    assert found(office.teacher.acting(Purpose.COUNSELLING), "Klassenfahrt") == []
    privacy.withdraw(consent, way=WithdrawalWay.WORD, actor=office.worker.acting(), now=now())
    assert found(teacher, "Klassenfahrt") == []


def test_what_was_confided_only_the_confidant_finds(office: Office) -> None:
    record = write(office, SLEEP, confided=True)
    office.consent(Category.HEALTH, to=office.teacher.organization)
    privacy.assign(office.file, unit=office.worker.unit, reason="Urlaub", actor=office.worker.acting())
    colleague = office.world.worker(office.worker.organization, unit=office.worker.unit)
    assert selectors.case(colleague.acting(), office.file) is not None
    for other in (colleague.acting(), office.teacher.acting(Purpose.CRISIS)):
        assert found(other, "Klassenfahrt") == []
    assert found(office.worker.acting(), "Klassenfahrt") == [record]


@pytest.mark.parametrize(
    "words",
    ["", "   ", "und der die das", "'", "'); DROP TABLE cases_record; --", "a & | ! <-> :*", '"" or -', "%s {} \\", "x" * 10_000, "Wort " * 2_000],
)  # fmt: skip
def test_whatever_is_typed_is_words_and_finds_nothing(office: Office, words: str) -> None:
    write(office, SLEEP)
    assert found(office.worker.acting(), words) == []
    answer = office.client(office.worker).get(reverse("cases:search"), {"q": words})
    assert answer.status_code == (422 if len(words.strip()) > 200 else 200)
    assert found(office.worker.acting(), "Klassenfahrt")


def test_the_newest_stand_first_and_not_more_than_asked_for(office: Office) -> None:
    keys = [write(office, f"Klassenfahrt {number}") for number in range(4)]
    assert found(office.worker.acting(), "Klassenfahrt") == keys[::-1]
    assert len(selectors.search(office.worker.acting(), "Klassenfahrt", most=2)) == 2


def test_the_page_names_case_day_and_words_and_leaves_a_trace(office: Office) -> None:
    write(office, "<b>Klassenfahrt</b> nach Bonn")
    client = office.client(office.worker)
    assert reverse("cases:search") in client.get(reverse("cases:mine")).content.decode()
    page = client.get(reverse("cases:search"), {"q": "Klassenfahrten"}).content.decode()
    assert office.opened.pseudonym in page and "<mark>Klassenfahrt</mark>" in page
    assert "<b>" not in page and "1 Eintrag" in page
    assert fences.bad_skeleton(page) == []
    rows = office.world.connection.execute(
        "SELECT person, category, ground FROM privacy_disclosure"
    ).fetchall()
    assert rows == [(office.worker.person, "health", "own_task")]


def test_more_that_is_found_asks_no_more_often(office: Office) -> None:
    client, counts = office.client(office.worker), []
    for text in ("Klassenfahrt", "noch eine Klassenfahrt"):
        write(office, text)
        client.get(reverse("cases:search"), {"q": "Klassenfahrt"})
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("cases:search"), {"q": "Klassenfahrt"})
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 30


def test_a_stranger_is_not_told_that_the_page_exists(office: Office) -> None:
    write(office, SLEEP)
    url = reverse("cases:search")
    assert Client().get(url, {"q": "Klassenfahrt"}).status_code == 302
    stranger = Client()
    stranger.force_login(User.objects.get(id=office.colleague.person))
    assert stranger.get(url, {"q": "Klassenfahrt"}).status_code == 404

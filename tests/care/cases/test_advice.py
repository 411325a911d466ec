"""Worry about a child: the right number first, advice without a name, and a log that stays with who asks."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
import typst
from django.urls import reverse

from lueckenlos.care.advisers import services as advisers
from lueckenlos.care.advisers.types import Period
from lueckenlos.care.cases import selectors, services
from lueckenlos.care.cases.models import Case, Record
from lueckenlos.care.cases.out import documents
from lueckenlos.care.cases.page import case_page
from lueckenlos.commons.privacy.types import Category, Purpose
from lueckenlos.commons.tasks import selectors as tasks
from lueckenlos.commons.tasks.types import TaskKind, TaskView
from lueckenlos.core import clock, printing
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from tests.care.kita import PHONE, Kita
from tests.wall.world import now

WORRY = "Das Kind kommt ohne Frühstück und ist sehr müde."
ASKED = {
    "gefahr": "nein",
    "feld_age": "from_3",
    "feld_basis": "sgb8_8a_4",
    "feld_worry": WORRY,
    "wanted": "call_back",
    "phone": "0221 4710-244",
}


def begin(kita: Kita, **more: str) -> UUID:
    """Advice begun by the Kita on its page; its file."""
    answer = kita.client(kita.worker).post(reverse("cases:advice"), {**ASKED, **more})
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    found = re.search(r"/fall/([0-9a-f-]{36})/", answer["Location"])
    assert found is not None
    return UUID(found[1])


def waiting(kita: Kita) -> list[TaskView]:
    """Requests to call back that the adviser's team has."""
    desk = tasks.mine(kita.adviser.acting(), now=now())
    found = [*desk.overdue, *desk.today, *desk.this_week, *desk.later]
    return [task for task in found if task.kind is TaskKind.CALL_BACK]


def test_the_adviser_is_the_first_button_and_danger_stands_before(kita: Kita) -> None:
    kita.advised()
    html = kita.client(kita.worker).get(reverse("cases:child_protection")).content.decode()
    assert html.count("l-call") == 1
    assert html.index("Ein Kind ist jetzt in Gefahr") < html.index("Bea Rat") < html.index("§ 8a")
    assert PHONE in html and "Ihre Kinderschutzfachkraft" in html


def test_while_the_adviser_is_away_the_deputy_is_the_button(kita: Kita) -> None:
    key = kita.advised()
    today = clock.day_of(now())
    advisers.be_away(key, absence=Period(today, today), by=kita.coordination, now=now())
    html = kita.client(kita.worker).get(reverse("cases:child_protection")).content.decode()
    assert "Bea Rat ist gerade nicht da." in html and "Dora Vert anrufen" in html


def test_a_kita_without_an_adviser_is_sent_to_the_youth_offices(kita: Kita) -> None:
    html = kita.client(kita.worker).get(reverse("cases:child_protection")).content.decode()
    assert "noch niemand eingetragen" in html and "0221 4710-111" in html


def test_danger_comes_before_the_question(kita: Kita) -> None:
    client = kita.client(kita.worker)
    assert "akuter Gefahr" in client.get(reverse("cases:advice")).content.decode()
    assert "Zuerst anrufen" in client.get(reverse("cases:advice"), {"gefahr": "ja"}).content.decode()
    assert selectors.cases(kita.acting(kita.worker)) == []


def test_the_team_learns_the_number_and_the_pseudonym_and_not_a_word_more(kita: Kita) -> None:
    kita.advised()
    file = begin(kita)
    case = selectors.case(kita.acting(kita.worker), file)
    assert case is not None and case.pathway == "beratung"
    (task,) = waiting(kita)
    assert case.pseudonym in task.what and "0221 4710-244" in task.what
    assert WORRY not in task.what and (task.file, task.record) == (None, None)
    assert str(file) not in repr(task)


def test_who_rings_themselves_leaves_no_task(kita: Kita) -> None:
    kita.advised()
    begin(kita, wanted="call_self", phone="")
    assert waiting(kita) == []


def test_who_wants_to_be_called_says_by_which_number(kita: Kita) -> None:
    kita.advised()
    answer = kita.client(kita.worker).post(reverse("cases:advice"), {**ASKED, "phone": ""})
    assert answer.status_code == 422 and WORRY in answer.content.decode()


@pytest.mark.parametrize(
    "words",
    ["Leonie kommt oft zu spät.", "Das Kind wohnt im Lindenweg 4.", "geboren am 3.4.2021", "Kind von M. K."],
)
def test_what_looks_like_a_name_is_asked_about_before_it_is_kept(kita: Kita, words: str) -> None:
    kita.advised()
    client = kita.client(kita.worker)
    answer = client.post(reverse("cases:advice"), {**ASKED, "feld_worry": words})
    text = answer.content.decode()
    assert answer.status_code == 422 and "sieht aus wie" in text and words in text
    assert 'type="checkbox" name="looked"' in text
    assert selectors.cases(kita.acting(kita.worker)) == []
    begin(kita, feld_worry=words, looked="on")


def test_the_log_is_looked_through_too(kita: Kita) -> None:
    kita.advised()
    file = begin(kita)
    client = kita.client(kita.worker)
    url = reverse("cases:write", args=[file, "log"])
    log = {
        "about": str(file),
        "happened_at": "2026-01-05T10:00",
        "feld_day": "2026-01-05",
        "feld_signs": "Leonie hat Hunger.",
        "feld_view": "Sorge",
        "feld_talk": "morgen mit den Eltern",
        "feld_step": "help",
        "key": str(uuid4()),
    }
    assert client.post(url, log).status_code == 422
    assert client.post(url, {**log, "entwurf": "1"}).json()["saved"]
    assert client.post(url, {**log, "feld_signs": "Das Kind hat Hunger."}).status_code == 302


def seen(actor: Actor) -> tuple[int, int]:
    with acting_as(actor):
        return Case.objects.count(), Record.objects.count()


def test_nobody_else_sees_the_file_not_even_the_adviser(kita: Kita) -> None:
    kita.advised()
    file = begin(kita)
    assert seen(kita.acting(kita.worker)) == (1, 1)
    outsiders = (kita.adviser, kita.head, kita.deputy, kita.other_kita, kita.second, kita.youth)
    for outsider in outsiders:
        for purpose in (None, *(each.value for each in Purpose)):
            assert seen(kita.acting(outsider, purpose=purpose)) == (0, 0)
        client = kita.client(outsider)
        for name in ("case", "pdf", "data"):
            assert client.get(reverse(f"cases:{name}", args=[file])).status_code == 404
    assert seen(kita.coordination) == (0, 0)


@pytest.mark.parametrize("name", ["person", "goal", "document", "protect"])
def test_there_is_no_place_for_a_name(kita: Kita, name: str) -> None:
    file = _begun_without_adviser(kita)
    assert kita.client(kita.worker).get(reverse(f"cases:{name}", args=[file])).status_code == 404


def _begun_without_adviser(kita: Kita) -> UUID:
    opened = services.begin_advice(
        services.NewAdvice(data={"age": "from_3", "basis": "sgb8_8b", "worry": WORRY}),
        adviser=None,
        actor=kita.acting(kita.worker),
        now=now(),
    )
    return opened.file


def set_pages(data: dict[str, Any]) -> int:
    """How many pages the one-page document takes."""
    with printing._laid_out(documents.ONE_PAGE, data, files={}) as folder:
        made = typst.compile(
            folder / "main.typ",
            root=folder,
            font_paths=[printing.FONTS],
            ignore_system_fonts=True,
            format="png",
        )
    return len(made) if isinstance(made, list) else 1


def test_the_log_leaves_as_one_page(kita: Kita) -> None:
    file = _begun_without_adviser(kita)
    actor = kita.acting(kita.worker)
    long = "In den letzten Wochen kam das Kind oft ohne Jacke und ohne Frühstück und war sehr müde. " * 6
    data: dict[str, Any] = dict.fromkeys(("signs", "strengths", "view", "talk"), long)
    services.write_record(
        file,
        new=services.NewRecord(
            kind="log",
            category=Category.SITUATION,
            about=file,
            happened_at=now(),
            data={**data, "step": "help"},
        ),
        actor=actor,
        now=now(),
    )
    page = case_page(actor, file, now=now())
    assert page is not None and page.is_nameless
    assert documents.case_pdf(page, now=now()).startswith(b"%PDF")
    assert set_pages(documents.case_data(page, now=now())) == 1


def test_the_kita_goes_through_the_pathway_itself(kita: Kita) -> None:
    file = _begun_without_adviser(kita)
    actor = kita.acting(kita.worker)
    services.go_on(file, to="advised", expected="asked", actor=actor, now=now())
    kita.note(file, "log")
    services.go_on(file, to="closed", expected="advised", actor=actor, now=now())
    case = selectors.case(actor, file)
    assert case is not None and case.closed_at is not None

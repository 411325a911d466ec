"""The pages of a report: written once, four eyes, the two answers, and nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from lueckenlos.care.cases import selectors, services
from lueckenlos.core import clock
from lueckenlos.kernels.pathways import Need
from tests.care.cases.test_protection import missing, protecting, seen_kinds
from tests.care.kita import THERE, Kita
from tests.wall.world import now

PAGES = ["protection", "together", "protect"]


@pytest.mark.parametrize("name", PAGES)
def test_pages_of_protection_answer_strangers_as_if_there_was_nothing(kita: Kita, name: str) -> None:
    opened, _child = kita.assessment()
    url = reverse(f"cases:{name}", args=[opened.file])
    assert kita.client(kita.worker).get(url).status_code == 200
    for outsider in (kita.other_kita, kita.adviser, kita.youth):
        client = kita.client(outsider)
        assert client.get(url).status_code == 404
        assert client.get(reverse(f"cases:{name}", args=[uuid4()])).status_code == 404


def test_a_second_educator_judges_too_once_the_team_is_there(kita: Kita) -> None:
    opened, child = kita.assessment()
    assert kita.client(kita.second).get(reverse("cases:case", args=[opened.file])).status_code == 404
    client = kita.client(kita.worker)
    client.post(reverse("cases:together", args=[opened.file]), {"unit": str(kita.worker.unit)})
    assert kita.client(kita.second).get(reverse("cases:case", args=[opened.file])).status_code == 200
    kita.note(opened.file, "child", about=child)
    kita.note(opened.file, "signs", about=child)
    services.go_on(opened.file, to="assessed", expected="signs", actor=kita.acting(kita.worker), now=now())
    kita.note(opened.file, "view", about=child)
    kita.note(opened.file, "advice", about=child)
    assert missing(kita, opened.file) == {(Need.RECORD, "view")}
    kita.note(opened.file, "view", by=kita.second, about=child)
    assert missing(kita, opened.file) == set()


def given(kita: Kita, child: UUID, **more: Any) -> dict[str, Any]:
    return {
        "subjects": [str(child)],
        "feld_day": str(clock.day_of(now())),
        "feld_reasons": "Die Eltern nehmen keine Hilfe an.",
        "feld_tried": "Hausbesuch",
        "feld_told": "no",
        "feld_spoken_to": "",
        "legal_basis": "kkg_4",
        "categories": ["identity", "situation"],
        "second_person": str(kita.second.person),
        "late_reason": "",
        "until": str(clock.day_of(now()) + timedelta(days=60)),
        **more,
    }


def test_the_report_is_written_once_and_the_competent_office_has_it(kita: Kita) -> None:
    opened, child = kita.assessment()
    client = kita.client(kita.worker)
    page = client.get(reverse("cases:protect", args=[opened.file])).content.decode()
    assert "Jugendamt kreis" in page and "0221 4710-111" in page
    answer = client.post(reverse("cases:protect", args=[opened.file]), given(kita, child))
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    (found,) = selectors.reports_of(kita.acting(kita.worker), opened.file)
    assert (found.reason, found.subjects) == ("Die Eltern nehmen keine Hilfe an.", (child,))
    assert seen_kinds(protecting(kita.youth)) == {"report"}


def test_four_eyes_are_asked_for_and_nothing_typed_is_lost(kita: Kita) -> None:
    opened, child = kita.assessment()
    answer = kita.client(kita.worker).post(
        reverse("cases:protect", args=[opened.file]), given(kita, child, second_person="")
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "warum es nicht warten konnte" in text and "Die Eltern nehmen keine Hilfe an." in text


def test_an_office_that_does_not_work_here_is_rung_and_the_report_goes_on_paper(kita: Kita) -> None:
    opened, _child = kita.assessment()
    client = kita.client(kita.worker)
    url = f"{reverse('cases:protect', args=[opened.file])}?gemeinde={THERE}"
    text = client.get(url).content.decode()
    assert "Bitte anrufen: Jugendamt stadt" in text and "youth_offices.csv" in text
    written = reverse("cases:write", args=[opened.file, "report"])
    assert client.get(written).status_code == 302
    assert client.get(f"{written}?papier=1").status_code == 200


def test_the_youth_office_confirms_and_gives_its_two_answers_on_its_own_pages(
    kita: Kita, told: dict[str, UUID]
) -> None:
    client = kita.client(kita.youth)
    inbox = client.get(reverse("cases:inbox")).content.decode()
    assert reverse("cases:report", args=[told["report"]]) in inbox
    page = client.get(reverse("cases:report", args=[told["report"]])).content.decode()
    assert "blaue Flecken am Arm" in page and "Eingang bestätigen" in page
    assert client.post(reverse("cases:receive", args=[told["report"]])).status_code == 302
    url = reverse("cases:feedback", args=[told["report"]])
    form = client.get(url).content.decode()
    assert "<textarea" not in form and form.count('type="radio"') == 4
    assert client.post(url, {"is_confirmed": "yes"}).status_code == 422
    assert client.post(url, {"is_confirmed": "yes", "is_acting": "yes", "text": "mehr"}).status_code == 302
    shown = kita.client(kita.worker).get(reverse("cases:protection", args=[told["file"]])).content.decode()
    assert "Anhaltspunkte bestätigt: ja" in shown and "noch tätig: ja" in shown and "mehr</" not in shown


@pytest.mark.parametrize("name", ["report", "receive", "feedback"])
def test_the_youth_offices_pages_are_nobody_elses(kita: Kita, told: dict[str, UUID], name: str) -> None:
    for outsider in (kita.worker, kita.second, kita.other_kita, kita.adviser):
        client = kita.client(outsider)
        for key in (told["report"], uuid4()):
            url = reverse(f"cases:{name}", args=[key])
            answer = client.post(url) if name == "receive" else client.get(url)
            assert answer.status_code == 404

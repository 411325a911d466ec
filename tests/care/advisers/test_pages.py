"""The register's pages: coordination and the advisers' own heads, and 404 for everybody else."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from lueckenlos.care.advisers import selectors, services
from lueckenlos.care.advisers.types import NewMeeting
from tests.care.kita import PHONE, Kita
from tests.wall.world import now, today


def given(**more: str) -> dict[str, str]:
    return {
        "name": "Cara Neu",
        "phone": "0221 4710-777",
        "person": "",
        "unit": "",
        "qualification": "Zertifikatskurs",
        "qualified_on": str(today() - timedelta(days=30)),
        "qualified_until": "",
        "contract_from": str(today()),
        "contract_until": "",
        "first_deputy": "",
        "second_deputy": "",
        **more,
    }


def test_coordination_enters_somebody_and_says_whom_they_advise(kita: Kita) -> None:
    client = kita.client(kita.coordination)
    assert "Noch niemand eingetragen" in client.get(reverse("advisers:register")).content.decode()
    where = reverse("advisers:new")
    assert "Für wen arbeitet die Person?" in client.get(where).content.decode()
    answer = client.post(f"{where}?stelle={kita.adviser.organization}", given())
    assert answer.status_code == 302
    page = answer["Location"]
    told = client.post(f"{page}beraet/", {"organization": str(kita.worker.organization)}, follow=True)
    assert kita.name_of(kita.worker.organization) in told.content.decode()
    found = selectors.reach(kita.worker.organization, today=today())
    assert found is not None and found.on_the_phone.phone == "0221 4710-777"


def test_an_end_before_its_beginning_is_said_and_nothing_typed_is_lost(kita: Kita) -> None:
    client = kita.client(kita.coordination)
    where = f"{reverse('advisers:new')}?stelle={kita.adviser.organization}"
    answer = client.post(where, given(contract_until=str(today() - timedelta(days=2))))
    text = answer.content.decode()
    assert answer.status_code == 422 and "liegt vor dem Anfang" in text and "Cara Neu" in text


def test_an_adviser_says_themselves_when_they_are_away_and_changes_nothing_else(kita: Kita) -> None:
    key = kita.advised()
    client = kita.client(kita.adviser)
    page = reverse("advisers:adviser", args=[key])
    assert client.get(page).status_code == 200
    away = {"absent_from": str(today()), "absent_until": str(today())}
    assert client.post(reverse("advisers:away", args=[key]), away).status_code == 302
    found = selectors.reach(kita.worker.organization, today=today())
    assert found is not None and found.on_the_phone.name == "Dora Vert"
    for name in ("edit", "advise", "no_longer"):
        assert client.post(reverse(f"advisers:{name}", args=[key]), given()).status_code == 404
    assert client.get(reverse("advisers:register")).status_code == 404


def test_minutes_that_look_like_a_case_are_asked_about_once(kita: Kita) -> None:
    kita.advised()
    client = kita.client(kita.head)
    key = services.plan_meeting(
        NewMeeting(
            organization=kita.adviser.organization,
            starts_at=now() - timedelta(minutes=1),
            place="Kreishaus",
            invited=(kita.worker.organization,),
        ),
        by=kita.head.acting(),
        now=now(),
    )
    page = reverse("advisers:meeting", args=[key])
    held = {"held_on": str(today()), "minutes": "Frau Kaczmarek braucht mehr Zeit."}
    answer = client.post(page, held)
    text = answer.content.decode()
    assert answer.status_code == 422 and "sieht aus wie ein Name" in text and "niemand genannt" in text
    assert client.post(page, {**held, "looked": "on"}).status_code == 302


@pytest.mark.parametrize("name", ["adviser", "edit", "away", "advise", "no_longer"])
def test_an_outsider_gets_what_a_missing_adviser_gives(kita: Kita, name: str) -> None:
    key = kita.advised()
    method = "get" if name in {"adviser", "edit"} else "post"
    for outsider in (kita.worker, kita.other_kita, kita.youth):
        client = kita.client(outsider)
        answers = [
            getattr(client, method)(reverse(f"advisers:{name}", args=[each])) for each in (key, uuid4())
        ]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert PHONE not in answers[0].content.decode()
        assert client.get(reverse("advisers:register")).status_code == 404
        assert client.get(reverse("advisers:new")).status_code == 404
        assert client.get(reverse("advisers:plan_meeting")).status_code == 404

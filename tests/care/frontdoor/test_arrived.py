"""One tap in a mail says whether the family arrived; the page knows nothing of the family."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from lueckenlos.care.cases import selectors as cases
from lueckenlos.care.cases.types import ReferralState
from lueckenlos.care.frontdoor import services
from lueckenlos.care.frontdoor.types import NewReferral, SentIn
from lueckenlos.commons.tasks import selectors as tasks
from tests.care.frontdoor.conftest import Door, service_of
from tests.wall.world import now


@pytest.fixture
def referred(door: Door) -> tuple[SentIn, str]:
    """A request that was sent on, and the path of the mail's link."""
    mail.outbox = []
    sent = door.sent_in()
    new = NewReferral(organization=door.centre.organization, name="Beratungsstelle")
    services.refer(sent.file, new=new, actor=door.actor, now=now())
    (letter,) = mail.outbox
    path = "/vermittlung/" + str(letter.body).split("/vermittlung/")[1].split()[0]
    return sent, path


def state(door: Door, sent: SentIn) -> ReferralState:
    (referral,) = cases.referrals_of(door.actor, sent.file)
    return referral.state


def main(answer: Any) -> str:
    """What the page itself says."""
    return str(answer.content.decode()).split("<main")[1].split("</main")[0]


def test_looking_uses_nothing_up_and_shows_nothing(door: Door, referred: tuple[SentIn, str]) -> None:
    sent, path = referred
    for _program in range(3):
        page = Client().get(path).content.decode()
    assert "Ist die Familie angekommen?" in page
    for secret in ("Mara", "Beratungsstelle", "Schule", sent.pseudonym, str(sent.file)):
        assert secret not in page
    assert state(door, sent) is ReferralState.PROPOSED


def test_one_tap_ends_the_referral_and_the_senders_task(door: Door, referred: tuple[SentIn, str]) -> None:
    sent, path = referred
    answer = Client().post(path, {"angekommen": "ja"})
    assert answer.status_code == 302
    assert "Danke" in Client().get(answer["Location"]).content.decode()
    assert state(door, sent) is ReferralState.ARRIVED
    assert not [
        task
        for task in tasks.open_of_files(door.actor, [sent.file], now=now())
        if task.record_kind == "arrived"
    ]


def test_who_did_not_come_is_counted_with_the_reason(door: Door, referred: tuple[SentIn, str]) -> None:
    sent, path = referred
    assert Client().post(path, {"grund": "erfunden"}).status_code == 422
    assert state(door, sent) is ReferralState.PROPOSED
    Client().post(path, {"grund": "no_place"})
    assert state(door, sent) is ReferralState.NOT_ARRIVED
    assert door.rows("SELECT source, reason, count FROM signals_signal") == [("handover", "no_place", 1)]


def test_used_forwarded_expired_and_invented_links_get_the_same_kind_answer(
    door: Door, referred: tuple[SentIn, str]
) -> None:
    _sent, path = referred
    Client().post(path, {"angekommen": "ja"})
    again = Client().get(path)
    invented = Client().get("/vermittlung/AAAA-AAAA-AAAA/")
    assert again.status_code == invented.status_code == 410
    assert main(again) == main(invented)
    assert Client().post(path, {"grund": "no_place"}).status_code == 410


def test_a_service_with_its_own_address_gets_the_mail(door: Door) -> None:
    mail.outbox = []
    service = service_of(door, door.centre.organization)
    door.world.connection.execute(
        "UPDATE directory_service SET email = 'erziehung@example.org' WHERE id = %s", [service]
    )
    sent = door.sent_in()
    new = NewReferral(organization=door.centre.organization, name="Erziehungsberatung", service=service)
    services.refer(sent.file, new=new, actor=door.actor, now=now())
    (letter,) = mail.outbox
    assert letter.to == ["erziehung@example.org"]


def test_without_an_address_the_senders_task_asks(door: Door) -> None:
    mail.outbox = []
    sent = door.sent_in()
    new = NewReferral(organization=door.social_worker.organization, name="Amt")
    services.refer(sent.file, new=new, actor=door.actor, now=now())
    assert mail.outbox == []
    kinds: list[Any] = [task.record_kind for task in tasks.open_of_files(door.actor, [sent.file], now=now())]
    assert "arrived" in kinds

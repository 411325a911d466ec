"""A voucher by mail and short message: the link arrives, and nobody keeps where it went."""

from __future__ import annotations

import re

import pytest
from django.core import mail as outbox
from django.db import connection
from django.test import Client

from lueckenlos.core import sms
from lueckenlos.offers.vouchers import services
from lueckenlos.offers.vouchers.errors import NoSuchVoucher
from tests.offers.vouchers.house import Office
from tests.wall.world import now


def test_a_letter_brings_the_link_and_nobody_keeps_the_address(office: Office) -> None:
    voucher, actor = office.issue(), office.giver.acting()
    outbox.outbox.clear()
    services.send(voucher, to="mutter@example.org", language="de", actor=actor, now=now())
    letter = outbox.outbox[0]
    assert (letter.to, letter.subject) == (["mutter@example.org"], "Ihr Gutschein: Sport-Gutschein")
    found = re.search(r"/gutscheine/gutschein/([^/]+)/", str(letter.body))
    assert found is not None
    page = Client().get(found[0])
    assert page.status_code == 200
    assert found[1] in page.content.decode()
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE args::text LIKE '%%mutter@%%'")
        assert cursor.fetchone() == (0,)
    for outsider in (office.other_giver, office.club, office.payer):
        with pytest.raises(NoSuchVoucher):
            services.send(voucher, to="x@example.org", language="de", actor=outsider.acting(), now=now())
    assert office.redeem(found[1]) == 3600


def test_a_short_message_brings_the_link_and_no_matter(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[sms.ShortMessage] = []
    voucher, actor = office.issue(), office.giver.acting()
    monkeypatch.setattr(sms, "_gateway", lambda: sent.append)
    with pytest.raises(sms.NoNumber):
        services.text(voucher, to="kaputt", actor=actor, now=now())
    services.text(voucher, to="0151 23456789", actor=actor, now=now())
    assert sent[0].to == "+4915123456789"
    assert "Judo" not in sent[0].text and "Sport" not in sent[0].text
    assert "/gutscheine/gutschein/" in sent[0].text
    monkeypatch.setattr(sms, "_gateway", lambda: None)
    with pytest.raises(sms.NoGateway):
        services.text(voucher, to="0151 23456789", actor=actor, now=now())

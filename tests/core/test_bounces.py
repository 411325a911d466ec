"""Addresses at which nothing arrives: refused at once over real SMTP, or reported later by the mail server."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from datetime import timedelta
from email import policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from lueckenlos.core import bounces, clock, mail
from lueckenlos.core.models import Unreachable
from tests.core.test_mail import free_port

pytestmark = pytest.mark.usefixtures("empty_database")


class Refusing:
    """A mail server that knows one person, and one whose mailbox is full for now."""

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith("weg"):
            return "550 5.1.1 no such user"
        if address.startswith("voll"):
            return "452 4.2.2 mailbox full"
        envelope.rcpt_tos.append(address)
        return "250 OK"


@pytest.fixture
def server(settings: object) -> Iterator[None]:
    """A real server on a free port."""
    port = free_port()
    controller = Controller(Refusing(), hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST = "127.0.0.1"  # type: ignore[attr-defined]
    settings.EMAIL_PORT = port  # type: ignore[attr-defined]
    yield
    controller.stop()


def letter(to: str) -> mail.Letter:
    """A short letter."""
    return mail.Letter(to, "Ihr Platz", "Guten Tag", "<p>Guten Tag</p>")


def report(address: str, *, action: str = "failed", status: str = "5.1.1") -> bytes:
    """A report as mail servers write it."""
    told = EmailMessage(policy=policy.SMTP)
    told["From"], told["To"], told["Subject"] = "MAILER-DAEMON@example.org", "haus@example.org", "Undelivered"
    told.set_content("Leider nicht zugestellt.")
    body = (
        "Reporting-MTA: dns; mail.example.org\r\n\r\n"
        f"Final-Recipient: rfc822; {address}\r\nAction: {action}\r\nStatus: {status}\r\n"
    )
    head, _, text = told.as_bytes().partition(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"content-")]
    return b"\r\n".join(
        [
            *lines,
            b'Content-Type: multipart/report; report-type=delivery-status; boundary="XX"',
            b"",
            b"--XX",
            b"Content-Type: text/plain",
            b"",
            text,
            b"--XX",
            b"Content-Type: message/delivery-status",
            b"",
            body.encode(),
            b"--XX--",
            b"",
        ]
    )


@pytest.mark.usefixtures("server")
def test_who_is_refused_for_good_is_remembered_and_a_full_box_is_not() -> None:
    for address in ("weg@example.org", "voll@example.org"):
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            mail.send(letter(address))
    mail.send(letter("da@example.org"))
    asked = ["Weg@Example.org", "voll@example.org", "da@example.org", ""]
    assert bounces.unreachable(asked) == {"Weg@Example.org"}


@pytest.mark.usefixtures("server")
def test_a_letter_of_the_queue_is_tried_again_only_where_that_may_help() -> None:
    mail.send_letter.func(to="weg@example.org", subject="x", text="x", html="x")
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        mail.send_letter.func(to="voll@example.org", subject="x", text="x", html="x")


def test_a_report_names_who_was_not_reached() -> None:
    now = clock.real_now()
    assert bounces.take_report(report("alt@example.org"), now=now) == 1
    assert bounces.take_report(report("spaet@example.org", action="delayed", status="4.4.1"), now=now) == 0
    assert bounces.unreachable(["alt@example.org", "spaet@example.org"]) == {"alt@example.org"}


@pytest.mark.parametrize("raw", [b"", b"Guten Tag", b"Subject: Urlaub\r\n\r\nIch bin weg.", b"\xff\x00" * 50])
def test_what_is_no_report_says_so(raw: bytes) -> None:
    with pytest.raises(bounces.NoReport):
        bounces.take_report(raw, now=clock.real_now())


def test_no_address_lies_in_the_table_and_half_a_year_later_nothing() -> None:
    now = clock.real_now()
    bounces.note("jemand@example.org", now=now)
    assert "jemand" not in str(list(Unreachable.objects.values()))
    (rule,) = bounces.RULES
    assert rule.due(now + timedelta(days=100)) == 0
    assert rule.erase(now + timedelta(days=184)) == rule.due(now) + 1
    assert bounces.unreachable(["jemand@example.org"]) == frozenset()

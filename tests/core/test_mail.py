"""Letters leave over real SMTP, in German, as text and as the same in simple HTML."""

import socket
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from procrastinate.contrib.django.models import ProcrastinateJob

from lueckenlos.core import mail

CONTEXT = {
    "name": "Chor <b>„Süd“</b>",
    "accepted": True,
    "answer": "",
    "link": "https://example.org/x",
    "county": "Kreis",
}


class Postbox:
    """Takes every letter and keeps it."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        letter = BytesParser(policy=default).parsebytes(envelope.content)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        return "250 OK"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def written() -> mail.Letter:
    return mail.letter(
        "directory/mail/decision.txt", to="nord@example.org", subject="Ihr\nVorschlag", context=CONTEXT
    )


def test_a_letter_arrives_as_text_and_html_with_its_umlauts_and_nobody_elses_markup(settings: Any) -> None:
    postbox = Postbox()
    port = free_port()
    server = Controller(postbox, hostname="127.0.0.1", port=port)
    server.start()
    try:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = port
        mail.send(written())
    finally:
        server.stop()
    (letter,) = postbox.letters
    text, html = letter.get_body(("plain",)), letter.get_body(("html",))
    assert text is not None
    assert html is not None
    assert letter["Subject"] == "Ihr Vorschlag"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert "Chor <b>„Süd“</b>" in text.get_content()
    assert "<b>" not in html.get_content()
    assert 'href="https://example.org/x"' in html.get_content()


@pytest.mark.django_db
def test_a_letter_in_the_queue_goes_or_stays_with_the_deed() -> None:
    mail.post(written())
    assert [job.args["to"] for job in ProcrastinateJob.objects.filter(task_name="core.send_letter")] == [
        "nord@example.org"
    ]

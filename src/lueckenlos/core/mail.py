"""Letters by mail: plain text and the same as simple HTML, with the county's name above and below.

A letter without secrets goes through the queue, in the same transaction as the deed it tells of: either both
happen or neither. One that carries a link which opens something is sent at once, so that the link is stored nowhere.
"""

import logging
import smtplib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from lueckenlos.core import bounces
from lueckenlos.core.jobs import job

RETRIES = 8
LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail to one address."""

    to: str
    subject: str
    text: str
    html: str


def letter(
    template: str, *, to: str, subject: str, context: Mapping[str, Any], language: str = "de"
) -> Letter:
    """Write a letter from a text template (`<app>/mail/<name>.txt`); HTML is the same text with links.

    Whoever is asked by duty reads German; only who wrote to us in another language gets it back.
    """
    with translation.override(language):
        given = {"base_url": settings.BASE_URL, **context}
        body = render_to_string(template, given).strip()
        plain = render_to_string("core/mail/letter.txt", {**given, "body": body})
        html = render_to_string("core/mail/letter.html", {**given, "body": body, "subject": subject})
    one_line = " ".join(subject.split())
    return Letter(to, one_line, plain.strip() + "\n", html)


def send(written: Letter) -> None:
    """Hand a letter to the mail server now; its errors are the caller's."""
    message = EmailMultiAlternatives(written.subject, written.text, to=[written.to])
    message.attach_alternative(written.html, "text/html")
    message.extra_headers = {"Auto-Submitted": "auto-generated"}
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        bounces.note_refused(error)
        raise


def send_when_done(write: Callable[[], Letter]) -> None:
    """Write and send a letter once the transaction is through: no lock waits for it.

    A mail server that is away undoes nothing; whoever uses this shows what matters on the page, too.
    """

    def deliver() -> None:
        try:
            send(write())
        except (smtplib.SMTPException, OSError):
            LOG.warning("A letter could not be sent.")

    transaction.on_commit(deliver)


def post(written: Letter) -> None:
    """Put a letter without secrets into the queue, together with whatever else this transaction does."""
    send_letter.defer(**asdict(written))


@job(name="core.send_letter", retry=RETRIES)
def send_letter(*, to: str, subject: str, text: str, html: str) -> None:
    """Send a letter from the queue; an address that is refused for good is not tried again."""
    try:
        send(Letter(to, subject, text, html))
    except smtplib.SMTPRecipientsRefused as error:
        if not bounces.is_final(error):
            raise

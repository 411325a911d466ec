"""Asks whoever receives a referral by mail whether the family arrived: one link, one tap, nothing about the family."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.core import codes, mail

PURPOSE: Final = "referral"
# Families go when they can: whoever comes late is still told about.
LINK_LIVES: Final = timedelta(days=60)
_SUBJECT: Final = "Kurze Frage: Ist eine Familie bei Ihnen angekommen?"
_WORDS: Final = ("Ahorn", "Birke", "Buche", "Eiche", "Erle", "Esche", "Fichte", "Hasel", "Kiefer", "Linde")


@dataclass(frozen=True, slots=True)
class Sent:
    """A referral as its mail knows it: where it goes and by when it is asked for."""

    referral: UUID
    organization: UUID
    service: UUID | None
    sender: UUID
    due_at: datetime


def keyword(referral: UUID) -> str:
    """A word and a number that the family can say there instead of its name; made from the referral alone."""
    number = referral.int
    return f"{_WORDS[number % len(_WORDS)]} {number // len(_WORDS) % 900 + 100}"


def ask_by_mail(sent: Sent, *, now: datetime) -> bool:
    """Write to the receiver, once the referral is stored; tell whether there is an address to write to.

    Inside `acting_as` of whoever refers. The link is sent at once and stored nowhere.
    """
    address = directory.mail_address(sent.organization, service_id=sent.service)
    if not address:
        return False
    code = codes.issue(
        sent.referral, purpose=PURPOSE, language="de", now=now, until=max(now, sent.due_at) + LINK_LIVES
    )
    try:
        path = reverse("frontdoor:arrived", args=[code.text])
    except NoReverseMatch:
        return False
    letter = mail.letter(
        "cases/mail/arrived.txt",
        to=address,
        subject=_SUBJECT,
        context={
            "link": settings.BASE_URL + path,
            "keyword": keyword(sent.referral),
            "service": _name(sent),
            "sender": directory.organization_names([sent.sender]).get(sent.sender, ""),
            "until": code.expires_at,
        },
    )
    mail.send_when_done(lambda: letter)
    return True


def _name(sent: Sent) -> str:
    found = directory.services([sent.service], now=sent.due_at) if sent.service else []
    return found[0].name if found else ""

"""Mails to families, never with a child's name. One that carries a link is sent when the deed is done, and stored nowhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.urls import reverse
from django.utils import translation

from lueckenlos.core import clock, codes, mail
from lueckenlos.core.times import time_words
from lueckenlos.offers.classes.models import FamilyClass, Member, Morning, SecondParent
from lueckenlos.offers.classes.wording import subject

CODE: Final = "family-class"
SECOND_CODE: Final = "family-class-second"
# Each gets letters of their own; what one wrote stands in none of the other's.
Reader = Member | SecondParent
REMINDER_LIVES: Final = timedelta(days=14)
# Made in the language of whoever gets the letter.
Words = Callable[[], Mapping[str, Any]]


def tell_joined(row: FamilyClass, member: Reader, *, until: datetime, now: datetime) -> None:
    """Confirm that a family takes part, with the link to its page."""
    code = _code(member, until=until, now=now)
    _send("joined", row, member, context=lambda: _facts(row, member, code=code))


def remind(row: FamilyClass, member: Reader, *, morning: Morning, now: datetime) -> None:
    """It is tomorrow, or today where the worker was away; the link to stop the reminders comes along."""
    code = _code(member, until=now + REMINDER_LIVES, now=now)
    day, today = (clock.day_of(each) for each in (morning.starts_at, now))
    titled = "tomorrow" if day == today + timedelta(days=1) else "reminder"
    _send(
        "reminder",
        row,
        member,
        context=lambda: _facts(row, member, morning=morning, code=code),
        titled=titled,
    )


def tell_cancelled(row: FamilyClass, member: Reader, *, morning: Morning) -> None:
    """A morning does not take place."""
    mail.post(_written("cancelled", row, member, context=lambda: _facts(row, member, morning=morning)))


def _facts(
    row: FamilyClass, member: Reader, *, morning: Morning | None = None, code: str = ""
) -> dict[str, Any]:
    return {
        "title": row.title,
        "place": row.place,
        "name": member.parent,
        "when": time_words(morning.starts_at, morning.ends_at) if morning else "",
        "link": reverse("classes:second" if _is_second(member) else "classes:own", args=[code])
        if code
        else "",
    }


def _code(member: Reader, *, until: datetime, now: datetime) -> str:
    purpose = SECOND_CODE if _is_second(member) else CODE
    return codes.issue(
        member.id, purpose=purpose, language=member.language, now=now, until=until, uses=None
    ).text


def _is_second(reader: Reader) -> bool:
    return isinstance(reader, SecondParent)


def _send(template: str, row: FamilyClass, member: Reader, *, context: Words, titled: str = "") -> None:
    mail.send_when_done(lambda: _written(template, row, member, context=context, titled=titled))


def _written(
    template: str, row: FamilyClass, member: Reader, *, context: Words, titled: str = ""
) -> mail.Letter:
    """The letter, its dates too in the language of whoever gets it."""
    with translation.override(member.language):
        return mail.letter(
            f"classes/mail/{template}.txt",
            to=member.email,
            subject=subject(titled or template, row.title),
            context=context(),
            language=member.language,
        )

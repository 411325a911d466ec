"""Mails to households and centres. One that carries a link is sent when the deed is done, and stored nowhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from lueckenlos.core import audit, codes, mail
from lueckenlos.offers.courses.models import Enrollment, OnlineCourse
from lueckenlos.offers.courses.wording import subject

CODE: Final = "course"
STOP: Final = "course-reminders"
# A household may wait long, then learns for the months of its access; afterwards it gives feedback.
LINK_LIVES: Final = timedelta(days=365)
Words = Callable[[], Mapping[str, Any]]


def tell_ready(course: OnlineCourse, row: Enrollment, *, now: datetime) -> None:
    """A code is reserved: the link leads to the page that shows it."""
    _with_link("ready", course, row, now=now)


def tell_waiting(course: OnlineCourse, row: Enrollment, *, now: datetime) -> None:
    """The stock is empty; a code comes by itself."""
    _with_link("waiting", course, row, now=now)


def tell_again(course: OnlineCourse, row: Enrollment, *, now: datetime) -> None:
    """Somebody registered with an address that takes part already: here is a fresh link, and nobody else learns it."""
    _with_link("again", course, row, now=now)


def remind(course: OnlineCourse, row: Enrollment, *, now: datetime) -> None:
    """The course waits; one link goes on, the other stops these mails."""
    until = _until(course, now=now)
    stop = codes.issue(row.id, purpose=STOP, language=row.language, now=now, until=until, uses=None).text
    _with_link("reminder", course, row, now=now, stop=reverse("courses:stop_reminders", args=[stop]))


def warn_of_low_stock(course: OnlineCourse, *, to: str, left: int) -> None:
    """Tell a centre that codes should be bought."""
    mail.post(
        mail.letter(
            "courses/mail/low_stock.txt",
            to=to,
            subject=_("Codes werden knapp: %(title)s") % {"title": course.title},
            context={"course": course, "left": left, "link": reverse("courses:manage", args=[course.id])},
        )
    )


def _with_link(
    template: str, course: OnlineCourse, row: Enrollment, *, now: datetime, stop: str = ""
) -> None:
    language, to, name, done = row.language, row.email, row.name, len(row.done)
    code = _code(course, row.id, language=language, now=now)

    def written() -> mail.Letter:
        """In the language of whoever gets it."""
        with translation.override(language):
            return mail.letter(
                f"courses/mail/{template}.txt",
                to=to,
                subject=subject(template, course.title),
                context={
                    "course": course,
                    "name": name,
                    "link": reverse("courses:own", args=[code]),
                    "stop": stop,
                    "done": done,
                    "modules": len(course.modules),
                },
                language=language,
            )

    mail.send_when_done(written)


def _code(course: OnlineCourse, key: UUID, *, language: str, now: datetime) -> str:
    until = _until(course, now=now)
    chain = audit.chain_of(course.organization_id)
    return codes.issue(
        key, purpose=CODE, language=language, now=now, until=until, uses=None, chain=chain
    ).text


def _until(course: OnlineCourse, *, now: datetime) -> datetime:
    return now + timedelta(days=31 * course.months) + LINK_LIVES

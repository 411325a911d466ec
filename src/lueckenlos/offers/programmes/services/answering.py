"""What a programme asks beside who comes, once a place was given: questions of its own, which price holds."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from lueckenlos.core import audit
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.offers.programmes.errors import NoSuchRegistration, NothingAsked
from lueckenlos.offers.programmes.models import Programme, Registration, Seat
from lueckenlos.offers.programmes.services import letters
from lueckenlos.offers.programmes.services.seating import PLACES
from lueckenlos.offers.programmes.types import LaterAnswers, ProgrammeState, RegistrationState

TIME_TO_ANSWER: Final = timedelta(days=7)
AT_LEAST: Final = timedelta(days=1)
REMINDED_BEFORE: Final = timedelta(days=2)


def answer_by(programme: Programme, *, now: datetime) -> datetime | None:
    """By when those with a place answer: within a week, the day before it begins at the latest; None: nothing is asked."""
    if not programme.questions and len(programme.fares) <= 1:
        return None
    until = now + TIME_TO_ANSWER
    if programme.dates:
        until = min(until, programme.dates[0].starts_at - AT_LEAST)
    return max(until, now + AT_LEAST)


def answer(key: UUID, given: LaterAnswers, *, actor: Actor, now: datetime) -> None:
    """Take what the family says; late is better than never: no place is lost for a missing answer.

    Raises NothingAsked where it was said already.
    """
    with acting_as(actor):
        row = (
            Registration.objects.select_for_update(of=("self",), no_key=True)
            .filter(id=key, state=RegistrationState.PLACED.value)
            .first()
        )
        if row is None:
            raise NoSuchRegistration
        if row.asked_until is None:
            raise NothingAsked
        for seat, fare in given.fares.items():
            Seat.objects.filter(id=seat, registration=key).update(fare=fare.label, cents=fare.cents)
        Registration.objects.filter(id=key).update(
            answers=[{"label": label, "answer": words} for label, words in given.answers],
            asked_until=None,
            changed_at=now,
        )
        audit.record(
            "programmes.registration.answered",
            subject=f"registration/{key}",
            chain=audit.chain_of(row.organization),
        )


def remind_everywhere(*, now: datetime) -> int:
    """Ask once more, two days before the time to answer ends; how many letters."""
    with acting_as(PLACES):
        due = Registration.objects.filter(
            state=RegistrationState.PLACED.value,
            asked_until__gt=now,
            asked_until__lte=now + REMINDED_BEFORE,
            asked_again_at__isnull=True,
            programme__state=ProgrammeState.PUBLISHED.value,
        )
        sent = 0
        for row in due.select_related("programme").order_by("id"):
            # Whoever marks it first sends it: two workers do not send twice.
            if Registration.objects.filter(id=row.id, asked_again_at__isnull=True).update(asked_again_at=now):
                letters.tell_asked(row.programme, row, now=now)
                sent += 1
    return sent

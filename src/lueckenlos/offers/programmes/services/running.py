"""While it runs: links shortly before, who came, and what those who came say."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from lueckenlos.core import audit, clock
from lueckenlos.core.actor import Actor, job
from lueckenlos.core.context import acting_as
from lueckenlos.offers.programmes.errors import NoSuchRegistration
from lueckenlos.offers.programmes.models import (
    Access,
    Attendance,
    Feedback,
    Programme,
    Registration,
    Seat,
    Session,
)
from lueckenlos.offers.programmes.services import letters
from lueckenlos.offers.programmes.types import ProgrammeState, RegistrationState

TELLS: Final = job("programmes-tell")
LONGEST_AHEAD: Final = timedelta(days=14)


def send_links(*, now: datetime) -> int:
    """Send the way in to everybody with a place, once for each date, as many hours before as was said."""
    sent = 0
    with acting_as(TELLS):
        ahead = Session.objects.filter(
            starts_at__gt=now,
            starts_at__lte=now + LONGEST_AHEAD,
            is_cancelled=False,
            link_sent_at__isnull=True,
            programme__state=ProgrammeState.PUBLISHED.value,
        ).select_related("programme")
        access = {each.programme_id: each for each in Access.objects.exclude(address="")}
        for session in ahead:
            way = access.get(session.programme_id)
            if way is None or session.starts_at - timedelta(hours=way.hours_before) > now:
                continue
            # Whoever marks it first sends it: two workers do not send twice.
            if not Session.objects.filter(id=session.id, link_sent_at__isnull=True).update(link_sent_at=now):
                continue
            for row in Registration.objects.filter(
                programme=session.programme_id, state=RegistrationState.PLACED.value
            ):
                letters.tell_access(
                    session.programme, row, session=session, address=way.address, note=way.note
                )
                sent += 1
    return sent


def mark(session: UUID, *, seat: UUID, came: bool, actor: Actor, now: datetime) -> None:
    """Note whether somebody came to a date."""
    with acting_as(actor):
        row = Seat.objects.filter(id=seat).first()
        date = Session.objects.filter(id=session).first()
        if row is None or date is None or actor.organization != row.organization:
            raise NoSuchRegistration
        Attendance.objects.update_or_create(
            session=date,
            seat=row,
            defaults={"organization": row.organization, "came": came, "recorded_at": now},
        )


def give_feedback(
    key: UUID, *, helped: int, again: bool | None, words: str, actor: Actor, now: datetime
) -> None:
    """Take three answers by link; the answer is kept apart from who gave it, and each link gives one."""
    with acting_as(actor):
        row = (
            Registration.objects.select_for_update(of=("self",), no_key=True)
            .filter(id=key, state=RegistrationState.PLACED.value, has_fed_back=False)
            .first()
        )
        if row is None:
            raise NoSuchRegistration
        Feedback(
            programme=Programme(id=row.programme_id),
            organization=row.organization,
            month=clock.day_of(now).replace(day=1),
            helped=helped,
            again=again,
            words=words,
        ).save(force_insert=True)
        Registration.objects.filter(id=key).update(has_fed_back=True)
        audit.record(
            "programmes.feedback.given",
            subject=f"programme/{row.programme_id}",
            chain=audit.chain_of(row.organization),
        )

"""Somebody says that an entry is no longer true; provider and Koordination answer by a date."""

from datetime import date, datetime, timedelta
from uuid import UUID

from lueckenlos.commons.directory import notices
from lueckenlos.commons.directory.errors import AlreadyDecided, NoSuchEntry
from lueckenlos.commons.directory.models import Inquiry
from lueckenlos.commons.directory.selectors.public import shown_services
from lueckenlos.commons.directory.services.access import demand_editor
from lueckenlos.commons.directory.types import InquiryReason, InquiryState
from lueckenlos.core import audit, clock, locking
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as

WORKING_DAYS = 10
SATURDAY = 5
LONGEST_TEXT = 2000


def working_days_after(day: date, *, count: int) -> date:
    """The day that lies so many Mondays to Fridays later; public holidays count as working days."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < SATURDAY
    return day


def report_error(key: str, *, reason: InquiryReason, text: str, actor: Actor, now: datetime) -> date:
    """Take a report from anybody and give the day of its answer; the same words are one report while it is open."""
    with acting_as(actor):
        service = (
            shown_services(today=clock.day_of(now)).select_related("organization").filter(key=key).first()
        )
        if service is None:
            raise NoSuchEntry(key)
        words = text.strip()[:LONGEST_TEXT]
        locking.hold(f"directory inquiry {service.id}")
        same = Inquiry.objects.filter(
            service=service, reason=reason, text=words, state=InquiryState.OPEN
        ).first()
        if same is not None:
            return same.due_on
        inquiry = Inquiry.objects.create(
            service=service,
            reason=reason,
            text=words,
            reported_at=now,
            due_on=working_days_after(clock.day_of(now), count=WORKING_DAYS),
        )
        notices.inquiry_arrived(inquiry)
        return inquiry.due_on


def answer_inquiry(
    inquiry_id: UUID, *, state: InquiryState, answer: str, actor: Actor, now: datetime
) -> None:
    """End a report: the entry was corrected, or it is true as it stands."""
    with acting_as(actor):
        rows = Inquiry.objects.select_for_update(of=("self",)).select_related(
            "service__organization", "service__feed"
        )
        inquiry = rows.filter(id=inquiry_id).first()
        if inquiry is None:
            raise NoSuchEntry(str(inquiry_id))
        demand_editor(actor, inquiry.service)
        if inquiry.state != InquiryState.OPEN:
            raise AlreadyDecided(inquiry_id)
        inquiry.state = state
        inquiry.answer = answer
        inquiry.answered_at = now
        inquiry.answered_by = actor.person_id
        audit.record(
            "directory.inquiry.answered", subject=f"inquiry/{inquiry.id}", details={"state": state.value}
        )
        inquiry.save(update_fields=["state", "answer", "answered_at", "answered_by"])

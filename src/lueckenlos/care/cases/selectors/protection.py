"""Reports of children in danger, for who made them and for the youth office that has them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from lueckenlos.care.cases.models import ReportFeedback, ReportReceipt
from lueckenlos.care.cases.types import FeedbackView, ReportView
from lueckenlos.commons.accounts import work
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.places import selectors as places
from lueckenlos.commons.places.types import YouthOfficeInfo
from lueckenlos.commons.privacy import selectors as privacy
from lueckenlos.commons.privacy.types import StepView
from lueckenlos.commons.tasks.types import Owner
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as

_Row = TypeVar("_Row", ReportReceipt, ReportFeedback)


@dataclass(frozen=True, slots=True)
class Competent:
    """The youth office for an address; `organization` and `owner` where somebody there reads reports in this house."""

    office: YouthOfficeInfo
    organization: UUID | None
    owner: Owner | None

    @property
    def is_reached(self) -> bool:
        """Whether a report from here finds somebody there."""
        return self.organization is not None and self.owner is not None


def competent(ags: str, *, now: datetime) -> Competent | None:
    """The youth office for an address in this municipality, and whether it works in this house."""
    office = places.youth_office_for(ags)
    if office is None:
        return None
    organization = directory.organization_by_name(office.organization) if office.organization else None
    owner = _reader(organization, team=office.team, now=now) if organization else None
    return Competent(office, organization, owner)


def reports_of(actor: Actor, file: UUID) -> list[ReportView]:
    """The reports made from a file, newest first."""
    return _reports(actor, privacy.protection_steps(actor, file))


def reports_received(actor: Actor) -> list[ReportView]:
    """The reports to the actor's office, those that wait for a receipt first; the actor acts for protection."""
    found = _reports(actor, privacy.protection_steps_to_me(actor))
    return sorted(found, key=lambda report: report.received_at is not None)


def report(actor: Actor, key: UUID) -> ReportView | None:
    """One report, or nothing."""
    step = privacy.protection_step(actor, key)
    if step is None:
        return None
    together = privacy.protection_steps(actor, step.file)
    found = _reports(actor, [each for each in together if _deed(each) == _deed(step)])
    return found[0] if found and found[0].id == key else None


def _reader(organization: UUID, *, team: str, now: datetime) -> Owner | None:
    """Who sees a report first: the team that the county names, else the first, else somebody who works there."""
    units = [unit for unit in work.units_of(organization, now=now) if unit.members]
    named = next((unit for unit in units if unit.name == team), units[0] if units else None)
    if named is not None:
        return Owner.of_unit(named.id)
    people = work.serving([organization], today=clock.day_of(now)).get(organization, [])
    return Owner.of_person(people[0].person) if people else None


def _deed(step: StepView) -> tuple[UUID, UUID, datetime, UUID]:
    """Steps of one deed: to one office, at one moment, by one person."""
    return (step.file, step.organization, step.since, step.recorded_by)


def _reports(actor: Actor, steps: Sequence[StepView]) -> list[ReportView]:
    deeds: dict[tuple[UUID, UUID, datetime, UUID], list[StepView]] = {}
    for step in steps:
        deeds.setdefault(_deed(step), []).append(step)
    leads = {min(group, key=lambda step: str(step.id)).id: group for group in deeds.values()}
    with acting_as(actor):
        receipts = _by_step(ReportReceipt.objects.filter(step__in=leads))
        feedback = _by_step(ReportFeedback.objects.filter(step__in=leads))
    return [
        _report(key, group, receipt=receipts.get(key), feedback=feedback.get(key))
        for key, group in leads.items()
    ]


def _by_step(rows: Iterable[_Row]) -> dict[UUID, _Row]:
    return {row.step_id: row for row in rows}


def _report(
    key: UUID,
    steps: Sequence[StepView],
    *,
    receipt: ReportReceipt | None,
    feedback: ReportFeedback | None,
) -> ReportView:
    first = steps[0]
    return ReportView(
        id=key,
        file=first.file,
        organization=first.organization,
        legal_basis=first.legal_basis,
        reason=first.reason,
        subjects=tuple(step.subject for step in steps),
        categories=first.categories,
        second_person=first.second_person,
        late_reason=first.late_reason,
        since=first.since,
        until=first.until,
        recorded_by=first.recorded_by,
        received_at=receipt.confirmed_at if receipt else None,
        feedback=FeedbackView(feedback.is_confirmed, feedback.is_acting, feedback.given_at)
        if feedback
        else None,
    )

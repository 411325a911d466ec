"""Offering a course: what is said about it, who hands its codes out, when it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from lueckenlos.core import audit
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.core.locking import save_unless_stale
from lueckenlos.core.slugs import slug
from lueckenlos.offers.courses.errors import NoSuchCourse
from lueckenlos.offers.courses.models import CourseCentre, OnlineCourse, Stock
from lueckenlos.offers.courses.types import CourseState


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCourse:
    """What an organization says about a course on somebody else's platform."""

    title: str
    platform: str
    modules: tuple[str, ...]
    centres: tuple[UUID, ...] = ()
    summary: str = ""
    description: str = ""
    age_max: int = 12
    residents_only: bool = True
    months: int = 12
    stock_weeks: int = 4


def found_course(new: NewCourse, *, actor: Actor, now: datetime) -> UUID:
    """Lay a course out as a draft that no family sees yet."""
    organization = _organization(actor)
    with acting_as(actor):
        row = OnlineCourse(key=_key(new.title), organization_id=organization, created_at=now, **_columns(new))
        row.save(force_insert=True)
        Stock.objects.create(course=row)
        _name_centres(row, new.centres)
        _note("founded", row)
    return row.id


def change_course(key: UUID, new: NewCourse, *, expected: int, actor: Actor) -> None:
    """Change what is said, and who hands codes out."""
    with acting_as(actor):
        row = _own(key, actor)
        save_unless_stale(row, expected=expected, changes=_columns(new))
        _name_centres(row, new.centres)
        _note("changed", row)


def publish(key: UUID, *, actor: Actor, now: datetime) -> None:
    """Show it to everybody."""
    with acting_as(actor):
        row = _own(key, actor)
        OnlineCourse.objects.filter(id=key).update(
            state=CourseState.PUBLISHED.value, published_at=row.published_at or now
        )
        _note("published", row)


def close(key: UUID, *, actor: Actor) -> None:
    """Take nobody new; who takes part goes on."""
    with acting_as(actor):
        row = _own(key, actor)
        OnlineCourse.objects.filter(id=key).update(state=CourseState.CLOSED.value)
        _note("closed", row)


def _organization(actor: Actor) -> UUID:
    if actor.organization is None:
        raise NoSuchCourse
    return actor.organization


def _own(key: UUID, actor: Actor) -> OnlineCourse:
    row = (
        OnlineCourse.objects.select_for_update(of=("self",), no_key=True)
        .filter(id=key, organization=_organization(actor))
        .first()
    )
    if row is None:
        raise NoSuchCourse
    return row


def _name_centres(row: OnlineCourse, organizations: tuple[UUID, ...]) -> None:
    there = set(CourseCentre.objects.filter(course=row).values_list("organization_id", flat=True))
    CourseCentre.objects.filter(course=row).exclude(organization__in=organizations).delete()
    CourseCentre.objects.bulk_create(
        CourseCentre(course=row, organization_id=each)
        for each in dict.fromkeys(organizations)
        if each not in there
    )


def _key(title: str) -> str:
    return f"{slug(title)[:60].strip('-') or 'kurs'}-{uuid4().hex[:8]}"


def _columns(new: NewCourse) -> dict[str, Any]:
    same = (
        "title",
        "platform",
        "summary",
        "description",
        "age_max",
        "residents_only",
        "months",
        "stock_weeks",
    )
    return {**{name: getattr(new, name) for name in same}, "modules": list(new.modules)}


def _note(deed: str, row: OnlineCourse) -> None:
    audit.record(
        f"courses.course.{deed}", subject=f"course/{row.id}", chain=audit.chain_of(row.organization_id)
    )

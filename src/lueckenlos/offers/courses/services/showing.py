"""The code itself: shown on one page by one deed, never twice without a log, and started by whoever has seen it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from dateutil.relativedelta import relativedelta

from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.kernels.codestock import CodeState, move
from lueckenlos.offers.courses.errors import NoCodeToShow, NoSuchEnrollment
from lueckenlos.offers.courses.models import AccessCode, CodeShown, Enrollment, OnlineCourse
from lueckenlos.offers.courses.services import stocking
from lueckenlos.offers.courses.services.stocking import CODES
from lueckenlos.offers.courses.signs import unseal
from lueckenlos.offers.courses.types import SEEN, EnrollmentState


@dataclass(frozen=True, slots=True)
class Shown:
    """A code for the page that shows it, and for the how many-th time."""

    text: str = field(repr=False)
    number: int


def show_code(key: UUID, *, actor: Actor, now: datetime) -> Shown:
    """Show a household its code; every time is written down. Raises NoCodeToShow."""
    course_id = _course_of(key, actor)
    with acting_as(CODES):
        course = stocking.held(course_id)
        row = Enrollment.objects.get(id=key)
        code = stocking.code_of(row)
        if code is None or row.state != EnrollmentState.OPEN.value:
            raise NoCodeToShow
        if CodeState(code.state) is CodeState.RESERVED:
            issued = move(CodeState.RESERVED, to=CodeState.ISSUED)
            stocking.set_code(code, issued, now=now, ends_on=_ends_on(course, now=now))
        elif CodeState(code.state) not in SEEN:
            raise NoCodeToShow
        number = CodeShown.objects.filter(enrollment=row).count() + 1
        CodeShown(enrollment=row, shown_at=now, number=number).save(force_insert=True)
        Enrollment.objects.filter(id=key).update(last_active_at=now)
        stocking.note_code("shown", course, f"enrollment/{key}", details={"number": number})
        return Shown(unseal(bytes(code.sealed), key=code.id).decode(), number)


def activate(key: UUID, *, actor: Actor, now: datetime) -> None:
    """The household says that it is in: its months begin now. Raises NoCodeToShow."""
    course_id = _course_of(key, actor)
    with acting_as(CODES):
        course = stocking.held(course_id)
        row = Enrollment.objects.get(id=key)
        code = seen_code(row)
        if CodeState(code.state) is CodeState.ISSUED:
            start(course, row, code, now=now)


def seen_code(row: Enrollment) -> AccessCode:
    """The code with which somebody may learn. Raises NoCodeToShow."""
    code = stocking.code_of(row)
    if code is None or row.state != EnrollmentState.OPEN.value or CodeState(code.state) not in SEEN:
        raise NoCodeToShow
    return code


def start(course: OnlineCourse, row: Enrollment, code: AccessCode, *, now: datetime) -> None:
    """Activate a code that was issued."""
    activated = move(CodeState(code.state), to=CodeState.ACTIVATED)
    stocking.set_code(code, activated, now=now, ends_on=_ends_on(course, now=now))
    Enrollment.objects.filter(id=row.id).update(last_active_at=now)
    stocking.note_code("activated", course, f"enrollment/{row.id}")


def _ends_on(course: OnlineCourse, *, now: datetime) -> date:
    return clock.day_of(now) + relativedelta(months=course.months)


def _course_of(key: UUID, actor: Actor) -> UUID:
    with acting_as(actor):
        found = Enrollment.objects.filter(id=key).first()
    if found is None:
        raise NoSuchEnrollment
    return found.course_id

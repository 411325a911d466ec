"""The codes of one course: one lock, one kernel. Whoever moves a code holds the row of the stock first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.db.models import F, Q, QuerySet

from lueckenlos.core import audit, clock
from lueckenlos.core.actor import Actor, job
from lueckenlos.core.context import acting_as
from lueckenlos.kernels import codestock as kernel
from lueckenlos.kernels.codestock import CodeState
from lueckenlos.offers.courses.errors import CodesThereAlready, NoSuchCourse
from lueckenlos.offers.courses.models import (
    AccessCode,
    CourseCentre,
    Delivery,
    Enrollment,
    OnlineCourse,
    Stock,
)
from lueckenlos.offers.courses.services import letters
from lueckenlos.offers.courses.signs import code_sign, seal
from lueckenlos.offers.courses.types import CourseState, EnrollmentState, NewCode

CODES: Final = job("courses-codes")


def held(key: UUID) -> OnlineCourse:
    """The course, its stock locked until the transaction ends: the one lock of this scarce thing."""
    if not Stock.objects.select_for_update(of=("self",)).filter(course=key).exists():
        raise NoSuchCourse
    return OnlineCourse.objects.get(id=key)


def add_codes(key: UUID, codes: Sequence[NewCode], *, actor: Actor, now: datetime) -> int:
    """Take bought codes into the stock, all or none, and hand them to those who wait; how many were added.

    For the desk of the course alone. Raises CodesThereAlready where one is known.
    """
    organization = demand_desk(key, actor)
    with acting_as(actor):
        with acting_as(CODES):
            course = held(key)
            known = known_among(key, codes)
            if known:
                raise CodesThereAlready(known)
            delivery = Delivery(course=course, organization_id=organization, added_at=now, codes=len(codes))
            delivery.save(force_insert=True)
            AccessCode.objects.bulk_create(_new(course, delivery, code, now=now) for code in codes)
            _hand_out(course, now=now)
        note_code("added", course, f"delivery/{delivery.id}", details={"codes": len(codes)})
    return len(codes)


def known_among(key: UUID, codes: Sequence[NewCode]) -> tuple[int, ...]:
    """Which of these codes, by their place, are there already: no word about where they stand."""
    signs = [code_sign(key, code.text) for code in codes]
    with acting_as(CODES):
        rows = AccessCode.objects.filter(course=key, sign__in=signs)
        known = set(rows.values_list("sign", flat=True))
    return tuple(place for place, sign in enumerate(signs) if sign in known)


def hand_out(key: UUID, *, now: datetime) -> int:
    """Give what is in stock to those who wait, the first first; how many got one."""
    with acting_as(CODES):
        return _hand_out(held(key), now=now)


def take(course: OnlineCourse, household: str, *, now: datetime) -> AccessCode:
    """Reserve the code that must be redeemed first. Raises the kernel's HoldsOne and StockEmpty."""
    usable = in_stock(course, now=now)
    states = AccessCode.objects.filter(course=course, household=household).values_list("state", flat=True)
    state = kernel.reserve(usable.count(), held=[CodeState(each) for each in states])
    code = usable.order_by(F("redeem_until").asc(nulls_last=True), "id")[0]
    set_code(code, state, now=now, household=household, reserved_on=_today(now))
    return code


def give_back(code: AccessCode, *, now: datetime) -> CodeState:
    """Take a code back: into the stock where nobody has seen it, else out of use for good."""
    if CodeState(code.state) is CodeState.RESERVED:
        set_code(
            code,
            kernel.move(CodeState.RESERVED, to=CodeState.IN_STOCK),
            now=now,
            household="",
            reserved_on=None,
        )
    else:
        set_code(code, kernel.move(CodeState(code.state), to=CodeState.RETURNED), now=now)
    return CodeState(code.state)


def set_code(code: AccessCode, state: CodeState, *, now: datetime, **changes: Any) -> None:
    """Write where a code stands now."""
    AccessCode.objects.filter(id=code.id).update(state=state.value, changed_at=now, **changes)
    code.state = state.value


def in_stock(course: OnlineCourse, *, now: datetime) -> QuerySet[AccessCode]:
    """Codes that nobody has and that can still be redeemed today."""
    return AccessCode.objects.filter(
        Q(redeem_until__isnull=True) | Q(redeem_until__gte=_today(now)),
        course=course,
        state=CodeState.IN_STOCK.value,
    )


def code_of(row: Enrollment) -> AccessCode | None:
    """The code of an enrollment, as far as the actor of this transaction may see it."""
    return AccessCode.objects.filter(id=row.code_id).first() if row.code_id else None


def demand_desk(key: UUID, actor: Actor) -> UUID:
    """The organization that runs the course or hands its codes out; for everybody else the course is not there."""
    if actor.organization is None:
        raise NoSuchCourse
    of_course = OnlineCourse.objects.filter(id=key, organization=actor.organization)
    of_centre = CourseCentre.objects.filter(course=key, organization=actor.organization)
    if not of_course.exists() and not of_centre.exists():
        raise NoSuchCourse
    return actor.organization


def note_code(
    deed: str, course: OnlineCourse, subject: str, *, details: dict[str, Any] | None = None
) -> None:
    """In the chain of the organization that runs the course; never the code itself."""
    audit.record(
        f"courses.code.{deed}",
        subject=subject,
        details=details,
        chain=audit.chain_of(course.organization_id),
    )


def _hand_out(course: OnlineCourse, *, now: datetime) -> int:
    if course.state == CourseState.DRAFT.value:
        return 0
    waiting = Enrollment.objects.filter(course=course, state=EnrollmentState.WAITING.value)
    given = 0
    for row in waiting.order_by("created_at", "id"):
        try:
            code = take(course, row.household, now=now)
        except kernel.StockEmpty:
            break
        Enrollment.objects.filter(id=row.id).update(
            state=EnrollmentState.OPEN.value, code=code, last_active_at=now
        )
        letters.tell_ready(course, row, now=now)
        note_code("reserved", course, f"enrollment/{row.id}")
        given += 1
    return given


def _new(course: OnlineCourse, delivery: Delivery, code: NewCode, *, now: datetime) -> AccessCode:
    key = uuid4()
    return AccessCode(
        id=key,
        course=course,
        delivery=delivery,
        state=CodeState.IN_STOCK.value,
        sealed=seal(code.text.encode(), key=key),
        sign=code_sign(course.id, code.text),
        redeem_until=code.redeem_until,
        changed_at=now,
    )


def _today(now: datetime) -> Any:
    return clock.day_of(now)

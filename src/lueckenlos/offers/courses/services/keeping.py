"""What time does to codes: they expire, go back when nobody comes for them, and run low."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from lueckenlos.commons.accounts import work
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.tasks import services as tasks
from lueckenlos.commons.tasks.types import NewTask, Owner, TaskEnd, TaskKind
from lueckenlos.core import clock
from lueckenlos.core.context import acting_as
from lueckenlos.kernels.codestock import CodeState, move, runs_low
from lueckenlos.offers.courses.models import (
    AccessCode,
    CourseCentre,
    Enrollment,
    OnlineCourse,
    Stock,
    StockWeek,
)
from lueckenlos.offers.courses.services import letters, stocking
from lueckenlos.offers.courses.services.stocking import CODES
from lueckenlos.offers.courses.types import CourseState, EnrollmentState
from lueckenlos.offers.courses.weeks import filled

RECORD_KIND: Final = "online_course"
# Whoever has not opened the mail's link by then never will: the address was wrong, or the mail came back.
RESERVED_KEPT: Final = timedelta(days=28)
BUY_WITHIN: Final = timedelta(days=7)
_UNREDEEMED: Final = (CodeState.IN_STOCK.value, CodeState.RESERVED.value, CodeState.ISSUED.value)


def expire(*, now: datetime) -> int:
    """Take out what can no longer be redeemed or whose months are over; how many codes.

    A household whose code nobody has seen yet waits for another one, in its old place in line.
    """
    today = clock.day_of(now)
    over = Q(state__in=_UNREDEEMED, redeem_until__lt=today) | Q(
        state__in=[CodeState.ISSUED.value, CodeState.ACTIVATED.value], ends_on__lt=today
    )
    expired = 0
    for key in _courses_with(over):
        with acting_as(CODES):
            course = stocking.held(key)
            for code in AccessCode.objects.filter(over, course=course):
                _expire(course, code, now=now)
                expired += 1
            stocking.hand_out(key, now=now)
    return expired


def lapse(*, now: datetime) -> int:
    """Give codes back that were never looked at; how many."""
    latest = clock.day_of(now - RESERVED_KEPT)
    forgotten = Q(state=CodeState.RESERVED.value, reserved_on__lte=latest)
    lapsed = 0
    for key in _courses_with(forgotten):
        with acting_as(CODES):
            course = stocking.held(key)
            for code in AccessCode.objects.filter(forgotten, course=course):
                Enrollment.objects.filter(code=code, state=EnrollmentState.OPEN.value).update(
                    state=EnrollmentState.LAPSED.value, code=None, ended_at=now
                )
                stocking.give_back(code, now=now)
                stocking.note_code("lapsed", course, f"code/{code.id}")
                lapsed += 1
            stocking.hand_out(key, now=now)
    return lapsed


def watch_stocks(*, now: datetime) -> int:
    """Tell the centres once when a stock runs low, and end their tasks when it is filled; how many are told.

    A course that takes nobody new needs no codes.
    """
    told = 0
    published = Q(state=CourseState.PUBLISHED.value)
    watched = OnlineCourse.objects.filter(published | Q(stock__low_since__isnull=False))
    for key in watched.values_list("id", flat=True):
        with acting_as(CODES):
            course = stocking.held(key)
            stock = Stock.objects.get(course=course)
            is_low = course.state == CourseState.PUBLISHED.value and runs_low(
                stock.in_stock, used=_used(course, today=_day(now)), weeks=course.stock_weeks
            )
            if is_low and stock.low_since is None:
                _alarm(course, stock, now=now)
                told += 1
            elif not is_low and stock.low_since is not None:
                Stock.objects.filter(course=course).update(low_since=None)
                answer = _("Es sind wieder genug Codes da.")
                tasks.end_of_record(course.id, end=TaskEnd.DONE, answer=answer, by=CODES, now=now)
    return told


def _expire(course: OnlineCourse, code: AccessCode, *, now: datetime) -> None:
    was = CodeState(code.state)
    stocking.set_code(code, move(was, to=CodeState.EXPIRED), now=now)
    stocking.note_code("expired", course, f"code/{code.id}")
    rows = Enrollment.objects.filter(code=code, state=EnrollmentState.OPEN.value)
    if was is CodeState.RESERVED:
        rows.update(state=EnrollmentState.WAITING.value, code=None)
    else:
        rows.update(state=EnrollmentState.ENDED.value, ended_at=now)


def _alarm(course: OnlineCourse, stock: Stock, *, now: datetime) -> None:
    Stock.objects.filter(course=course).update(low_since=now)
    centres = CourseCentre.objects.filter(course=course).values_list("organization_id", flat=True)
    for organization in sorted({course.organization_id, *centres}):
        address = directory.mail_address(organization)
        if address:
            letters.warn_of_low_stock(course, to=address, left=stock.in_stock)
        owner = _owner(organization, now=now)
        if owner is not None:
            tasks.create(_task(course, stock, organization, owner=owner, now=now), by=CODES, now=now)
    stocking.note_code("low", course, f"course/{course.id}", details={"left": stock.in_stock})


def _task(course: OnlineCourse, stock: Stock, organization: UUID, *, owner: Owner, now: datetime) -> NewTask:
    due = datetime.combine(_day(now) + BUY_WITHIN, time(17), tzinfo=clock.zone())
    told = {"title": course.title, "count": stock.in_stock}
    return NewTask(
        organization=organization,
        owner=owner,
        what=_("Codes werden knapp: %(title)s (noch %(count)s im Vorrat)") % told,
        kind=TaskKind.OTHER,
        due_at=due,
        record=course.id,
        record_kind=RECORD_KIND,
    )


def _owner(organization: UUID, *, now: datetime) -> Owner | None:
    """The first team of a centre, else the first who works there; nobody where it has no accounts."""
    units = work.units_of(organization, now=now)
    if units:
        return Owner.of_unit(units[0].id)
    people = work.serving([organization], today=_day(now)).get(organization, [])
    return Owner.of_person(people[0].person) if people else None


def _used(course: OnlineCourse, *, today: date) -> list[int]:
    rows = StockWeek.objects.filter(course=course).order_by("week").values_list("week", "reserved")
    return [each.reserved for each in filled(rows, today=today)]


def _courses_with(codes: Q) -> list[UUID]:
    with acting_as(CODES):
        return list(AccessCode.objects.filter(codes).order_by().values_list("course", flat=True).distinct())


def _day(now: datetime) -> date:
    return clock.day_of(now)

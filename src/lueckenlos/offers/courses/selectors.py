"""Reads of online courses (open) and of enrollments (closed, for the actor who asks)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.kernels.codestock import CodeState
from lueckenlos.offers.courses.models import (
    CodeShown,
    CourseCentre,
    CourseFeedback,
    Delivery,
    Enrollment,
    OnlineCourse,
    Stock,
    StockWeek,
)
from lueckenlos.offers.courses.services import stocking
from lueckenlos.offers.courses.services.stocking import CODES
from lueckenlos.offers.courses.types import (
    CentreView,
    CourseState,
    CourseView,
    DeliveryView,
    EnrollmentState,
    EnrollmentView,
    PlaceCount,
    StockView,
    WeekView,
)
from lueckenlos.offers.courses.weeks import filled
from lueckenlos.offers.programmes.types import FeedbackSummary

MOST_LISTED = 100
MOST_DELIVERIES = 20


def published() -> list[CourseView]:
    """Courses that take households, by title."""
    rows = OnlineCourse.objects.filter(state=CourseState.PUBLISHED.value).order_by("title", "id")
    return _views(rows[:MOST_LISTED])


def course(key: str) -> CourseView | None:
    """One published or closed course by its key."""
    shown = (CourseState.PUBLISHED.value, CourseState.CLOSED.value)
    return next(iter(_views(OnlineCourse.objects.filter(key=key, state__in=shown))), None)


def by_id(key: UUID) -> CourseView | None:
    """One course in whatever state, for those who already know of it."""
    return next(iter(_views(OnlineCourse.objects.filter(id=key))), None)


def of_desk(actor: Actor) -> list[CourseView]:
    """The courses that the actor's organization runs or hands codes out for, newest first."""
    if actor.organization is None:
        return []
    handed = CourseCentre.objects.filter(organization=actor.organization).values("course")
    rows = OnlineCourse.objects.filter(Q(organization=actor.organization) | Q(id__in=handed))
    return _views(rows.order_by("-created_at"))


def weeks(key: UUID, *, today: date) -> list[WeekView]:
    """How many codes were reserved in each week, from the first until this one."""
    rows = StockWeek.objects.filter(course=key).order_by("week").values_list("week", "reserved")
    return filled(rows, today=today)


def deliveries(key: UUID) -> list[DeliveryView]:
    """Which codes came when, newest first."""
    rows = list(Delivery.objects.filter(course=key).order_by("-added_at")[:MOST_DELIVERIES])
    names = directory.organization_names({row.organization_id for row in rows})
    return [DeliveryView(row.added_at, names.get(row.organization_id, ""), row.codes) for row in rows]


def households(actor: Actor, key: UUID, *, minimum: int) -> list[PlaceCount]:
    """How many took part by municipality, for the desk of the course; small numbers are left out in the database."""
    with acting_as(actor), connection.cursor() as cursor:
        cursor.execute("SELECT place, households FROM wall.courses_by_place(%s, %s)", [key, minimum])
        return [PlaceCount(ags, count) for ags, count in cursor.fetchall()]


def feedback(actor: Actor, key: UUID) -> FeedbackSummary:
    """What households said, together, for the organization that runs the course."""
    with acting_as(actor):
        rows = list(CourseFeedback.objects.filter(course=key).values_list("helped", "again", "words"))
    return FeedbackSummary.of(rows)


def enrollment(actor: Actor, key: UUID) -> EnrollmentView | None:
    """One enrollment, or nothing."""
    with acting_as(actor):
        row = Enrollment.objects.filter(id=key).first()
        if row is None:
            return None
        code = stocking.code_of(row)
        shown = CodeShown.objects.filter(enrollment=row).order_by("number")
        return EnrollmentView(
            id=row.id,
            course=row.course_id,
            state=EnrollmentState(row.state),
            code=CodeState(code.state) if code else None,
            redeem_until=code.redeem_until if code else None,
            ends_on=code.ends_on if code else None,
            name=row.name,
            done=frozenset(row.done),
            wants_reminders=row.wants_reminders,
            is_finished=row.finished_at is not None,
            has_fed_back=row.has_fed_back,
            shown=tuple(shown.values_list("shown_at", flat=True)),
        )


def rank_of(actor: Actor, key: UUID) -> int | None:
    """Where a household waits in line, from 1; the line is asked of the job that keeps it."""
    waiting = EnrollmentState.WAITING.value
    with acting_as(actor):
        row = Enrollment.objects.filter(id=key, state=waiting).first()
    if row is None:
        return None
    with acting_as(CODES):
        line = Enrollment.objects.filter(course=row.course_id, state=waiting).order_by("created_at", "id")
        keys = list(line.values_list("id", flat=True))
    return keys.index(key) + 1 if key in keys else None


def waits_for_stop(record: UUID) -> bool:
    """Whether the link of a reminder still stops something."""
    with acting_as(CODES):
        return Enrollment.objects.filter(id=record, wants_reminders=True).exists()


def course_of(record: UUID) -> CourseView | None:
    """Which course an enrollment belongs to, for the page that stops reminders."""
    with acting_as(CODES):
        key = Enrollment.objects.filter(id=record).values_list("course", flat=True).first()
    return None if key is None else by_id(key)


def _views(rows: QuerySet[OnlineCourse]) -> list[CourseView]:
    found = list(rows)
    stocks = {each.course_id: each for each in Stock.objects.filter(course__in=found)}
    centres: dict[UUID, list[UUID]] = defaultdict(list)
    for each in CourseCentre.objects.filter(course__in=found):
        centres[each.course_id].append(each.organization_id)
    organizations = {row.organization_id for row in found}.union(*centres.values())
    names = directory.organization_names(organizations)
    return [_view(row, stock=stocks.get(row.id), centres=centres[row.id], names=names) for row in found]


def _view(
    row: OnlineCourse, *, stock: Stock | None, centres: list[UUID], names: dict[UUID, str]
) -> CourseView:
    named = [CentreView(each, names.get(each, "")) for each in centres]
    return CourseView(
        id=row.id,
        key=row.key,
        organization=row.organization_id,
        organization_name=names.get(row.organization_id, ""),
        title=row.title,
        summary=row.summary,
        description=row.description,
        platform=row.platform,
        modules=tuple(row.modules),
        age_max=row.age_max,
        residents_only=row.residents_only,
        months=row.months,
        stock_weeks=row.stock_weeks,
        state=CourseState(row.state),
        version=row.version,
        centres=tuple(sorted(named, key=lambda each: each.name)),
        stock=StockView() if stock is None else _stock(stock),
    )


def _stock(row: Stock) -> StockView:
    return StockView(
        row.in_stock,
        row.reserved,
        row.issued,
        row.activated,
        row.expired,
        row.returned,
        row.waiting,
        row.low_since,
    )

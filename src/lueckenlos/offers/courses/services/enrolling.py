"""Taking part: getting an access by mail, ticking modules off, reminders, giving back, feedback."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.signals import services as signals
from lueckenlos.commons.signals.types import SignalReason, SignalSource
from lueckenlos.core import audit, clock
from lueckenlos.core.actor import Actor
from lueckenlos.core.ages import age_on
from lueckenlos.core.context import acting_as
from lueckenlos.kernels.codestock import HELD, CodeState
from lueckenlos.offers.courses.errors import NoSuchCourse, NoSuchEnrollment, NotFit
from lueckenlos.offers.courses.models import CourseFeedback, Enrollment, OnlineCourse
from lueckenlos.offers.courses.services import letters, showing, stocking
from lueckenlos.offers.courses.services.stocking import CODES
from lueckenlos.offers.courses.signs import household_of
from lueckenlos.offers.courses.types import (
    RUNNING,
    CourseState,
    EnrollmentState,
    Home,
    Misfit,
    NewEnrollment,
)

REASONS = {Misfit.TOO_OLD: SignalReason.AGE, Misfit.ELSEWHERE: SignalReason.TOO_FAR}


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What came of it; the page tells nobody, since only the mail's reader may know."""

    id: UUID
    state: EnrollmentState


def check_fit(key: UUID, *, born_on: date, home: Home, now: datetime) -> None:
    """Raise NotFit where child or home do not fit; counted without the household: why, and where."""
    course = OnlineCourse.objects.filter(id=key, state=CourseState.PUBLISHED.value).first()
    if course is None:
        raise NoSuchCourse
    reasons = _misfits(course, born_on=born_on, home=home, now=now)
    for reason in reasons:
        _count(REASONS[reason], born_on=born_on, ags=home.ags, source=SignalSource.REFUSAL, now=now)
    if reasons:
        raise NotFit(reasons)


def enroll(new: NewEnrollment, *, now: datetime) -> Enrolled:
    """Reserve a code for a household, or let it wait; whoever takes part already gets a fresh link instead.

    Everything else comes by mail, so that an address that is not one's own brings nothing. Raises NotFit and
    NoSuchCourse.
    """
    check_fit(new.course, born_on=new.born_on, home=new.home, now=now)
    with acting_as(CODES):
        course = stocking.held(new.course)
        if course.state != CourseState.PUBLISHED.value:
            raise NoSuchCourse
        household = household_of(course.id, new.email)
        there = _there(course, household)
        if there is not None:
            return _again(course, there, now=now)
        row = _write(course, new, household=household, now=now)
        stocking.hand_out(course.id, now=now)
        row.refresh_from_db()
        _note("made", row, details={"state": row.state})
        if row.state == EnrollmentState.WAITING.value:
            letters.tell_waiting(course, row, now=now)
    if row.state == EnrollmentState.WAITING.value:
        _count(
            SignalReason.WAITING, born_on=new.born_on, ags=new.home.ags, source=SignalSource.WAITLIST, now=now
        )
    return Enrolled(row.id, EnrollmentState(row.state))


def tick(key: UUID, done: Iterable[int], *, actor: Actor, now: datetime) -> None:
    """The household says which modules it has done; whoever learns is in, so the code counts as activated."""
    with acting_as(actor):
        found = own(key)
    with acting_as(CODES):
        course = stocking.held(found.course_id)
        row = own(key)
        code = showing.seen_code(row)
        if CodeState(code.state) is CodeState.ISSUED:
            showing.start(course, row, code, now=now)
        ticked = sorted({number for number in done if 1 <= number <= len(course.modules)})
        is_finished = len(ticked) == len(course.modules)
        Enrollment.objects.filter(id=key).update(
            done=ticked,
            last_active_at=now,
            finished_at=(row.finished_at or now) if is_finished else None,
        )
        _note("ticked", row)


def set_reminders(key: UUID, *, wanted: bool, actor: Actor) -> None:
    """Switch the reminders on or off."""
    with acting_as(actor):
        own(key)
    _set_reminders(key, wanted=wanted)


def stop_reminders(key: UUID) -> None:
    """Switch the reminders off by the link of one of them, which opens nothing else."""
    _set_reminders(key, wanted=False)


def stop(key: UUID, *, actor: Actor, now: datetime) -> None:
    """Take part no longer. A code that nobody has seen goes to the next; one that is used stays the household's."""
    with acting_as(actor):
        found = own(key)
    with acting_as(CODES):
        course = stocking.held(found.course_id)
        row = own(key)
        if EnrollmentState(row.state) not in RUNNING:
            return
        code = stocking.code_of(row)
        if code is not None and CodeState(code.state) is not CodeState.ACTIVATED:
            state = stocking.give_back(code, now=now)
            stocking.note_code(state.value, course, f"enrollment/{key}")
            row.code_id = None if state is CodeState.IN_STOCK else row.code_id
        Enrollment.objects.filter(id=key).update(
            state=EnrollmentState.STOPPED.value, code=row.code_id, ended_at=now
        )
        _note("stopped", row)
        stocking.hand_out(course.id, now=now)


def resume(key: UUID, *, actor: Actor, now: datetime) -> None:
    """Take part again with the code that is still one's own."""
    with acting_as(actor):
        found = own(key)
    with acting_as(CODES):
        stocking.held(found.course_id)
        row = own(key)
        if row.state != EnrollmentState.STOPPED.value or not _holds(row):
            raise NoSuchEnrollment
        _resume(row, now=now)


def give_feedback(
    key: UUID, *, helped: int, again: bool | None, words: str, actor: Actor, now: datetime
) -> None:
    """Take three answers by link; the answer is kept apart from who gave it, and each household gives one."""
    with acting_as(actor):
        own(key)
    with acting_as(CODES):
        row = (
            Enrollment.objects.select_for_update(of=("self",), no_key=True)
            .filter(id=key, has_fed_back=False, code__isnull=False)
            .first()
        )
        if row is None:
            raise NoSuchEnrollment
        with acting_as(actor):
            CourseFeedback(
                course=OnlineCourse(id=row.course_id),
                organization=row.organization,
                month=clock.day_of(now).replace(day=1),
                helped=helped,
                again=again,
                words=words,
            ).save(force_insert=True)
        Enrollment.objects.filter(id=key).update(has_fed_back=True)
        audit.record(
            "courses.feedback.given",
            subject=f"course/{row.course_id}",
            chain=audit.chain_of(row.organization),
        )


def own(key: UUID) -> Enrollment:
    """The enrollment, if the actor of this transaction may see it."""
    row = Enrollment.objects.filter(id=key).first()
    if row is None:
        raise NoSuchEnrollment
    return row


def _misfits(course: OnlineCourse, *, born_on: date, home: Home, now: datetime) -> tuple[Misfit, ...]:
    reasons = []
    if age_on(born_on, clock.day_of(now)) > course.age_max:
        reasons.append(Misfit.TOO_OLD)
    if course.residents_only and not home.is_here:
        reasons.append(Misfit.ELSEWHERE)
    return tuple(reasons)


def _there(course: OnlineCourse, household: str) -> Enrollment | None:
    """The enrollment of a household that waits, takes part, or has stopped and still holds its code."""
    rows = Enrollment.objects.filter(course=course, household=household).order_by("-created_at")
    return next((row for row in rows if EnrollmentState(row.state) in RUNNING or _holds(row)), None)


def _holds(row: Enrollment) -> bool:
    code = stocking.code_of(row)
    return code is not None and CodeState(code.state) in HELD


def _again(course: OnlineCourse, row: Enrollment, *, now: datetime) -> Enrolled:
    if EnrollmentState(row.state) not in RUNNING:
        _resume(row, now=now)
    letters.tell_again(course, row, now=now)
    _note("asked_again", row)
    return Enrolled(row.id, EnrollmentState(row.state))


def _resume(row: Enrollment, *, now: datetime) -> None:
    Enrollment.objects.filter(id=row.id).update(
        state=EnrollmentState.OPEN.value, ended_at=None, last_active_at=now
    )
    row.state = EnrollmentState.OPEN.value
    _note("resumed", row)


def _write(course: OnlineCourse, new: NewEnrollment, *, household: str, now: datetime) -> Enrollment:
    row = Enrollment(
        id=uuid4(),
        course=course,
        organization=course.organization_id,
        state=EnrollmentState.WAITING.value,
        household=household,
        created_at=now,
        stated_on=clock.day_of(now),
        name=new.name,
        email=new.email,
        language=new.language,
        ags=new.home.ags or "",
        consent_version=new.consent_version,
        wants_reminders=new.wants_reminders,
        last_active_at=now,
    )
    row.save(force_insert=True)
    return row


def _set_reminders(key: UUID, *, wanted: bool) -> None:
    with acting_as(CODES):
        row = own(key)
        Enrollment.objects.filter(id=key).update(wants_reminders=wanted)
        _note("reminders_on" if wanted else "reminders_off", row)


def _count(
    reason: SignalReason, *, born_on: date, ags: str | None, source: SignalSource, now: datetime
) -> None:
    today = clock.day_of(now)
    phase = directory.phase_of([born_on], on=today)
    signals.count(signals.Count(source=source, reason=reason, on=today, ags=ags, phase=phase))


def _note(deed: str, row: Enrollment, *, details: dict[str, str] | None = None) -> None:
    audit.record(
        f"courses.enrollment.{deed}",
        subject=f"enrollment/{row.id}",
        details=details,
        chain=audit.chain_of(row.organization),
    )

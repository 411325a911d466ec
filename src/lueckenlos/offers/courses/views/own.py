"""A household's own page, by the link in its mail: the code, the modules, reminders, feedback, giving back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lueckenlos.commons.accounts import attempts
from lueckenlos.core import clock, codes
from lueckenlos.core.actor import Actor, link_to
from lueckenlos.core.feedback_form import FeedbackForm
from lueckenlos.core.guards import by_link
from lueckenlos.core.times import moment_words
from lueckenlos.offers.courses import selectors, services
from lueckenlos.offers.courses.errors import NoCodeToShow, NoSuchEnrollment
from lueckenlos.offers.courses.page import progress
from lueckenlos.offers.courses.services.letters import CODE, STOP
from lueckenlos.offers.courses.types import CourseView, EnrollmentState, EnrollmentView
from lueckenlos.offers.courses.wording import day_words

Deed = Callable[[HttpRequest, Actor, UUID], None]


@by_link
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, code: str) -> HttpResponse:
    """The enrollment that this link opens; the code stands on the answer to a button, and nowhere else."""
    try:
        record = attempts.opened(request, code, purpose=CODE)
        actor = link_to(record, purpose=CODE)
        mine, view = _opened(actor, record)
    except attempts.TooManyAttempts:
        return render(request, "courses/public/closed.html", {"too_many": True}, status=429)
    except codes.CodeNotValid:
        return render(request, "courses/public/closed.html", status=404)
    deed = request.POST.get("tun", "") if request.method == "POST" else ""
    form = FeedbackForm(request.POST if deed == "rueckmeldung" else None)
    access: services.Shown | None = None
    try:
        if deed == "zeigen":
            access = services.show_code(record, actor=actor, now=clock.real_now())
            mine, view = _opened(actor, record)
        elif deed == "rueckmeldung" and not form.is_valid():
            deed = ""
        elif deed:
            _do(request, actor, record, deed=deed, form=form)
            return redirect("courses:own", code)
    except NoCodeToShow:
        messages.info(request, _("Für diesen Zugang gibt es gerade keinen Code."))
        return redirect("courses:own", code)
    except NoSuchEnrollment as error:
        raise Http404 from error
    page = {**_page(actor, mine, view), "access": access, "form": form}
    return render(request, "courses/public/own.html", page, status=422 if form.errors else 200)


@by_link
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_reminders(request: HttpRequest, code: str) -> HttpResponse:
    """No more reminders: programs that read mail ahead open links, people press buttons."""
    try:
        record = attempts.opened(request, code, purpose=STOP)
    except attempts.TooManyAttempts:
        return render(request, "courses/public/closed.html", {"too_many": True}, status=429)
    except codes.CodeNotValid:
        return render(request, "courses/public/closed.html", status=404)
    view = selectors.course_of(record)
    if view is None:
        return render(request, "courses/public/closed.html", status=404)
    if request.method == "POST":
        services.stop_reminders(record)
    page = {"view": view, "is_done": not selectors.waits_for_stop(record)}
    return render(request, "courses/public/stop.html", page)


def _opened(actor: Actor, record: UUID) -> tuple[EnrollmentView, CourseView]:
    mine = selectors.enrollment(actor, record)
    view = selectors.by_id(mine.course) if mine else None
    if mine is None or view is None:
        raise codes.CodeNotValid
    return mine, view


def _do(request: HttpRequest, actor: Actor, record: UUID, *, deed: str, form: FeedbackForm) -> None:
    """Do what was asked for; an unknown deed does nothing."""
    deeds: dict[str, Deed] = {
        "drin": _activated,
        "haken": _ticked,
        "erinnern": _reminded,
        "still": _silenced,
        "aufhoeren": _stopped,
        "weiter": _resumed,
    }
    if deed == "rueckmeldung":
        _fed_back(request, actor, record, form=form)
    elif deed in deeds:
        deeds[deed](request, actor, record)


def _activated(request: HttpRequest, actor: Actor, record: UUID) -> None:
    services.activate(record, actor=actor, now=clock.real_now())
    messages.success(request, _("Schön, dass Sie dabei sind. Machen Sie in Ihrem eigenen Tempo."))


def _ticked(request: HttpRequest, actor: Actor, record: UUID) -> None:
    numbers = [int(each) for each in request.POST.getlist("modul") if each.isdecimal() and len(each) < 4]
    services.tick(record, numbers, actor=actor, now=clock.real_now())
    messages.success(request, _("Gespeichert. Nur Sie sehen, wie weit Sie sind."))


def _reminded(request: HttpRequest, actor: Actor, record: UUID) -> None:
    services.set_reminders(record, wanted=True, actor=actor)
    messages.success(request, _("Gut. Wir erinnern Sie, wenn Sie zwei Wochen nicht weitermachen."))


def _silenced(request: HttpRequest, actor: Actor, record: UUID) -> None:
    services.set_reminders(record, wanted=False, actor=actor)
    messages.success(request, _("Wir erinnern Sie nicht mehr."))


def _stopped(request: HttpRequest, actor: Actor, record: UUID) -> None:
    services.stop(record, actor=actor, now=clock.real_now())
    messages.success(request, _("Erledigt. Danke, dass Sie Bescheid geben."))


def _resumed(request: HttpRequest, actor: Actor, record: UUID) -> None:
    services.resume(record, actor=actor, now=clock.real_now())
    messages.success(request, _("Willkommen zurück. Es geht weiter, wo Sie waren."))


def _fed_back(request: HttpRequest, actor: Actor, record: UUID, *, form: FeedbackForm) -> None:
    given = form.cleaned_data
    services.give_feedback(
        record,
        helped=given["helped"],
        again=given["again"],
        words=given["words"],
        actor=actor,
        now=clock.real_now(),
    )
    messages.success(request, _("Danke für Ihre Rückmeldung. Niemand sieht, von wem sie ist."))


def _page(actor: Actor, mine: EnrollmentView, view: CourseView) -> dict[str, Any]:
    is_over = mine.state in {EnrollmentState.ENDED, EnrollmentState.STOPPED}
    return {
        "mine": mine,
        "view": view,
        "progress": progress(view, mine),
        "rank": selectors.rank_of(actor, mine.id),
        "is_open": mine.state is EnrollmentState.OPEN,
        "is_unseen": mine.code == "reserved",
        "is_active": mine.code == "activated",
        "is_waiting": mine.state is EnrollmentState.WAITING,
        "has_stopped": mine.state is EnrollmentState.STOPPED,
        "may_resume": mine.state is EnrollmentState.STOPPED and mine.holds_code,
        "redeem_until": day_words(mine.redeem_until) if mine.redeem_until else "",
        "ends_on": day_words(mine.ends_on) if mine.ends_on else "",
        "shown": [moment_words(each) for each in mine.shown],
        "asks_back": (mine.is_finished or is_over) and bool(mine.shown) and not mine.has_fed_back,
    }

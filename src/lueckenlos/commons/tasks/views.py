"""The desk of everything that waits, and one task with all that can be done with it.

What people owe each other runs on the real clock even where a demo holds its day: so do the wall and the job
that lets tasks climb.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lueckenlos.commons.accounts import work
from lueckenlos.commons.tasks import selectors, services
from lueckenlos.commons.tasks.errors import HasEnded, NoSuchTask
from lueckenlos.commons.tasks.forms import (
    AnswerForm,
    HandOverForm,
    NewTaskForm,
    PostponeForm,
    SeenForm,
    end_of,
)
from lueckenlos.commons.tasks.types import TaskEnd, TaskView, Urgency
from lueckenlos.commons.tasks.wording import DONE_WORDS, NOT_YET, NOT_YET_WORDS, URGENCIES
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor, Role
from lueckenlos.core.guards import actor_of, requires
from lueckenlos.core.locking import StaleVersion

with_tasks = requires(
    Role.PROFESSIONAL,
    Role.PREVENTION_OFFICER,
    Role.FAMILY_OFFICE,
    Role.PROVIDER,
    Role.COORDINATION,
    Role.DATA_PROTECTION,
)
SATURDAY = 5
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Notice:
    """What was just done, with the way back where there is one."""

    text: str
    undo_url: str = ""


@with_tasks
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Everything that waits for whoever looks, what is overdue first."""
    return _desk(request, notice=_just_ended(request))


@with_tasks
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Note something that must not be forgotten, for oneself, a colleague or a team."""
    actor, now = _actor(request), clock.real_now()
    form = NewTaskForm(request.POST or None, owners=selectors.owners(actor, now=now), today=clock.day_of(now))
    if not _has_a_desk(actor):
        raise Http404
    if request.method == "POST" and form.is_valid():
        services.create(form.to_task(organization=actor.organization), by=actor, now=now)
        messages.success(request, _("Die Aufgabe ist notiert."))
        return redirect("tasks:mine")
    return render(request, "tasks/new.html", {"form": form}, status=422 if form.errors else 200)


@with_tasks
@require_safe
def task(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """One task and all that can be done with it."""
    return _page(request, _found(_actor(request), task_id))


@with_tasks
@require_POST
def done(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """End a task with one tap; the tap's own word is the answer."""
    actor = _actor(request)
    view = _found(actor, task_id)
    word = str(DONE_WORDS[view.kind])

    def end(expected: int | None) -> None:
        services.finish(
            task_id, end=TaskEnd.DONE, answer=word, by=actor, now=clock.real_now(), expected=expected
        )

    return _tapped(request, view, deed=end, notice=_ended(view, word))


@with_tasks
@require_POST
def not_yet(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Put a task off to the next working day with one tap; the tap's own word is the reason."""
    actor, now = _actor(request), clock.real_now()
    view = _found(actor, task_id)
    until = end_of(_next_working_day(clock.day_of(now)))
    word = str(NOT_YET_WORDS.get(view.kind, NOT_YET))

    def put_off(expected: int | None) -> None:
        services.postpone(task_id, until=until, because=word, by=actor, now=now, expected=expected)

    told = _("Steht jetzt bei %(day)s: %(what)s") % {"day": date_format(until, "l, j. F"), "what": view.what}
    return _tapped(request, view, deed=put_off, notice=Notice(told))


@with_tasks
@require_POST
def take_over(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Make a team's task one's own with one tap."""
    actor = _actor(request)
    view = _found(actor, task_id)

    def take(expected: int | None) -> None:
        services.take_over(task_id, by=actor, expected=expected)

    told = _("Das ist jetzt Ihre Aufgabe: %(what)s") % {"what": view.what}
    return _tapped(request, view, deed=take, notice=Notice(told))


@with_tasks
@require_POST
def reopen(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Take the end of a task back."""
    actor = _actor(request)
    view = _found(actor, task_id)

    def open_again(expected: int | None) -> None:
        services.reopen(task_id, by=actor, expected=expected)

    told = _("Wieder offen: %(what)s") % {"what": view.what}
    return _tapped(request, view, deed=open_again, notice=Notice(told))


@with_tasks
@require_POST
def answer(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Write down what came of it, and end the task or leave it open."""
    actor, now = _actor(request), clock.real_now()
    view = _found(actor, task_id)
    form = AnswerForm(request.POST)

    def write() -> None:
        end, text = form.to_end(), form.cleaned_data["answer"]
        if end is None:
            services.answer(task_id, text=text, by=actor, now=now, expected=form.expected)
        else:
            services.finish(task_id, end=end, answer=text, by=actor, now=now, expected=form.expected)

    return _written(request, view, form=form, name="answer_form", write=write)


@with_tasks
@require_POST
def postpone(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Put a task off to a day, with a reason."""
    actor, now = _actor(request), clock.real_now()
    view = _found(actor, task_id)
    form = PostponeForm(request.POST, today=clock.day_of(now))

    def write() -> None:
        services.postpone(
            task_id,
            until=form.to_time(),
            because=form.cleaned_data["because"],
            by=actor,
            now=now,
            expected=form.expected,
        )

    return _written(request, view, form=form, name="postpone_form", write=write)


@with_tasks
@require_POST
def hand_over(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Give a task to a colleague or a team, with a reason."""
    actor, now = _actor(request), clock.real_now()
    view = _found(actor, task_id)
    form = HandOverForm(request.POST, owners=selectors.owners(actor, now=now)[1:])

    def write() -> None:
        services.hand_to(
            task_id,
            owner=form.cleaned_data["owner"],
            because=form.cleaned_data["because"],
            by=actor,
            now=now,
            expected=form.expected,
        )

    return _written(request, view, form=form, name="hand_over_form", write=write)


def _actor(request: HttpRequest) -> Actor:
    """Whoever asks, acting for the organization that was chosen, else for the first that they serve."""
    actor = actor_of(request)
    return work.at_work(actor, organization=actor.organization, purpose=actor.purpose)


def _has_a_desk(actor: Actor) -> bool:
    """Whether tasks can lie here at all: for an organization, or for the county itself."""
    return actor.organization is not None or any(actor.may(role) for role in services.COUNTY_ROLES)


def _found(actor: Actor, task_id: UUID) -> TaskView:
    view = selectors.task(actor, task_id, now=clock.real_now())
    if view is None:
        raise Http404
    return view


def _desk(request: HttpRequest, *, notice: Notice | None) -> HttpResponse:
    actor, now = _actor(request), clock.real_now()
    desk = selectors.mine(actor, now=now)
    groups = [
        (Urgency.OVERDUE, desk.overdue),
        (Urgency.TODAY, desk.today),
        (Urgency.THIS_WEEK, desk.this_week),
    ]
    page = {
        "desk": desk,
        "groups": [(urgency, URGENCIES[urgency], tasks) for urgency, tasks in groups if tasks],
        "has_a_desk": _has_a_desk(actor),
        "has_a_team": actor.organization is not None,
        "next_day": _day_words(_next_working_day(clock.day_of(now)), today=clock.day_of(now)),
        "notice": notice,
    }
    part = request.htmx  # type: ignore[attr-defined]
    return render(request, "tasks/partials/desk.html" if part else "tasks/mine.html", page)


def _ended(view: TaskView, word: str) -> Notice:
    return Notice(f"{word}: {view.what}", reverse("tasks:reopen", args=[view.id]))


def _just_ended(request: HttpRequest) -> Notice | None:
    """The way back, for browsers that come to the desk by a redirect."""
    try:
        task_id = UUID(request.GET.get("fertig", ""))
    except ValueError:
        return None
    view = selectors.task(_actor(request), task_id, now=clock.real_now())
    return None if view is None or view.is_open else _ended(view, view.answer)


def _tapped(
    request: HttpRequest, view: TaskView, *, deed: Callable[[int | None], None], notice: Notice
) -> HttpResponse:
    """Do what a tap says and show the desk; where a colleague was faster, it says so and shows how it stands."""
    form = SeenForm(request.POST)
    try:
        deed(form.expected if form.is_valid() else None)
    except (StaleVersion, HasEnded):
        notice = Notice(_("Da war jemand schneller. So steht es jetzt."))
    except NoSuchTask as error:
        raise Http404 from error
    if request.htmx:  # type: ignore[attr-defined]
        return _desk(request, notice=notice)
    if notice.undo_url:
        return redirect(f"{reverse('tasks:mine')}?fertig={view.id}")
    messages.info(request, notice.text)
    return redirect("tasks:mine")


def _page(request: HttpRequest, view: TaskView, *, status: int = 200, **bound: Any) -> HttpResponse:
    actor, now = _actor(request), clock.real_now()
    seen = {"seen": view.version}
    forms = {
        "answer_form": AnswerForm(initial={**seen, "answer": view.answer}),
        "postpone_form": PostponeForm(today=clock.day_of(now), initial=seen),
        "hand_over_form": HandOverForm(owners=selectors.owners(actor, now=now)[1:], initial=seen),
    }
    return render(request, "tasks/task.html", {"task": view, **forms, **bound}, status=status)


def _written(
    request: HttpRequest, view: TaskView, *, form: SeenForm, name: str, write: Callable[[], None]
) -> HttpResponse:
    """Do what a form says, or show it again with its errors."""
    if not form.is_valid():
        return _page(request, view, status=422, **{name: form})
    try:
        write()
    except (StaleVersion, HasEnded):
        messages.warning(request, _("Jemand hat die Aufgabe inzwischen geändert. So steht sie jetzt."))
        return redirect("tasks:task", view.id)
    messages.success(request, _("Gespeichert."))
    return redirect("tasks:mine")


def _day_words(day: date, *, today: date) -> str:
    return _("morgen") if day == today + ONE_DAY else date_format(day, "l")


def _next_working_day(day: date) -> date:
    following = day + ONE_DAY
    while following.weekday() >= SATURDAY:
        following += ONE_DAY
    return following

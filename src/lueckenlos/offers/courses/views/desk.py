"""The desk of those who run a course or hand its codes out: numbers, files of codes, and not one household."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lueckenlos.commons.accounts.doors import at_work
from lueckenlos.commons.directory.importing import uploads
from lueckenlos.commons.places import selectors as places
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.core.editing import saved
from lueckenlos.core.times import moment_words
from lueckenlos.offers.courses import selectors, services
from lueckenlos.offers.courses.codefile import CodeFile, ending, read_codes
from lueckenlos.offers.courses.errors import CodesThereAlready, NoSuchCourse
from lueckenlos.offers.courses.forms.desk import CodesForm, CourseForm
from lueckenlos.offers.courses.page import supply
from lueckenlos.offers.courses.signs import seal, unseal
from lueckenlos.offers.courses.types import CourseState, CourseView
from lueckenlos.offers.courses.wording import STATES, day_words, flaw_words

SESSION: Final = "courses_uploads"
MOST_OPEN: Final = 5
SHOWN: Final = 100

at_desk = at_work(NoSuchCourse)


@at_desk
@require_safe
def home(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All courses that the organization runs or hands codes out for."""
    today = clock.real_today()
    rows = [
        (view, STATES[view.state], supply(view, selectors.weeks(view.id, today=today)))
        for view in selectors.of_desk(actor)
    ]
    return render(request, "courses/desk/home.html", {"rows": rows})


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Lay a course out."""
    form = CourseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        key = services.found_course(form.to_new(), actor=actor, now=clock.real_now())
        messages.success(
            request, _("Angelegt. Lesen Sie jetzt Codes ein, prüfen Sie alles und veröffentlichen Sie es.")
        )
        return redirect("courses:manage", key)
    return render(request, "courses/desk/new.html", {"form": form}, status=422 if form.errors else 200)


@at_desk
@require_safe
def course(request: HttpRequest, actor: Actor, course: UUID) -> HttpResponse:
    """One course: the stock, how fast it goes, and for who runs it what households say."""
    view = _desk(actor, course)
    now = clock.real_now()
    runs = view.organization == actor.organization
    minimum = places.county().minimum_cell
    names = {each.ags: each.name for each in places.municipalities()}
    page = {
        "view": view,
        "state": STATES[view.state],
        "runs": runs,
        "is_draft": view.state is CourseState.DRAFT,
        "is_published": view.state is CourseState.PUBLISHED,
        "supply": supply(view, selectors.weeks(view.id, today=clock.day_of(now))),
        "low_since": moment_words(view.stock.low_since) if view.stock.low_since else "",
        "deliveries": [(moment_words(each.added_at), each) for each in selectors.deliveries(view.id)],
        "households": [
            (names.get(each.ags, each.ags), each.households)
            for each in selectors.households(actor, view.id, minimum=minimum)
        ],
        "minimum": max(minimum, 5),
        "feedback": selectors.feedback(actor, view.id) if runs else None,
    }
    return render(request, "courses/desk/course.html", page)


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, actor: Actor, course: UUID) -> HttpResponse:
    """Change what is said about a course; nobody's work is lost."""
    view = _run(actor, course)
    form = CourseForm(request.POST or None, initial=CourseForm.initial_of(view))
    if saved(
        request,
        form,
        version=view.version,
        deed=lambda expected: services.change_course(view.id, form.to_new(), expected=expected, actor=actor),
    ):
        messages.success(request, _("Gespeichert."))
        return redirect("courses:manage", view.id)
    page = {"form": form, "view": view}
    return render(request, "courses/desk/change.html", page, status=422 if form.errors else 200)


@at_desk
@require_POST
def publish(request: HttpRequest, actor: Actor, course: UUID) -> HttpResponse:
    """Show it to everybody."""
    view = _run(actor, course)
    services.publish(view.id, actor=actor, now=clock.real_now())
    messages.success(request, _("Veröffentlicht. Ab jetzt können sich Familien anmelden."))
    return redirect("courses:manage", view.id)


@at_desk
@require_POST
def close(request: HttpRequest, actor: Actor, course: UUID) -> HttpResponse:
    """Take nobody new."""
    view = _run(actor, course)
    services.close(view.id, actor=actor)
    messages.success(request, _("Geschlossen. Wer schon dabei ist, macht weiter."))
    return redirect("courses:manage", view.id)


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, actor: Actor, course: UUID) -> HttpResponse:
    """First step: the file of codes; between the steps it lies sealed in the home."""
    view = _desk(actor, course)
    form = CodesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        token = uploads.keep(seal(form.cleaned_data["table"], key=view.id))
        kept = dict(list(request.session.get(SESSION, {}).items())[-MOST_OPEN + 1 :])
        request.session[SESSION] = {**kept, token: str(view.id)}
        return redirect("courses:preview", view.id, token)
    page = {"form": form, "view": view}
    return render(request, "courses/desk/upload.html", page, status=422 if form.errors else 200)


@at_desk
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, actor: Actor, course: UUID, token: str) -> HttpResponse:
    """Second step: what would go in, every line that does not fit, then all or nothing, or only what fits."""
    view = _desk(actor, course)
    if request.session.get(SESSION, {}).get(token) != str(view.id):
        raise Http404
    try:
        read = _read(view, uploads.content_of(token))
        if request.method == "POST":
            if read.codes and (request.POST.get("which") == "good" or not read.mistakes):
                return _taken(request, actor, view, token=token)
            messages.warning(
                request,
                _("Nichts übernommen: Erst müssen alle Zeilen stimmen, oder Sie nehmen nur die guten."),
            )
    except uploads.UploadGone:
        messages.info(
            request, _("Diese Datei ist schon übernommen oder zu alt. Bitte laden Sie sie neu hoch.")
        )
        return redirect("courses:upload", view.id)
    except CodesThereAlready:
        messages.warning(
            request, _("Gerade hat jemand dieselben Codes eingelesen. Bitte sehen Sie noch einmal hin.")
        )
        return redirect("courses:preview", view.id, token)
    page = {
        "view": view,
        "read": read,
        "mistakes": [(each.line, flaw_words(each)) for each in read.mistakes[:SHOWN]],
        "more": max(len(read.mistakes) - SHOWN, 0),
        "samples": [
            (line, ending(code.text), day_words(code.redeem_until) if code.redeem_until else "")
            for line, code in list(zip(read.lines, read.codes, strict=True))[:5]
        ],
    }
    return render(request, "courses/desk/preview.html", page)


def _taken(request: HttpRequest, actor: Actor, view: CourseView, *, token: str) -> HttpResponse:
    """Take the good codes over; if that fails the file is back."""
    with uploads.taken(token) as content:
        read = _read(view, content)
        services.add_codes(view.id, read.codes, actor=actor, now=clock.real_now())
    del request.session[SESSION][token]
    request.session.modified = True
    added = ngettext("Ein Code ist im Vorrat.", "%(count)s Codes sind neu im Vorrat.", len(read.codes))
    left = ngettext("Eine Zeile blieb draußen.", "%(count)s Zeilen blieben draußen.", len(read.mistakes))
    words = [(added, len(read.codes)), (left, len(read.mistakes))]
    messages.success(request, " ".join(word % {"count": count} for word, count in words if count))
    return redirect("courses:manage", view.id)


def _read(view: CourseView, sealed: bytes) -> CodeFile:
    try:
        content = unseal(sealed, key=view.id)
    except InvalidTag as error:
        raise uploads.UploadGone from error
    read = read_codes(content, today=clock.real_today())
    return read.without(services.known_among(view.id, read.codes))


def _desk(actor: Actor, key: UUID) -> CourseView:
    view = selectors.by_id(key)
    if view is None or not view.is_desk_of(actor.organization):
        raise Http404
    return view


def _run(actor: Actor, key: UUID) -> CourseView:
    view = _desk(actor, key)
    if view.organization != actor.organization:
        raise Http404
    return view

"""A cell or a seam opened: one sentence, then what it rests on, then what is said about it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lueckenlos.core import clock
from lueckenlos.core.actor import Role
from lueckenlos.core.addresses import words_in
from lueckenlos.core.guards import actor_of, requires
from lueckenlos.kernels.chain.types import Cell, Seam
from lueckenlos.steering.chain.forms.history import day_of
from lueckenlos.steering.chain.forms.notes import LONGEST_GIVEN, CommentForm, NoteForm, StandingForm
from lueckenlos.steering.chain.selectors.cell_history import cell_history
from lueckenlos.steering.chain.selectors.cells import Opened, opened
from lueckenlos.steering.chain.selectors.standing import sight_of
from lueckenlos.steering.chain.selectors.talk import is_concerned, notes_of, steps_of
from lueckenlos.steering.chain.services import talk
from lueckenlos.steering.chain.telling import digits, interval, number
from lueckenlos.steering.chain.types import CellKey, Standing, TargetOrigin
from lueckenlos.steering.chain.views.bars import interval_bar, part
from lueckenlos.steering.chain.views.shell import READERS, show
from lueckenlos.steering.chain.wording import SIGNAL_REASONS, STANDINGS, VERDICT_MEANS, VERDICTS

TALK = "#gespraech"
MOST_LINES = 8
"""Services that stand at once; the others give less and are one click away."""
Given = TypeVar("Given", bound=forms.Form)


@dataclass
class Forms:
    """What the reader may write here; those filled in wrongly come back as they were."""

    note: NoteForm | None = None
    standing: StandingForm | None = None
    comment: CommentForm | None = None


@requires(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def cell(request: HttpRequest, ags: str, phase: str, field: str) -> HttpResponse:
    """One area, phase and field."""
    return _page(request, key=CellKey(ags, phase, field))


@requires(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def seam(request: HttpRequest, ags: str, phase: str, to: str) -> HttpResponse:
    """The way from one phase to the next in one area."""
    return _page(request, key=CellKey(ags, phase, to=to))


def address_of(key: CellKey) -> str:
    """The page of a cell or seam."""
    if key.to:
        return reverse("chain:seam", args=[key.area, key.phase, key.to])
    return reverse("chain:cell", args=[key.area, key.phase, key.field])


def _page(request: HttpRequest, *, key: CellKey) -> HttpResponse:
    actor, today = actor_of(request), clock.today()
    found = opened(key, actor=actor, day=day_of(request.GET.get("stand"), today=today))
    if found is None:
        raise Http404
    given = _forms(request, found)
    if request.method == "POST":
        deed = DEEDS.get(request.POST.get("deed", ""))
        if deed is None or found.is_past:
            raise Http404
        try:
            done = deed(request, found, given)
        except talk.NotYours as error:
            raise Http404 from error
        if done:
            messages.success(request, done)
            return redirect(address_of(key) + TALK)
    context = _context(found) | {
        "notes": notes_of(found.piece, actor=actor),
        "steps": [(STANDINGS[step.state], step) for step in steps_of(key.subject)],
        "forms": given,
        "is_coordination": actor.has_role(Role.COORDINATION),
        "address": address_of(key),
        "moments": _moments(request, key=key),
    }
    is_wrong = any(form is not None and form.errors for form in (given.note, given.standing, given.comment))
    return show(request, "chain/cell.html", context, section="chain:picture", status=422 if is_wrong else 200)


def _forms(request: HttpRequest, found: Opened) -> Forms:
    if found.is_past:
        return Forms()
    deed = request.POST.get("deed", "")

    def given(name: str) -> Any:
        return request.POST if request.method == "POST" and deed == name else None

    actor = actor_of(request)
    if actor.has_role(Role.COORDINATION):
        return Forms(
            note=NoteForm(given("note"), prefix="note"),
            standing=StandingForm(given("standing"), prefix="standing", initial={"state": found.standing}),
        )
    services = (share.service for share in found.piece.services)
    if is_concerned(sight_of(actor), area=found.key.area, services=services):
        return Forms(comment=CommentForm(given("comment"), prefix="comment"))
    return Forms()


def _note(request: HttpRequest, found: Opened, given: Forms) -> str:
    form = _demand(given.note)
    if not form.is_valid():
        return ""
    talk.write_note(
        found.key.subject,
        text=form.cleaned_data["text"],
        state=form.to_state(),
        actor=actor_of(request),
        now=clock.now(),
    )
    return _("Notiert.")


def _comment(request: HttpRequest, found: Opened, given: Forms) -> str:
    form = _demand(given.comment)
    if not form.is_valid():
        return ""
    talk.comment(found.key.subject, text=form.cleaned_data["text"], actor=actor_of(request), now=clock.now())
    return _("Danke. Die Koordination liest Ihren Kommentar und antwortet hier.")


def _standing(request: HttpRequest, found: Opened, given: Forms) -> str:
    form = _demand(given.standing)
    return change_standing(request, found.key.subject, form=form)


def change_standing(request: HttpRequest, subject: str, *, form: StandingForm) -> str:
    """Take a subject to the standing that a form says; the sentence of success, empty where the form is wrong."""
    if not form.is_valid():
        return ""
    try:
        talk.change_standing(
            subject,
            to=form.to_state(),
            reason=form.cleaned_data["reason"],
            could_not_wait=form.cleaned_data["could_not_wait"],
            actor=actor_of(request),
            now=clock.now(),
        )
    except talk.NotSharedYet:
        form.say_not_shared_yet()
        return ""
    return _("Der Stand ist jetzt: %(state)s.") % {"state": STANDINGS[form.to_state()]}


def _take_back(request: HttpRequest, found: Opened, given: Forms) -> str:
    number = request.POST.get("note", "")
    if not number.isdecimal():
        raise Http404
    talk.take_back(int(number), subject=found.key.subject, actor=actor_of(request), now=clock.now())
    return _("Zurückgenommen.")


def _note_on(request: HttpRequest, found: Opened, given: Forms) -> str:
    """Take a note one step further: to those concerned, then to everybody."""
    notes = {str(note.id): note for note in notes_of(found.piece, actor=actor_of(request))}
    note = notes.get(request.POST.get("note", ""))
    if note is None or note.state is Standing.PUBLIC:
        raise Http404
    reason = words_in(request.POST, "reason", longest=LONGEST_GIVEN)
    if not reason:
        messages.error(
            request, _("Bitte schreiben Sie in ein paar Worten, warum die Notiz weitergehen soll.")
        )
        return ""
    state = Standing.SHARED if note.state is Standing.INTERNAL else Standing.PUBLIC
    talk.change_standing(f"note:{note.id}", to=state, reason=reason, actor=actor_of(request), now=clock.now())
    return _("Die Notiz ist jetzt: %(state)s.") % {"state": STANDINGS[state]}


DEEDS: dict[str, Callable[[HttpRequest, Opened, Forms], str]] = {
    "note": _note,
    "comment": _comment,
    "standing": _standing,
    "note-on": _note_on,
    "take-back": _take_back,
}


def _demand(form: Given | None) -> Given:
    if form is None:
        raise Http404
    return form


def _moments(request: HttpRequest, *, key: CellKey) -> list[tuple[Any, ...]] | None:
    """The history of the cell where it was asked for; each day in it is a calculation of its own."""
    if "verlauf" not in request.GET:
        return None
    return [
        (moment.day, VERDICTS[moment.piece.verdict], moment.piece, _numbers(moment.piece))
        for moment in cell_history(key, today=clock.today())
    ]


def _numbers(piece: Cell | Seam) -> str:
    return interval(piece.reach_lo, piece.reach_hi)


def _exact(piece: Cell | Seam) -> dict[str, str]:
    """Reach and target with as many decimals as keep them apart."""
    places = digits(piece.reach_lo, piece.reach_hi, piece.target)
    return {
        "lo": number(piece.reach_lo, places=places),
        "hi": number(piece.reach_hi, places=places),
        "target": "" if piece.target is None else number(piece.target, places=places),
    }


def _context(found: Opened) -> dict[str, Any]:
    piece, labels = found.piece, found.drawn.labels
    missing_to = piece.to if isinstance(piece, Seam) else ""
    most = max((line.reach_hi for line in found.services), default=0.0)
    lines = [
        (
            line,
            interval_bar(line.reach_lo, line.reach_hi, longest=most),
            interval(line.reach_lo, line.reach_hi),
        )
        for line in found.services
    ]
    return {
        "opened": found,
        "piece": piece,
        "place": labels.areas.get(piece.area, piece.area),
        "phase_word": labels.phases.get(piece.phase, piece.phase),
        "to_word": labels.phases.get(missing_to, missing_to),
        "field_word": labels.fields.get(found.key.field, found.key.field),
        "verdict_word": VERDICTS[piece.verdict],
        "verdict_means": VERDICT_MEANS[piece.verdict],
        "standing_word": STANDINGS[found.standing],
        "bar": interval_bar(piece.reach_lo, piece.reach_hi, target=piece.target),
        "numbers": _exact(piece),
        "ages": [(each, part(each.share)) for each in found.ages],
        "lines": lines[:MOST_LINES],
        "more_lines": lines[MOST_LINES:],
        "is_own_target": found.target is not None and found.target.origin is TargetOrigin.MUNICIPALITY,
        "signals": [(SIGNAL_REASONS[reason], count) for reason, count in found.signals.counts],
    }

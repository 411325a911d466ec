"""Past days drawn again, what changed since and why, and days that were kept under a name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lueckenlos.core import clock
from lueckenlos.core.actor import Role
from lueckenlos.core.guards import actor_of, requires
from lueckenlos.kernels.chain.types import Cell, Seam
from lueckenlos.steering.chain.forms.history import BaselineForm, PeriodForm
from lueckenlos.steering.chain.selectors.baselines import baseline_with, baselines
from lueckenlos.steering.chain.selectors.causes import CauseKind
from lueckenlos.steering.chain.selectors.cell_history import earliest_day, first_day
from lueckenlos.steering.chain.selectors.changes import CauseGroup, Changes, Difference, changes_between
from lueckenlos.steering.chain.selectors.standing import sight_of
from lueckenlos.steering.chain.services.baselines import NameTaken, freeze
from lueckenlos.steering.chain.telling import interval
from lueckenlos.steering.chain.telling_changes import KINDS, cause_sentence, cause_short, key_words
from lueckenlos.steering.chain.types import Labels
from lueckenlos.steering.chain.views.cell import address_of
from lueckenlos.steering.chain.views.shell import PLANNERS, show
from lueckenlos.steering.chain.wording import VERDICTS

A_MONTH = timedelta(days=30)
MOST_ROWS = 12


@dataclass(frozen=True, slots=True)
class Side:
    """A cell on one of two days, as it is read."""

    verdict: str
    word: str | Promise
    reach: str
    target: float | None


@dataclass(frozen=True, slots=True)
class Row:
    """One cell that is not what it was."""

    words: str
    address: str
    before: Side | None
    after: Side | None
    causes: tuple[str, ...]
    trend: str


@dataclass(frozen=True, slots=True)
class Group:
    """One cause: how many cells it touched, and those whose verdict it changed."""

    sentence: str
    touched: int
    verdicts: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """All causes of one kind."""

    word: str | Promise
    touched: int
    verdicts: int
    groups: tuple[Group, ...]


@requires(*PLANNERS)
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """What changed between two days, and why; each day as known then."""
    today, first = clock.today(), first_day()
    given = request.GET if "seit" in request.GET else None
    since = today - A_MONTH
    form = PeriodForm(given, earliest=earliest_day(), today=today, initial={"seit": since, "bis": today})
    changes = None
    if given is None:
        changes = _changes(request, since, today)
    elif form.is_valid():
        changes = _changes(request, form.cleaned_data["seit"], form.cleaned_data["bis"] or today)
    context: dict[str, Any] = {"form": form, "first": first, "today": today, "changes": changes}
    if changes is not None:
        context |= _told(changes)
    return show(
        request, "chain/history.html", context, section="chain:history", status=422 if form.errors else 200
    )


def _changes(request: HttpRequest, since: date, until: date) -> Changes:
    return changes_between(since, until, today=clock.today(), sight=sight_of(actor_of(request)))


def _told(changes: Changes) -> dict[str, Any]:
    verdicts = rows_of(changes.verdicts, labels=changes.labels)
    return {
        "kinds": _kinds(changes),
        "verdicts": verdicts,
        "first_verdicts": verdicts[:MOST_ROWS],
        "more_verdicts": verdicts[MOST_ROWS:],
        "better": sum(each.is_better for each in changes.differences),
        "worse": sum(each.is_worse for each in changes.differences),
    }


def _kinds(changes: Changes) -> list[Kind]:
    by_kind: dict[CauseKind, list[CauseGroup]] = {}
    for group in changes.groups:
        by_kind.setdefault(group.cause.kind, []).append(group)
    return [
        Kind(
            word=KINDS[kind],
            touched=len({each.key for group in groups for each in group.differences}),
            verdicts=len(
                {each.key for group in groups for each in group.differences if each.has_other_verdict}
            ),
            groups=tuple(_group(group, labels=changes.labels) for group in groups),
        )
        for kind, groups in by_kind.items()
    ]


def _group(group: CauseGroup, *, labels: Labels) -> Group:
    changed = [each for each in group.differences if each.has_other_verdict]
    return Group(
        cause_sentence(group.cause, labels=labels), len(group.differences), rows_of(changed, labels=labels)
    )


def rows_of(differences: Iterable[Difference], *, labels: Labels) -> tuple[Row, ...]:
    """Differences as they are read."""
    return tuple(
        Row(
            words=key_words(each.key, labels=labels),
            address=address_of(each.key),
            before=_side(each.before),
            after=_side(each.after),
            causes=tuple(cause_short(cause, labels=labels) for cause in each.causes),
            trend="better" if each.is_better else "worse" if each.is_worse else "",
        )
        for each in differences
    )


def _side(piece: Cell | Seam | None) -> Side | None:
    if piece is None:
        return None
    return Side(
        piece.verdict.value, VERDICTS[piece.verdict], interval(piece.reach_lo, piece.reach_hi), piece.target
    )


@requires(*PLANNERS)
@require_http_methods(["GET", "HEAD", "POST"])
def kept(request: HttpRequest) -> HttpResponse:
    """Every day that was kept under a name; Koordination keeps another."""
    actor, today = actor_of(request), clock.today()
    may_freeze = actor.has_role(Role.COORDINATION)
    form = BaselineForm(request.POST or None, earliest=earliest_day(), today=today, initial={"day": today})
    if request.method == "POST":
        if not may_freeze:
            raise Http404
        if form.is_valid() and _freeze(request, form):
            return redirect("chain:baselines")
    context = {"baselines": baselines(), "form": form if may_freeze else None}
    return show(
        request,
        "chain/history_baselines.html",
        context,
        section="chain:history",
        status=422 if form.errors else 200,
    )


def _freeze(request: HttpRequest, form: BaselineForm) -> bool:
    given = form.cleaned_data
    try:
        freeze(given["name"], day=given["day"], note=given["note"], actor=actor_of(request), now=clock.now())
    except NameTaken as error:
        form.say_taken(error)
        return False
    messages.success(request, _("Festgehalten. Dieser Stand ändert sich nicht mehr."))
    return True


@requires(*PLANNERS)
@require_safe
def baseline(request: HttpRequest, baseline_id: int) -> HttpResponse:
    """One kept day beside today."""
    compared = baseline_with(baseline_id, sight=sight_of(actor_of(request)))
    if compared is None:
        raise Http404
    context = {
        "compared": compared,
        "verdicts": rows_of(compared.verdicts, labels=compared.labels),
        "numbers": rows_of(compared.numbers, labels=compared.labels),
        "better": sum(each.is_better for each in compared.differences),
        "worse": sum(each.is_worse for each in compared.differences),
        "then": compared.continuity_then * 100,
        "now": compared.continuity_now * 100,
    }
    return show(request, "chain/history_baseline.html", context, section="chain:history")

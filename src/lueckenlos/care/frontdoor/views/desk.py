"""The desk of the Familienbüro: what waits, the one-line tally, and the finder beside it."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lueckenlos.care.cases import calendar
from lueckenlos.care.cases import selectors as cases
from lueckenlos.care.cases import services as deeds
from lueckenlos.care.cases.types import Channel, TallyCount, TallyOutcome
from lueckenlos.care.frontdoor import services
from lueckenlos.care.frontdoor.desk_wording import DANGERS, OUTCOMES, WHO_COMES
from lueckenlos.care.frontdoor.forms.desk import TakenDownForm, TallyForm, uuid_or_none
from lueckenlos.care.frontdoor.picture import Bar, bars
from lueckenlos.care.frontdoor.selectors import recently_closed, searched, waiting, whereabouts
from lueckenlos.care.frontdoor.types import Waiting
from lueckenlos.care.frontdoor.views.doors import Desk, at_desk, fresh_code, keep_fresh
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.directory.wording import language_name
from lueckenlos.commons.places import selectors as places
from lueckenlos.commons.tasks import selectors as tasks
from lueckenlos.core import clock
from lueckenlos.core.addresses import month_in
from lueckenlos.kernels import suppression
from lueckenlos.offers.finder import services as finding

LONGEST: Final = 400


@dataclass(frozen=True, slots=True)
class Row:
    """A request in the list, in words."""

    waiting: Waiting
    who: str
    danger: str
    due: str
    spoken: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What was counted just now, with the way back."""

    text: str
    undo_url: str


@at_desk
@require_safe
def desk(request: HttpRequest, at: Desk) -> HttpResponse:
    """Everything on one page; with htmx the finder's answer alone."""
    context = _search(request)
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "frontdoor/desk/partials/found.html", context)
    now = clock.real_now()
    context |= {
        "rows": [_row(line, now=now) for line in waiting(at.actor, receiver=at.receiver, now=now)],
        "closed": recently_closed(at.actor, receiver=at.receiver, now=now),
        "team": at.receiver.name,
        "form": _tally_form(),
        **_counts(at, now=now),
        **_noticed(request, at),
    }
    return render(request, "frontdoor/desk/desk.html", context)


@at_desk
@require_POST
def count(request: HttpRequest, at: Desk) -> HttpResponse:
    """Count one line; the form comes back empty, ready for the next."""
    form = _tally_form(request.POST)
    now = clock.real_now()
    if not form.is_valid():
        if request.htmx:  # type: ignore[attr-defined]
            return render(
                request, "frontdoor/desk/partials/tally.html", {"form": form, **_counts(at, now=now)}
            )
        return render(request, "frontdoor/desk/tally_again.html", {"form": form}, status=422)
    counted = deeds.count_line(form.to_tally(), actor=at.actor, now=now)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(f"{reverse('frontdoor:desk')}?gezaehlt={counted}")
    context = {
        "form": _tally_form(channel=form.cleaned_data["channel"]),
        "counted_place": form.where,
        "is_again": True,
        **_counts(at, now=now),
        "notice": _notice(counted),
    }
    return render(request, "frontdoor/desk/partials/tally.html", context)


@at_desk
@require_POST
def undo(request: HttpRequest, at: Desk, tally: UUID) -> HttpResponse:
    """Take a line back that was counted by mistake."""
    if not deeds.take_line_back(tally, actor=at.actor):
        raise Http404
    messages.success(request, _("Der Strich ist zurückgenommen."))
    return redirect("frontdoor:desk")


@at_desk
@require_safe
def place(request: HttpRequest, at: Desk) -> HttpResponse:
    """Which municipality is meant, and the youth office that is competent there: a part of the tally."""
    where = whereabouts(request.GET.get("place", ""))
    return render(request, "frontdoor/desk/partials/place.html", {"where": where})


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def take_down(request: HttpRequest, at: Desk) -> HttpResponse:
    """Take down a matter that somebody tells at the telephone or the counter."""
    form = TakenDownForm(request.POST or None, initial={"words": request.GET.get("q", "")[:LONGEST]})
    if request.method == "POST" and form.is_valid():
        sent = services.send_in(
            form.to_incoming(), receiver=at.receiver, actor=at.actor, now=clock.real_now()
        )
        response = redirect("frontdoor:taken_down", sent.file)
        keep_fresh(response, file=sent.file, code=sent.code)
        return response
    return render(
        request, "frontdoor/desk/take_down.html", {"form": form}, status=422 if form.errors else 200
    )


@at_desk
@require_safe
def taken_down(request: HttpRequest, at: Desk, file: UUID) -> HttpResponse:
    """The code for whoever brought the matter, for ten minutes; nothing of it is stored in the house."""
    case, code = cases.case(at.actor, file), fresh_code(request, file=file)
    if case is None or not code:
        return redirect("frontdoor:desk")
    now = clock.real_now()
    task = next((each for each in tasks.open_of_files(at.actor, [file], now=now)), None)
    context = {
        "code": code,
        "file": file,
        "promise": calendar.told(task.due_at, now=now) if task else "",
        "own_address": settings.BASE_URL + reverse("frontdoor:own"),
    }
    response = render(request, "frontdoor/desk/taken_down.html", context)
    response["Cache-Control"] = "no-store"
    return response


@at_desk
@require_safe
def month(request: HttpRequest, at: Desk) -> HttpResponse:
    """The tally of one month, for the office itself."""
    first, last = _month(request)
    counts = cases.tally_counts(at.actor, since=first, until=last)
    context = {
        "first": first,
        "before": first - timedelta(days=1),
        "after": last + timedelta(days=1),
        "is_now": last >= clock.real_today(),
        "total": sum(each.count for each in counts),
        "children": sum(each.count for each in counts if each.asked_by_child),
        "outcomes": _by_outcome(counts),
        "table": _table(counts),
        "heads": [str(word) for word in OUTCOMES.values()],
        "minimum": places.county().minimum_cell,
    }
    return render(request, "frontdoor/desk/month.html", context)


@at_desk
@require_safe
def month_file(request: HttpRequest, at: Desk) -> HttpResponse:
    """The month's table as it may leave the office: small numbers are withheld, and what would betray them."""
    first, last = _month(request)
    counts = cases.tally_counts(at.actor, since=first, until=last)
    rows = _table(counts)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow([_("Gemeinde"), *(str(word) for word in OUTCOMES.values()), _("zusammen")])
    if rows:
        table = suppression.table_of([row[1:-1] for row in rows], summed_over=(0, 1))
        published = suppression.suppress(table, minimum=places.county().minimum_cell)
        names = [*(row[0] for row in rows), _("zusammen")]
        for name, line in zip(names, published.lines, strict=True):
            writer.writerow([name, *("·" if value is None else value for value in line)])
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="strichliste-{first:%Y-%m}.csv"'
    return response


def _tally_form(data: Any = None, *, channel: str = Channel.PHONE.value) -> TallyForm:
    return TallyForm(
        data, catalog=directory.catalog(), auto_id="strich_%s", initial={"channel": channel, "language": "de"}
    )


def _search(request: HttpRequest) -> dict[str, Any]:
    text, typed = request.GET.get("q", "")[:LONGEST], request.GET.get("ort", "")
    where = whereabouts(typed)
    return {
        "q": text,
        "ort": typed,
        "where": where,
        "cards": searched(text, ags=where.ags),
        "kept": finding.keys_in(request),
    }


def _row(line: Waiting, *, now: datetime) -> Row:
    danger = ", ".join(str(DANGERS[kind]) for kind in line.dangers)
    return Row(
        waiting=line,
        who=str(WHO_COMES[line.who]) if line.who else "",
        danger=danger or (_("Gefahr genannt") if line.says_danger else ""),
        due=_("Antwort %(until)s") % {"until": calendar.told(line.task.due_at, now=now)} if line.task else "",
        spoken=language_name(line.case.language),
    )


def _noticed(request: HttpRequest, at: Desk) -> dict[str, Any]:
    key = uuid_or_none(request.GET.get("gezaehlt", ""))
    if key is None or cases.tally(at.actor, key) is None:
        return {}
    return {"notice": _notice(key), "is_again": True}


def _notice(key: UUID) -> Notice:
    return Notice(_("Gezählt."), reverse("frontdoor:undo", args=[key]))


def _counts(at: Desk, *, now: datetime) -> dict[str, Any]:
    today = clock.day_of(now)
    found = cases.tally_counts(at.actor, since=today.replace(day=1), until=today)
    of_today = cases.tally_counts(at.actor, since=today, until=today)
    return {
        "today_total": sum(each.count for each in of_today),
        "month_total": sum(each.count for each in found),
        "month_bars": _by_outcome(found),
    }


def _by_outcome(counts: Iterable[TallyCount]) -> list[Bar]:
    sums: Counter[TallyOutcome] = Counter()
    for each in counts:
        sums[each.outcome] += each.count
    return bars([(str(word), sums[outcome]) for outcome, word in OUTCOMES.items()])


def _table(counts: Iterable[TallyCount]) -> list[list[Any]]:
    """Municipalities by outcomes, each row with its sum at the end."""
    names = {place.ags: place.name for place in places.municipalities()}
    sums: dict[str, Counter[TallyOutcome]] = {}
    for each in counts:
        name = names.get(each.ags or "", _("nicht gesagt"))
        sums.setdefault(name, Counter())[each.outcome] += each.count
    known = [name for name in names.values() if name in sums]
    order = [*known, *(name for name in sums if name not in known)]
    return [
        [name, *(sums[name][outcome] for outcome in OUTCOMES), sum(sums[name].values())] for name in order
    ]


def _month(request: HttpRequest) -> tuple[date, date]:
    """The first and last day of the month asked for, else of this one."""
    first = month_in(request.GET.get("monat")) or clock.real_today().replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    return first, following - timedelta(days=1)

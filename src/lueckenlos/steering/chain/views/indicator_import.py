"""Read indicators in: file, columns, which indicator is which, look at it, take over."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from lueckenlos.commons.directory.importing import Table, read_table, uploads
from lueckenlos.commons.places import selectors as places
from lueckenlos.commons.places.importing import (
    AreaWords,
    CheckedIndicators,
    Layout,
    Meaning,
    Naming,
    TableRows,
    check_indicators,
    guess_meanings,
    known_name,
    looks_like_shares,
    names_in,
)
from lueckenlos.commons.places.types import (
    IndicatorAbout,
    IndicatorDefinition,
    IndicatorDirection,
    IndicatorsWritten,
)
from lueckenlos.core import clock
from lueckenlos.core.actor import Role
from lueckenlos.core.components import Station, StationState
from lueckenlos.core.guards import actor_of, requires
from lueckenlos.steering.chain.forms.indicators import (
    ColumnsForm,
    IndicatorFileForm,
    NamesForm,
    TakeOverIndicatorsForm,
)
from lueckenlos.steering.chain.selectors.readings import planned, samples
from lueckenlos.steering.chain.services.indicators import take_over_indicators
from lueckenlos.steering.chain.social_wording import trouble, unit_sign
from lueckenlos.steering.chain.views.social import show_social

SESSION = "chain_indicator_imports"
TAB = "chain:indicators"
MOST_OPEN = 5
MOST_NAMES = 60
SHOWN = 50
writes = requires(Role.COORDINATION)


@writes
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """First step: the file."""
    form = IndicatorFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        token = uploads.keep(form.cleaned_data["table"])
        kept = dict(list(request.session.get(SESSION, {}).items())[-MOST_OPEN + 1 :])
        name = str(request.FILES["table"].name or "Tabelle").rsplit(".", 1)[0]  # type: ignore[union-attr]
        request.session[SESSION] = {**kept, token: {"name": name[:120]}}
        return redirect("chain:indicator-columns", token=token)
    return _show(request, "upload", {"form": form}, at=0, status=422 if form.errors else 200)


@writes
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, token: str) -> HttpResponse:
    """Second step: which column means what."""
    opened, table = _opened(request, token)
    guess = guess_meanings(table.header, rows=table.rows)
    form = ColumnsForm(request.POST or None, table=table, guess=guess, this_year=clock.today().year)
    if request.method == "POST" and form.is_valid():
        names = names_in(table.header, form.meanings, rows=table.rows, table=opened["name"])
        if len(names) > MOST_NAMES:
            words = _("Die Tabelle nennt %(count)s Indikatoren; es gehen bis zu %(most)s auf einmal. Stimmt die Spalte mit dem Namen?")  # fmt: skip
            form.add_error(None, words % {"count": len(names), "most": MOST_NAMES})
        else:
            opened.update(
                meanings=[meaning.value for meaning in form.meanings],
                year=form.cleaned_data["year"],
                source=form.cleaned_data["source"],
            )
            request.session.modified = True
            return redirect("chain:indicator-names", token=token)
    context = {"form": form, "table": table}
    return _show(request, "columns", context, at=1, status=422 if form.errors else 200)


@writes
@require_http_methods(["GET", "HEAD", "POST"])
def names(request: HttpRequest, token: str) -> HttpResponse:
    """Third step: which indicator is which; new ones are defined here."""
    opened, table = _opened(request, token)
    if "meanings" not in opened:
        return redirect("chain:indicator-columns", token=token)
    rows, meanings = _rows(table, opened), tuple(Meaning(each) for each in opened["meanings"])
    found = names_in(table.header, meanings, rows=table.rows, table=opened["name"])
    infos = places.indicators()
    words = {info.key: (info.key, info.label) for info in infos}
    form = NamesForm(
        request.POST or None,
        names=found,
        infos=infos,
        guess={name: known_name(name, words) for name in found},
        shares=looks_like_shares(rows, meanings),
    )
    if request.method == "POST" and form.is_valid():
        opened["naming"] = {name: asdict(naming) for name, naming in form.naming().items()}
        opened["new"] = form.definitions()
        request.session.modified = True
        return redirect("chain:indicator-preview", token=token)
    return _show(request, "names", {"form": form, "token": token}, at=2, status=422 if form.errors else 200)


@writes
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """Fourth step: what would change, every cell that does not fit, then take over."""
    opened, table = _opened(request, token)
    if "naming" not in opened:
        return redirect("chain:indicator-names", token=token)
    checked = _check(opened, table)
    form = TakeOverIndicatorsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["which"] == "good" or not checked.wrong:
            return _take_over(request, token)
        messages.warning(
            request, _("Nichts übernommen: Erst müssen alle Zeilen stimmen, oder Sie nehmen nur die guten.")
        )
    labels = {key: each["label"] for key, each in opened["new"].items()}
    plans = planned(checked.readings, labels=labels)
    context = {
        "token": token,
        "checked": checked,
        "mistakes": [(mistake, trouble(mistake)) for mistake in checked.mistakes[:SHOWN]],
        "plans": [(plan, unit_sign(plan.unit)) for plan in plans],
        "samples": [
            (sample, unit_sign(sample.reading.unit)) for sample in samples(checked.readings, labels=labels)
        ],
        "form": form,
    }
    return _show(request, "preview", context, at=3)


def _take_over(request: HttpRequest, token: str) -> HttpResponse:
    opened = request.session[SESSION][token]
    try:
        with uploads.taken(token) as content:
            checked = _check(opened, read_table(content))
            used = {reading.indicator for reading in checked.readings}
            done = take_over_indicators(
                checked.readings,
                new={key: _definition(each) for key, each in opened["new"].items() if key in used},
                actor=actor_of(request),
                now=clock.now(),
            )
    except uploads.UploadGone:
        messages.info(request, _("Diese Tabelle ist schon übernommen."))
        return redirect("chain:indicators")
    del request.session[SESSION][token]
    request.session.modified = True
    messages.success(request, _taken_words(done, wrong=checked.wrong))
    return redirect("chain:indicators")


def _taken_words(done: IndicatorsWritten, *, wrong: int) -> str:
    counts = (
        (ngettext("Ein Indikator ist neu.", "%(n)s Indikatoren sind neu.", done.defined), done.defined),
        (ngettext("Ein Wert ist übernommen.", "%(n)s Werte sind übernommen.", done.added), done.added),
        (ngettext("Ein Wert ist geändert.", "%(n)s Werte sind geändert.", done.changed), done.changed),
        (ngettext("Ein Wert war schon so da.", "%(n)s Werte waren schon so da.", done.unchanged), done.unchanged),
        (ngettext("Eine Zelle passte nicht.", "%(n)s Zellen passten nicht.", wrong), wrong),
    )  # fmt: skip
    return " ".join(words % {"n": count} for words, count in counts if count) or _("Nichts zu übernehmen.")


def _definition(given: dict[str, str]) -> IndicatorDefinition:
    direction, about = IndicatorDirection(given["direction"]), IndicatorAbout(given["about"])
    return IndicatorDefinition("", given["label"], direction, about)


def _check(opened: dict[str, Any], table: Table) -> CheckedIndicators:
    county = places.county()
    areas = AreaWords(
        county.key,
        name=county.name,
        municipalities=[(place.ags, place.name) for place in places.municipalities()],
    )
    layout = Layout(
        tuple(Meaning(each) for each in opened["meanings"]),
        {name: Naming(**given) for name, given in opened["naming"].items()},
        opened["year"],
        opened["source"],
    )
    return check_indicators(_rows(table, opened), layout, areas=areas, latest_year=clock.today().year)


def _rows(table: Table, opened: dict[str, Any]) -> TableRows:
    is_sheet = table.encoding == "sheet"
    return TableRows(table.header, table.rows, table.lines, is_sheet, opened["name"])


def _opened(request: HttpRequest, token: str) -> tuple[dict[str, Any], Table]:
    """The table that this session uploaded; anybody else's does not exist."""
    opened = request.session.get(SESSION, {}).get(token)
    if opened is None:
        raise Http404
    try:
        return opened, read_table(uploads.content_of(token))
    except uploads.UploadGone as gone:
        raise Http404 from gone


def _show(
    request: HttpRequest, step: str, context: dict[str, Any], *, at: int, status: int = 200
) -> HttpResponse:
    page = {**context, "stations": _stations(at)}
    return show_social(request, f"chain/indicator_{step}.html", page, tab=TAB, status=status)


def _stations(at: int) -> Sequence[Station]:
    words = [
        _("Tabelle wählen"), _("Spalten zuordnen"), _("Indikatoren benennen"), _("Ansehen und übernehmen"),
    ]  # fmt: skip
    states = [StationState.DONE] * at + [StationState.CURRENT] + [StationState.OPEN] * (len(words) - at - 1)
    return [Station(word, state) for word, state in zip(words, states, strict=True)]

"""Take over a table of services: file, columns, look at it, take over."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from lueckenlos.commons.directory import selectors, services, wording
from lueckenlos.commons.directory.forms.importing import MappingForm, TakeOverForm, UploadForm
from lueckenlos.commons.directory.importing import (
    Checking,
    Source,
    Table,
    check_table,
    guess_mapping,
    read_table,
    uploads,
)
from lueckenlos.commons.directory.importing.mapping import to_remember
from lueckenlos.commons.directory.types import OrganizationView
from lueckenlos.core import clock
from lueckenlos.core.actor import Role
from lueckenlos.core.components import Station, StationState
from lueckenlos.core.guards import actor_of, requires
from lueckenlos.core.table_wording import sentence

SESSION = "directory_imports"
MOST_OPEN = 5
SHOWN_ROWS = 10
PAGE = 50
editors = requires(Role.PROVIDER, Role.COORDINATION)


@editors
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, organization_id: UUID) -> HttpResponse:
    """First step: the file."""
    organization = _organization(request, organization_id)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        token = uploads.keep(form.cleaned_data["table"])
        opened = request.session.get(SESSION, {})
        kept = dict(list(opened.items())[-MOST_OPEN + 1 :])
        name = request.FILES["table"].name or "Tabelle"  # type: ignore[union-attr]
        request.session[SESSION] = {**kept, token: {"organization": str(organization.id), "name": name[:120]}}
        return redirect("directory:import_columns", token=token)
    page = {"organization": organization, "form": form, "stations": _stations(0)}
    return render(request, "directory/import_upload.html", page, status=422 if form.errors else 200)


@editors
@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, token: str) -> HttpResponse:
    """Second step: which column means what."""
    opened, organization, table = _opened(request, token)
    actor = actor_of(request)
    guess = guess_mapping(table.header, remembered=selectors.remembered_mapping(organization.id))
    wide = ("organization",) if actor.may(Role.COORDINATION) else ()
    catalog = selectors.catalog()
    form = MappingForm(request.POST or None, table=table, guess=guess, catalog=catalog, wide=wide)
    if request.method == "POST" and form.is_valid():
        mapping = form.to_mapping()
        opened["mapping"] = {key: asdict(source) for key, source in mapping.items()}
        request.session.modified = True
        kept = to_remember(table.header, mapping)
        services.remember_mapping(organization.id, kept, actor=actor, now=clock.now())
        return redirect("directory:import_preview", token=token)
    page = {"organization": organization, "form": form, "table": table, "stations": _stations(1)}
    return render(request, "directory/import_columns.html", page, status=422 if form.errors else 200)


@editors
@require_http_methods(["GET", "POST"])
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """Third step: every wrong row with its reason, likely doubles by name, then take over."""
    opened, organization, table = _opened(request, token)
    if "mapping" not in opened:
        return redirect("directory:import_columns", token=token)
    checking = _check(opened, table)
    plan = selectors.plan_import(
        checking.rows,
        organization_id=organization.id,
        given=checking.given,
        is_wide=actor_of(request).may(Role.COORDINATION),
    )
    doubles = selectors.doubles(
        [row for row, _source in plan.new], organization_id=organization.id, organization=organization.name
    )
    form = TakeOverForm(request.POST or None, initial={"which": "good"})
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["which"] == "good" or not checking.mistakes:
            left_out = set() if form.cleaned_data["doubles"] else {double.line for double in doubles}
            return _take_over(request, token, organization=organization, left_out=left_out)
        messages.warning(
            request, _("Nichts übernommen: Erst müssen alle Zeilen stimmen, oder Sie nehmen nur die guten.")
        )
    shown = Paginator(checking.mistakes.kept, PAGE).get_page(request.GET.get("seite"))
    page = {
        "organization": organization,
        "publishes": selectors.publishes(actor_of(request), organization),
        "table": table,
        "token": token,
        "checking": checking,
        "mistakes": shown,
        "sentences": [(mistake, sentence(mistake)) for mistake in shown],
        "doubles": doubles,
        "plan": plan,
        "changed": [(each, wording.field_labels(each.fields)) for each in plan.changed[:PAGE]],
        "held": [
            (each, wording.HINDRANCES[each.why], wording.field_labels(each.fields))
            for each in plan.held[:PAGE]
        ],
        "rows": checking.rows[:SHOWN_ROWS],
        "form": form,
        "stations": _stations(2),
    }
    return render(request, "directory/import_preview.html", page)


def _take_over(
    request: HttpRequest, token: str, *, organization: OrganizationView, left_out: set[int]
) -> HttpResponse:
    opened = request.session[SESSION][token]
    try:
        with uploads.taken(token) as content:
            checking = _check(opened, read_table(content))
            rows = [row for row in checking.rows if row.line not in left_out]
            done = services.import_rows(
                organization.id, rows, given=checking.given, actor=actor_of(request), now=clock.now()
            )
    except uploads.UploadGone:
        messages.info(request, _("Diese Tabelle ist schon übernommen."))
        return redirect(_back(request))
    del request.session[SESSION][token]
    request.session.modified = True
    said = _taken_words(done, wrong=len(checking.wrong_lines), left_out=len(left_out))
    messages.success(request, " ".join(said))
    return redirect(_back(request))


def _taken_words(done: services.Imported, *, wrong: int, left_out: int) -> list[str]:
    n = done.proposed
    proposed = ngettext("Ein Angebot ist vorgeschlagen.", "%(n)s Angebote sind vorgeschlagen.", n)
    added = ngettext("Ein Angebot ist übernommen.", "%(n)s Angebote sind übernommen.", done.added)
    changed = ngettext("Ein Angebot ist geändert.", "%(n)s Angebote sind geändert.", done.changed)
    same = ngettext("Ein Angebot ist unverändert.", "%(n)s Angebote sind unverändert.", done.unchanged)
    held = ngettext(
        "Ein Angebot bleibt, wie es hier steht.", "%(n)s Angebote bleiben, wie sie hier stehen.", done.held
    )
    unfit = ngettext("Eine Zeile passte nicht.", "%(n)s Zeilen passten nicht.", wrong)
    there = ngettext("Eine Zeile war schon da.", "%(n)s Zeilen waren schon da.", left_out)
    counts = (
        (proposed, n),
        (added, done.added),
        (changed, done.changed),
        (same, done.unchanged),
        (held, done.held),
        (unfit, wrong),
        (there, left_out),
    )
    return [words % {"n": count} for words, count in counts if count] or [_("Nichts zu übernehmen.")]


def _check(opened: Mapping[str, Any], table: Table) -> Checking:
    mapping = {key: Source(**source) for key, source in opened["mapping"].items()}
    return check_table(table, mapping=mapping, words=selectors.import_words(), file=opened["name"])


def _opened(request: HttpRequest, token: str) -> tuple[dict[str, Any], OrganizationView, Table]:
    """The table that this session uploaded; anybody else's does not exist."""
    opened = request.session.get(SESSION, {}).get(token)
    if opened is None:
        raise Http404
    organization = _organization(request, UUID(opened["organization"]))
    try:
        return opened, organization, read_table(uploads.content_of(token))
    except uploads.UploadGone as gone:
        raise Http404 from gone


def _organization(request: HttpRequest, organization_id: UUID) -> OrganizationView:
    organization = selectors.organization_for(actor_of(request), organization_id)
    if organization is None:
        raise Http404
    return organization


def _back(request: HttpRequest) -> str:
    return "directory:desk" if actor_of(request).has_role(Role.PROVIDER) else "directory:coordination"


def _stations(at: int) -> list[Station]:
    names = [_("Tabelle wählen"), _("Spalten zuordnen"), _("Ansehen und übernehmen")]
    states = [StationState.DONE] * at + [StationState.CURRENT] + [StationState.OPEN] * (len(names) - at - 1)
    return [Station(name, state) for name, state in zip(names, states, strict=True)]

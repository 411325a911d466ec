"""One entry in the hands of its editors: write, look, save or propose, and settle who wrote last."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lueckenlos.commons.directory import selectors, services
from lueckenlos.commons.directory.errors import EditConflict
from lueckenlos.commons.directory.forms import EndForm, EntryForm
from lueckenlos.commons.directory.types import Conflict, Difference, Label, ScheduleReading, ServiceValues
from lueckenlos.commons.directory.types.storage import to_record, with_record
from lueckenlos.commons.directory.wording import DEEDS, differences, field_label
from lueckenlos.commons.places import selectors as places
from lueckenlos.core import clock
from lueckenlos.core.actor import Role
from lueckenlos.core.guards import actor_of, requires

editors = requires(Role.PROVIDER, Role.COORDINATION)


@dataclass(frozen=True, slots=True)
class Choice:
    """One field in which two editors differ, for the page that settles it."""

    name: str
    label: str
    base: str
    theirs: str
    mine: str
    is_open: bool
    prefers_mine: bool


@editors
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """The form of one entry."""
    entry = _entry(request, key)
    form = entry_form(request, values=entry.values)
    version = entry.view.version
    page = {
        "entry": entry,
        "form": form,
        "version": request.POST.get("version", version),
        "reading": reading_of(entry.values.schedule_text),
    }
    if request.method != "POST":
        return render(request, "directory/edit.html", page)
    if not form.is_valid():
        return render(request, "directory/edit.html", page, status=422)
    values = form.to_values()
    if request.POST.get("deed") == "write":
        return render(request, "directory/edit.html", {**page, "reading": reading_of(values.schedule_text)})
    if request.POST.get("deed") == "preview":
        view = services.preview_service(key, values, actor=actor_of(request), now=clock.now())
        return render(request, "directory/preview.html", {**page, "view": view})
    if request.POST.get("deed") == "merge":
        values = _merged(request, theirs=entry.values, mine=values)
    return _save(request, key, values=values, page=page)


@editors
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, organization_id: UUID) -> HttpResponse:
    """The form of a new entry."""
    actor = actor_of(request)
    organization = selectors.organization_for(actor, organization_id)
    if organization is None:
        raise Http404
    form = entry_form(request, values=None)
    page = {"organization": organization, "form": form, "publishes": selectors.publishes(actor, organization)}
    if request.method != "POST":
        return render(request, "directory/new.html", page)
    if not form.is_valid():
        return render(request, "directory/new.html", page, status=422)
    values, now = form.to_values(), clock.now()
    if request.POST.get("deed") == "write":
        return render(request, "directory/new.html", page)
    if request.POST.get("deed") == "preview":
        view = services.preview_new(organization.id, values, actor=actor, now=now)
        return render(request, "directory/preview.html", {**page, "view": view})
    if page["publishes"]:
        saved = services.create_service(organization.id, values, actor=actor, now=now)
        messages.success(request, _("Angelegt. Familien finden „%(name)s“ ab jetzt.") % {"name": values.name})
        return redirect("directory:edit", key=saved.key)
    services.propose_new(organization.id, values, actor=actor, now=now)
    messages.success(request, _("Danke. Die Koordination sieht sich das neue Angebot an und meldet sich."))
    return redirect("directory:desk")


@editors
@require_safe
def history(request: HttpRequest, key: str) -> HttpResponse:
    """What became of an entry, deed by deed."""
    entry = _entry(request, key)
    changes = [(change, DEEDS.get(change.deed, change.deed)) for change in selectors.changes(key)]
    return render(request, "directory/history.html", {"entry": entry, "changes": changes})


@editors
@require_POST
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """„Stimmt noch“ from the desk."""
    entry = _entry(request, key)
    services.confirm(key, actor=actor_of(request), now=clock.now())
    messages.success(request, _("Danke. „%(name)s“ ist heute geprüft.") % {"name": entry.view.name})
    return redirect(_back(request))


@editors
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, key: str) -> HttpResponse:
    """The last day of an entry."""
    entry = _entry(request, key)
    form = EndForm(request.POST or None, initial={"last_day": clock.today()})
    if request.method == "POST" and form.is_valid():
        last_day, actor, now = form.cleaned_data["last_day"], actor_of(request), clock.now()
        if entry.publishes:
            services.end_service(key, last_day=last_day, actor=actor, now=now)
            messages.success(
                request, _("„%(name)s“ endet. Der Verlauf bleibt erhalten.") % {"name": entry.view.name}
            )
        else:
            values = with_record(entry.values, {"valid_to": last_day.isoformat()})
            services.propose(key, values, base_version=entry.view.version, actor=actor, now=now)
            messages.success(request, _("Danke. Die Koordination bestätigt das Ende und meldet sich."))
        return redirect("directory:desk")
    return render(
        request, "directory/end.html", {"entry": entry, "form": form}, status=422 if form.errors else 200
    )


@editors
@require_safe
def read_schedule(request: HttpRequest) -> HttpResponse:
    """How the house understands a schedule while it is being typed."""
    text = request.GET.get("schedule_text", "")[:500]
    return render(request, "directory/partials/schedule_reading.html", {"reading": reading_of(text)})


def reading_of(text: str) -> ScheduleReading | None:
    """How a schedule's words are understood; without words there is nothing to say."""
    return selectors.read_schedule(text, now=clock.now()) if text.strip() else None


def entry_form(request: HttpRequest, *, values: ServiceValues | None) -> EntryForm:
    """The form, filled with what was sent or with what stands."""
    towns = [Label(place.ags, place.name) for place in places.municipalities()]
    sent = request.POST if request.method == "POST" else None
    return EntryForm(sent, values=values, catalog=selectors.catalog(), municipalities=towns)


def choices_of(conflict: Conflict) -> list[Choice]:
    """A conflict as the page shows it: what only one editor changed is chosen already."""
    words = selectors.catalog()
    both = conflict.touched_by_both()
    base, theirs, mine = (to_record(each) for each in (conflict.base, conflict.theirs, conflict.mine))
    return [
        Choice(
            name=name,
            label=field_label(name),
            base=_shown(name, base, catalog=words),
            theirs=_shown(name, theirs, catalog=words),
            mine=_shown(name, mine, catalog=words),
            is_open=name in both,
            prefers_mine=name not in both and getattr(conflict.base, name) == getattr(conflict.theirs, name),
        )
        for name in conflict.fields()
    ]


def _shown(name: str, record: dict[str, Any], *, catalog: Any) -> str:
    found: tuple[Difference, ...] = differences({name: None}, {name: record[name]}, catalog=catalog)
    return found[0].after if found else ""


def _entry(request: HttpRequest, key: str) -> selectors.EditorsEntry:
    entry = selectors.entry_for(actor_of(request), key, now=clock.now())
    if entry is None:
        raise Http404
    return entry


def _save(request: HttpRequest, key: str, *, values: ServiceValues, page: dict[str, Any]) -> HttpResponse:
    actor, now, version = (
        actor_of(request),
        clock.now(),
        _version(request, default=page["entry"].view.version),
    )
    if not page["entry"].publishes:
        services.propose(key, values, base_version=version, actor=actor, now=now)
        messages.success(request, _("Danke. Die Koordination sieht sich Ihre Änderung an und meldet sich."))
        return redirect("directory:desk")
    deed = "merged" if request.POST.get("deed") == "merge" else "edited"
    try:
        saved = services.edit_service(key, values, base_version=version, actor=actor, now=now, deed=deed)
    except EditConflict as error:
        shown = {**page, "conflict": error.conflict, "choices": choices_of(error.conflict)}
        return render(request, "directory/conflict.html", shown, status=409)
    done = (
        _("Gespeichert. Familien sehen die Änderung jetzt.")
        if saved.changed
        else _("Nichts geändert. Geprüft heute.")
    )
    messages.success(request, done)
    return redirect("directory:desk" if actor.has_role(Role.PROVIDER) else "directory:coordination")


def _merged(request: HttpRequest, *, theirs: ServiceValues, mine: ServiceValues) -> ServiceValues:
    """Field by field what the second editor chose; without a choice the first editor's work stays."""
    record = to_record(mine)
    chosen = {name: record[name] for name in record if request.POST.get(f"wahl_{name}") == "mine"}
    return with_record(theirs, chosen)


def _version(request: HttpRequest, *, default: int) -> int:
    given = request.POST.get("version", "")
    return int(given) if given.isdigit() else default


def _back(request: HttpRequest) -> str:
    return "directory:desk" if actor_of(request).has_role(Role.PROVIDER) else "directory:coordination"

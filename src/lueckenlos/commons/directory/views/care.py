"""The page behind a reminder's link: one button „Stimmt noch“, no password; looking changes nothing."""

from dataclasses import dataclass
from http import HTTPStatus

from django.contrib import messages
from django.forms import BoundField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lueckenlos.commons.directory import selectors, services
from lueckenlos.commons.directory.errors import LinkExpired, NoSuchEntry
from lueckenlos.commons.directory.forms import PlacesForm
from lueckenlos.commons.directory.views.entry import entry_form, reading_of
from lueckenlos.core import clock
from lueckenlos.core.guards import by_link

ALL = "alle"


@dataclass(frozen=True, slots=True)
class CareLine:
    """One entry as the page asks about it; `field` is its number of places, with what was typed."""

    entry: selectors.RemindedEntry
    field: BoundField


@by_link
@never_cache
@require_http_methods(["GET", "POST"])
def care_link(request: HttpRequest, token: str) -> HttpResponse:
    """The entries that a reminder named; a POST says that they are still true, as often as one likes.

    Every number that was typed counts, whichever button was pressed: nobody types twice.
    """
    now = clock.now()
    try:
        reminder = selectors.reminded(token, now=now)
    except LinkExpired as expired:
        return _expired(request, expired)
    except NoSuchEntry as unknown:
        raise Http404 from unknown
    keys = [entry.desk.key for entry in reminder.entries]
    form = PlacesForm(request.POST if request.method == "POST" else None, keys=keys)
    if form.is_valid():
        said = request.POST.get("stimmt", "")
        true = [key for key in keys if said in {ALL, key}]
        saved = services.answer_by_link(token, form.to_places(), now=now)
        saved += services.confirm_by_link(token, true, now=now) if true else []
        if saved:
            messages.success(request, _("Vielen Dank! Familien sehen jetzt: zuletzt geprüft heute."))
        return redirect("directory:care_link", token=token)
    lines = [CareLine(entry, form[f"plaetze-{entry.desk.key}"]) for entry in reminder.entries]
    page = {"reminder": reminder, "lines": lines, "token": token, "today": clock.day_of(now)}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "directory/care.html", page, status=status)


@by_link
@never_cache
@require_http_methods(["GET", "POST"])
def care_edit(request: HttpRequest, token: str, key: str) -> HttpResponse:
    """An edit by a reminder's link: always a proposal, since nobody has signed in."""
    now = clock.now()
    try:
        entry = selectors.reminded_entry(token, key, now=now)
    except LinkExpired as expired:
        return _expired(request, expired)
    except NoSuchEntry as unknown:
        raise Http404 from unknown
    form = entry_form(request, values=entry.values)
    page = {
        "entry": entry,
        "form": form,
        "token": token,
        "version": request.POST.get("version", entry.view.version),
        "reading": reading_of(entry.values.schedule_text),
    }
    if request.method == "POST" and form.is_valid():
        given = request.POST.get("version", "")
        version = int(given) if given.isdigit() else entry.view.version
        services.propose_by_link(token, key, values=form.to_values(), base_version=version, now=now)
        messages.success(request, _("Danke. Die Koordination sieht sich Ihre Änderung an und meldet sich."))
        return redirect("directory:care_link", token=token)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return render(request, "directory/care_edit.html", page, status=status)


def _expired(request: HttpRequest, expired: LinkExpired) -> HttpResponse:
    page = {"organization": expired.organization}
    return render(request, "directory/care_expired.html", page, status=HTTPStatus.GONE)

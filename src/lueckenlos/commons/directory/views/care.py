"""The page behind a reminder's link: one button „Stimmt noch“, no password; looking changes nothing."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lueckenlos.commons.directory import selectors, services
from lueckenlos.commons.directory.errors import LinkExpired, NoSuchEntry
from lueckenlos.commons.directory.views.entry import entry_form, reading_of
from lueckenlos.core import clock
from lueckenlos.core.guards import by_link

ALL = "alle"


@by_link
@never_cache
@require_http_methods(["GET", "POST"])
def care_link(request: HttpRequest, token: str) -> HttpResponse:
    """The entries that a reminder named; a POST says that they are still true, as often as one likes."""
    now = clock.now()
    try:
        reminder = selectors.reminded(token, now=now)
    except LinkExpired as expired:
        return _expired(request, expired)
    except NoSuchEntry as unknown:
        raise Http404 from unknown
    if request.method == "POST":
        said = request.POST.get("stimmt", "")
        keys = [entry.key for entry in reminder.entries if said in {ALL, entry.key}]
        saved = services.confirm_by_link(token, keys, now=now)
        if saved:
            messages.success(request, _("Vielen Dank! Familien sehen jetzt: zuletzt geprüft heute."))
        return redirect("directory:care_link", token=token)
    return _private(
        render(request, "directory/care.html", {"reminder": reminder, "token": token, "today": now.date()})
    )


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
    return _private(render(request, "directory/care_edit.html", page, status=status))


def _expired(request: HttpRequest, expired: LinkExpired) -> HttpResponse:
    page = {"organization": expired.organization}
    return _private(render(request, "directory/care_expired.html", page, status=HTTPStatus.GONE))


def _private(response: HttpResponse) -> HttpResponse:
    """The address itself is the key: it must not travel on in a referrer or into a search engine."""
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response

"""A counsellor's own lists."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.core import clock
from lueckenlos.core.guards import actor_of, requires
from lueckenlos.offers.finder import bookmarks, cards, keeping
from lueckenlos.offers.finder.forms import ListForm
from lueckenlos.offers.finder.views.service import COUNSELLORS, found


@requires(*COUNSELLORS)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """All own lists."""
    return render(
        request, "finder/lists.html", {"lists": keeping.lists_of(actor_of(request)), "form": ListForm()}
    )


@requires(*COUNSELLORS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make a list, empty or from a Merkliste that was handed on."""
    form = ListForm(request.POST or None)
    keys = bookmarks.keys_of(request.GET.get("von", "")) or ()
    if request.method == "POST" and form.is_valid():
        made = keeping.make(actor_of(request), name=form.cleaned_data["name"], keys=keys, now=clock.now())
        return redirect("finder:list", id_=made)
    context = {"form": form, "count": len(keys)}
    return render(request, "finder/list_new.html", context, status=422 if form.errors else 200)


@requires(*COUNSELLORS)
@require_safe
def one(request: HttpRequest, id_: UUID) -> HttpResponse:
    """One list, to look at, print in the family's language, or hand on as a link."""
    kept = keeping.list_of(actor_of(request), id_=id_)
    if kept is None:
        raise Http404
    services = directory.glances_by_key(kept.keys, language="de", now=clock.now())
    link = bookmarks.link_of(kept.keys) if kept.keys else ""
    handed_on = reverse("finder:shared-bookmarks", args=[link]) if link else ""
    context = {
        "kept": kept,
        "cards": [cards.card(service) for service in services],
        "address": settings.BASE_URL + handed_on if link else "",
        "languages": [(code, label, _in_language(handed_on, code)) for code, label in settings.LANGUAGES]
        if link
        else [],
    }
    return render(request, "finder/list.html", context)


@requires(*COUNSELLORS)
@require_POST
def change(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Take one service off, or throw the whole list away."""
    actor = actor_of(request)
    if keeping.list_of(actor, id_=id_) is None:
        raise Http404
    if "weg" in request.POST:
        keeping.throw_away(actor, id_=id_)
        return redirect("finder:lists")
    keeping.take_off(actor, id_=id_, key=request.POST.get("key", ""), now=clock.now())
    return redirect("finder:list", id_=id_)


@requires(*COUNSELLORS)
@require_POST
def put(request: HttpRequest, key: str) -> HttpResponse:
    """Put a service on one of the own lists."""
    shown = found(key)
    try:
        id_ = UUID(request.POST.get("liste", ""))
    except ValueError as error:
        raise Http404 from error
    keeping.add(actor_of(request), id_=id_, key=shown.key, now=clock.now())
    return redirect("finder:list", id_=id_)


def _in_language(path: str, code: str) -> str:
    return path if code == "de" else f"/{code}{path}"

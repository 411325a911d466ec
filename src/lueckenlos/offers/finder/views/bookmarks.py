"""The Merkliste: keep, look at, print, hand on."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.core import clock
from lueckenlos.core.actor import Role
from lueckenlos.core.guards import actor_of, by_link, public
from lueckenlos.offers.finder import bookmarks, cards
from lueckenlos.offers.finder.views.service import COUNSELLORS, found


@public
@require_POST
def mark(request: HttpRequest, key: str) -> HttpResponse:
    """Keep a service, or take it away again."""
    shown = found(key)
    kept = list(bookmarks.keys_in(request))
    if shown.key in kept:
        kept.remove(shown.key)
    else:
        kept.append(shown.key)
    target = "finder:bookmarks" if request.POST.get("zurueck") == "liste" else "finder:service"
    response = redirect(target) if target == "finder:bookmarks" else redirect(target, key=key)
    bookmarks.keep(response, kept)
    return response


@public
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """The list of this browser."""
    keys = bookmarks.keys_in(request)
    return _page(request, keys, link=bookmarks.link_of(keys) if keys else "")


@by_link
@require_safe
def shared(request: HttpRequest, link: str) -> HttpResponse:
    """A list that somebody handed on."""
    keys = bookmarks.keys_of(link)
    if keys is None:
        raise Http404
    return _page(request, keys, link=link)


@by_link
@require_POST
def take(request: HttpRequest, link: str) -> HttpResponse:
    """Take a list that was handed on into one's own."""
    keys = bookmarks.keys_of(link)
    if keys is None:
        raise Http404
    response = redirect("finder:bookmarks")
    bookmarks.keep(response, [*bookmarks.keys_in(request), *keys])
    return response


def _page(request: HttpRequest, keys: tuple[str, ...], *, link: str) -> HttpResponse:
    language = get_language() or "de"
    actor = actor_of(request)
    services = directory.glances_by_key(keys, language=language, now=clock.now())
    address = settings.BASE_URL + reverse("finder:shared-bookmarks", args=[link]) if link else ""
    context = {
        "cards": [cards.card(service) for service in services],
        "link": link,
        "address": address,
        "is_own": keys == bookmarks.keys_in(request),
        "may_keep": any(actor.has_role(role) for role in (*COUNSELLORS, Role.COORDINATION)),
    }
    return render(request, "finder/bookmarks.html", context)

""" "Sagen Sie mir Bescheid": ask, confirm by mail, stop."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.signals.types import SignalReason, SignalSource
from lueckenlos.core import clock
from lueckenlos.core.guards import by_link, public
from lueckenlos.offers.finder import alerting, selectors, traces
from lueckenlos.offers.finder.forms import AlertForm, SearchForm
from lueckenlos.offers.finder.views.search import place_meant


@public
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Leave an address; the answer is the same whether it is known or not."""
    search = SearchForm(request.GET)
    form = AlertForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now = clock.now()
        asked = search.to_request(where=place_meant(search.text("ort")), catalog=directory.catalog(), now=now)
        answer = selectors.search(asked)
        alerting.ask(
            form.cleaned_data["email"], asked=asked, answer=answer, language=get_language() or "de", now=now
        )
        traces.count_unmet(
            asked,
            answer=answer,
            source=SignalSource.ALERT,
            reason=SignalReason.NOTHING_FOUND,
            on=clock.day_of(now),
        )
        return render(request, "finder/alert_sent.html")
    context = {"form": form, "text": search.text("q")}
    return render(request, "finder/alert.html", context, status=422 if form.errors else 200)


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The mail's link opens a page with one button: mail scanners follow links, people press buttons."""
    wish = alerting.wish_of(token)
    if wish is None or not alerting.is_waiting(wish):
        raise Http404
    done = request.method == "POST" and alerting.confirm(wish, now=clock.now())
    return render(request, "finder/alert_confirm.html", {"done": done})


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """No more mails; the address is deleted at once."""
    wish = alerting.wish_of(token)
    if wish is None:
        raise Http404
    if request.method == "POST":
        alerting.forget(wish)
    return render(request, "finder/alert_stop.html", {"done": request.method == "POST"})

"""„Stimmt nicht mehr“: anybody may say so, without an account."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lueckenlos.commons.directory import selectors, services
from lueckenlos.commons.directory.forms import ReportForm
from lueckenlos.core import clock
from lueckenlos.core.guards import actor_of, public


@public
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, key: str) -> HttpResponse:
    """Say what is no longer true about an entry."""
    now = clock.now()
    view = selectors.service(key, now=now)
    if view is None:
        raise Http404
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        services.report_error(key, reason=form.to_reason(), text=text, actor=actor_of(request), now=now)
        messages.success(request, _("Danke für Ihren Hinweis. Wir prüfen ihn in den nächsten zwei Wochen."))
        return redirect("directory:report", key=key)
    return render(
        request, "directory/report.html", {"service": view, "form": form}, status=422 if form.errors else 200
    )

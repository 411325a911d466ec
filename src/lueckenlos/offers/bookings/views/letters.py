"""Letters that wait for the desk's printer: looked at, set as one PDF, ticked off."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.offers.bookings import selectors, services
from lueckenlos.offers.bookings.views.desk import at_desk
from lueckenlos.offers.bookings.wording import LETTERS


@at_desk
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def due(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Today's letters; printing ticks nothing off, since paper jams."""
    now = clock.real_now()
    waiting, ticked = selectors.due_letters(actor, now=now), request.POST.getlist("brief")
    chosen = [each for each in waiting if each.value in ticked]
    if request.POST.get("tun") == "drucken":
        made = services.print_letters(chosen, actor=actor, now=now)
        if made is not None:
            response = HttpResponse(made, content_type="application/pdf")
            response["Content-Disposition"] = 'inline; filename="briefe.pdf"'
            return response
    if request.POST.get("tun") == "abhaken":
        count = services.tick_letters(chosen, actor=actor)
        told = ngettext("Ein Brief ist abgehakt.", "%(count)s Briefe sind abgehakt.", count)
        messages.success(request, told % {"count": count})
    if request.method == "POST":
        return redirect("bookings:letters")
    page = {
        "rows": [(each, LETTERS[each.kind]) for each in waiting],
        "back": _("Buchungen"),
        "back_url": reverse("bookings:desk"),
    }
    return render(request, "core/letters_due.html", page)

"""Letters that wait for the desk's printer."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.core.letters_desk import LettersDesk, letters_page
from lueckenlos.offers.bookings import selectors, services
from lueckenlos.offers.bookings.views.desk import at_desk
from lueckenlos.offers.bookings.wording import LETTERS


@at_desk
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def due(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Today's letters."""
    now = clock.real_now()
    desk = LettersDesk(
        waiting=selectors.due_letters(actor, now=now),
        kinds=LETTERS,
        set_as_pdf=partial(services.print_letters, actor=actor, now=now),
        tick_off=partial(services.tick_letters, actor=actor),
        back=_("Buchungen"),
        back_url=reverse("bookings:desk"),
    )
    return letters_page(request, desk)

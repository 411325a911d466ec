"""The page of a desk that prints letters: what waits, set as one PDF, ticked off once it is on paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import ngettext

from lueckenlos.core.postal import DueLetter


@dataclass(frozen=True, slots=True, kw_only=True)
class LettersDesk:
    """The letters of a room that wait, what their kinds are called, and its deeds on those that were chosen."""

    waiting: Sequence[DueLetter]
    kinds: Mapping[str, Promise]
    set_as_pdf: Callable[[Sequence[DueLetter]], bytes | None]
    tick_off: Callable[[Sequence[DueLetter]], int]
    back: str
    back_url: str


def letters_page(request: HttpRequest, desk: LettersDesk) -> HttpResponse:
    """Today's letters; printing ticks nothing off, since paper jams."""
    ticked = request.POST.getlist("brief")
    chosen = [each for each in desk.waiting if each.value in ticked]
    if request.POST.get("tun") == "drucken":
        made = desk.set_as_pdf(chosen)
        if made is not None:
            response = HttpResponse(made, content_type="application/pdf")
            response["Content-Disposition"] = 'inline; filename="briefe.pdf"'
            return response
    if request.POST.get("tun") == "abhaken":
        count = desk.tick_off(chosen)
        told = ngettext("Ein Brief ist abgehakt.", "%(count)s Briefe sind abgehakt.", count)
        messages.success(request, told % {"count": count})
    if request.method == "POST":
        return redirect(request.path)
    page = {
        "rows": [(each, desk.kinds[each.kind]) for each in desk.waiting],
        "back": desk.back,
        "back_url": desk.back_url,
    }
    return render(request, "core/letters_due.html", page)

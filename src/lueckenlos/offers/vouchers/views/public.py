"""What everybody sees: what vouchers there are, who hands them out, which programmes take them."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.core import clock
from lueckenlos.core.guards import public
from lueckenlos.offers.programmes import selectors as programmes
from lueckenlos.offers.programmes.types import ProgrammeView
from lueckenlos.offers.vouchers import selectors
from lueckenlos.offers.vouchers.forms.public import FilterForm
from lueckenlos.offers.vouchers.page import card, lines


@public
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Vouchers and the programmes that take them, by place and age."""
    form, now = FilterForm(request.GET), clock.real_now()
    filters = form.to_filters()
    today = clock.day_of(now)
    schemes = selectors.schemes(today=today)
    phones = directory.organization_phones({giver.id for each in schemes for giver in each.givers})
    found: list[ProgrammeView] = []
    for kind in sorted(selectors.taken_kinds(today=today)):
        found += programmes.upcoming(replace(filters, kind=kind), now=now)
    page = {
        "form": form,
        "cards": [card(each, phones=phones) for each in schemes],
        "lines": lines(found, now=now),
        "place_unknown": bool(request.GET.get("ort", "").strip()) and filters.ags is None,
    }
    return render(request, "vouchers/public/overview.html", page)

"""A family's voucher by the link that they got, and for a club that scans it the way to take it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lueckenlos.commons.accounts import attempts, work
from lueckenlos.core import clock, codes, letters
from lueckenlos.core.actor import link_to
from lueckenlos.core.guards import actor_of, by_link
from lueckenlos.kernels import codes as spelling
from lueckenlos.offers.programmes import selectors as programmes
from lueckenlos.offers.vouchers import selectors
from lueckenlos.offers.vouchers.forms.desk import RedeemForm
from lueckenlos.offers.vouchers.services.giving import CODE
from lueckenlos.offers.vouchers.types import SchemeView, VoucherView
from lueckenlos.offers.vouchers.wording import day_words, worth


@by_link
@never_cache
@require_safe
def own(request: HttpRequest, code: str) -> HttpResponse:
    """The voucher that this link opens."""
    try:
        view, scheme = _opened(request, code)
    except attempts.TooManyAttempts:
        return render(request, "vouchers/public/closed.html", {"too_many": True}, status=429)
    except codes.CodeNotValid:
        return render(request, "vouchers/public/closed.html", status=404)
    today = clock.real_today()
    page: dict[str, Any] = {
        "view": view,
        "scheme": scheme,
        "worth": worth(scheme),
        "begins": day_words(view.valid_from) if today < view.valid_from else "",
        "until": day_words(view.valid_until),
        "code": spelling.grouped(spelling.read(code)),
        "is_good": view.is_good and today <= view.valid_until,
        "form": _redeem_form(request, code),
    }
    return render(request, "vouchers/public/voucher.html", page)


@by_link
@never_cache
@require_safe
def picture(request: HttpRequest, code: str) -> HttpResponse:
    """The code to be scanned by the club."""
    try:
        _opened(request, code)
    except (attempts.TooManyAttempts, codes.CodeNotValid) as error:
        raise Http404 from error
    address = settings.BASE_URL + reverse("vouchers:own", args=[code])
    return HttpResponse(letters.qr_svg(address), content_type="image/svg+xml")


def _opened(request: HttpRequest, code: str) -> tuple[VoucherView, SchemeView]:
    record = attempts.opened(request, code, purpose=CODE)
    view = selectors.voucher(link_to(record, purpose=CODE), record)
    scheme = selectors.scheme(view.scheme) if view else None
    if view is None or scheme is None:
        raise codes.CodeNotValid
    return view, scheme


def _redeem_form(request: HttpRequest, code: str) -> RedeemForm | None:
    """For whoever works for a club; the family sees none."""
    actor = work.at_work(actor_of(request))
    if actor.organization is None:
        return None
    own_programmes = programmes.of_organization(actor)
    form = RedeemForm(initial={"code": code}, programmes=own_programmes, now=clock.real_now())
    return form if form.has_choices else None

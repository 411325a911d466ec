"""One tap for whoever receives a referral: did the family arrive? Nothing about the family stands here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from lueckenlos.care.cases import services as deeds
from lueckenlos.care.cases.errors import ReferralClosed
from lueckenlos.care.cases.types import ReferralState
from lueckenlos.care.frontdoor.desk_wording import NOT_ARRIVED
from lueckenlos.care.frontdoor.forms.desk import referral_reason
from lueckenlos.commons.accounts import attempts
from lueckenlos.core import clock, codes
from lueckenlos.core.actor import NOBODY, link_to
from lueckenlos.core.context import acting_as
from lueckenlos.core.guards import by_link, public
from lueckenlos.kernels.codes import NotACode

PURPOSE = "referral"
CAME = "ja"


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def arrived(request: HttpRequest, code: str) -> HttpResponse:
    """Looking uses nothing up; one tap does, once."""
    try:
        with attempts.counted(request):
            return _answered(request, code) if request.method == "POST" else _asked(request, code)
    except attempts.TooManyAttempts:
        return render(request, "frontdoor/arrived_later.html", status=429)
    except (codes.CodeNotValid, NotACode, ReferralClosed):
        return render(request, "frontdoor/arrived_over.html", status=410)


def _asked(request: HttpRequest, code: str) -> HttpResponse:
    with acting_as(NOBODY):
        codes.look(code, purpose=PURPOSE)
    return render(request, "frontdoor/arrived.html", {"code": code, "reasons": _reasons()})


def _answered(request: HttpRequest, code: str) -> HttpResponse:
    came = request.POST.get("angekommen") == CAME
    reason = None if came else referral_reason(request.POST.get("grund", ""), offered=NOT_ARRIVED)
    if not came and reason is None:
        with acting_as(NOBODY):
            codes.look(code, purpose=PURPOSE)
        context = {"code": code, "reasons": _reasons(), "needs_reason": True}
        return render(request, "frontdoor/arrived.html", context, status=422)
    with acting_as(NOBODY):
        opened = codes.redeem(code, purpose=PURPOSE)
        deeds.confirm_by_link(
            arrived=ReferralState.ARRIVED if came else ReferralState.NOT_ARRIVED,
            reason=reason,
            actor=link_to(opened.record, purpose=PURPOSE),
            now=clock.real_now(),
        )
    return redirect("frontdoor:arrived_came" if came else "frontdoor:arrived_not")


@public
@require_safe
def came_thanks(request: HttpRequest) -> HttpResponse:
    """Thanks for the good news."""
    return render(request, "frontdoor/arrived_thanks.html", {"came": True})


@public
@require_safe
def not_thanks(request: HttpRequest) -> HttpResponse:
    """Thanks for the word; somebody looks on."""
    return render(request, "frontdoor/arrived_thanks.html", {"came": False})


def _reasons() -> list[tuple[str, str]]:
    return [(reason.value, str(word)) for reason, word in NOT_ARRIVED.items()]

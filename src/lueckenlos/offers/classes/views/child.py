"""The child's page on a tablet: one goal, five faces, no way to anywhere else."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lueckenlos.commons.accounts import attempts
from lueckenlos.core import clock, codes
from lueckenlos.core.actor import link_to
from lueckenlos.core.guards import by_link
from lueckenlos.offers.classes import selectors, services
from lueckenlos.offers.classes.errors import NoSuchMember
from lueckenlos.offers.classes.forms.desk import face_of
from lueckenlos.offers.classes.page import faces, latest_begun
from lueckenlos.offers.classes.services.goals import CHILD_CODE
from lueckenlos.offers.classes.types import GoalView, MemberView, Rater


@by_link
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, code: str) -> HttpResponse:
    """The next goal to which this child has not yet given a face this morning; then thanks."""
    try:
        record = attempts.opened(request, code, purpose=CHILD_CODE)
    except attempts.TooManyAttempts:
        return render(request, "classes/public/closed.html", {"too_many": True}, status=429)
    except codes.CodeNotValid:
        return render(request, "classes/public/closed.html", status=404)
    actor, now = link_to(record, purpose=CHILD_CODE), clock.real_now()
    mine = selectors.member(actor, record)
    view = selectors.by_id(mine.family_class) if mine else None
    morning = latest_begun(view, now=now) if view else None
    if mine is None or morning is None or not mine.is_here:
        return render(request, "classes/public/closed.html", status=404)
    face = face_of(request.POST.get("gesicht", ""))
    asked = _goal(mine, request.POST.get("ziel", ""))
    if face is not None and asked is not None:
        try:
            services.rate(
                mine.id, [(asked.id, face)], morning=morning.id, rater=Rater.CHILD, actor=actor, now=now
            )
        except NoSuchMember:
            return render(request, "classes/public/closed.html", status=404)
        return redirect("classes:child", code)
    left = [each for each in mine.open_goals if each.face(Rater.CHILD, morning.id) is None]
    goal = _goal(mine, request.GET.get("ziel", "")) or (left[0] if left else None)
    told = {
        "child": mine.child,
        "goals": mine.open_goals,
        "goal": goal,
        "choices": faces(goal.face(Rater.CHILD, morning.id) if goal else None),
        "number": mine.open_goals.index(goal) + 1 if goal else 0,
        "count": len(mine.open_goals),
    }
    return render(request, "classes/public/child.html", told)


def _goal(mine: MemberView, key: str) -> GoalView | None:
    """One of the child's own goals, or nothing."""
    return next((each for each in mine.open_goals if str(each.id) == key), None)

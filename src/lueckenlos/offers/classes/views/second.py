"""The page of a parent who lives apart, by their own link: say yes or no, then see how it goes; never the other parent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lueckenlos.commons.accounts import attempts
from lueckenlos.core import clock, codes
from lueckenlos.core.actor import Actor, link_to
from lueckenlos.core.guards import by_link
from lueckenlos.core.times import time_words
from lueckenlos.offers.classes import calendars, selectors, services
from lueckenlos.offers.classes.errors import NoSuchInvitation, NoSuchMember
from lueckenlos.offers.classes.forms.public import AgreeForm, FacesForm, ReachForm
from lueckenlos.offers.classes.page import SOON, date_lines, drawn, faces_of, latest_begun, shown
from lueckenlos.offers.classes.services.letters import SECOND_CODE
from lueckenlos.offers.classes.types import ClassView, GoalView, MorningView, Rater, SecondView
from lueckenlos.offers.classes.wording import FOR_SECOND


class Opened:
    """What the link opens, and the forms of its page."""

    def __init__(self, request: HttpRequest, code: str) -> None:
        record = attempts.opened(request, code, purpose=SECOND_CODE)
        self.actor: Actor = link_to(record, purpose=SECOND_CODE)
        mine = selectors.second(self.actor, record)
        view = selectors.by_id(mine.family_class) if mine else None
        if mine is None or view is None:
            raise codes.CodeNotValid
        self.now: datetime = clock.real_now()
        self.mine: SecondView = mine
        self.view: ClassView = view
        deed = request.POST.get("tun", "")
        self.agree = AgreeForm(request.POST if deed == "ja" else None)
        self.reach = ReachForm(
            request.POST if deed == "erreichen" else None, initial=ReachForm.initial_of(mine)
        )
        is_here = mine.has_agreed and mine.is_open
        self.goals: tuple[GoalView, ...] = selectors.goals(self.actor, mine.invitation) if is_here else ()
        self.latest: MorningView | None = latest_begun(view, now=self.now)
        asked = tuple(each for each in self.goals if each.is_open) if mine.rates and self.latest else ()
        self.faces = FacesForm(request.POST if deed == "ziele" else None, goals=asked) if asked else None

    @property
    def errors(self) -> bool:
        """Whether a form must be shown again."""
        found: list[forms.Form | None] = [self.agree, self.reach, self.faces]
        return any(form is not None and form.errors for form in found)


@by_link
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, code: str) -> HttpResponse:
    """What this link opens."""
    try:
        opened = Opened(request, code)
    except attempts.TooManyAttempts:
        return render(request, "classes/public/closed.html", {"too_many": True}, status=429)
    except codes.CodeNotValid:
        return render(request, "classes/public/closed.html", status=404)
    answer = _done(request, opened, code=code)
    if answer is not None:
        return answer
    shown_page = {**_page(opened), "code": code}
    return render(request, "classes/public/second.html", shown_page, status=422 if opened.errors else 200)


@by_link
@require_safe
def calendar(request: HttpRequest, code: str) -> HttpResponse:
    """The mornings for one's own calendar."""
    try:
        opened = Opened(request, code)
    except (attempts.TooManyAttempts, codes.CodeNotValid) as error:
        raise Http404 from error
    headers = {"Content-Disposition": content_disposition_header(True, "familienklasse.ics") or ""}
    file = calendars.of_class(opened.view, now=opened.now)
    return HttpResponse(file, content_type="text/calendar; charset=utf-8", headers=headers)


def _done(request: HttpRequest, opened: Opened, *, code: str) -> HttpResponse | None:
    """Do what was asked for, and say where to go; nothing where the page is shown (again)."""
    deed, key = request.POST.get("tun", ""), opened.mine.id
    try:
        if deed == "ja":
            if not opened.agree.is_valid():
                return None
            if not opened.agree.is_a_program:
                services.agree(key, opened.agree.to_second(), actor=opened.actor, now=opened.now)
                messages.success(request, _("Danke. Ihr Ja ist gespeichert."))
        elif deed == "nein":
            services.refuse(key, actor=opened.actor, now=opened.now)
            return render(request, "classes/public/second_gone.html")
        elif deed == "erreichen":
            if not opened.reach.is_valid():
                return None
            services.change_second_contact(key, actor=opened.actor, **opened.reach.cleaned_data)
            messages.success(request, _("Gespeichert."))
        elif deed == "ziele":
            if not _rated(opened):
                return None
            messages.success(request, _("Danke. Das Bild unten zeigt, wie es weitergeht."))
        else:
            return None
    except (NoSuchInvitation, NoSuchMember) as error:
        raise Http404 from error
    return redirect("classes:second", code)


def _rated(opened: Opened) -> bool:
    """Keep the faces of this parent; False where there is nothing to look at."""
    if opened.latest is None or opened.faces is None or not opened.faces.is_valid():
        return False
    faces, morning = opened.faces.to_faces(), opened.latest.id
    services.rate_apart(opened.mine.id, faces, morning=morning, actor=opened.actor, now=opened.now)
    return True


def _page(opened: Opened) -> dict[str, Any]:
    is_here = opened.mine.has_agreed and opened.mine.is_open
    latest = opened.latest if opened.faces else None
    open_goals = [each for each in opened.goals if each.is_open]
    ahead = [each for each in date_lines(opened.view, now=opened.now) if not each.is_over]
    return {
        "shown": shown(opened.view, now=opened.now),
        "mine": opened.mine,
        "is_asked": not opened.mine.has_agreed and opened.mine.is_open,
        "is_here": is_here,
        "is_over": not opened.mine.is_open,
        "agree": opened.agree,
        "reach": opened.reach,
        "soon": ahead[:SOON],
        "later": ahead[SOON:],
        "latest_words": time_words(latest.starts_at, latest.ends_at) if latest else "",
        "faces": faces_of(open_goals, rater=Rater.SECOND, morning=latest.id) if latest else (),
        "drawn": drawn(opened.goals, FOR_SECOND),
        "raters": FOR_SECOND.values(),
    }

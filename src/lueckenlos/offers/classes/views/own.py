"""A family's own page, by the link on its sheet: look, say yes or no, then come, rate, see, and leave at any time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

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
from lueckenlos.offers.classes.errors import (
    NoNewFamilies,
    NoSuchInvitation,
    NoSuchMember,
    NotBegun,
    NotVisited,
    NotYetYes,
    OtherMissing,
)
from lueckenlos.offers.classes.forms.public import FacesForm, JoinForm, ReachForm, VisitForm
from lueckenlos.offers.classes.page import (
    SOON,
    date_lines,
    drawn,
    faces_of,
    latest_begun,
    mornings_ahead,
    shown,
)
from lueckenlos.offers.classes.services.letters import CODE
from lueckenlos.offers.classes.types import (
    ClassView,
    InvitationState,
    InvitationView,
    MemberView,
    MorningView,
    Rater,
    Second,
)
from lueckenlos.offers.classes.wording import FOR_PARENTS

MOST_OFFERED: Final = 6
S = InvitationState


class Opened:
    """What the link opens, and the forms of its page."""

    def __init__(self, request: HttpRequest, code: str) -> None:
        record = attempts.opened(request, code, purpose=CODE)
        self.actor: Actor = link_to(record, purpose=CODE)
        invitation = selectors.invitation(self.actor, record)
        view = selectors.by_id(invitation.family_class) if invitation else None
        if invitation is None or view is None:
            raise codes.CodeNotValid
        self.now: datetime = clock.real_now()
        self.invitation: InvitationView = invitation
        self.view: ClassView = view
        self.mine: MemberView | None = selectors.member(self.actor, record)
        self.latest: MorningView | None = latest_begun(view, now=self.now)
        given = {name: request.POST if request.POST.get("tun") == name else None for name in DEEDS}
        ahead = mornings_ahead(view, now=self.now)[:MOST_OFFERED]
        self.visit = VisitForm(given["besuch"], mornings=ahead)
        self.join = JoinForm(given["mitmachen"], second=invitation.second)
        self.reach = ReachForm(
            given["erreichen"], initial=ReachForm.initial_of(self.mine) if self.mine else None
        )
        goals = self.mine.open_goals if self.mine else ()
        self.faces = FacesForm(given["ziele"], goals=goals) if self.latest and goals else None

    @property
    def errors(self) -> bool:
        """Whether a form must be shown again."""
        found: list[forms.Form | None] = [self.visit, self.join, self.reach, self.faces]
        return any(form is not None and form.errors for form in found)


@by_link
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, code: str) -> HttpResponse:
    """The invitation that this link opens, and after the yes the family's own page."""
    try:
        opened = Opened(request, code)
    except attempts.TooManyAttempts:
        return render(request, "classes/public/closed.html", {"too_many": True}, status=429)
    except codes.CodeNotValid:
        return render(request, "classes/public/closed.html", status=404)
    deed = DEEDS.get(request.POST.get("tun", ""))
    if deed is not None and _done(request, opened, deed=deed):
        return redirect("classes:own", code)
    page = {**_page(opened), "code": code}
    return render(request, "classes/public/own.html", page, status=422 if opened.errors else 200)


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


def _done(request: HttpRequest, opened: Opened, *, deed: Callable[[HttpRequest, Opened], bool]) -> bool:
    """Do what was asked for; False where a form must be shown again."""
    try:
        return deed(request, opened)
    except NotVisited:
        messages.error(request, _("Schauen Sie sich bitte zuerst einen Vormittag an."))
    except NoNewFamilies:
        messages.error(request, _("Die Familienklasse nimmt gerade keine neuen Familien auf."))
    except NotBegun:
        messages.error(request, _("Dieser Vormittag kommt erst noch."))
    except OtherMissing:
        messages.error(request, _("Der andere Elternteil hat noch nicht Ja gesagt. Danach geht es weiter."))
    except NotYetYes:
        messages.error(request, _("Ihr Kind ist schon eingetragen, oder Ihr Platz gilt nicht mehr."))
    except (NoSuchInvitation, NoSuchMember) as error:
        raise Http404 from error
    return True


def _visit(request: HttpRequest, opened: Opened) -> bool:
    if not opened.visit.is_valid():
        return False
    services.choose_visit(
        opened.invitation.id,
        morning=opened.visit.cleaned_data["morning"],
        actor=opened.actor,
        now=opened.now,
    )
    messages.success(request, _("Schön! Kommen Sie einfach vorbei. Sie müssen nichts mitbringen."))
    return True


def _yes(request: HttpRequest, opened: Opened) -> bool:
    state = services.say_yes(opened.invitation.id, actor=opened.actor, now=opened.now)
    if state is S.YES:
        messages.success(request, _("Wir freuen uns. Ein Platz ist für Sie frei gehalten."))
    return True


def _no(request: HttpRequest, opened: Opened) -> bool:
    services.say_no(opened.invitation.id, actor=opened.actor, now=opened.now)
    messages.success(request, _("Danke für Ihre Antwort. Ihr Kind hat dadurch keinen Nachteil."))
    return True


def _join(request: HttpRequest, opened: Opened) -> bool:
    form = opened.join
    if not form.is_valid():
        return False
    if not form.is_a_program:
        services.join(opened.invitation.id, form.to_member(), actor=opened.actor, now=opened.now)
        messages.success(request, _("Gespeichert. Sie machen mit."))
    return True


def _reach(request: HttpRequest, opened: Opened) -> bool:
    if not opened.reach.is_valid():
        return False
    services.change_contact(opened.invitation.id, actor=opened.actor, **opened.reach.cleaned_data)
    messages.success(request, _("Gespeichert."))
    return True


def _faces(request: HttpRequest, opened: Opened) -> bool:
    if opened.latest is None or opened.faces is None or not opened.faces.is_valid():
        return False
    services.rate(
        opened.invitation.id,
        opened.faces.to_faces(),
        morning=opened.latest.id,
        rater=Rater.PARENT,
        actor=opened.actor,
        now=opened.now,
    )
    messages.success(request, _("Danke. Das Bild unten zeigt, wie es weitergeht."))
    return True


def _leave(request: HttpRequest, opened: Opened) -> bool:
    services.leave(opened.invitation.id, actor=opened.actor, now=opened.now)
    messages.success(request, _("Sie machen nicht mehr mit. In einem Monat ist alles gelöscht."))
    return True


def _alone(request: HttpRequest, opened: Opened) -> bool:
    services.stop_along(opened.invitation.id, actor=opened.actor)
    messages.success(request, _("Der andere Elternteil sieht nicht mehr mit."))
    return True


DEEDS: Final[dict[str, Callable[[HttpRequest, Opened], bool]]] = {
    "besuch": _visit,
    "ja": _yes,
    "nein": _no,
    "mitmachen": _join,
    "erreichen": _reach,
    "ziele": _faces,
    "aufhoeren": _leave,
    "allein": _alone,
}


def _page(opened: Opened) -> dict[str, Any]:
    state, visit, now = opened.invitation.state, opened.invitation.visit, opened.now
    is_over = visit is not None and visit.ends_at <= now
    is_deciding = state is S.VISITED or (state is S.VISITING and is_over)
    return {
        "shown": shown(opened.view, now=now),
        "visit_words": time_words(visit.starts_at, visit.ends_at) if visit else "",
        "is_looking": state in {S.INVITED, S.VISITING} and not is_deciding,
        "is_coming": state is S.VISITING and not is_over,
        "is_deciding": is_deciding,
        "is_waiting": state is S.WAITING,
        "is_joining": state is S.YES and opened.mine is None and opened.invitation.second is not Second.ASKED,
        "misses_other": state is S.YES and opened.mine is None and opened.invitation.second is Second.ASKED,
        "second": opened.invitation.second,
        "has_second": state.is_open and opened.invitation.second is not Second.NONE,
        "is_here": state is S.YES and opened.mine is not None,
        "is_over": not state.is_open,
        "visit": opened.visit,
        "join": opened.join,
        "reach": opened.reach,
        "mine": opened.mine,
        **_of_family(opened),
    }


def _of_family(opened: Opened) -> dict[str, Any]:
    if opened.mine is None:
        return {}
    latest = opened.latest
    ahead = [each for each in date_lines(opened.view, now=opened.now) if not each.is_over]
    return {
        "soon": ahead[:SOON],
        "later": ahead[SOON:],
        "latest_words": time_words(latest.starts_at, latest.ends_at) if latest else "",
        "faces": _rated(opened.mine, latest.id) if latest else (),
        "drawn": drawn(opened.mine.goals, FOR_PARENTS),
        "raters": FOR_PARENTS.values(),
    }


def _rated(mine: MemberView, morning: UUID) -> tuple[Any, ...]:
    return faces_of(mine.open_goals, rater=Rater.PARENT, morning=morning)

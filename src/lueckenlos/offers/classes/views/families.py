"""Families at the desk: inviting without a name, the sheet for the parents, and a child's goals."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from lueckenlos.core import clock, letters
from lueckenlos.core.actor import Actor
from lueckenlos.offers.classes import selectors, services
from lueckenlos.offers.classes.errors import AllGoalsTaken, AlreadyAsked, NoNewFamilies
from lueckenlos.offers.classes.forms.desk import GoalForm, InviteForm, SecondForm
from lueckenlos.offers.classes.page import drawn, row, shown
from lueckenlos.offers.classes.sheet import second_sheet_of, sheet_of
from lueckenlos.offers.classes.types import MOST_GOALS, ClassView, InvitationState, InvitationView, MemberView
from lueckenlos.offers.classes.views.desk import at_desk, class_page, own_class
from lueckenlos.offers.classes.wording import FOR_PARENTS, RATERS, SECONDS


@at_desk
@require_POST
def invite(request: HttpRequest, actor: Actor, family_class: UUID) -> HttpResponse:
    """Note that one has talked with parents."""
    view = own_class(actor, family_class)
    form = InviteForm(request.POST)
    if not form.is_valid():
        return class_page(request, actor, view, invite=form)
    try:
        key = services.invite(view.id, actor=actor, now=clock.real_now(), **form.cleaned_data)
    except NoNewFamilies:
        form.add_error(
            None,
            _("Die Klasse nimmt zurzeit niemanden auf. Ändern Sie das zuerst unter „Ändern“."),
        )
        return class_page(request, actor, view, invite=form)
    messages.success(request, _("Festgehalten, ohne Namen. Geben Sie den Eltern jetzt ihr Blatt."))
    return redirect("classes:invitation", key)


@at_desk
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, actor: Actor, invitation: UUID) -> HttpResponse:
    """One invitation: where it stands, the link for the parents, ending it."""
    found = _own_invitation(actor, invitation)
    view = own_class(actor, found.family_class)
    address = ""
    if request.POST.get("tun") == "link":
        address = _address(request, actor, found)
    elif request.POST.get("tun") == "beenden":
        services.release(found.id, actor=actor, now=clock.real_now())
        messages.success(request, _("Beendet. Ein Platz, der frei wird, geht an die nächste Familie."))
        return redirect("classes:manage", view.id)
    return _invitation_page(request, actor, found, view=view, address=address)


@at_desk
@never_cache
@require_POST
def second(request: HttpRequest, actor: Actor, invitation: UUID) -> HttpResponse:
    """A link for a parent who lives apart: ask, show it, or take it back."""
    found = _own_invitation(actor, invitation)
    view, deed, now = own_class(actor, found.family_class), request.POST.get("tun", ""), clock.real_now()
    if deed == "link":
        asked = selectors.second_of(actor, found.id)
        code = services.issue_second_link(found.id, actor=actor, now=now)
        with translation.override(asked.language if asked else found.language):
            address = request.build_absolute_uri(reverse("classes:second", args=[code]))
        return _invitation_page(request, actor, found, view=view, address=address)
    if deed == "zuruecknehmen":
        services.take_second_back(found.id, actor=actor)
        messages.success(request, _("Zurückgenommen. Der zweite Link öffnet nichts mehr."))
        return redirect("classes:invitation", found.id)
    form = SecondForm(request.POST)
    if not form.is_valid():
        return _invitation_page(request, actor, found, view=view, second=form)
    given = form.cleaned_data
    try:
        services.ask_second(
            found.id, second=given["second"], language=given["language"], actor=actor, now=now
        )
    except AlreadyAsked:
        messages.error(request, _("Der andere Elternteil hat schon einen Link."))
    else:
        messages.success(request, _("Festgehalten, ohne Namen. Geben Sie dem anderen Elternteil sein Blatt."))
    return redirect("classes:invitation", found.id)


@at_desk
@never_cache
@require_POST
def second_sheet(request: HttpRequest, actor: Actor, invitation: UUID) -> HttpResponse:
    """The sheet for a parent who lives apart as PDF, in their language."""
    found = _own_invitation(actor, invitation)
    view, now = own_class(actor, found.family_class), clock.real_now()
    asked = selectors.second_of(actor, found.id)
    if asked is None:
        raise Http404
    code = services.issue_second_link(found.id, actor=actor, now=now)
    file = second_sheet_of(view, asked, code=code, now=now)
    name = f"familienklasse-{found.mark.lower()}-2.pdf"
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}
    return HttpResponse(file, content_type="application/pdf", headers=headers)


def _invitation_page(
    request: HttpRequest,
    actor: Actor,
    found: InvitationView,
    *,
    view: ClassView,
    address: str = "",
    second: SecondForm | None = None,
) -> HttpResponse:
    page = {
        "row": row(found),
        "view": view,
        "address": address,
        # Drawn by segno from an address of ours.
        "qr": mark_safe(letters.qr_svg(address)) if address else "",  # noqa: S308
        "asked": selectors.second_of(actor, found.id),
        "second": second or SecondForm(initial={"language": found.language}),
        "second_state": SECONDS[found.second],
        "member": selectors.member(actor, found.id),
        "is_waiting": found.state is InvitationState.WAITING,
        "has_place": found.state is InvitationState.YES,
    }
    status = 422 if second and second.errors else 200
    return render(request, "classes/desk/invitation.html", page, status=status)


@at_desk
@never_cache
@require_POST
def sheet(request: HttpRequest, actor: Actor, invitation: UUID) -> HttpResponse:
    """The sheet for the parents as PDF, in their language; an earlier one opens nothing any more."""
    found = _own_invitation(actor, invitation)
    view = own_class(actor, found.family_class)
    now = clock.real_now()
    code = services.issue_link(found.id, actor=actor, now=now)
    file = sheet_of(view, code=code, language=found.language, now=now)
    name = f"familienklasse-{found.mark.lower()}.pdf"
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}
    return HttpResponse(file, content_type="application/pdf", headers=headers)


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def member(request: HttpRequest, actor: Actor, member: UUID) -> HttpResponse:
    """One child: goals, what was said about them, and what is reached."""
    mine = _own_member(actor, member)
    view = own_class(actor, mine.family_class)
    deed, today = request.POST.get("tun", ""), clock.real_today()
    form = GoalForm(request.POST if deed == "ziel" else None)
    if deed == "ziel" and form.is_valid() and _set(request, actor, mine, form):
        return redirect("classes:member", mine.id)
    if deed == "erreicht":
        goal = next((each for each in mine.open_goals if str(each.id) == request.POST.get("ziel")), None)
        if goal is None:
            raise Http404
        services.achieve(goal.id, today=today, actor=actor)
        messages.success(request, _("Geschafft! Das Ziel bleibt im Bild stehen."))
        return redirect("classes:member", mine.id)
    other = selectors.second_of(actor, mine.id)
    raters = RATERS if other and other.rates else FOR_PARENTS
    page = {
        "view": view,
        "shown": shown(view, now=clock.real_now()),
        "mine": mine,
        "other": other,
        "drawn": drawn(mine.goals, raters),
        "raters": raters.values(),
        "form": form,
        "may_add": mine.is_here and len(mine.open_goals) < MOST_GOALS,
    }
    return render(request, "classes/desk/member.html", page, status=422 if form.errors else 200)


def _set(request: HttpRequest, actor: Actor, mine: MemberView, form: GoalForm) -> bool:
    today = clock.real_today()
    try:
        services.set_goal(mine.id, words=form.cleaned_data["words"].strip(), today=today, actor=actor)
    except AllGoalsTaken:
        form.add_error(
            "words", _("Drei Ziele auf einmal sind genug. Erst wenn eines erreicht ist, ist Platz.")
        )
        return False
    messages.success(request, _("Das Ziel steht."))
    return True


def _address(request: HttpRequest, actor: Actor, found: InvitationView) -> str:
    code = services.issue_link(found.id, actor=actor, now=clock.real_now())
    with translation.override(found.language):
        return request.build_absolute_uri(reverse("classes:own", args=[code]))


def _own_invitation(actor: Actor, key: UUID) -> InvitationView:
    found = selectors.invitation(actor, key)
    if found is None or found.organization != actor.organization:
        raise Http404
    return found


def _own_member(actor: Actor, key: UUID) -> MemberView:
    found = selectors.member(actor, key)
    if found is None or found.organization != actor.organization:
        raise Http404
    return found

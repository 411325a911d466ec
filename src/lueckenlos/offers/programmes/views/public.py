"""What everybody sees: the list, one programme, and taking part in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lueckenlos.commons.accounts import attempts
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor, Role
from lueckenlos.core.contact_form import known_contact
from lueckenlos.core.guards import actor_of, public
from lueckenlos.offers.programmes import calendars, selectors, services
from lueckenlos.offers.programmes.beside import said
from lueckenlos.offers.programmes.errors import NoSuchProgramme, NotFit, Refused, SameChildTwice
from lueckenlos.offers.programmes.forms.public import (
    DoesNotFitForm,
    FilterForm,
    PeopleForm,
    ReachForm,
    ags_of,
    kept_from,
    not_fit_words,
)
from lueckenlos.offers.programmes.page import card, shown
from lueckenlos.offers.programmes.types import ProgrammeState, ProgrammeView

COUNSELLORS: Final = (Role.PROFESSIONAL, Role.PREVENTION_OFFICER, Role.FAMILY_OFFICE)
SALT: Final = "programmes.referred"
LINK_DAYS: Final = 14


@public
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """What can be taken part in, soonest first."""
    form = FilterForm(request.GET)
    filters = form.to_filters()
    found = selectors.upcoming(filters, now=clock.real_now())
    page = {
        "form": form,
        "filters": filters,
        "cards": [card(each, now=clock.real_now()) for each in found],
        "place_unknown": bool(request.GET.get("ort", "").strip()) and filters.ags is None,
    }
    return render(request, "programmes/public/listing.html", page)


@public
@require_safe
def listing_calendar(request: HttpRequest) -> HttpResponse:
    """The same list as a calendar to subscribe."""
    found = selectors.upcoming(FilterForm(request.GET).to_filters(), now=clock.real_now())
    return calendar_file(calendars.of_all(found, name=_("Mitmachen"), now=clock.real_now()))


@public
@require_safe
def listing_feed(request: HttpRequest) -> HttpResponse:
    """The same list as RSS, for newsletters and other pages."""
    feed = Rss201rev2Feed(
        title=_("Mitmachen"),
        link=request.build_absolute_uri(reverse("programmes:listing")),
        description=_("Kurse, Vorträge, Gruppen und Ferienangebote. Sie melden sich hier an, ohne Konto."),
        language=get_language() or "de",
    )
    for view in selectors.upcoming(FilterForm(request.GET).to_filters(), now=clock.real_now()):
        line = card(view, now=clock.real_now())
        feed.add_item(
            title=view.title,
            link=request.build_absolute_uri(reverse("programmes:programme", args=[view.key])),
            description=". ".join(filter(None, (line.when, view.summary))),
            unique_id=str(view.id),
            unique_id_is_permalink=False,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")


@public
@require_safe
def programme(request: HttpRequest, key: str) -> HttpResponse:
    """One programme with its dates and free places."""
    view = _found(key)
    page = {
        "shown": shown(view, now=clock.real_now()),
        "referral": _referral(request, actor_of(request), view),
        "beside": said(view, now=clock.real_now()),
    }
    return render(request, "programmes/public/programme.html", page)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def does_not_fit(request: HttpRequest, key: str) -> HttpResponse:
    """Somebody tells why it is nothing for them; counted without them."""
    view = _found(key)
    form = DoesNotFitForm(request.POST or None)
    if not form.is_valid():
        return _why_not(request, view, form=form)
    given = form.cleaned_data
    if not given["website"]:
        if not attempts.is_free(request):
            form.add_error(
                None,
                _(
                    "Von diesem Anschluss kamen gerade sehr viele Antworten. Bitte versuchen Sie es in einer Stunde."
                ),
            )
            return _why_not(request, view, form=form)
        ags = ags_of(given["place"])
        services.count_why_not(view, reason=form.to_reason(), ags=ags, now=clock.real_now())
    messages.success(
        request, _("Danke! Gezählt ist nur der Grund, nicht wer Sie sind. Das hilft beim Planen.")
    )
    return redirect("programmes:programme", view.key)


@public
@require_safe
def calendar(request: HttpRequest, key: str) -> HttpResponse:
    """The dates for one's own calendar; it follows changes and cancellations."""
    return calendar_file(calendars.of_programme(_found(key), now=clock.real_now()))


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, key: str) -> HttpResponse:
    """Take part in two steps: who comes, then how to reach the family."""
    view = _found(key)
    if view.state is not ProgrammeState.PUBLISHED:
        raise Http404
    people = PeopleForm(request.POST or None, programme=view)
    if request.method != "POST" or not people.is_valid():
        if people.of_other_ages and attempts.is_free(request):
            services.count_of_other_ages(view, people.of_other_ages, now=clock.real_now())
        return _who(request, view, people=people)
    if "zurueck" in request.POST:
        return _who(request, view, people=people)
    if "fertig" not in request.POST:
        known = known_contact(request) if _for_oneself(request, view) else {}
        before = {**known, **request.POST.dict()}
        return _reach(request, view, people=people, contact=ReachForm(programme=view, initial=before))
    contact = ReachForm(request.POST, programme=view)
    if not contact.is_valid():
        return _reach(request, view, people=people, contact=contact)
    if contact.is_a_program:
        return redirect("programmes:programme", view.key)
    if not attempts.is_free(request):
        contact.add_error(
            None,
            _(
                "Von diesem Anschluss kamen gerade sehr viele Anmeldungen. Bitte versuchen Sie es in einer Stunde."
            ),
        )
        return _reach(request, view, people=people, contact=contact)
    return _registered(request, view, people=people, contact=contact)


def _registered(
    request: HttpRequest, view: ProgrammeView, *, people: PeopleForm, contact: ReachForm
) -> HttpResponse:
    new = contact.to_registration(people.to_seats(), referred=_is_referred(request, view))
    new = replace(new, account=actor_of(request).person_id if _for_oneself(request, view) else None)
    made = tried(contact, view, lambda: services.register(new, now=clock.real_now()))
    if made is not None:
        return redirect("programmes:own", made.code)
    return _reach(request, view, people=people, contact=contact)


def _for_oneself(request: HttpRequest, view: ProgrammeView) -> bool:
    """Whether somebody signed in registers themselves: at work they may do it for a family, which is not theirs."""
    return view.for_professionals or actor_of(request).account_of_family is not None


def tried(
    form: ReachForm, view: ProgrammeView, deed: Callable[[], services.Registered]
) -> services.Registered | None:
    """Do it; why somebody cannot be registered is told in the form, and nothing was written."""
    try:
        return deed()
    except NoSuchProgramme as error:
        raise Http404 from error
    except Refused as refused:
        form.add_error(None, refused.sentence)
    except NotFit as refused:
        form.add_error(None, not_fit_words(refused.name, age=refused.age, programme=view))
    except SameChildTwice as refused:
        form.add_error(
            None,
            _(
                "%(name)s ist hier schon angemeldet. Wie Sie das ändern, steht in unserer E-Mail oder im Brief an Sie."
            )
            % {"name": refused.name},
        )
    return None


def _why_not(request: HttpRequest, view: ProgrammeView, *, form: DoesNotFitForm) -> HttpResponse:
    page = {"view": view, "form": form}
    return render(request, "programmes/public/does_not_fit.html", page, status=422 if form.errors else 200)


def _who(request: HttpRequest, view: ProgrammeView, *, people: PeopleForm) -> HttpResponse:
    page = {
        **_step(request, view, form=people),
        "kept": kept_from(request.POST, ReachForm(programme=view)),
    }
    return render(request, "programmes/public/who.html", page, status=422 if people.errors else 200)


def _reach(
    request: HttpRequest, view: ProgrammeView, *, people: PeopleForm, contact: ReachForm
) -> HttpResponse:
    page = {
        **_step(request, view, form=contact),
        "kept": kept_from(request.POST, people),
        "seats": people.to_seats(),
    }
    return render(request, "programmes/public/reach.html", page, status=422 if contact.errors else 200)


def _step(request: HttpRequest, view: ProgrammeView, *, form: Any) -> dict[str, Any]:
    return {
        "shown": shown(view, now=clock.real_now()),
        "form": form,
        "referred": request.POST.get("v", request.GET.get("v", "")),
    }


def _found(key: str) -> ProgrammeView:
    view = selectors.programme(key)
    if view is None:
        raise Http404
    return view


def _referral(request: HttpRequest, actor: Actor, view: ProgrammeView) -> str:
    """A link for counsellors to hand on: it says that somebody refers, and nothing of whom."""
    if not view.quotas or not any(actor.has_role(role) for role in COUNSELLORS):
        return ""
    signed = signing.dumps(view.key, salt=SALT)
    return request.build_absolute_uri(f"{reverse('programmes:register', args=[view.key])}?v={signed}")


def _is_referred(request: HttpRequest, view: ProgrammeView) -> bool:
    try:
        return bool(
            signing.loads(request.POST.get("v", ""), salt=SALT, max_age=LINK_DAYS * 86400) == view.key
        )
    except signing.BadSignature:
        return False


def calendar_file(content: bytes) -> HttpResponse:
    """A calendar to be saved or subscribed."""
    headers = {"Content-Disposition": content_disposition_header(True, "termine.ics") or ""}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)

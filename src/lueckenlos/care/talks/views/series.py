"""The home of talks, and setting up a series."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lueckenlos.care.talks import selectors, services
from lueckenlos.care.talks.errors import SeriesUnfit
from lueckenlos.care.talks.forms import DelegateForm, MoveForm, OfficesForm, SeriesForm
from lueckenlos.care.talks.forms.series import WhenForm
from lueckenlos.care.talks.types import SeriesView, TalkState, TalkView
from lueckenlos.care.talks.views.doors import at_table, found_series, talker
from lueckenlos.care.talks.wording import unfit
from lueckenlos.commons.accounts import work
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor, Role
from lueckenlos.core.locking import StaleVersion


@dataclass(frozen=True, slots=True)
class SeriesCard:
    """A series with its nearest date and the other ones."""

    series: SeriesView
    nearest: TalkView | None
    ahead: tuple[TalkView, ...]
    past: tuple[TalkView, ...]
    manages: bool


@at_table
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The series of the own office with their next dates."""
    actor, now = talker(request), clock.real_now()
    cards = [_card(actor, each, now=now) for each in selectors.all_series(actor)]
    page = {
        "cards": [each for each in cards if each.series.ended_at is None],
        "ended": [each for each in cards if each.series.ended_at is not None],
        "may_found": _may_found(actor),
        "sits": actor.organization is not None,
    }
    return render(request, "talks/home.html", page)


@at_table
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Set up a series."""
    actor, now = talker(request), clock.real_now()
    if not _may_found(actor):
        raise Http404
    offices = _offices_with_officers()
    hosts = offices
    if not actor.may(Role.COORDINATION):
        hosts = {key: name for key, name in offices.items() if key == actor.organization}
    form = SeriesForm(request.POST or None, offices=offices, hosts=hosts)
    if request.method == "POST" and form.is_valid():
        try:
            key = services.found_series(form.to_series(), actor=actor, now=now)
        except SeriesUnfit as error:
            form.add_error("offices", str(unfit(error.name)))
        else:
            messages.success(request, _("Die Reihe steht. Die nächsten Termine sind schon eingetragen."))
            return redirect("talks:series", key)
    return render(request, "talks/series_new.html", {"form": form}, status=422 if form.errors else 200)


@at_table
@require_safe
def series(request: HttpRequest, key: UUID) -> HttpResponse:
    """A series: its offices and people, its dates; whoever sets it up changes them here."""
    actor, found = found_series(request, key)
    return _page(request, actor, found)


@at_table
@require_POST
def change(request: HttpRequest, key: UUID) -> HttpResponse:
    """Change name, rhythm and place."""
    actor, found = _managed(request, key)
    form = WhenForm.of(found, request.POST)
    if not form.is_valid():
        return _page(request, actor, found, status=422, when_form=form)
    expected = form.cleaned_data["seen"] or found.version
    try:
        services.change_series(
            key, changes=form.to_changes(), expected=expected, actor=actor, now=clock.real_now()
        )
    except StaleVersion:
        messages.warning(request, _("Jemand hat die Reihe inzwischen geändert. So steht sie jetzt."))
    else:
        messages.success(request, _("Gespeichert. Termine, die schon stehen, bleiben an ihrem Tag."))
    return redirect("talks:series", key)


@at_table
@require_POST
def seat(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say anew which offices sit at the table."""
    actor, found = _managed(request, key)
    form = OfficesForm(request.POST, offices=_choices(found))
    if form.is_valid():
        try:
            services.seat_offices(key, offices=form.chosen(), actor=actor, now=clock.real_now())
        except SeriesUnfit as error:
            form.add_error("offices", str(unfit(error.name)))
    if form.errors:
        return _page(request, actor, found, status=422, offices_form=form)
    messages.success(request, _("Die Ämter der Reihe sind gespeichert."))
    return redirect("talks:series", key)


@at_table
@require_POST
def delegate(request: HttpRequest, key: UUID) -> HttpResponse:
    """Let somebody speak for their office; one's own office names its own people."""
    actor, found = found_series(request, key)
    form = _delegate_form(actor, found, request)
    if form is None:
        raise Http404
    if not form.is_valid():
        return _page(request, actor, found, status=422, delegate_form=form)
    try:
        services.name_delegate(key, new=form.to_delegate(), actor=actor, now=clock.real_now())
    except SeriesUnfit as error:
        form.add_error("who", str(unfit(error.name)))
        return _page(request, actor, found, status=422, delegate_form=form)
    messages.success(request, _("Eingetragen."))
    return redirect("talks:series", key)


@at_table
@require_POST
def undelegate(request: HttpRequest, key: UUID, delegate_id: UUID) -> HttpResponse:
    """Let somebody speak for their office no longer."""
    actor, found = found_series(request, key)
    if delegate_id not in {each.id for office in found.offices for each in office.delegates}:
        raise Http404
    services.release_delegate(delegate_id, actor=actor, now=clock.real_now())
    messages.success(request, _("Ausgetragen. Ab sofort sieht diese Person nichts mehr aus der Reihe."))
    return redirect("talks:series", key)


@at_table
@require_POST
def plan(request: HttpRequest, key: UUID) -> HttpResponse:
    """Lay the next dates."""
    actor, found = _managed(request, key)
    made = services.plan_dates(found.id, actor=actor, now=clock.real_now())
    if made:
        told = ngettext("%(made)s Termin ist dazugekommen.", "%(made)s Termine sind dazugekommen.", made)
        messages.success(request, told % {"made": made})
    else:
        messages.info(request, _("Es stehen schon genug Termine."))
    return redirect("talks:series", key)


@at_table
@require_POST
def move(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """Put one talk to another day, hour or place."""
    actor, found, talk = _managed_talk(request, talk_id)
    form = MoveForm.of(talk, request.POST)
    if not form.is_valid():
        return _page(request, actor, found, status=422, move_form=form, moved=talk_id)
    minutes = int((talk.ends_at - talk.starts_at).total_seconds() // 60)
    try:
        services.move_talk(
            talk_id,
            starts_at=form.to_time(),
            minutes=minutes,
            place=form.cleaned_data["place"],
            actor=actor,
            now=clock.real_now(),
        )
    except SeriesUnfit as error:
        form.add_error("day", str(unfit(error.name)))
        return _page(request, actor, found, status=422, move_form=form, moved=talk_id)
    messages.success(request, _("Der Termin ist verlegt."))
    return redirect("talks:series", found.id)


@at_table
@require_POST
def cancel(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """Call one talk off."""
    actor, found, _talk = _managed_talk(request, talk_id)
    try:
        services.cancel_talk(talk_id, actor=actor)
    except SeriesUnfit as error:
        messages.error(request, str(unfit(error.name)))
    else:
        messages.success(
            request, _("Der Termin fällt aus. Wer einen Fall eingebracht hat, kann ihn mitnehmen.")
        )
    return redirect("talks:series", found.id)


@at_table
@require_POST
def end(request: HttpRequest, key: UUID) -> HttpResponse:
    """Let a series meet no more."""
    actor, found = _managed(request, key)
    services.end_series(found.id, actor=actor, now=clock.real_now())
    messages.success(request, _("Die Reihe ist beendet."))
    return redirect("talks:home")


def _page(
    request: HttpRequest, actor: Actor, found: SeriesView, *, status: int = 200, **bound: object
) -> HttpResponse:
    manages = selectors.hosts(actor, found)
    talks = selectors.talks(actor, found.id)
    now = clock.real_now()
    ahead = [each for each in talks if each.state.is_ahead and each.ends_at > now]
    page: dict[str, object] = {
        "series": found,
        "manages": manages,
        "names_own": _delegate_form(actor, found, None) is not None,
        "dates": [(each, MoveForm.of(each)) for each in ahead],
        "own": actor.organization,
        "delegate_form": _delegate_form(actor, found, None),
    }
    if manages:
        seated = [str(office.organization) for office in found.offices]
        page["when_form"] = WhenForm.of(found)
        page["offices_form"] = OfficesForm(offices=_choices(found), initial={"offices": seated})
    return render(request, "talks/series.html", {**page, **bound}, status=status)


def _card(actor: Actor, found: SeriesView, *, now: datetime) -> SeriesCard:
    talks = selectors.talks(actor, found.id)
    ahead = [
        each
        for each in talks
        if each.state.is_ahead and (each.ends_at > now or each.state is TalkState.RUNNING)
    ]
    past = [each for each in talks if each.state is TalkState.HELD]
    return SeriesCard(
        found,
        ahead[0] if ahead else None,
        tuple(ahead[1:]),
        tuple(reversed(past)),
        selectors.hosts(actor, found),
    )


def _may_found(actor: Actor) -> bool:
    if actor.may(Role.COORDINATION):
        return True
    return actor.organization is not None and actor.may(
        Role.PREVENTION_OFFICER, organization=actor.organization
    )


def _managed(request: HttpRequest, key: UUID) -> tuple[Actor, SeriesView]:
    actor, found = found_series(request, key)
    if not selectors.hosts(actor, found):
        raise Http404
    return actor, found


def _managed_talk(request: HttpRequest, talk_id: UUID) -> tuple[Actor, SeriesView, TalkView]:
    talk = selectors.talk(talker(request), talk_id)
    if talk is None:
        raise Http404
    actor, found = _managed(request, talk.series)
    return actor, found, talk


def _offices_with_officers() -> dict[UUID, str]:
    """The county's own organizations in which somebody is Präventionskraft, by name."""
    own = directory.own_organizations()
    serving = work.serving([each.id for each in own], today=clock.real_today())
    return {
        each.id: each.name
        for each in own
        if any(Role.PREVENTION_OFFICER in colleague.roles for colleague in serving.get(each.id, ()))
    }


def _choices(found: SeriesView) -> dict[UUID, str]:
    return {office.organization: office.name for office in found.offices} | _offices_with_officers()


def _delegate_form(actor: Actor, found: SeriesView, request: HttpRequest | None) -> DelegateForm | None:
    """Whom the actor may let speak: everybody of every office for whoever sets the series up, else their own."""
    offices = list(found.offices)
    if not selectors.hosts(actor, found):
        own = found.office(actor.organization)
        if own is None or not actor.may(Role.PREVENTION_OFFICER, organization=own.organization):
            return None
        offices = [own]
    colleagues = work.serving([each.organization for each in offices], today=clock.real_today())
    return DelegateForm(request.POST if request else None, offices=offices, colleagues=colleagues)

"""The desk of those who run a round: plan it, ask others, draw the lot, tell the outcome."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lueckenlos.commons.accounts.doors import at_work
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.core.editing import saved
from lueckenlos.offers.holidays import selectors, services
from lueckenlos.offers.holidays.errors import CalledOff, CannotJoin, NoSuchRound, NotNow, SeedFixed
from lueckenlos.offers.holidays.forms.desk import KeepForm, RoundForm, SeedForm
from lueckenlos.offers.holidays.page import before, choice, line, shown
from lueckenlos.offers.holidays.types import UNDER_WAY, RoundState, RoundView, Stage

at_desk = at_work(NoSuchRound)


@at_desk
@require_safe
def home(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All rounds of the organization, and what others ask of it."""
    now = clock.real_now()
    page = {
        "rounds": [shown(each, now=now) for each in selectors.rounds_of(actor)],
        "asked": [(shown(each, now=now), line(offer)) for each, offer in selectors.asked_of(actor)],
    }
    return render(request, "holidays/desk/home.html", page)


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Plan a round."""
    form = RoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        key = services.found_round(form.to_new(), actor=actor, now=clock.real_now())
        messages.success(request, _("Angelegt. Noch sieht es niemand: Wählen Sie jetzt die Angebote."))
        return redirect("holidays:manage", key)
    return render(request, "holidays/desk/new.html", {"form": form}, status=422 if form.errors else 200)


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, actor: Actor, key: UUID) -> HttpResponse:
    """Change a draft; nobody's work is lost."""
    view = own_round(actor, key)
    if view.state is not RoundState.DRAFT:
        return redirect("holidays:manage", view.id)
    form = RoundForm(request.POST or None, initial=RoundForm.initial_of(view))
    try:
        done = saved(
            request,
            form,
            version=view.version,
            deed=lambda expected: services.change_round(
                view.id, form.to_new(), expected=expected, actor=actor
            ),
        )
    except NotNow:
        return redirect("holidays:manage", view.id)
    if done:
        messages.success(request, _("Gespeichert."))
        return redirect("holidays:manage", view.id)
    page = {"form": form, "view": view}
    return render(request, "holidays/desk/change.html", page, status=422 if form.errors else 200)


@at_desk
@require_safe
def manage(request: HttpRequest, actor: Actor, key: UUID) -> HttpResponse:
    """One round: its offers, how many wish, the lot, the outcome."""
    return _page(request, actor, own_round(actor, key))


@at_desk
@require_POST
def ask(request: HttpRequest, actor: Actor, key: UUID) -> HttpResponse:
    """Take programmes in, or ask for them."""
    view = own_round(actor, key)
    try:
        chosen = [UUID(each) for each in request.POST.getlist("programm")]
        added = services.ask(view.id, chosen, actor=actor, now=clock.real_now())
    except CannotJoin as refused:
        messages.error(request, cannot(refused))
    except ValueError as error:
        raise Http404 from error
    except NotNow:
        messages.error(request, _("Die Runde ist schon offen. Ihre Angebote stehen fest."))
    else:
        messages.success(
            request,
            ngettext("%(count)s Angebot dazu.", "%(count)s Angebote dazu.", added) % {"count": added},
        )
    return redirect("holidays:manage", view.id)


@at_desk
@require_POST
def offer(request: HttpRequest, actor: Actor, offer: UUID) -> HttpResponse:
    """One offer of a round: leave it out, or, for its own organization, say yes or no."""
    deed = request.POST.get("tun", "")
    back = request.POST.get("runde", "")
    try:
        if deed == "zusagen":
            services.agree(offer, actor=actor, now=clock.real_now())
            messages.success(request, _("Zugesagt. Die Plätze werden in dieser Runde verlost."))
        elif deed == "weglassen":
            services.leave_out(offer, actor=actor)
            messages.success(request, _("Das Angebot ist nicht Teil der Runde."))
        else:
            raise Http404
        return redirect("holidays:manage", UUID(back)) if back else redirect("holidays:desk")
    except NotNow:
        messages.error(request, _("Das geht in dieser Runde nicht mehr."))
        return redirect("holidays:desk")
    except ValueError as error:
        raise Http404 from error


@at_desk
@require_POST
def keep(request: HttpRequest, actor: Actor, key: UUID) -> HttpResponse:
    """Say how many seats of each offer are kept."""
    view = own_round(actor, key)
    offers = selectors.asked(view)
    form = KeepForm(request.POST, offers=offers)
    if not form.is_valid():
        messages.error(request, _("Bitte geben Sie überall eine Zahl von 0 bis 1000 an."))
        return redirect("holidays:manage", view.id)
    try:
        for each, seats in form.to_seats():
            services.keep(each, seats=seats, actor=actor)
    except NotNow:
        messages.error(request, _("Das geht in dieser Runde nicht mehr."))
    else:
        messages.success(request, _("Gespeichert."))
    return redirect("holidays:manage", view.id)


@at_desk
@require_POST
def open_round(request: HttpRequest, actor: Actor, key: UUID) -> HttpResponse:
    """Show it to families."""
    view = own_round(actor, key)
    try:
        services.open_round(view.id, actor=actor, now=clock.real_now())
    except CannotJoin as refused:
        messages.error(request, cannot(refused))
    except NotNow:
        messages.error(
            request, _("Dafür braucht es mindestens ein zugesagtes Angebot und ein Ende in der Zukunft.")
        )
    else:
        messages.success(request, _("Offen. Ab jetzt sehen Familien die Runde."))
    return redirect("holidays:manage", view.id)


@at_desk
@require_POST
def deal(request: HttpRequest, actor: Actor, key: UUID) -> HttpResponse:
    """Draw the lot; before it is told, only figures are seen."""
    view = own_round(actor, key)
    form = SeedForm(request.POST)
    if not form.is_valid():
        return _page(request, actor, view, seed=form)
    try:
        services.deal(view.id, seed=form.cleaned_data["seed"], actor=actor, now=clock.real_now())
    except SeedFixed:
        form.add_error(
            "seed",
            _("Für diese Runde gilt schon eine andere Zahl. Eine zweite Ziehung gibt es nicht."),
        )
        return _page(request, actor, view, seed=form)
    except NotNow:
        messages.error(request, _("Ausgelost wird erst, wenn die Wünsche vorbei sind."))
    else:
        messages.success(request, _("Ausgelost. Prüfen Sie die Zahlen, dann verschicken Sie die Plätze."))
    return redirect("holidays:manage", view.id)


@at_desk
@require_POST
def publish(request: HttpRequest, actor: Actor, key: UUID) -> HttpResponse:
    """Give the places and tell everybody."""
    view = own_round(actor, key)
    try:
        given = services.publish(view.id, actor=actor, now=clock.real_now())
    except CalledOff as refused:
        messages.error(
            request,
            _(
                "Inzwischen abgesagt: %(titles)s. Bitte losen Sie mit derselben Zahl neu, dann verschicken Sie."
            )
            % {"titles": ", ".join(refused.titles)},
        )
    except NotNow:
        messages.error(request, _("Verschickt wird erst nach dem Auslosen, und nur einmal."))
    else:
        messages.success(
            request,
            ngettext(
                "%(count)s Anmeldung ist eingetragen, alle Familien bekommen eine E-Mail.",
                "%(count)s Anmeldungen sind eingetragen, alle Familien bekommen eine E-Mail.",
                given,
            )
            % {"count": given},
        )
    return redirect("holidays:manage", view.id)


def _page(
    request: HttpRequest, actor: Actor, view: RoundView, *, seed: SeedForm | None = None
) -> HttpResponse:
    now = clock.real_now()
    stage = view.stage(now)
    is_draft = stage is Stage.DRAFT
    lists, children = selectors.counts(view.id)
    page = {
        "shown": shown(view, now=now),
        "lines": [line(each, stage=stage) for each in selectors.asked(view)],
        "candidates": [(each, choice(each)) for each in selectors.candidates(view, now=now)]
        if is_draft
        else [],
        "lists": lists,
        "children": children,
        "figures": selectors.figures(view.id),
        "without": selectors.without_place(actor, view.id),
        "seed": seed or SeedForm(),
        "is_draft": is_draft,
        "can_keep": view.state in {RoundState.DRAFT, RoundState.OPEN},
        "can_deal": stage is Stage.WAITING,
        "can_publish": stage is Stage.ALLOCATED,
        "called_off": selectors.called_off(view) if stage is Stage.ALLOCATED else [],
        "can_extend": view.state is RoundState.OPEN,
        "can_abort": view.state in UNDER_WAY,
        "extensions": [before(each) for each in selectors.extensions(view)],
        "is_told": stage is Stage.PUBLISHED,
    }
    return render(request, "holidays/desk/round.html", page, status=422 if seed and seed.errors else 200)


def cannot(refused: CannotJoin) -> str:
    """Which programmes cannot take part, and what a programme must be like."""
    return _(
        "Das geht nicht mit: %(titles)s. Ein Angebot muss veröffentlicht sein, für Kinder ohne Eltern, in keiner anderen Runde, und seine Anmeldung muss länger dauern als bis zum Tag der Restplätze."
    ) % {"titles": ", ".join(refused.titles)}


def own_round(actor: Actor, key: UUID) -> RoundView:
    """A round that the actor's organization runs; for everybody else there is none."""
    view = selectors.round_by_id(key)
    if view is None or view.organization != actor.organization:
        raise Http404
    return view

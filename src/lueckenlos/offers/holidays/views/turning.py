"""The desk of a round that is under way: a later end of wishes, and breaking it off."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.core.times import until_words
from lueckenlos.offers.holidays import selectors, services
from lueckenlos.offers.holidays.errors import CannotJoin, NotLater, NotNow, SourceKnown
from lueckenlos.offers.holidays.forms.turning import AbortForm, ExtendForm
from lueckenlos.offers.holidays.page import shown
from lueckenlos.offers.holidays.types import UNDER_WAY, RoundState, RoundView
from lueckenlos.offers.holidays.views.desk import at_desk, own_round


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: HttpRequest, actor: Actor, key: UUID) -> HttpResponse:
    """Let families write until later."""
    view = own_round(actor, key)
    if view.state is not RoundState.OPEN:
        messages.error(
            request, _("Verlängern geht nur, solange Familien wünschen und noch nicht gelost ist.")
        )
        return redirect("holidays:manage", view.id)
    form = ExtendForm(request.POST or None, initial=ExtendForm.initial_of(view), view=view)
    if form.is_valid() and _extended(request, actor, view, form=form):
        return redirect("holidays:manage", view.id)
    page = {"form": form, "shown": shown(view, now=clock.real_now())}
    return render(request, "holidays/desk/extend.html", page, status=422 if form.errors else 200)


def _extended(request: HttpRequest, actor: Actor, view: RoundView, *, form: ExtendForm) -> bool:
    try:
        told = services.extend_round(view.id, form.to_longer(), actor=actor, now=clock.real_now())
    except NotLater as refused:
        words = _("Der neue letzte Tag muss später sein: Zugesagt war bis %(until)s Uhr.")
        form.add_error("wishes_until", words % {"until": until_words(refused.until)})
    except SourceKnown:
        form.add_error(
            "seed_source",
            _("Die Zahl von vorher kann schon gezogen sein. Bitte nennen Sie eine, die danach gezogen wird."),
        )
    except CannotJoin as refused:
        form.add_error(
            "rest_on",
            _("Bis dahin beginnt schon etwas oder nimmt keine Anmeldungen mehr: %(titles)s.")
            % {"titles": ", ".join(refused.titles)},
        )
    except NotNow:
        messages.error(request, _("Inzwischen ist gelost. Die Frist bleibt, wie sie war."))
        return True
    else:
        words = ngettext(
            "Verlängert. %(count)s Familie bekommt eine E-Mail.",
            "Verlängert. %(count)s Familien bekommen eine E-Mail.",
            told,
        )
        messages.success(request, words % {"count": told})
        return True
    return False


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def abort(request: HttpRequest, actor: Actor, key: UUID) -> HttpResponse:
    """Break it off, with a reason that families read."""
    view = own_round(actor, key)
    form = AbortForm(request.POST or None)
    if view.state not in UNDER_WAY:
        messages.error(request, _("Diese Runde lässt sich nicht mehr abbrechen."))
        return redirect("holidays:manage", view.id)
    if form.is_valid():
        try:
            told = services.abort_round(
                view.id,
                reason=form.cleaned_data["reason"].strip(),
                afterwards=form.to_afterwards(),
                actor=actor,
                now=clock.real_now(),
            )
        except NotNow:
            messages.error(request, _("Diese Runde lässt sich nicht mehr abbrechen."))
        else:
            words = ngettext(
                "Abgebrochen. %(count)s Familie bekommt eine E-Mail.",
                "Abgebrochen. %(count)s Familien bekommen eine E-Mail.",
                told,
            )
            messages.success(request, words % {"count": told})
        return redirect("holidays:manage", view.id)
    lists, _children = selectors.counts(view.id)
    page = {"form": form, "shown": shown(view, now=clock.real_now()), "lists": lists}
    return render(request, "holidays/desk/abort.html", page, status=422 if form.errors else 200)

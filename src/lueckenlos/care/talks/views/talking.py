"""A talk from its beginning to its end: presence, calling up, results, agreements, the common screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lueckenlos.care.talks import selectors, services
from lueckenlos.care.talks.errors import DoerMayNotHear, MayNotHear, NotRunning
from lueckenlos.care.talks.forms import CloseForm, PresenceForm
from lueckenlos.care.talks.item_page import ItemPage, PartLine, item_page
from lueckenlos.care.talks.page import ItemLine, TalkPage, talk_page
from lueckenlos.care.talks.types import Part, Seated, TalkState
from lueckenlos.care.talks.views.doors import at_table, found_item, found_talk, gone, talker
from lueckenlos.care.talks.views.items import shown
from lueckenlos.care.talks.views.result_forms import agreement_form, result_form
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.privacy.types import Category
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.core.locking import StaleVersion


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands on the common screen of an item: what everybody in the room may see of it, and nothing else."""

    page: ItemPage
    title: str
    parts: tuple[PartLine, ...]


@at_table
@require_safe
def talk(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """A talk: its agenda, who is in the room, what is next."""
    actor, page = found_talk(request, talk_id)
    return _page(request, actor, page)


@at_table
@require_safe
def agenda(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """The agenda alone, asked again by the open page: what was withdrawn is gone, and no number shows it."""
    actor = talker(request)
    found = selectors.talk(actor, talk_id)
    series = selectors.series(actor, found.series) if found else None
    if found is None or series is None:
        return gone()
    return render(request, "talks/partials/agenda.html", {"page": talk_page(actor, found, series)})


@at_table
@require_POST
def step_in(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """A substitute says that they speak for their office this time."""
    actor, page = found_talk(request, talk_id)
    if not page.may_step_in:
        raise Http404
    services.step_in(talk_id, actor=actor, now=clock.real_now())
    messages.success(request, _("Sie springen ein. Sie sehen jetzt die Tagesordnung dieses Gesprächs."))
    return redirect("talks:talk", talk_id)


@at_table
@require_POST
def begin(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """Open the talk."""
    actor, page = found_talk(request, talk_id)
    if not page.speaks or page.talk.state is not TalkState.PLANNED:
        raise Http404
    services.begin(talk_id, actor=actor, now=clock.real_now())
    messages.success(request, _("Das Gespräch läuft. Bitte tragen Sie ein, wer da ist."))
    return redirect("talks:talk", talk_id)


@at_table
@require_POST
def end(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """End the talk; what is left open stays with whoever brought it."""
    actor, page = found_talk(request, talk_id)
    if not page.speaks or page.talk.state is not TalkState.RUNNING:
        raise Http404
    form = CloseForm(request.POST)
    if not form.is_valid():
        return _page(request, actor, page, close_form=form, status=422)
    services.close(talk_id, remarks=form.cleaned_data["remarks"], actor=actor, now=clock.real_now())
    messages.success(request, _("Das Gespräch ist beendet. Das Protokoll steht bereit."))
    return redirect("talks:record", talk_id)


@at_table
@require_POST
def presence(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """Note that somebody came or left; those who speak note it for all, everybody else for themselves."""
    actor, page = found_talk(request, talk_id)
    form = PresenceForm(request.POST)
    if page.talk.state is not TalkState.RUNNING or not form.is_valid():
        raise Http404
    person, office = form.cleaned_data["person"], form.cleaned_data["organization"]
    own = person == actor.person_id and office == actor.organization
    known = {(each.person, each.organization) for each in page.guests}
    if not own and not (page.speaks and (person, office) in known):
        raise Http404
    deed = services.go if request.POST.get("wie") == "geht" else services.come
    deed(talk_id, person=person, organization=office, actor=actor, now=clock.real_now())
    return redirect(f"{reverse('talks:talk', args=[talk_id])}#anwesend")


@at_table
@require_POST
def call_up(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Speak about an item now; while somebody is in the room who may not hear it, it says whom to ask out."""
    actor, page = found_item(request, item_id)
    if not page.is_running or (page.item.is_named and not page.has_case):
        raise Http404
    try:
        services.call_up(item_id, talk=page.talk.id, actor=actor, now=clock.real_now())
    except MayNotHear as error:
        names = directory.organization_names(error.offices)
        messages.error(
            request,
            _(
                "Im Raum ist noch: %(offices)s. Diese Ämter dürfen den Fall nicht hören. Bitte verabschieden Sie sie, "
                "und tragen Sie ein, dass sie gegangen sind."
            )
            % {"offices": ", ".join(sorted(names.values()))},
        )
        return redirect("talks:talk", page.talk.id)
    except NotRunning:
        messages.error(request, _("Das Gespräch läuft nicht."))
    return redirect("talks:item", item_id)


@at_table
@require_POST
def conclude(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Write down what came of an item."""
    actor, page = found_item(request, item_id)
    form = result_form(page, actor, data=request.POST)
    if form is None:
        raise Http404
    if not form.is_valid():
        return shown(request, actor, page, status=422, result_form=form)
    try:
        services.conclude(
            item_id,
            new=form.to_result(talk=page.talk.id),
            actor=actor,
            now=clock.real_now(),
            expected=form.cleaned_data["seen"],
        )
    except StaleVersion:
        form.add_error(
            "text",
            _(
                "Jemand hat das Ergebnis inzwischen geändert. Bitte laden Sie die Seite neu und vergleichen Sie."
            ),
        )
        return shown(request, actor, page, status=409, result_form=form)
    if page.item.is_named:
        messages.success(
            request,
            _("Gespeichert. Die Aufgabe, es der Familie in fünf Arbeitstagen zu sagen, steht auf dem Tisch."),
        )
    else:
        messages.success(request, _("Gespeichert."))
    return redirect(f"{reverse('talks:item', args=[item_id])}#ergebnis")


@at_table
@require_POST
def agree(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Note who does what until when."""
    actor, page = found_item(request, item_id)
    form = agreement_form(page, actor, data=request.POST)
    if form is None:
        raise Http404
    if form.is_valid():
        try:
            services.agree(
                item_id, new=form.to_agreement(talk=page.talk.id), actor=actor, now=clock.real_now()
            )
        except DoerMayNotHear:
            form.add_error(
                "who", _("Dieses Amt darf den Fall nicht mehr hören. Bitte wählen Sie ein anderes.")
            )
        else:
            messages.success(request, _("Verabredet. Es steht als Aufgabe auf dem Tisch."))
            return redirect(f"{reverse('talks:item', args=[item_id])}#absprachen")
    return shown(request, actor, page, status=422, agreement_form=form)


@at_table
@require_safe
def screen(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """The common screen: only what everybody in the room may see."""
    actor, page = found_talk(request, talk_id)
    if page.talk.state is not TalkState.RUNNING:
        raise Http404
    return render(request, "talks/screen.html", _on_screen(actor, page))


@at_table
@require_safe
def screen_now(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """What stands on the common screen now, asked every few seconds."""
    actor = talker(request)
    found = selectors.talk(actor, talk_id)
    series = selectors.series(actor, found.series) if found else None
    if found is None or series is None or found.state is not TalkState.RUNNING:
        return gone()
    given = _on_screen(actor, talk_page(actor, found, series))
    return render(request, "talks/partials/on_screen.html", given)


def _page(
    request: HttpRequest,
    actor: Actor,
    page: TalkPage,
    *,
    status: int = 200,
    close_form: CloseForm | None = None,
) -> HttpResponse:
    own = (actor.person_id, actor.organization)
    given = {
        "page": page,
        "close_form": close_form or CloseForm(),
        "me": own,
        "am_there": any((each.person, each.organization) == own for each in page.present),
        "am_listed": any((each.person, each.organization) == own for each in page.guests),
    }
    return render(request, "talks/talk.html", given, status=status)


def _on_screen(actor: Actor, page: TalkPage) -> dict[str, object]:
    """Items that all in the room may hear, and of the one that is called up the parts that all may."""
    lines = [line for line in page.lines if _fits(line, _room(actor, line.item.id, page=page))]
    now = next((line for line in lines if line.is_now), None)
    shown_item = _shown(actor, now, page=page) if now is not None else None
    return {"page": page, "lines": lines, "now": now, "shown": shown_item}


def _room(actor: Actor, item: UUID, *, page: TalkPage) -> list[Seated]:
    return selectors.room(actor, item, talk=page.talk.id)


def _fits(line: ItemLine, room: Sequence[Seated]) -> bool:
    """Everybody in the room may hear of it; with an empty room only what all offices hear."""
    if not line.item.is_named:
        return True
    return bool(room) and all(each.knows_all or each.organization in line.released for each in room)


def _shown(actor: Actor, line: ItemLine, *, page: TalkPage) -> Shown | None:
    found = item_page(actor, line.item.id, now=clock.real_now())
    if found is None:
        return None
    if not found.item.is_named:
        return Shown(found, found.item.pseudonym, ())
    room = _room(actor, found.item.id, page=page)
    seen = tuple(part for part in found.parts if _all_may_see(part.contribution.part, found, room))
    about = found.item.about
    has_name = about is not None and _all_may_see((about, Category.IDENTITY), found, room)
    return Shown(found, found.title if has_name else found.item.pseudonym, seen)


def _all_may_see(part: Part, page: ItemPage, room: Sequence[Seated]) -> bool:
    heard = page.hearing.parts
    return all(each.knows_all or part in heard.get(each.organization, frozenset()) for each in room)

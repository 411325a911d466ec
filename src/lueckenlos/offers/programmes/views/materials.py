"""Files for those who had a place: laid down at the desk, given out there and by link."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.core.guards import by_link
from lueckenlos.core.incoming import UnfitFile
from lueckenlos.core.incoming_wording import unfit_file
from lueckenlos.core.storing import Damaged
from lueckenlos.offers.programmes import selectors, services
from lueckenlos.offers.programmes.errors import TooManyFiles
from lueckenlos.offers.programmes.types import MaterialView
from lueckenlos.offers.programmes.views.desk import at_desk, material_form, own_programme, page_of
from lueckenlos.offers.programmes.views.own import opened_or_404


@at_desk
@require_POST
def add(request: HttpRequest, actor: Actor, programme: UUID) -> HttpResponse:
    """Lay a file down for those who have a place."""
    view = own_programme(actor, programme)
    form = material_form(view, data=request.POST, files=request.FILES)
    if not form.is_valid():
        return page_of(request, actor, view, material=form, status=422)
    given = form.cleaned_data["file"]
    new = services.NewMaterial(name=given.name, content=given.read(), session=form.cleaned_data["session"])
    try:
        services.add_material(view.id, new, actor=actor, now=clock.real_now())
    except UnfitFile as error:
        form.add_error("file", unfit_file(error))
    except TooManyFiles:
        form.add_error("file", _("Mehr als zwanzig Dateien hat ein Programm nicht. Löschen Sie zuerst eine."))
    else:
        messages.success(
            request, _("Abgelegt. Wer einen Platz hat, findet die Datei danach über den eigenen Link.")
        )
        return redirect("programmes:manage", view.id)
    return page_of(request, actor, view, material=form, status=422)


@at_desk
@require_safe
def look(request: HttpRequest, actor: Actor, material: UUID) -> HttpResponse:
    """The file for those who keep the programme."""
    return _file(_own(actor, material))


@at_desk
@require_POST
def remove(request: HttpRequest, actor: Actor, material: UUID) -> HttpResponse:
    """Take a file back."""
    found = _own(actor, material)
    services.remove_material(found, actor=actor)
    messages.success(request, _("Gelöscht."))
    return redirect("programmes:manage", found.programme)


@by_link
@never_cache
@require_safe
def own(request: HttpRequest, code: str, material: UUID) -> HttpResponse:
    """The file for whoever had a place; before its date it is as if it were not there."""
    actor, mine, _view = opened_or_404(request, code)
    found = selectors.material(actor, material)
    if found is None or found.programme != mine.programme:
        raise Http404
    return _file(found)


def _own(actor: Actor, key: UUID) -> MaterialView:
    found = selectors.material(actor, key)
    if found is None:
        raise Http404
    own_programme(actor, found.programme)
    return found


def _file(found: MaterialView) -> HttpResponse:
    """To be saved, never run or shown by the browser."""
    try:
        content = services.content_of(found)
    except Damaged as error:
        raise Http404 from error
    headers = {
        "Content-Disposition": content_disposition_header(True, found.name) or "",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type=found.kind.value, headers=headers)

"""Paper and figures: leaflet, press text, certificates and their check, what a year came to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lueckenlos.commons.accounts import attempts
from lueckenlos.commons.places import selectors as places
from lueckenlos.core import clock, sheets
from lueckenlos.core.actor import Actor
from lueckenlos.core.guards import public
from lueckenlos.core.times import hours_words
from lueckenlos.offers.programmes import certificates, figures, papers, selectors
from lueckenlos.offers.programmes.views.desk import at_desk, own_programme
from lueckenlos.offers.programmes.wording import KINDS, session_words

HEADINGS = ("Programm", "Art", "Termine", "Mit Platz", "Waren da", "Ohne Platz geblieben")


class NameForm(forms.Form):
    """The name that stands on a certificate."""

    name = forms.CharField(
        label=gettext_lazy("Name, so wie er auf der Bescheinigung steht"),
        max_length=200,
        error_messages={"required": gettext_lazy("Bitte schreiben Sie den Namen von der Bescheinigung ab.")},
    )


@at_desk
@require_safe
def leaflet(request: HttpRequest, actor: Actor, programme: UUID) -> HttpResponse:
    """One page to hang up."""
    view = own_programme(actor, programme)
    made = papers.leaflet(view, now=clock.real_now())
    return pdf_file(made, name="handzettel.pdf")


@at_desk
@require_safe
def press_text(request: HttpRequest, actor: Actor, programme: UUID) -> HttpResponse:
    """The words for newspapers and bulletins."""
    view = own_programme(actor, programme)
    response = HttpResponse(
        papers.press_text(view, now=clock.real_now()), content_type="text/plain; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="pressetext.txt"'
    return response


@at_desk
@require_safe
def year(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What the programmes of a year came to, by programme and by municipality."""
    chosen, offered = _year(request, actor)
    found = figures.of_year(actor, chosen)
    most = max((each.placed for _ags, each in found.by_municipality), default=0)
    page = {
        "found": found,
        "years": offered,
        "rows": [(each, KINDS[each.view.kind]) for each in found.programmes],
        "areas": [(_area(ags), each, most) for ags, each in found.by_municipality],
    }
    return render(request, "programmes/desk/figures.html", page)


@at_desk
@require_safe
def year_table(request: HttpRequest, actor: Actor) -> StreamingHttpResponse:
    """The same as a table."""
    chosen, _offered = _year(request, actor)
    rows = [
        (
            each.view.title,
            str(KINDS[each.view.kind]),
            each.held,
            each.total.placed,
            each.total.came,
            each.total.waited,
        )
        for each in figures.of_year(actor, chosen).programmes
    ]
    response = StreamingHttpResponse(sheets.csv_lines(HEADINGS, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="programme-{chosen}.csv"'
    return response


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def certificate(request: HttpRequest, code: str = "") -> HttpResponse:
    """Whether a certificate is true: its code and the name on it are asked for, and kept nowhere."""
    form = NameForm(request.POST or None)
    page: dict[str, Any] = {"form": form, "code": request.POST.get("code", code)[:60], "proof": None}
    if request.method == "POST" and form.is_valid():
        try:
            page["proof"] = _proved(request, page["code"], form.cleaned_data["name"])
        except attempts.TooManyAttempts:
            return render(request, "programmes/public/closed.html", {"too_many": True}, status=429)
        except LookupError:
            page["is_wrong"] = True
    status = 422 if form.errors or page.get("is_wrong") else 200
    return render(request, "programmes/public/certificate.html", page, status=status)


def pdf_file(content: bytes, *, name: str) -> HttpResponse:
    """A document to be opened or saved."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _proved(request: HttpRequest, code: str, name: str) -> dict[str, Any]:
    """What is proved, in words; a wrong attempt counts. Raises LookupError or TooManyAttempts."""
    with attempts.counted(request):
        proof = certificates.check(code, name)
        view = selectors.by_id(proof.programme) if proof else None
        if proof is None or view is None:
            raise LookupError
    return {
        "title": view.title,
        "organization": view.organization_name,
        "hours": hours_words(proof.minutes),
        "dates": [session_words(each) for each in view.sessions if not each.is_cancelled],
        "name": name,
    }


def _year(request: HttpRequest, actor: Actor) -> tuple[int, list[int]]:
    today = clock.real_today()
    offered = figures.years(actor, today=today)
    asked = request.GET.get("jahr", "")
    if not asked:
        # What is planned for next year already stands first; who was there is asked about this one.
        return today.year if today.year in offered else offered[0], offered
    if not asked.isdecimal() or int(asked) not in offered:
        raise Http404
    return int(asked), offered


def _area(ags: str) -> str:
    if not ags:
        return _("anderswo, nicht gesagt oder weniger als fünf")
    return next((each.name for each in places.municipalities() if each.ags == ags), ags)

"""Koordination: what is internal, shared and public, and the comments that wait for an answer."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from lueckenlos.core import clock
from lueckenlos.core.actor import Role
from lueckenlos.core.guards import actor_of, requires
from lueckenlos.kernels.chain.types import Cell, Seam, Verdict
from lueckenlos.steering.chain.forms.notes import ShareForm, StandingForm
from lueckenlos.steering.chain.selectors.drawing import drawn
from lueckenlos.steering.chain.selectors.standing import cell_key, default_standing
from lueckenlos.steering.chain.selectors.talk import (
    FIGURES,
    figure_standings,
    pieces_with,
    standings_by_area,
    steps_of,
    waiting_comments,
)
from lueckenlos.steering.chain.services import talk
from lueckenlos.steering.chain.telling import at_least, number
from lueckenlos.steering.chain.telling_changes import key_words
from lueckenlos.steering.chain.types import Drawn, Standing
from lueckenlos.steering.chain.views.cell import address_of, change_standing
from lueckenlos.steering.chain.views.shell import show
from lueckenlos.steering.chain.wording import STANDINGS, VERDICTS


@requires(Role.COORDINATION)
@require_http_methods(["GET", "HEAD", "POST"])
def standing(request: HttpRequest) -> HttpResponse:
    """How far everything has gone, by municipality and by state."""
    picture = drawn()
    deed = request.POST.get("deed", "")
    share = ShareForm(request.POST if deed == "share" else None, areas=picture.labels.areas, prefix="share")
    figures = {subject: _figure_form(request, subject) for subject in FIGURES}
    if request.method == "POST":
        done = _share(request, share) if deed == "share" else _figure(request, figures)
        if done:
            messages.success(request, done)
            return redirect("chain:standing")
    context = _context(request, picture) | {
        "share": share,
        "figures": _figures(picture, figures),
        "default_word": STANDINGS[default_standing()],
    }
    is_wrong = share.errors or any(form.errors for form in figures.values())
    return show(
        request, "chain/standing.html", context, section="chain:standing", status=422 if is_wrong else 200
    )


def _share(request: HttpRequest, form: ShareForm) -> str:
    if not form.is_valid():
        return ""
    count = talk.share_municipality(
        form.cleaned_data["area"],
        reason=form.cleaned_data["reason"],
        actor=actor_of(request),
        now=clock.now(),
    )
    if not count:
        return _("Dort war nichts mehr intern.")
    text = ngettext("%(count)s Zelle ist jetzt geteilt.", "%(count)s Zellen sind jetzt geteilt.", count)
    return text % {"count": number(count)}


def _figure_form(request: HttpRequest, subject: str) -> StandingForm:
    given = request.POST if request.POST.get("deed") == subject else None
    return StandingForm(
        given, prefix=subject.replace(":", "-"), initial={"state": figure_standings()[subject]}
    )


def _figure(request: HttpRequest, figures: dict[str, StandingForm]) -> str:
    subject = request.POST.get("deed", "")
    if subject not in figures:
        raise Http404
    return change_standing(request, subject, form=figures[subject])


def _figures(picture: Drawn, figures: dict[str, StandingForm]) -> list[dict[str, Any]]:
    gaps = [cell for cell in picture.chain.cells if cell.verdict is Verdict.GAP]
    missing = at_least(sum(cell.missing_lo for cell in gaps))
    words = {
        "figure:continuity": (
            _("Kinder, die ohne Lücke aufwachsen"),
            _("%(share)s Prozent") % {"share": number(100 * picture.chain.continuity)},
        ),
        "figure:gaps": (_("Lücken im ganzen Kreis"), number(len(gaps))),
        "figure:missing": (_("Plätze, die im ganzen Kreis sicher fehlen"), number(missing)),
    }
    states = figure_standings()
    return [
        {
            "subject": subject,
            "label": words[subject][0],
            "value": words[subject][1],
            "word": STANDINGS[states[subject]],
            "form": form,
            "steps": [(STANDINGS[step.state], step) for step in steps_of(subject)],
        }
        for subject, form in figures.items()
    ]


def _context(request: HttpRequest, picture: Drawn) -> dict[str, Any]:
    chain, labels = picture.chain, picture.labels

    def lines(pieces: list[Cell | Seam]) -> list[tuple[Any, ...]]:
        return [
            (
                key_words(cell_key(each), labels=labels),
                address_of(cell_key(each)),
                VERDICTS[each.verdict],
                each,
            )
            for each in pieces
        ]

    return {
        "waiting": [
            (key_words(each.key, labels=labels), address_of(each.key), each.note)
            for each in waiting_comments(actor=actor_of(request))
        ],
        "areas": [(labels.areas.get(each.area, each.area), each) for each in standings_by_area(chain)],
        "released": lines(pieces_with(Standing.PUBLIC, chain=chain)),
        "held": lines(pieces_with(Standing.INTERNAL, chain=chain, said=True)),
        "shared": lines(pieces_with(Standing.SHARED, chain=chain, said=True)),
    }

"""What everybody sees: the rounds, one round with its offers, a wish list in three steps, and how the lot was drawn."""

from __future__ import annotations

import shlex
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lueckenlos.commons.accounts import attempts
from lueckenlos.core import clock, sheets
from lueckenlos.core.guards import public
from lueckenlos.offers.holidays import selectors, services
from lueckenlos.offers.holidays.errors import (
    NoSuchRound,
    NotFit,
    NothingWished,
    NotYet,
    SameChildTwice,
    TooLate,
)
from lueckenlos.offers.holidays.forms.public import ChildrenForm, ReachForm, WishesForm, kept_from
from lueckenlos.offers.holidays.page import before, line, same_time, shown, sorted_out
from lueckenlos.offers.holidays.types import OfferView, RoundView, Stage

# Where something can be done stands first.
ORDER: Final = (Stage.WISHING, Stage.AHEAD, Stage.PUBLISHED, Stage.WAITING, Stage.ALLOCATED, Stage.ABORTED)
HEADINGS = ("Durchgang", "Los", "Nummer")


@public
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The rounds that families may look at."""
    now = clock.real_now()
    found = [shown(each, now=now) for each in selectors.public_rounds(now=now)]
    page = {"rounds": sorted(found, key=lambda each: ORDER.index(each.stage))}
    return render(request, "holidays/public/listing.html", page)


@public
@require_safe
def round_page(request: HttpRequest, key: str) -> HttpResponse:
    """One round: until when, what there is, how it is decided."""
    view, now = _found(key), clock.real_now()
    offers = selectors.offers(view)
    page = {
        "shown": shown(view, now=now),
        "lines": [line(each, stage=view.stage(now)) for each in offers],
        "extensions": [before(each) for each in selectors.extensions(view)],
        # Where groups and kept seats meet, or a child may have several, another order can help now and then.
        "is_truthful": view.most_each == 1 and not any(each.kept for each in offers),
    }
    return render(request, "holidays/public/round.html", page)


@public
@require_safe
def lots(request: HttpRequest, key: str) -> HttpResponse:
    """How the lot was drawn, so that everybody can do it again."""
    view = _found(key)
    numbers = selectors.lots(view)
    seed, first = (shlex.quote(each) for each in (view.seed, next(iter(numbers), "")))
    page = {
        "shown": shown(view, now=clock.real_now()),
        "numbers": numbers,
        "extensions": [before(each) for each in selectors.extensions(view)],
        "command": f"printf '%s\\n1\\n%s' {seed} {first} | sha256sum",
    }
    return render(request, "holidays/public/lots.html", page)


@public
@require_safe
def lots_table(request: HttpRequest, key: str) -> StreamingHttpResponse:
    """All lots of all rounds as a table; the numbers say nothing of anybody."""
    view = _found(key)
    rows = [
        (str(number), str(place), each)
        for number in range(1, view.most_each + 1)
        for place, each in enumerate(selectors.lots(view, number=number), start=1)
    ]
    response = StreamingHttpResponse(sheets.csv_lines(HEADINGS, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="lose.csv"'
    return response


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, key: str) -> HttpResponse:
    """A wish list in three steps: the children, their wishes, how to reach the family."""
    view = _found(key)
    if view.stage(clock.real_now()) is not Stage.WISHING:
        return _not_open(request, view) if request.method == "POST" else redirect("holidays:round", view.key)
    children = ChildrenForm(request.POST or None)
    if request.method != "POST" or not children.is_valid() or request.POST.get("zurueck") == "1":
        return _children(request, view, children=children)
    return _with_children(request, view, children=children)


def _with_children(request: HttpRequest, view: RoundView, *, children: ChildrenForm) -> HttpResponse:
    those = children.to_children()
    fitting, others = sorted_out(selectors.offers(view), those)
    if not fitting:
        services.nothing_fits([each.born_on for each in those], now=clock.real_now())
        children.add_error(
            None,
            _(
                "Für diese Kinder zusammen gibt es hier leider nichts. Vielleicht geht es mit einem Zettel für jedes Kind."
            ),
        )
        return _children(request, view, children=children)
    asked = "wuensche" in request.POST or "fertig" in request.POST
    wishes = WishesForm(request.POST if asked else None, offers=fitting)
    if not asked or not wishes.is_valid() or request.POST.get("zurueck") == "2":
        return _wishes(request, view, children=children, wishes=wishes, others=others, offers=fitting)
    contact = ReachForm(request.POST if "fertig" in request.POST else None)
    if not contact.is_valid():
        return _reach(request, view, children=children, wishes=wishes, contact=contact, offers=fitting)
    if contact.is_a_program:
        return redirect("holidays:round", view.key)
    if not attempts.is_free(request):
        contact.add_error(
            None,
            _(
                "Von diesem Anschluss kamen gerade sehr viele Anmeldungen. Bitte versuchen Sie es in einer Stunde."
            ),
        )
    else:
        new = contact.to_list(view, children=children.to_children(), wishes=wishes.to_wishes())
        try:
            return redirect("holidays:own", services.send(new, now=clock.real_now()).code)
        except (NoSuchRound, NothingWished) as error:
            raise Http404 from error
        except (TooLate, NotYet):
            return _not_open(request, view)
        except SameChildTwice as refused:
            contact.add_error(None, _twice(refused.name))
        except NotFit:
            contact.add_error(
                None, _("Ein Wunsch passt nicht mehr zu Ihren Kindern. Bitte prüfen Sie Ihre Wünsche.")
            )
    return _reach(request, view, children=children, wishes=wishes, contact=contact, offers=fitting)


def _twice(name: str) -> str:
    return _(
        "%(name)s steht schon auf einem Wunschzettel. Jedes Kind hat ein Los. Den Link zum Zettel haben Sie per E-Mail bekommen."
    ) % {"name": name}


def _children(request: HttpRequest, view: RoundView, *, children: ChildrenForm) -> HttpResponse:
    page = {"shown": shown(view, now=clock.real_now()), "form": children}
    kept = kept_from(request.POST, *_later(view)) if children.is_bound else []
    status = 422 if children.errors else 200
    return render(request, "holidays/public/children.html", {**page, "kept": kept}, status=status)


def _later(view: RoundView) -> list[Any]:
    """The later steps, so that what was said there is not lost by going back."""
    return [WishesForm(offers=selectors.offers(view)), ReachForm()]


def _wishes(
    request: HttpRequest,
    view: RoundView,
    *,
    children: ChildrenForm,
    wishes: WishesForm,
    others: list[tuple[str, str]],
    offers: list[OfferView],
) -> HttpResponse:
    page = {
        "shown": shown(view, now=clock.real_now()),
        "form": wishes if wishes.is_bound else _refilled(request, wishes),
        "kept": kept_from(request.POST, children, ReachForm()),
        "children": children.to_children(),
        "others": others,
        "asks_later": any(each.programme.asks_more for each in offers),
    }
    return render(request, "holidays/public/wishes.html", page, status=422 if wishes.errors else 200)


def _refilled(request: HttpRequest, wishes: WishesForm) -> WishesForm:
    """What somebody wished before they went back stands there again."""
    wishes.initial = {name: request.POST.get(name, "") for name in wishes.fields}
    return wishes


def _reach(
    request: HttpRequest,
    view: RoundView,
    *,
    children: ChildrenForm,
    wishes: WishesForm,
    contact: ReachForm,
    offers: list[OfferView],
) -> HttpResponse:
    by_id = {each.id: each for each in offers}
    chosen = [by_id[each] for each in wishes.to_wishes()]
    page = {
        "shown": shown(view, now=clock.real_now()),
        "form": contact if contact.is_bound else ReachForm(initial=request.POST.dict()),
        "kept": kept_from(request.POST, children, wishes),
        "children": children.to_children(),
        "lines": [line(each) for each in chosen],
        "same_time": same_time(chosen),
    }
    return render(request, "holidays/public/reach.html", page, status=422 if contact.errors else 200)


def _not_open(request: HttpRequest, view: RoundView) -> HttpResponse:
    page = {"shown": shown(view, now=clock.real_now())}
    return render(request, "holidays/public/late.html", page, status=422)


def _found(key: str) -> RoundView:
    view = selectors.public_round(key)
    if view is None:
        raise Http404
    return view

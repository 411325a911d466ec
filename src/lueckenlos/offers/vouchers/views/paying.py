"""The desk of whoever pays, or stands in for a payer without a desk: schemes, what was used, settling with clubs, where sport is missing."""

from __future__ import annotations

from datetime import date
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.places import selectors as places
from lueckenlos.core import clock, sheets
from lueckenlos.core.actor import Actor
from lueckenlos.core.editing import saved
from lueckenlos.offers.programmes.types import Kind
from lueckenlos.offers.programmes.wording import money
from lueckenlos.offers.vouchers import gaps, selectors, services
from lueckenlos.offers.vouchers.errors import NothingToSettle
from lueckenlos.offers.vouchers.forms.desk import GiverForm, SchemeForm
from lueckenlos.offers.vouchers.payers import payers_without_desk, pays_for
from lueckenlos.offers.vouchers.types import Bill, SchemeView
from lueckenlos.offers.vouchers.views.desk import at_pay_desk
from lueckenlos.offers.vouchers.wording import day_words, worth

HEADINGS: Final = ("Verein", "Monat", "Gutscheine", "Euro", "Abgerechnet am")
WIDTHS: Final = (40, 12, 12, 12, 16)
WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@at_pay_desk
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Give vouchers."""
    payers = [(each.id, each.name) for each in payers_without_desk(actor) if each.id != actor.organization]
    form = SchemeForm(request.POST or None, payers=payers, own=actor.organization is not None)
    if request.method == "POST" and form.is_valid():
        payer = form.cleaned_data.get("payer")
        key = services.found_scheme(form.to_new(), actor=actor, now=clock.real_now(), payer=payer)
        messages.success(request, _("Angelegt. Sagen Sie jetzt, wer die Gutscheine ausgibt."))
        return redirect("vouchers:manage", key)
    return render(request, "vouchers/desk/new.html", {"form": form}, status=422 if form.errors else 200)


@at_pay_desk
@require_http_methods(["GET", "HEAD", "POST"])
def manage(request: HttpRequest, actor: Actor, scheme: UUID) -> HttpResponse:
    """One scheme: how many, from where, what clubs get, who hands out."""
    view = own_scheme(actor, scheme)
    form = GiverForm(request.POST or None, there=[each.id for each in view.givers])
    if request.method == "POST" and form.is_valid():
        services.let_give(view.id, organization=form.cleaned_data["organization"], actor=actor)
        messages.success(request, _("Hinzugefügt. Die Stelle sieht die Gutscheine auf ihrem Schreibtisch."))
        return redirect("vouchers:manage", view.id)
    towns = {each.ags: each.name for each in places.municipalities()}
    counted = selectors.by_municipality(actor, view.id)
    page = {
        "view": view,
        "stands_in": view.organization != actor.organization,
        "worth": worth(view),
        "until": day_words(view.valid_until),
        "areas": [(towns.get(ags, "") or _("anderswo, nicht gesagt oder wenige"), n) for ags, n in counted],
        "most": max((count for _ags, count in counted), default=0),
        "bills": [_line(each) for each in selectors.bills(actor, view.id)],
        "form": form,
    }
    return render(request, "vouchers/desk/scheme.html", page, status=422 if form.errors else 200)


@at_pay_desk
@require_POST
def stop(request: HttpRequest, actor: Actor, scheme: UUID, organization: UUID) -> HttpResponse:
    """An organization hands out no more."""
    services.stop_giving(own_scheme(actor, scheme).id, organization=organization, actor=actor)
    messages.success(request, _("Entfernt. Was die Stelle ausgegeben hat, gilt weiter."))
    return redirect("vouchers:manage", scheme)


@at_pay_desk
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, actor: Actor, scheme: UUID) -> HttpResponse:
    """Change what is said; nobody's work is lost."""
    view = own_scheme(actor, scheme)
    form = SchemeForm(request.POST or None, initial=SchemeForm.initial_of(view))
    if saved(
        request,
        form,
        version=view.version,
        deed=lambda expected: services.change_scheme(view.id, form.to_new(), expected=expected, actor=actor),
    ):
        messages.success(request, _("Gespeichert. Was schon ausgegeben ist, behält seine Tage."))
        return redirect("vouchers:manage", view.id)
    page = {"form": form, "view": view, "stands_in": view.organization != actor.organization}
    return render(request, "vouchers/desk/change.html", page, status=422 if form.errors else 200)


@at_pay_desk
@require_POST
def settle(request: HttpRequest, actor: Actor, scheme: UUID) -> HttpResponse:
    """One month of one club is paid."""
    view = own_scheme(actor, scheme)
    try:
        club, month = UUID(request.POST.get("verein", "")), date.fromisoformat(request.POST.get("monat", ""))
    except ValueError as error:
        raise Http404 from error
    try:
        services.settle(view.id, club=club, month=month, actor=actor, now=clock.real_now())
    except NothingToSettle:
        messages.info(request, _("Das ist schon abgerechnet."))
    else:
        messages.success(request, _("Abgerechnet. Der Verein sieht es bei sich."))
    return redirect("vouchers:manage", view.id)


@at_pay_desk
@require_safe
def table(request: HttpRequest, actor: Actor, scheme: UUID) -> StreamingHttpResponse:
    """What clubs get, as CSV."""
    view = own_scheme(actor, scheme)
    response = StreamingHttpResponse(
        sheets.csv_lines(HEADINGS, _rows(actor, view)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="gutscheine.csv"'
    return response


@at_pay_desk
@require_safe
def workbook(request: HttpRequest, actor: Actor, scheme: UUID) -> HttpResponse:
    """The same as XLSX."""
    view = own_scheme(actor, scheme)
    sheet = sheets.Sheet("Gutscheine", HEADINGS, _rows(actor, view), WIDTHS)
    response = HttpResponse(sheets.xlsx([sheet]), content_type=WORKBOOK)
    response["Content-Disposition"] = 'attachment; filename="gutscheine.xlsx"'
    return response


@at_pay_desk
@require_safe
def lacking(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Where sport is missing, by municipality and phase of life."""
    fields = directory.catalog().fields
    keys = [each.key for each in fields]
    wanted = request.GET.get("feld", "")
    sport = next((key for key in keys if Kind.SPORT.value in key), keys[0] if keys else "")
    field = wanted if wanted in keys else sport
    found = gaps.table(field, kinds=(Kind.SPORT,), now=clock.real_now())
    page = {
        "table": found,
        "fields": [(each.key, each.label) for each in fields],
        "field": field,
        "label": next((each.label for each in fields if each.key == field), ""),
    }
    return render(request, "vouchers/desk/gaps.html", page)


def own_scheme(actor: Actor, key: UUID) -> SchemeView:
    """A scheme for which the actor pays; every other answers 404."""
    view = selectors.scheme(key)
    if view is None or not pays_for(actor, view.organization):
        raise Http404
    return view


def _line(bill: Bill) -> dict[str, Any]:
    return {"bill": bill, "month": date_format(bill.month, "F Y"), "sum": money(bill.cents)}


def _rows(actor: Actor, view: SchemeView) -> list[tuple[sheets.Cell, ...]]:
    return [
        (
            bill.club_name,
            f"{bill.month:%Y-%m}",
            bill.count,
            bill.cents / 100,
            bill.settled_on.isoformat() if bill.settled_on else "",
        )
        for bill in selectors.bills(actor, view.id)
    ]

"""The list for one family: services put together while somebody talks, printed or mailed in the family's language."""

from __future__ import annotations

import logging
import smtplib
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from lueckenlos.care.frontdoor import services
from lueckenlos.care.frontdoor.forms.lists import ListLanguageForm, MailListForm
from lueckenlos.care.frontdoor.selectors import cards_of
from lueckenlos.care.frontdoor.views.doors import Desk, at_desk
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.core import clock
from lueckenlos.core.addresses import back_in
from lueckenlos.offers.finder import services as finding

LOG: Final = logging.getLogger(__name__)


@at_desk
@require_safe
def one(request: HttpRequest, at: Desk) -> HttpResponse:
    """The list of this browser, with what can be done with it."""
    return _page(request, mail_form=MailListForm(auto_id="mail_%s"))


@at_desk
@require_POST
def put(request: HttpRequest, at: Desk, key: str) -> HttpResponse:
    """Put a service on the list, or take it off; with htmx the button alone comes back."""
    if not directory.services_by_key([key], now=clock.now()):
        raise Http404
    kept = list(finding.keys_in(request))
    if key in kept:
        kept.remove(key)
    else:
        kept.append(key)
    if request.htmx:  # type: ignore[attr-defined]
        context = {"key": key, "kept": kept, "name": request.POST.get("name", "")}
        response = render(request, "frontdoor/desk/partials/put.html", context)
    else:
        response = redirect(_back(request))
    finding.keep(response, kept)
    return response


@at_desk
@require_POST
def empty(request: HttpRequest, at: Desk) -> HttpResponse:
    """Begin anew for the next family."""
    response = redirect("frontdoor:desk")
    finding.keep(response, ())
    return response


@at_desk
@require_POST
def pdf(request: HttpRequest, at: Desk) -> HttpResponse:
    """The list as PDF in the family's language."""
    form = ListLanguageForm(request.POST)
    keys = finding.keys_in(request)
    if not form.is_valid() or not keys:
        return redirect("frontdoor:list")
    made = services.print_list(keys, language=form.cleaned_data["language"], now=clock.real_now())
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="angebote.pdf"'
    return response


@at_desk
@require_POST
def mail(request: HttpRequest, at: Desk) -> HttpResponse:
    """Mail the list in the family's language."""
    form = MailListForm(request.POST, auto_id="mail_%s")
    keys = finding.keys_in(request)
    if not keys:
        return redirect("frontdoor:list")
    if not form.is_valid():
        return _page(request, mail_form=form, status=422)
    try:
        services.mail_list(keys, to=form.cleaned_data["email"], language=form.cleaned_data["language"])
    except (OSError, smtplib.SMTPException):
        LOG.exception("A list was not taken by the mail server.")
        form.add_error(
            None, _("Die Mail ging nicht hinaus. Bitte drucken Sie die Liste, oder versuchen Sie es später.")
        )
        return _page(request, mail_form=form, status=502)
    messages.success(request, _("Die Liste ist unterwegs."))
    return redirect("frontdoor:list")


def _page(request: HttpRequest, *, mail_form: MailListForm, status: int = 200) -> HttpResponse:
    keys = finding.keys_in(request)
    with override("de"):
        cards = cards_of(keys, language="de", now=clock.now())
        address = services.address_of(keys) if keys else ""
    context = {
        "cards": cards,
        "address": address,
        "language_form": ListLanguageForm(auto_id="druck_%s", initial={"language": "de"}),
        "mail_form": mail_form,
        "languages": settings.LANGUAGES,
    }
    return render(request, "frontdoor/desk/list.html", context, status=status)


def _back(request: HttpRequest) -> str:
    """Where the button stood; another house's address leads to the desk."""
    return back_in(request, "zurueck", otherwise=reverse("frontdoor:desk"))

"""The desk: handing vouchers out, and taking them at a club."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lueckenlos.commons.accounts import attempts
from lueckenlos.commons.accounts.doors import at_work, at_work_or_coordinating
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.core import clock, codes, sms
from lueckenlos.core.actor import Actor
from lueckenlos.core.ages import ages_words
from lueckenlos.core.code_field import TOO_MANY
from lueckenlos.offers.programmes import selectors as programmes
from lueckenlos.offers.programmes.errors import NoSuchProgramme
from lueckenlos.offers.programmes.wording import money
from lueckenlos.offers.vouchers import papers, selectors, services
from lueckenlos.offers.vouchers.errors import (
    CannotRedeem,
    NoneLeft,
    NoSuchScheme,
    NoSuchVoucher,
    NotForThisAge,
)
from lueckenlos.offers.vouchers.forms.desk import IssueForm, MailForm, NumberForm, RedeemForm
from lueckenlos.offers.vouchers.types import SchemeView, VoucherView
from lueckenlos.offers.vouchers.wording import REFUSALS, STATES, day_words, worth

HIDDEN: Final = (NoSuchScheme, NoSuchVoucher, NoSuchProgramme)
at_desk = at_work(*HIDDEN)
# Paying is also the Koordination's, for those in whose organization nobody signs in.
at_pay_desk = at_work_or_coordinating(*HIDDEN)


@at_pay_desk
@require_safe
def home(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What the organization hands out, takes and pays, and for whom the Koordination pays."""
    now = clock.real_now()
    today = clock.day_of(now)
    form = RedeemForm(programmes=programmes.of_organization(actor), now=now)
    issued = selectors.issued_by(actor)
    schemes = selectors.schemes_of(issued)
    page = {
        "given": [(each, worth(each)) for each in selectors.given_by(actor, today=today)],
        "issued": [(each, schemes[each.scheme].title, STATES[each.state]) for each in issued],
        "can_redeem": form.has_choices,
        "redeemed": [(each, money(each.cents)) for each in selectors.redeemed_at(actor)],
        "paid": [(each, worth(each)) for each in selectors.paid_by(actor)],
        "looked_after": [(each, worth(each)) for each in selectors.looked_after(actor)],
    }
    return render(request, "vouchers/desk/home.html", page)


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: HttpRequest, actor: Actor, scheme: UUID) -> HttpResponse:
    """Hand one out: the age of the child, and nothing that names it."""
    view = _given(actor, scheme)
    form = IssueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            key = services.issue(view.id, form.to_voucher(), actor=actor, now=clock.real_now())
        except NotForThisAge:
            told = {"ages": ages_words(view.age_min, view.age_max)}
            form.add_error("age", _("Dieser Gutschein ist für: %(ages)s.") % told)
        except NoneLeft:
            form.add_error(None, _("Zurzeit gibt es keinen mehr. Wer ihn bezahlt, weiß, wann es neue gibt."))
        else:
            messages.success(request, _("Ausgegeben. Jetzt drucken oder verschicken."))
            return redirect("vouchers:voucher", key)
    page = {"view": view, "worth": worth(view), "until": day_words(view.valid_until), "form": form}
    return render(request, "vouchers/desk/issue.html", page, status=422 if form.errors else 200)


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def voucher(request: HttpRequest, actor: Actor, voucher: UUID) -> HttpResponse:
    """One voucher that was handed out here: print, send, take back."""
    found, scheme = _issued(actor, voucher)
    deed = request.POST.get("tun", "")
    mail_form = MailForm(request.POST if deed == "mail" else None)
    number_form = NumberForm(request.POST if deed == "sms" else None)
    if request.method == "POST" and _done(request, actor, found, deed=deed, forms=(mail_form, number_form)):
        return redirect("vouchers:voucher", found.id)
    page = {
        "view": found,
        "scheme": scheme,
        "state": STATES[found.state],
        "facts": _facts(found, scheme),
        "mail": mail_form,
        "number": number_form,
        "has_sms": sms.is_configured(),
    }
    is_wrong = bool(mail_form.errors or number_form.errors)
    return render(request, "vouchers/desk/voucher.html", page, status=422 if is_wrong else 200)


@at_desk
@never_cache
@require_POST
def slip(request: HttpRequest, actor: Actor, voucher: UUID) -> HttpResponse:
    """The voucher on paper, with a code of its own."""
    found, scheme = _issued(actor, voucher)
    now = clock.real_now()
    code = services.issue_code(found.id, actor=actor, now=now)
    own = actor.organization
    giver = directory.organization_names([own]).get(own, "") if own else ""
    response = HttpResponse(
        papers.slip(found, scheme, code=code, giver=giver, now=now), content_type="application/pdf"
    )
    response["Content-Disposition"] = 'inline; filename="gutschein.pdf"'
    return response


@at_desk
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def redeem(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Take a voucher at one's own programme; wrong codes are counted."""
    now = clock.real_now()
    form = RedeemForm(request.POST or None, programmes=programmes.of_organization(actor), now=now)
    if request.method == "POST" and form.is_valid():
        cents = _redeemed(request, actor, form)
        if cents is not None:
            told = _("Eingelöst: %(amount)s. Der Betrag steht in der Liste des Monats.")
            messages.success(request, told % {"amount": money(cents)})
            return redirect("vouchers:desk")
    return render(request, "vouchers/desk/redeem.html", {"form": form}, status=422 if form.errors else 200)


def _redeemed(request: HttpRequest, actor: Actor, form: RedeemForm) -> int | None:
    """What it was worth; none where the form says why not. Only codes that open nothing count as attempts."""
    code, now = form.cleaned_data["code"], clock.real_now()
    try:
        with attempts.counted(request):
            try:
                return services.redeem(code, form.to_wanted(), actor=actor, now=now)
            except CannotRedeem as refused:
                form.add_error(None, str(REFUSALS[refused.reason]))
    except attempts.TooManyAttempts:
        form.add_error("code", TOO_MANY)
    except codes.CodeNotValid:
        form.add_error(
            "code", _("Dieser Code gilt nicht oder nicht mehr. Bitte vergleichen Sie jedes Zeichen.")
        )
    return None


def _done(
    request: HttpRequest, actor: Actor, found: VoucherView, *, deed: str, forms: tuple[MailForm, NumberForm]
) -> bool:
    """Do what was asked for; False where a form must be shown again."""
    mail_form, number_form = forms
    now = clock.real_now()
    if deed == "mail":
        if not mail_form.is_valid():
            return False
        to = mail_form.cleaned_data["email"]
        services.send(found.id, to=to, language=get_language() or "de", actor=actor, now=now)
        messages.success(request, _("Verschickt."))
    elif deed == "sms":
        return number_form.is_valid() and _texted(request, actor, found, number_form)
    elif deed == "zurueck":
        services.withdraw(found.id, actor=actor)
        messages.success(request, _("Zurückgenommen. Der Gutschein gilt nicht mehr."))
    return True


def _texted(request: HttpRequest, actor: Actor, found: VoucherView, form: NumberForm) -> bool:
    try:
        services.text(found.id, to=form.cleaned_data["phone"], actor=actor, now=clock.real_now())
    except sms.NoNumber:
        form.add_error("phone", _("Das ist keine Telefonnummer. Ein Beispiel: 0151 23456789."))
        return False
    except sms.NoGateway:
        form.add_error("phone", _("Ihr Haus hat keinen Dienst für SMS. Drucken Sie den Gutschein bitte."))
        return False
    messages.success(request, _("Verschickt."))
    return True


def _given(actor: Actor, key: UUID) -> SchemeView:
    """A scheme of which the actor's organization hands vouchers out."""
    today = clock.real_today()
    found = next((each for each in selectors.given_by(actor, today=today) if each.id == key), None)
    if found is None:
        raise Http404
    return found


def _issued(actor: Actor, key: UUID) -> tuple[VoucherView, SchemeView]:
    found = selectors.voucher(actor, key)
    scheme = selectors.scheme(found.scheme) if found else None
    if found is None or scheme is None:
        raise Http404
    return found, scheme


def _facts(found: VoucherView, scheme: SchemeView) -> tuple[tuple[str, Any], ...]:
    return (
        (_("Wert"), worth(scheme)),
        (_("Alter"), _("%(age)s Jahre") % {"age": found.age}),
        (_("Ausgegeben am"), day_words(found.issued_on)),
        (_("Gültig bis"), day_words(found.valid_until)),
        (_("Bezahlt von"), scheme.organization_name),
    )

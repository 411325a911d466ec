"""Parts of a case go to others: proposed, answered in one tap, followed until arrived or not."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lueckenlos.care.cases import page as pages
from lueckenlos.care.cases import selectors, services
from lueckenlos.care.cases.errors import NoConsent, ReferralClosed
from lueckenlos.care.cases.selectors import shared
from lueckenlos.care.cases.types import ReferralMode, ReferralState
from lueckenlos.care.cases.views.doors import found_page
from lueckenlos.care.cases.wording import MODES, REASONS
from lueckenlos.commons.accounts import work
from lueckenlos.commons.accounts.doors import at_work_only, worker
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.privacy import services as privacy
from lueckenlos.commons.privacy.types import Category, Ground, Purpose
from lueckenlos.commons.privacy.wording import CATEGORIES, PURPOSES
from lueckenlos.commons.signals.types import SignalReason
from lueckenlos.core import clock
from lueckenlos.core.addresses import words_in
from lueckenlos.core.forms import DayField, offer_openly

IN_TWO_WEEKS = timedelta(days=14)
# What a part of a case can go somewhere for; talks and protection have ways of their own.
PASSED_ON_FOR = (
    Purpose.ACCOMPANIMENT,
    Purpose.HANDOVER,
    Purpose.COUNSELLING,
    Purpose.CRISIS,
    Purpose.TRANSITION,
)


class ReferralForm(forms.Form):
    """Where to, how, what for, with what, and by when one asks whether the family arrived."""

    organization = forms.ChoiceField(label=gettext_lazy("Wohin?"))
    mode = forms.ChoiceField(
        label=gettext_lazy("Was soll die Stelle können?"),
        choices=[(mode.value, words) for mode, words in MODES.items()],
        widget=forms.RadioSelect,
        initial=ReferralMode.VIEW.value,
    )
    purpose = forms.ChoiceField(
        label=gettext_lazy("Wofür?"), choices=[(each.value, PURPOSES[each]) for each in PASSED_ON_FOR]
    )
    about = forms.ChoiceField(label=gettext_lazy("Um wen geht es?"))
    categories = forms.MultipleChoiceField(
        label=gettext_lazy("Was darf die Stelle wissen?"),
        required=False,
        choices=[(category.value, words) for category, words in CATEGORIES.items()],
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Nur was eine Einwilligung erlaubt. Ohne Auswahl erfährt die Stelle nichts."),
    )
    message = forms.CharField(
        label=gettext_lazy("Nachricht an die Stelle"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    due_on = DayField(
        label=gettext_lazy("Wann fragen wir nach, ob die Familie angekommen ist?"),
    )

    def __init__(
        self,
        *given: Any,
        organizations: list[tuple[str, str]],
        people: list[tuple[str, str]],
        today: Any,
        **more: Any,
    ) -> None:
        super().__init__(*given, **more)
        self.today = today
        offer_openly(self, "organization", organizations)
        offer_openly(self, "about", people)
        self.fields["due_on"].initial = today + IN_TWO_WEEKS

    def clean_due_on(self) -> Any:
        """A day that is still to come."""
        day = self.cleaned_data["due_on"]
        if day <= self.today:
            raise forms.ValidationError(_("Bitte wählen Sie einen Tag, der noch kommt."))
        return day

    def to_referral(self) -> services.NewReferral:
        """What is sent."""
        given = self.cleaned_data
        return services.NewReferral(
            to_organization=UUID(given["organization"]),
            mode=ReferralMode(given["mode"]),
            purpose=Purpose(given["purpose"]),
            about=UUID(given["about"]),
            categories=frozenset(Category(each) for each in given["categories"]),
            message=given["message"],
            due_at=datetime.combine(given["due_on"], time(12), tzinfo=clock.zone()),
        )


@at_work_only
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, file: UUID) -> HttpResponse:
    """Send a part of a case somewhere; what no consent covers is said, with the way to ask for it."""
    actor, page = found_page(request, file)
    form = ReferralForm(
        request.POST or None,
        organizations=_organizations(without=page.case.organization),
        people=pages.choices_of(page.people, file),
        today=clock.real_today(),
    )
    lacking: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            services.propose(file, new=form.to_referral(), actor=actor, now=clock.real_now())
        except NoConsent as error:
            lacking = [str(CATEGORIES[Category(each)]) for each in sorted(error.categories)]
        else:
            messages.success(
                request, _("Die Anfrage ist unterwegs. Wir fragen nach, ob die Familie ankommt.")
            )
            return redirect("cases:case", file)
    return render(
        request,
        "cases/refer.html",
        {"page": page, "form": form, "lacking": lacking},
        status=422 if form.errors or lacking else 200,
    )


@at_work_only
@require_POST
def confirm(request: HttpRequest, file: UUID, referral: UUID) -> HttpResponse:
    """Say, as the sender, whether the family arrived."""
    actor, page = found_page(request, file)
    if referral not in {each.id for each in page.referrals}:
        raise Http404
    arrived = request.POST.get("angekommen") == "ja"
    try:
        services.confirm(
            referral,
            arrived=ReferralState.ARRIVED if arrived else ReferralState.NOT_ARRIVED,
            reason=None if arrived else SignalReason(request.POST.get("grund", SignalReason.NOT_KNOWN.value)),
            actor=actor,
            now=clock.real_now(),
        )
    except (ReferralClosed, ValueError):
        messages.error(request, _("Diese Vermittlung ist schon beantwortet."))
    else:
        messages.success(request, _("Danke. Das ist notiert und wird ohne Namen gezählt."))
    return redirect("cases:case", file)


@at_work_only
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What others have sent to one's office, and what of their cases one may see, purpose by purpose."""
    actor, now = worker(request), clock.real_now()
    groups = shared.shared_with(actor, now=now)
    called = directory.organization_names(
        {case.organization for group in groups for case in group.cases}
        | {each.organization for group in groups for each in group.referrals}
    )
    reports = selectors.reports_received(worker(request, purpose=Purpose.PROTECTION.value))
    return render(request, "cases/inbox.html", {"groups": groups, "called": called, "reports": reports})


@at_work_only
@require_safe
def released(request: HttpRequest, purpose: str, file: UUID) -> HttpResponse:
    """A case of another office, as far as a consent opens it; what was seen is listed for the family."""
    if purpose not in {each.value for each in Purpose}:
        raise Http404
    actor, now = worker(request, purpose=purpose), clock.real_now()
    page = pages.case_page(actor, file, now=now)
    if page is None:
        raise Http404
    seen = {(line.record.about, line.record.category) for line in page.records}
    ground = Ground.PROTECTION if purpose == Purpose.PROTECTION else Ground.CONSENT
    privacy.disclose(file, seen=seen, ground=ground, actor=actor, now=now)
    return render(
        request,
        "cases/released.html",
        {
            "page": page,
            "purpose": purpose,
            "purpose_word": PURPOSES[Purpose(purpose)],
            "reasons": REASONS.items(),
            "units": work.units_of(actor.organization, now=now) if actor.organization else [],
        },
    )


@at_work_only
@require_POST
def answer(request: HttpRequest, purpose: str, referral: UUID) -> HttpResponse:
    """Answer what came in, in one tap: accepted, taken over, refused or returned with a reason."""
    if purpose not in {each.value for each in Purpose}:
        raise Http404
    actor, now = worker(request, purpose=purpose), clock.real_now()
    found = selectors.referral(actor, referral)
    if found is None:
        raise Http404
    deed = request.POST.get("antwort", "")
    try:
        if deed == "uebernehmen":
            services.accept_handover(referral, unit=UUID(request.POST.get("team", "")), actor=actor)
            return redirect("cases:case", found.file)
        state = {
            "annehmen": ReferralState.ACCEPTED,
            "ablehnen": ReferralState.REFUSED,
            "zurueck": ReferralState.RETURNED,
        }[deed]
        given = request.POST.get("grund", "")
        services.answer(
            referral,
            state=state,
            text=words_in(request.POST, "text", longest=1000),
            reason=SignalReason(given) if given and not state.is_open else None,
            actor=actor,
            now=now,
        )
    except ReferralClosed:
        messages.error(request, _("Das ist inzwischen beantwortet oder zurückgezogen."))
    except (KeyError, ValueError):
        messages.error(request, _("Bitte wählen Sie eine Antwort, und bei einem Nein auch den Grund."))
    else:
        messages.success(request, _("Die Antwort ist bei der anderen Stelle."))
    return redirect("cases:inbox")


def _organizations(*, without: UUID) -> list[tuple[str, str]]:
    return [(str(each.id), each.name) for each in directory.own_organizations() if each.id != without]

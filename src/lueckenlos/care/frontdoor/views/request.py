"""One request on the desk: the family's own words, an answer, a question, a referral, the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lueckenlos.care.cases import calendar
from lueckenlos.care.cases import selectors as cases
from lueckenlos.care.cases.errors import NoConsent, NoSuchWay, NotTheirs, StageNotDone
from lueckenlos.care.cases.types import CaseView, ReferralView
from lueckenlos.care.cases.wording import CHANNELS, STATES, needed
from lueckenlos.care.frontdoor import services
from lueckenlos.care.frontdoor.desk_wording import DANGERS, TOLD, WHO_COMES, WISH_RULES
from lueckenlos.care.frontdoor.forms.desk import (
    AnswerForm,
    HandOverForm,
    QuestionForm,
    ReferForm,
    ReopenForm,
)
from lueckenlos.care.frontdoor.selectors import cards_of, dialogue, proposed
from lueckenlos.care.frontdoor.types import Kind, Message, Side, Who
from lueckenlos.care.frontdoor.views.doors import Desk, at_desk
from lueckenlos.care.frontdoor.views.own import appointment_words
from lueckenlos.care.frontdoor.views.telling import reach_of
from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.directory.wording import language_name
from lueckenlos.commons.families import selectors as families
from lueckenlos.commons.families.types import PersonView
from lueckenlos.commons.places import selectors as places
from lueckenlos.commons.privacy import selectors as privacy
from lueckenlos.commons.privacy import services as traces
from lueckenlos.commons.privacy.errors import Unfit
from lueckenlos.commons.privacy.types import Category, Ground
from lueckenlos.commons.privacy.wording import CATEGORIES, refusal
from lueckenlos.commons.tasks import selectors as tasks
from lueckenlos.commons.tasks.errors import HasEnded, NoSuchTask, NotOfThisOrganization
from lueckenlos.commons.tasks.types import TaskKind, TaskView
from lueckenlos.core import clock
from lueckenlos.core.locking import StaleVersion
from lueckenlos.kernels import crisis
from lueckenlos.offers.bookings import selectors as bookings
from lueckenlos.offers.finder import selectors as finder
from lueckenlos.offers.finder import services as finding


@dataclass(frozen=True, slots=True)
class Line:
    """One message with the services that went with it."""

    message: Message
    cards: list[finder.Card]
    appointment: str

    @property
    def is_ours(self) -> bool:
        """The office said it."""
        return self.message.side is Side.OFFICE


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """A referral, how far it is."""

    referral: ReferralView
    to: str
    state: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A request with all that its forms need."""

    case: CaseView
    words: str
    person: PersonView | None
    about: UUID
    lines: list[Line]
    cards: list[finder.Card]
    task: TaskView | None


@at_desk
@require_safe
def request_page(request: HttpRequest, at: Desk, file: UUID) -> HttpResponse:
    """A request opened; that it was seen is noted."""
    opened = _opened(request, at, file)
    return _page(request, at, opened)


@at_desk
@require_POST
def take_over(request: HttpRequest, at: Desk, file: UUID) -> HttpResponse:
    """Make the answer one's own task."""
    _known(at, file)
    try:
        services.take_over(file, actor=at.actor, now=clock.real_now())
    except (StaleVersion, HasEnded, NoSuchTask):
        messages.info(request, _("Da war jemand schneller. So steht es jetzt."))
    else:
        messages.success(request, _("Das ist jetzt Ihre Aufgabe."))
    return redirect("frontdoor:request", file)


@at_desk
@require_POST
def hand_over(request: HttpRequest, at: Desk, file: UUID) -> HttpResponse:
    """Give the request to a colleague or another team."""
    opened = _opened(request, at, file)
    form = _hand_over_form(at, request.POST)
    if not form.is_valid():
        return _page(request, at, opened, hand_over_form=form)
    try:
        services.hand_over(
            file,
            to=form.owner,
            because=form.cleaned_data["because"],
            actor=at.actor,
            now=clock.real_now(),
        )
    except (StaleVersion, HasEnded, NotOfThisOrganization):
        messages.warning(request, _("Jemand hat das Anliegen inzwischen geändert. So steht es jetzt."))
        return redirect("frontdoor:request", file)
    except Unfit as error:
        form.add_error(None, str(refusal(error.name)))
        return _page(request, at, opened, hand_over_form=form)
    messages.success(request, _("Weitergegeben."))
    return redirect("frontdoor:desk")


@at_desk
@require_POST
def answer(request: HttpRequest, at: Desk, file: UUID) -> HttpResponse:
    """Answer, with services and a date."""
    opened = _opened(request, at, file)
    form = _answer_form(opened, request.POST, now=clock.real_now())
    if not form.is_valid():
        return _page(request, at, opened, answer_form=form)
    told = services.answer(file, new=form.to_answer(), actor=at.actor, now=clock.real_now())
    messages.success(request, str(TOLD[told]))
    return redirect("frontdoor:request", file)


@at_desk
@require_POST
def ask_back(request: HttpRequest, at: Desk, file: UUID) -> HttpResponse:
    """Ask the family something."""
    opened = _opened(request, at, file)
    form = QuestionForm(request.POST, auto_id="frage_%s")
    if not form.is_valid():
        return _page(request, at, opened, question_form=form)
    services.ask_back(
        file,
        words=form.cleaned_data["words"].strip(),
        key=form.cleaned_data["key"],
        actor=at.actor,
        now=clock.real_now(),
    )
    messages.success(
        request, _("Die Frage ist bei der Familie. Das Anliegen kommt in fünf Arbeitstagen wieder hoch.")
    )
    return redirect("frontdoor:request", file)


@at_desk
@require_POST
def refer(request: HttpRequest, at: Desk, file: UUID) -> HttpResponse:
    """Send a part on: without data at once, with data only where a consent covers it."""
    opened = _opened(request, at, file)
    form = _refer_form(opened, request.POST)
    if not form.is_valid():
        return _page(request, at, opened, refer_form=form)
    try:
        services.refer(file, new=form.to_referral(), actor=at.actor, now=clock.real_now())
    except NoConsent as error:
        lacking = ", ".join(str(CATEGORIES[Category(each)]) for each in sorted(error.categories))
        form.add_error(
            "with_data",
            _(
                "Dafür fehlt eine Einwilligung: %(lacking)s. Holen Sie sie ein, oder geben Sie nur die Nummer weiter."
            )
            % {"lacking": lacking},
        )
        return _page(request, at, opened, refer_form=form, needs_consent=True)
    messages.success(request, _("Weitervermittelt. Wir fragen nach, ob die Familie angekommen ist."))
    return redirect("frontdoor:request", file)


@at_desk
@require_POST
def close(request: HttpRequest, at: Desk, file: UUID) -> HttpResponse:
    """Close the request; without an answer it says what is missing."""
    opened = _opened(request, at, file)

    def end() -> None:
        services.close(file, actor=at.actor, now=clock.real_now())

    return _moved(request, at, opened, end, done=_("Abgeschlossen."))


@at_desk
@require_POST
def open_again(request: HttpRequest, at: Desk, file: UUID) -> HttpResponse:
    """Take a closed request up again."""
    opened = _opened(request, at, file)
    form = ReopenForm(request.POST, auto_id="neu_%s")
    if not form.is_valid():
        return _page(request, at, opened, reopen_form=form)

    def again() -> None:
        services.open_again(
            file,
            words=form.cleaned_data["words"].strip(),
            unit=at.receiver.unit,
            actor=at.actor,
            now=clock.real_now(),
        )

    return _moved(request, at, opened, again, done=_("Wieder offen."))


@at_desk
@require_POST
def letter(request: HttpRequest, at: Desk, file: UUID) -> HttpResponse:
    """The newest answer as a letter, for whoever wished for one."""
    _known(at, file)
    made = services.answer_letter(file, actor=at.actor, now=clock.real_now())
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="antwort.pdf"'
    response["Cache-Control"] = "no-store"
    return response


def _moved(
    request: HttpRequest, at: Desk, opened: Opened, deed: Callable[[], None], *, done: str
) -> HttpResponse:
    try:
        deed()
    except StageNotDone as error:
        way = cases.way(at.actor, opened.case.file, now=clock.real_now())
        lacking = [needed(each, pathway=way.pathway) for each in error.missing] if way else []
        return _page(request, at, opened, status=422, lacking=lacking)
    except (NoSuchWay, NotTheirs):
        messages.warning(request, _("Jemand hat das Anliegen inzwischen geändert. So steht es jetzt."))
    else:
        messages.success(request, done)
    return redirect("frontdoor:request", opened.case.file)


def _known(at: Desk, file: UUID) -> CaseView:
    """The request, where it is the actor's task; a stranger gets the same 404 as for what does not exist."""
    case = cases.case(at.actor, file)
    if case is None or case.organization != at.receiver.organization or case.pathway != at.receiver.pathway:
        raise Http404
    if Ground.OWN_TASK not in privacy.grounds(at.actor, file, now=clock.real_now()) and (
        Ground.COVER not in privacy.grounds(at.actor, file, now=clock.real_now())
    ):
        raise Http404
    return case


def _opened(request: HttpRequest, at: Desk, file: UUID) -> Opened:
    case, now = _known(at, file), clock.real_now()
    records = list(reversed(cases.records(at.actor, file)))
    begun = next((record for record in records if record.kind == Kind.CONCERN), None)
    if begun is None:
        raise Http404
    seen = {(record.about, record.category) for record in records}
    seen |= {(begun.about, Category.IDENTITY), (begun.about, Category.CONTACT)}
    traces.disclose(file, seen=seen, ground=Ground.OWN_TASK, actor=at.actor, now=now)
    messages_ = dialogue(records)
    words = " ".join(each.words for each in messages_ if each.side is Side.FAMILY)
    open_tasks = tasks.open_of_files(at.actor, [file], now=now)
    return Opened(
        case=case,
        words=words,
        person=families.person(at.actor, begun.about),
        about=begun.about,
        lines=[_line(message) for message in messages_],
        cards=proposed(words, ags=case.ags),
        task=next(
            (task for task in open_tasks if task.kind is TaskKind.ANSWER and task.record == file), None
        ),
    )


def _line(message: Message) -> Line:
    cards = cards_of(message.service_keys, language="de", now=clock.now()) if message.service_keys else []
    return Line(message, cards, appointment_words(message))


def _offered(request_kept: tuple[str, ...], opened: Opened) -> list[finder.Card]:
    """What the finder proposes, and what the counsellor has put on the list for this family."""
    keys = {card.key for card in opened.cards}
    more = [key for key in request_kept if key not in keys]
    return [*opened.cards, *cards_of(more, language="de", now=clock.now())]


def _answer_form(
    opened: Opened, data: Any = None, *, now: datetime, kept: tuple[str, ...] = ()
) -> AnswerForm:
    cards = _offered(kept, opened)
    offered = [(card.key, f"{card.name.text} ({card.organization})") for card in cards]
    if data is not None:
        # What was ticked stays a choice, even where the list has changed meanwhile.
        known = {key for key, _name in offered}
        ticked = [key for key in data.getlist("services") if key not in known]
        more = cards_of(ticked, language="de", now=clock.now())
        offered += [(card.key, f"{card.name.text} ({card.organization})") for card in more]
    return AnswerForm(data, offered=offered, now=now, auto_id="antwort_%s", initial={"services": list(kept)})


def _refer_form(opened: Opened, data: Any = None) -> ReferForm:
    given = [key for line in opened.lines for key in line.message.service_keys]
    keys = dict.fromkeys([*given, *(card.key for card in opened.cards)])
    return ReferForm(data, services=directory.services_by_key(keys, now=clock.now()), auto_id="weiter_%s")


def _hand_over_form(at: Desk, data: Any = None) -> HandOverForm:
    owners = tasks.owners(at.actor, now=clock.real_now())[1:]
    return HandOverForm(data, owners=owners, auto_id="uebergabe_%s")


def _page(request: HttpRequest, at: Desk, opened: Opened, *, status: int = 200, **bound: Any) -> HttpResponse:
    now, case = clock.real_now(), opened.case
    kept = finding.keys_in(request)
    referrals = cases.referrals_of(at.actor, case.file)
    names = directory.organization_names(each.to_organization for each in referrals)
    context = {
        "opened": opened,
        "case": case,
        "channel": CHANNELS[case.channel],
        "town": _town(case),
        "office": places.youth_office_for(case.ags) if case.ags else None,
        "spoken": language_name(case.language),
        "who": _who(at, case),
        "danger": ", ".join(str(DANGERS[kind]) for kind in crisis.detect(opened.words)),
        "reach": reach_of(opened.person),
        "wishes": [str(WISH_RULES[wish]) for wish in opened.person.wishes] if opened.person else [],
        "due": calendar.told(opened.task.due_at, now=now) if opened.task else "",
        "offered": _offered(kept, opened),
        "referrals": [
            ReferralLine(each, names.get(each.to_organization, ""), str(STATES[each.state]))
            for each in referrals
        ],
        "releases": _releases(at, case, now=now),
        "is_young": _is_own(at, case),
        "may_write_letter": opened.person is not None and services.may_be_written_to(opened.person),
        "is_answered": any(line.message.kind == Kind.ANSWER for line in opened.lines),
        "resources": bookings.resources_of(at.actor),
        "answer_form": _answer_form(opened, now=now, kept=kept),
        "question_form": QuestionForm(auto_id="frage_%s"),
        "refer_form": _refer_form(opened),
        "hand_over_form": _hand_over_form(at),
        "reopen_form": ReopenForm(auto_id="neu_%s"),
        **bound,
    }
    given = [form for name, form in bound.items() if name.endswith("_form") and form.errors]
    return render(request, "frontdoor/desk/request.html", context, status=422 if given else status)


def _town(case: CaseView) -> str:
    place = places.municipality(case.ags) if case.ags else None
    return place.name if place else ""


def _who(at: Desk, case: CaseView) -> str:
    for record in cases.records_in(at.actor, [case.file], kind=Kind.CONCERN):
        try:
            return str(WHO_COMES[Who(record.data.get("who", ""))])
        except ValueError:
            continue
    return ""


def _is_own(at: Desk, case: CaseView) -> bool:
    view = privacy.file(at.actor, case.file)
    return view is not None and view.own_of is not None


def _releases(at: Desk, case: CaseView, *, now: datetime) -> list[str]:
    found = privacy.releases(at.actor, case.file, now=now)
    names = directory.organization_names(each.organization for each in found)
    return sorted({names.get(each.organization, "") for each in found})

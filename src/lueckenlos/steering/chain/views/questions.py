"""Questions to providers: the few that would settle the most, looked at before they are sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from lueckenlos.commons.directory.types import OrganizationView
from lueckenlos.core import clock
from lueckenlos.core.actor import Role
from lueckenlos.core.components import FilterWord
from lueckenlos.core.guards import actor_of, requires
from lueckenlos.steering.chain.selectors.questions import (
    Asking,
    OpenQuestion,
    QuestionList,
    cells_of,
    question_list,
)
from lueckenlos.steering.chain.selectors.target_board import place_words
from lueckenlos.steering.chain.services.questions import SentQuestions, send_questions
from lueckenlos.steering.chain.types import CellKey, Labels
from lueckenlos.steering.chain.views.shell import show

SECTION = "chain:questions"
ASKINGS: dict[Asking, str | Promise] = {
    Asking.PLACES: gettext_lazy("Wie viele Plätze im Jahr?"),
    Asking.STILL_TRUE: gettext_lazy("Stimmt noch, was da steht?"),
    Asking.BOTH: gettext_lazy("Wie viele Plätze im Jahr, und stimmt der Eintrag noch?"),
}
STEPS = (5, 10, 20)
FEW = 10
"""So many are chosen where nobody says how many."""
SEEN = 20
"""So many are seen at once; the others are one tap away."""
WIDE, HIGH = 320, 90


@dataclass(frozen=True, slots=True)
class Line:
    """One question as the page shows it."""

    question: OpenQuestion
    asks: str | Promise
    cells: tuple[str, ...]
    chosen: bool

    @property
    def number(self) -> int:
        """How many cells hang on it."""
        return len(self.cells)


@dataclass(frozen=True, slots=True)
class Curve:
    """How the number of cells that could be decided grows with the answers: a line in a drawing."""

    points: str
    end_x: float
    end_y: float
    wide: int = WIDE
    high: int = HIGH


@requires(Role.COORDINATION)
@require_http_methods(["GET", "POST"])
def questions(request: HttpRequest) -> HttpResponse:
    """The questions in their order; a POST shows the letters first and sends them with a second button."""
    now, actor = clock.now(), actor_of(request)
    found = question_list(actor, now=now)
    if request.method != "POST":
        return _list(request, found, chosen=_first(request, found))
    chosen = {key for key in request.POST.getlist("frage") if any(each.service == key for each in found.all)}
    if not chosen:
        messages.warning(
            request, _("Bitte wählen Sie, wen Sie fragen möchten. Wer inzwischen gefragt wurde, fehlt hier.")
        )
        return _list(request, found, chosen=chosen, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if request.POST.get("deed") != "send":
        picked = [each for each in found.all if each.service in chosen]
        page = {"letters": _letters(picked, labels=found.labels), "chosen": picked}
        return show(request, "chain/question_letters.html", page, section=SECTION)
    cells = {key: cells_of(key, in_=found) for key in chosen}
    _tell(request, send_questions(cells, actor=actor, now=now))
    return redirect("chain:questions")


def _list(
    request: HttpRequest, found: QuestionList, *, chosen: set[str], status: int = HTTPStatus.OK
) -> HttpResponse:
    lines = [_line(each, labels=found.labels, chosen=chosen) for each in found.first]
    further = [_line(each, labels=found.labels, chosen=chosen) for each in found.further]
    mailed = [each for each in lines if each.question.email]
    seen = max(SEEN, sum(each.chosen for each in mailed))
    page = {
        "found": found,
        "lines": mailed[:seen],
        "rest": mailed[seen:],
        "further": [each for each in further if each.question.email],
        "to_call": [each for each in (*lines, *further) if not each.question.email],
        "steps": _steps(request, found),
        "curve": _curve(found),
    }
    return show(request, "chain/questions.html", page, section=SECTION, status=status)


def _line(question: OpenQuestion, *, labels: Labels, chosen: set[str]) -> Line:
    return Line(
        question,
        ASKINGS[question.asking],
        tuple(_words(question.may_settle or question.touches, labels=labels)),
        question.service in chosen,
    )


def _words(cells: Iterable[CellKey], *, labels: Labels) -> list[str]:
    return [f"{labels.areas.get(each.area, each.area)}: {place_words(each, labels=labels)}" for each in cells]


def _first(request: HttpRequest, found: QuestionList) -> set[str]:
    """The first so many questions that can go by mail."""
    asked = request.GET.get("erste", "")
    count = min(int(asked), len(found.all)) if asked.isdecimal() and len(asked) < 6 else FEW
    return {each.service for each in [one for one in found.all if one.email][:count]}


def _steps(request: HttpRequest, found: QuestionList) -> list[FilterWord]:
    asked = request.GET.get("erste", "")
    words = [
        FilterWord(
            _("die ersten %(number)s") % {"number": number},
            f"?erste={number}",
            (asked or str(FEW)) == str(number),
        )
        for number in STEPS
        if number < found.enough
    ]
    every = str(found.enough)
    words.append(FilterWord(_("alle %(number)s") % {"number": every}, f"?erste={every}", asked == every))
    return [*words, FilterWord(_("keine"), "?erste=0", asked == "0")]


def _curve(found: QuestionList) -> Curve | None:
    if len(found.first) < 2 or not found.decidable:
        return None
    step, most = WIDE / len(found.first), found.decidable
    heights = [(rank * step, HIGH - each.so_far / most * HIGH) for rank, each in enumerate(found.first, 1)]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in [(0.0, float(HIGH)), *heights])
    return Curve(points, *heights[-1])


def _letters(chosen: Iterable[OpenQuestion], *, labels: Labels) -> list[tuple[OrganizationView, list[Line]]]:
    """What goes to whom, the organizations that cannot be written to left out."""
    letters: dict[str, tuple[OrganizationView, list[Line]]] = {}
    for question in chosen:
        if question.email:
            organization = question.organization
            _, lines = letters.setdefault(str(organization.id), (organization, []))
            lines.append(_line(question, labels=labels, chosen=set()))
    return sorted(letters.values(), key=lambda each: each[0].name.casefold())


def _tell(request: HttpRequest, sent: SentQuestions) -> None:
    if sent.letters:
        text = ngettext(
            "Ein Brief ist verschickt, mit %(services)s Fragen. Die Antworten stehen sofort in der Kette.",
            "%(letters)s Briefe sind verschickt, mit %(services)s Fragen. Die Antworten stehen sofort in der Kette.",
            sent.letters,
        )
        messages.success(request, text % {"letters": sent.letters, "services": sent.services})
    elif not (sent.without_address or sent.refused):
        messages.info(
            request, _("Alle Gewählten wurden eben schon gefragt. Es ging kein zweiter Brief hinaus.")
        )
    if sent.without_address:
        names = ", ".join(sent.without_address)
        messages.warning(request, _("Ohne E-Mail-Adresse, bitte anrufen: %(names)s.") % {"names": names})
    if sent.refused:
        text = _("Der Mailserver hat nicht angenommen: %(names)s. Versuchen Sie es später noch einmal.")
        messages.error(request, text % {"names": ", ".join(sent.refused)})

"""Online courses in the words of their pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lueckenlos.offers.courses.types import CourseState, CourseView, EnrollmentView, WeekView

WEEKS_SHOWN: Final = 8
# The picture's own units: a module takes so many, and its circle stands in the middle.
STEP: Final = 24


@dataclass(frozen=True, slots=True)
class Card:
    """One course in the list."""

    view: CourseView
    badges: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """One course on its own page."""

    view: CourseView
    facts: tuple[tuple[str, str], ...]
    standing: str
    can_enroll: bool


@dataclass(frozen=True, slots=True)
class Module:
    """One module on the household's own page, and where its circle stands on the path."""

    number: int
    title: str
    is_done: bool
    is_next: bool
    at: int
    before: int
    """Where the circle before it stands; 0 for the first."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a household is: the path of the modules, and the same in words."""

    modules: tuple[Module, ...]
    words: str
    width: int


@dataclass(frozen=True, slots=True)
class StockLine:
    """One state of the codes on the desk."""

    label: str
    count: int
    about: str


@dataclass(frozen=True, slots=True)
class Supply:
    """The stock as a desk reads it: where codes stand, how fast they go, and how long they last."""

    lines: tuple[StockLine, ...]
    weeks: tuple[WeekView, ...]
    pace: str
    is_low: bool


def card(view: CourseView) -> Card:
    """A course in few words."""
    mood = ("warning", "clock") if view.stock.would_wait else ("success", "check")
    badges = ((standing(view), *mood), (_("kostenlos"), "success", "check"), (_ages(view), "plain", "person"))
    return Card(view, badges)


def shown(view: CourseView) -> Shown:
    """A course with everything that a family asks."""
    facts = (
        (_("Für wen"), _ages(view)),
        (_("Wo"), _("online, wann Sie möchten")),
        (_("Umfang"), _modules(view)),
        (
            _("Zugang"),
            ngettext("%(count)s Monat lang", "%(count)s Monate lang", view.months) % {"count": view.months},
        ),
        (_("Kosten"), _("kostenlos")),
        (_("Veranstalter"), view.organization_name),
        (_("Gemeinsam mit"), ", ".join(each.name for each in view.centres)),
    )
    return Shown(
        view,
        tuple((label, value) for label, value in facts if value),
        standing(view),
        can_enroll=view.state is CourseState.PUBLISHED,
    )


def standing(view: CourseView) -> str:
    """Whether one gets an access at once, in a few words; never how many there are."""
    if view.state is not CourseState.PUBLISHED:
        return _("keine Anmeldung mehr")
    return _("Warteliste") if view.stock.would_wait else _("Zugang sofort")


def progress(view: CourseView, mine: EnrollmentView) -> Progress:
    """The path of a household through the modules."""
    following = next((number for number in range(1, len(view.modules) + 1) if number not in mine.done), 0)
    modules = tuple(
        Module(
            number,
            title,
            is_done=number in mine.done,
            is_next=number == following,
            at=STEP * number - STEP // 2,
            before=STEP * (number - 1) - STEP // 2 if number > 1 else 0,
        )
        for number, title in enumerate(view.modules, start=1)
    )
    done = sum(each.is_done for each in modules)
    words = _("%(done)s von %(total)s geschafft") % {"done": done, "total": len(modules)}
    return Progress(modules, words, STEP * len(modules))


def supply(view: CourseView, weeks: Sequence[WeekView]) -> Supply:
    """Where the codes stand and how long they last at the pace of the last weeks."""
    stock = view.stock
    lines = (
        StockLine(_("im Vorrat"), stock.in_stock, _("frei zum Vergeben")),
        StockLine(_("reserviert"), stock.reserved, _("für eine Familie zurückgelegt, noch nicht angesehen")),
        StockLine(_("ausgegeben"), stock.issued, _("von der Familie angesehen")),
        StockLine(_("aktiviert"), stock.activated, _("die Familie lernt")),
        StockLine(_("abgelaufen"), stock.expired, _("nicht mehr nutzbar")),
        StockLine(_("zurückgegeben"), stock.returned, _("angesehen und dann nicht gebraucht")),
        StockLine(_("wartende Familien"), stock.waiting, _("bekommen von selbst den nächsten Code")),
    )
    return Supply(
        lines, tuple(weeks[-WEEKS_SHOWN:]), _pace(view, weeks[-WEEKS_SHOWN:]), is_low=view.is_low(weeks)
    )


def _pace(view: CourseView, weeks: Sequence[WeekView]) -> str:
    used = sum(each.reserved for each in weeks)
    if not used:
        return _("In den letzten Wochen wurde kein Code vergeben.")
    last = view.stock.in_stock * len(weeks) // used
    given = ngettext("ein Code", "%(used)s Codes", used) % {"used": used}
    since = ngettext("in dieser Woche", "in den letzten %(weeks)s Wochen", len(weeks)) % {"weeks": len(weeks)}
    enough = ngettext("noch etwa eine Woche", "noch etwa %(weeks)s Wochen", last) % {"weeks": last}
    told = {"given": given, "since": since, "enough": enough if last else _("nicht einmal eine Woche")}
    return _("Vergeben %(since)s: %(given)s. So reicht der Vorrat %(enough)s.") % told


def _ages(view: CourseView) -> str:
    return _("Eltern mit Kindern bis %(age)s Jahre") % {"age": view.age_max}


def _modules(view: CourseView) -> str:
    count = len(view.modules)
    return ngettext("%(count)s Modul", "%(count)s Module", count) % {"count": count}

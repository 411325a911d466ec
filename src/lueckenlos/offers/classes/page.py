"""Family classes in the words of their pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lueckenlos.core import clock
from lueckenlos.core.times import time_words
from lueckenlos.offers.classes.progress import Picture, pictures
from lueckenlos.offers.classes.types import (
    ClassView,
    Face,
    GoalView,
    InvitationState,
    InvitationView,
    MemberView,
    MorningView,
    Presence,
    Rater,
    Report,
)
from lueckenlos.offers.classes.wording import FACES, RATERS, STATES, weekly_words

# So many mornings stand open, the rest a tap away.
SOON: Final = 4


@dataclass(frozen=True, slots=True)
class Shown:
    """A class with what everybody wants to know first."""

    view: ClassView
    weekly: str
    places: str
    next: str


@dataclass(frozen=True, slots=True)
class DateLine:
    """One morning as it stands on a page."""

    morning: MorningView
    words: str
    is_over: bool
    visitors: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """An invitation in a list."""

    view: InvitationView
    state: str
    mood: str
    icon: str
    visit: str


@dataclass(frozen=True, slots=True)
class FaceChoice:
    """One of the five faces; `mouth` is all that differs in their drawings."""

    value: int
    words: str
    mouth: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class FacesOf:
    """A goal with its five faces."""

    goal: GoalView
    choices: tuple[FaceChoice, ...]


@dataclass(frozen=True, slots=True)
class FamilyLine:
    """A family on the page of a morning."""

    view: MemberView
    presence: Presence
    goals: tuple[FacesOf, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A goal's picture with the words that stand at it and behind it."""

    picture: Picture
    since: str
    achieved: str
    legend: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


MOUTHS = {
    Face.NOT_AT_ALL: "M7.5 17q4.5-6 9 0",
    Face.BADLY: "M7.5 16.500q4.5-3 9 0",
    Face.SO_SO: "M7.5 15.500h9",
    Face.WELL: "M7.5 14.500q4.5 3 9 0",
    Face.VERY_WELL: "M7.5 14q4.5 6 9 0",
}
MOODS = {
    InvitationState.INVITED: ("info", "letter"),
    InvitationState.VISITING: ("info", "calendar-today"),
    InvitationState.VISITED: ("info", "visibility"),
    InvitationState.WAITING: ("warning", "clock"),
    InvitationState.YES: ("success", "check"),
}


def shown(view: ClassView, *, now: datetime) -> Shown:
    """A class in few words."""
    ahead = mornings_ahead(view, now=now)
    soonest = time_words(ahead[0].starts_at, ahead[0].ends_at) if ahead else ""
    return Shown(view, weekly_words(view.weekday, view.begins, view.ends), _places(view), soonest)


def mornings_ahead(view: ClassView, *, now: datetime) -> list[MorningView]:
    """What still takes place, soonest first."""
    return [each for each in view.mornings if each.ends_at > now and not each.is_cancelled]


def latest_begun(view: ClassView, *, now: datetime) -> MorningView | None:
    """The morning that runs, or the last one that was."""
    begun = [each for each in view.mornings if each.starts_at <= now and not each.is_cancelled]
    return begun[-1] if begun else None


def date_lines(
    view: ClassView, *, now: datetime, invitations: Iterable[InvitationView] = ()
) -> list[DateLine]:
    """All mornings, with the marks of those who come to look."""
    marks: dict[UUID, list[str]] = {}
    for each in invitations:
        if each.visit is not None and each.state is InvitationState.VISITING:
            marks.setdefault(each.visit.id, []).append(each.mark)
    return [
        DateLine(
            each,
            time_words(each.starts_at, each.ends_at),
            each.ends_at <= now,
            ", ".join(marks.get(each.id, ())),
        )
        for each in view.mornings
    ]


def row(view: InvitationView) -> Row:
    """An invitation for those who lead the class."""
    mood, icon = MOODS.get(view.state, ("plain", "close"))
    visit = time_words(view.visit.starts_at, view.visit.ends_at) if view.visit else ""
    return Row(view, str(STATES[view.state]), mood, icon, visit)


def faces(chosen: Face | None = None) -> tuple[FaceChoice, ...]:
    """The five faces, from the saddest to the gladdest."""
    return tuple(
        FaceChoice(face.value, str(words), MOUTHS[face], face is chosen) for face, words in FACES.items()
    )


def faces_of(goals: Iterable[GoalView], *, rater: Rater, morning: UUID) -> tuple[FacesOf, ...]:
    """Goals with their faces, as this rater left them at this morning."""
    return tuple(FacesOf(goal, faces(goal.face(rater, morning))) for goal in goals)


def family_lines(
    members: Iterable[MemberView], *, present: dict[UUID, Presence], morning: UUID
) -> list[FamilyLine]:
    """The families of a morning."""
    return [
        FamilyLine(
            each,
            present.get(each.id, Presence(each.id, False, False)),
            faces_of(each.open_goals, rater=Rater.TEACHER, morning=morning),
        )
        for each in members
    ]


def drawn(goals: Sequence[GoalView], raters: Mapping[Rater, Promise]) -> list[Drawn]:
    """The pictures of a child's goals, with the faces of those who stand on this page and what they are called."""
    return [
        Drawn(
            each,
            date_format(each.goal.since, "j. F Y"),
            date_format(each.goal.achieved_on, "j. F Y") if each.goal.achieved_on else "",
            tuple((line.rater.value, str(raters[line.rater])) for line in each.lines),
            tuple(
                (date_format(day, "j. F Y"), tuple(str(FACES[face]) if face else "–" for face in said))
                for day, said in each.rows
            ),
        )
        for each in pictures(goals, tuple(raters))
    ]


def report_rows(report: Report) -> list[tuple[str, str]]:
    """The group's report, line by line; what may not be said of so small a group is left out."""
    rows = [
        (_("Eingeladene Familien"), str(report.invited)),
        (_("Familien, die mitgemacht haben"), str(report.families)),
        (_("Vormittage"), str(report.mornings)),
        (_("Kleine Ziele"), str(report.goals)),
        (_("Erreichte Ziele"), str(report.reached)),
    ]
    if report.came is not None:
        rows.append((_("Kinder da (Anteil)"), _percent(report.came)))
    if report.together is not None:
        rows.append((_("Kind und Eltern zusammen da (Anteil)"), _percent(report.together)))
    rows += [
        (
            _("Veränderung, gesehen von: %(who)s") % {"who": RATERS[each.rater]},
            _("%(mean)s Stufen bei %(count)s Zielen")
            % {"mean": f"{each.mean:+.1f}".replace(".", ","), "count": each.goals},
        )
        for each in report.changes
    ]
    return rows


def today_words(now: datetime) -> str:
    """Today, for a name of a file."""
    return clock.day_of(now).isoformat()


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %"


def _places(view: ClassView) -> str:
    if not view.is_open:
        return _("nimmt gerade keine neuen Familien auf")
    if not view.free:
        return _("alle Plätze sind vergeben")
    return ngettext("ein Platz frei", "%(count)s Plätze frei", view.free) % {"count": view.free}

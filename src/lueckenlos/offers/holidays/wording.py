"""The German words of rounds and wish lists, and how dates and decisions are said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lueckenlos.core import clock
from lueckenlos.core.times import day_words
from lueckenlos.kernels.allocation import Code
from lueckenlos.offers.holidays.fitting import Unfit, times_of
from lueckenlos.offers.holidays.types import DecisionView, Stage
from lueckenlos.offers.programmes.types import ProgrammeView

STAGES: Final[dict[Stage, Promise]] = {
    Stage.DRAFT: gettext_lazy("Entwurf"),
    Stage.AHEAD: gettext_lazy("Wünsche noch nicht offen"),
    Stage.WISHING: gettext_lazy("Wünsche offen"),
    Stage.WAITING: gettext_lazy("Wünsche vorbei, jetzt wird gelost"),
    Stage.ALLOCATED: gettext_lazy("ausgelost, noch nicht verschickt"),
    Stage.PUBLISHED: gettext_lazy("verteilt"),
    Stage.ABORTED: gettext_lazy("abgebrochen"),
}


def dates_words(view: ProgrammeView) -> str:
    """All dates of a programme in one line: “Mo, 22. März 2027 bis Mi, 24. März 2027, 3 Tage, je 09:00 bis 15:00 Uhr”."""
    spans = [tuple(each.astimezone(clock.zone()) for each in span) for span in times_of(view)]
    if not spans:
        return _("noch ohne Termin")
    first, last = spans[0], spans[-1]
    told = {
        "day": day_words(first[0]),
        "last": day_words(last[1]),
        "from": first[0].strftime("%H:%M"),
        "to": last[1].strftime("%H:%M"),
        "count": len(spans),
    }
    if clock.day_of(first[0]) == clock.day_of(last[1]):
        return _("%(day)s, %(from)s bis %(to)s Uhr") % told
    if len({(begins.time(), ends.time()) for begins, ends in spans}) > 1 or len(spans) == 1:
        return _("%(day)s, %(from)s Uhr bis %(last)s, %(to)s Uhr") % told
    return _("%(day)s bis %(last)s, %(count)s Tage, je %(from)s bis %(to)s Uhr") % told


def unfit_words(unfit: Unfit) -> str:
    """Why an offer is none for these children."""
    words = {
        Unfit.YOUNG: _("für ältere Kinder"),
        Unfit.OLD: _("für jüngere Kinder"),
        Unfit.MANY: _("nicht genug Plätze für alle zusammen"),
        Unfit.CANCELLED: _("findet nicht statt"),
    }
    return words[unfit]


def decision_words(view: DecisionView) -> str:
    """What became of a wish and why, with the figures that decided."""
    if view.is_lost:
        return _(
            "Das Los gab Ihnen einen Platz. Inzwischen gibt es ihn nicht mehr. Bitte fragen Sie bei uns nach."
        )
    if view.code is Code.PLACE:
        return ngettext(
            "Ihr Kind hat einen Platz.", "Ihre %(count)s Kinder haben einen Platz.", view.size
        ) % {"count": view.size}
    if view.code in {Code.LOT, Code.KEPT, Code.GROUP}:
        return " ".join((_lot(view), *_more(view)))
    words = {
        Code.FULL_BEFORE: _("Alle Plätze waren schon in den Runden davor vergeben."),
        Code.UNSETTLED: _(
            "Ihr Los hätte gereicht. Aber die Wünsche der Gruppen ließen sich nicht alle zugleich erfüllen. Bitte fragen Sie bei uns nach."
        ),
        Code.CLASH: _("Das ist zur selben Zeit wie ein Angebot, in dem Sie schon einen Platz haben."),
        Code.LIMIT: _("Sie haben schon so viele Plätze, wie jedes Kind hier bekommen kann."),
    }
    return words[view.code]


def outcome_words(view: DecisionView | None, *, takes_place: bool) -> str:
    """What became of a wish, whether or not its offer takes place; none was decided where it was called off before."""
    if takes_place:
        return decision_words(view) if view else ""
    if view is not None and view.code is Code.PLACE:
        return _("Das Los gab Ihnen einen Platz. Aber der Veranstalter hat abgesagt. Es findet nicht statt.")
    return _("Der Veranstalter hat abgesagt. Dieser Wunsch zählte beim Los nicht mit.")


def _lot(view: DecisionView) -> str:
    told = {"seats": view.seats, "lot": view.lot, "lots": view.lots}
    return (
        ngettext(
            "Es gab %(seats)s Platz. Ihr Los war Nummer %(lot)s von %(lots)s.",
            "Es gab %(seats)s Plätze. Ihr Los war Nummer %(lot)s von %(lots)s.",
            view.seats,
        )
        % told
    )


def _more(view: DecisionView) -> Sequence[str]:
    if view.code is Code.GROUP:
        told = {"left": view.left, "size": view.size}
        return (_("Als Sie an der Reihe waren, waren noch %(left)s frei. Sie brauchten %(size)s.") % told,)
    if view.code is Code.KEPT:
        return (
            _("Davon waren %(kept)s zuerst für Kinder, die Unterstützung brauchen.") % {"kept": view.kept},
        )
    return ()


def subject(template: str, title: str) -> str:
    """The subject of a mail."""
    words = {
        "received": _("Ihr Wunschzettel: %(title)s"),
        "decided": _("Die Plätze sind verteilt: %(title)s"),
        "extended": _("Sie haben länger Zeit: %(title)s"),
        "aborted": _("Es wird nicht gelost: %(title)s"),
        "called_off": _("Ein Wunsch von Ihnen fällt aus: %(title)s"),
    }
    return words[template] % {"title": title}

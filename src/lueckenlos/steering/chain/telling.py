"""Says in one German sentence what is the case in a cell or a seam; the evidence follows it on the page."""

import math

from django.utils.formats import get_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lueckenlos.kernels.chain.types import Cell, Phase, Seam, Verdict
from lueckenlos.steering.chain.types import Labels

GROWN = 18
TINY = 1e-9


def number(value: float, *, places: int = 0) -> str:
    """A number as Germans write it: 1.234,5. Nothing has no sign: −0,04 reads 0,0."""
    written = f"{round(value, places) + 0.0:,.{places}f}"
    signs = {",": str(get_format("THOUSAND_SEPARATOR")), ".": str(get_format("DECIMAL_SEPARATOR"))}
    return "".join(signs.get(sign, sign) for sign in written)


def number_shortly(value: float, *, places: int = 3) -> str:
    """The same with decimals only where there are some: 1.930 and 2,5."""
    written = number(value, places=places)
    return written.rstrip("0").rstrip(str(get_format("DECIMAL_SEPARATOR"))) if places else written


def digits(*values: float | None) -> int:
    """How many decimals keep numbers apart that differ: 39,96 and 40 must not both read 40,0."""
    apart = {value for value in values if value is not None}
    for places in (1, 2, 3):
        if len({round(value, places) for value in apart}) == len(apart):
            return places
    return 3 if any(abs(one - other) > TINY for one in apart for other in apart) else 1


def at_least(places: float) -> int:
    """Whole places that are missing for sure."""
    return math.floor(places + TINY)


def at_most(places: float) -> int:
    """Whole places that may be missing."""
    return math.ceil(places - TINY)


def ages(phase: Phase) -> str:
    """The ages of a phase: "von 10 bis 16 Jahren"."""
    if phase.age_from < 0:
        return _("rund um die Geburt")
    if phase.age_from < 1:
        return _("unter %(to)s Jahren") % {"to": number(phase.age_to)}
    return _("von %(begin)s bis %(to)s Jahren") % {
        "begin": number(phase.age_from),
        "to": number(phase.age_to),
    }


def people(children: float, *, phase: Phase) -> str:
    """For how many of which age, as it stands after "für": "610 Kinder von 10 bis 16 Jahren"."""
    count = round(children)
    words = (
        ngettext("%(count)s jungen Menschen %(ages)s", "%(count)s junge Menschen %(ages)s", count)
        if phase.age_to > GROWN
        else ngettext("%(count)s Kind %(ages)s", "%(count)s Kinder %(ages)s", count)
    )
    return words % {"count": number(count), "ages": ages(phase)}


def interval(lo: float, hi: float) -> str:
    """Places a year per 100 children: "4,2" where both ends read the same, else "4,2 bis 11,0"."""
    begin, end = number(lo, places=1), number(hi, places=1)
    return begin if begin == end else _("%(lo)s bis %(hi)s") % {"lo": begin, "hi": end}


def cell_sentence(cell: Cell, *, labels: Labels, phase: Phase) -> str:
    """What is the case in a cell."""
    words = {
        "area": labels.areas.get(cell.area, cell.area),
        "field": labels.fields.get(cell.field, cell.field),
        "people": people(cell.children, phase=phase),
        "ages": ages(phase),
        "reach": interval(cell.reach_lo, cell.reach_hi),
    }
    if cell.verdict is Verdict.GAP:
        return _gap(cell, words)
    if cell.verdict is Verdict.CHECK:
        return _check(cell, words)
    if cell.verdict is Verdict.CLOSED:
        return (
            _("In %(area)s reichen die Plätze in %(field)s für %(people)s, auch vorsichtig gerechnet.")
            % words
        )
    if cell.verdict is Verdict.NO_CHILDREN:
        return _("In %(area)s gibt es keine Kinder %(ages)s; hier kann in %(field)s nichts fehlen.") % words
    return _no_target(cell, words)


def _gap(cell: Cell, words: dict[str, str]) -> str:
    least = at_least(cell.missing_lo)
    if least == 0:
        return (
            _("In %(area)s fehlt für %(people)s in %(field)s weniger als ein ganzer Platz am Ziel.") % words
        )
    text = ngettext(
        "In %(area)s fehlt für %(people)s mindestens %(places)s Platz in %(field)s.",
        "In %(area)s fehlen für %(people)s mindestens %(places)s Plätze in %(field)s.",
        least,
    )
    return text % {**words, "places": number(least)}


def _check(cell: Cell, words: dict[str, str]) -> str:
    most = at_most(cell.missing_hi)
    if most <= 0:
        return (
            _("In %(area)s ist offen, ob die Plätze in %(field)s reichen: Wie viele Kinder es sind, ist geschätzt.")
            % words
        )  # fmt: skip
    text = ngettext(
        "In %(area)s ist offen, ob die Plätze in %(field)s für %(people)s reichen: Es fehlt höchstens %(places)s, vielleicht keiner.",
        "In %(area)s ist offen, ob die Plätze in %(field)s für %(people)s reichen: Es fehlen höchstens %(places)s, vielleicht keiner.",
        most,
    )
    return text % {**words, "places": number(most)}


def _no_target(cell: Cell, words: dict[str, str]) -> str:
    if not cell.services:
        return (
            _("In %(area)s hat für %(people)s niemand ein Ziel in %(field)s gesetzt, und kein Angebot erreicht sie.")
            % words
        )  # fmt: skip
    return (
        _(
            "In %(area)s hat für %(people)s niemand ein Ziel in %(field)s gesetzt; "
            "in Reichweite sind %(reach)s Plätze im Jahr je 100 Kinder."
        )
        % words
    )


def how_sure(cell: Cell) -> str:
    """The second sentence of a gap: how much it may be at most."""
    least, most = at_least(cell.missing_lo), at_most(cell.missing_hi)
    if cell.verdict is not Verdict.GAP:
        return ""
    if most <= max(least, 1):
        return _("Mehr sind es nicht: Alle Angaben, an denen das hängt, sind bekannt und geprüft.")
    return _("Vorsichtig gerechnet sind es bis zu %(places)s; der Unterschied hängt an offenen Angaben.") % {
        "places": number(most)
    }


def seam_sentence(seam: Seam, *, labels: Labels) -> str:
    """What is the case at a seam."""
    words = {
        "area": labels.areas.get(seam.area, seam.area),
        "phase": labels.phases.get(seam.phase, seam.phase),
        "to": labels.phases.get(seam.to, seam.to),
        "children": number(seam.children),
        "reach": interval(seam.reach_lo, seam.reach_hi),
    }
    return str(_SEAMS[seam.verdict]()) % words


_SEAMS = {
    Verdict.GAP: lambda: _(
        "In %(area)s reißt die Kette von „%(phase)s“ zu „%(to)s“: "
        "Was den Übergang begleitet, reicht für %(children)s Kinder auch günstig gerechnet nicht."
    ),
    Verdict.CHECK: lambda: _(
        "In %(area)s ist offen, ob die Kette von „%(phase)s“ zu „%(to)s“ hält: "
        "Bei den Angeboten, die den Übergang begleiten, fehlen Angaben."
    ),
    Verdict.CLOSED: lambda: _(
        "In %(area)s hält die Kette von „%(phase)s“ zu „%(to)s“: Der Übergang ist für %(children)s Kinder begleitet."
    ),
    Verdict.NO_TARGET: lambda: _(
        "In %(area)s hat niemand ein Ziel für den Übergang von „%(phase)s“ zu „%(to)s“ gesetzt; "
        "begleitet werden können %(reach)s von 100 Kindern im Jahr."
    ),
    Verdict.NO_CHILDREN: lambda: _("In %(area)s wohnt niemand, der von „%(phase)s“ zu „%(to)s“ wechselt."),
}

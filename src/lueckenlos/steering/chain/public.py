"""What everybody may read of the chain: what Koordination released, in the reader's language."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.places import selectors as places
from lueckenlos.kernels.chain.types import Cell, Chain, Phase, Seam, Verdict
from lueckenlos.steering.chain.selectors.drawing import county_of, drawn
from lueckenlos.steering.chain.selectors.standing import cell_key
from lueckenlos.steering.chain.selectors.talk import figure_standings, pieces_with, public_notes
from lueckenlos.steering.chain.telling import GROWN, at_least, number
from lueckenlos.steering.chain.types import Standing


@dataclass(frozen=True, slots=True)
class PublicLine:
    """One released cell or seam."""

    title: str
    verdict: str
    sentence: str
    children: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublicPlace:
    """A municipality with what was released about it."""

    name: str
    lines: tuple[PublicLine, ...]


@dataclass(frozen=True, slots=True)
class PublicPage:
    """Everything released."""

    day: date
    figures: tuple[str, ...]
    places: tuple[PublicPlace, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    phases: dict[str, str]
    fields: dict[str, str]
    ages: dict[str, Phase]
    notes: dict[str, list[str]]
    minimum: int


def public_page(*, language: str) -> PublicPage:
    """What was released, by municipality."""
    picture = drawn()
    catalog = directory.catalog().in_language(language)
    words = _Words(
        phases={each.key: each.label for each in catalog.phases},
        fields={each.key: each.label for each in catalog.fields},
        ages={each.key: each for each in county_of()[0].phases},
        notes=public_notes(),
        minimum=places.county().minimum_cell,
    )
    by_area: dict[str, list[PublicLine]] = {}
    for piece in pieces_with(Standing.PUBLIC, chain=picture.chain):
        by_area.setdefault(piece.area, []).append(_line(piece, words=words))
    return PublicPage(
        day=picture.chain.as_of,
        figures=tuple(_figures(picture.chain)),
        places=tuple(
            PublicPlace(picture.labels.areas.get(area, area), tuple(lines)) for area, lines in by_area.items()
        ),
    )


def _figures(chain: Chain) -> list[str]:
    gaps = [cell for cell in chain.cells if cell.verdict is Verdict.GAP]
    said = {
        "figure:continuity": _("Anteil der Kinder, die ohne Lücke aufwachsen: %(share)s Prozent")
        % {"share": number(100 * chain.continuity)},
        "figure:gaps": _("Lücken im ganzen Kreis: %(count)s") % {"count": number(len(gaps))},
        "figure:missing": _("Fehlende Plätze im ganzen Kreis: mindestens %(count)s")
        % {"count": number(at_least(sum(cell.missing_lo for cell in gaps)))},
    }
    return [said[key] for key, state in figure_standings().items() if state is Standing.PUBLIC]


def _line(piece: Cell | Seam, *, words: _Words) -> PublicLine:
    phase = words.phases.get(piece.phase, piece.phase)
    if isinstance(piece, Seam):
        title = _("%(phase)s, danach %(to)s") % {"phase": phase, "to": words.phases.get(piece.to, piece.to)}
        sentence = _seam(piece)
    else:
        title = f"{words.fields.get(piece.field, piece.field)}, {phase}"
        sentence = _cell(piece)
    return PublicLine(
        title=title,
        verdict=piece.verdict.value,
        sentence=sentence,
        children=_children(piece, words=words),
        notes=tuple(words.notes.get(cell_key(piece).subject, ())),
    )


def _children(piece: Cell | Seam, *, words: _Words) -> str:
    count = number(piece.children) if piece.children >= words.minimum else _("sehr wenige")
    if words.ages[piece.phase].age_to > GROWN:
        return _("Junge Menschen in diesem Alter: %(count)s") % {"count": count}
    return _("Kinder in diesem Alter: %(count)s") % {"count": count}


def _cell(cell: Cell) -> str:
    if cell.verdict is Verdict.GAP:
        least = at_least(cell.missing_lo)
        text = ngettext(
            "Es fehlt mindestens %(count)s Platz im Jahr.",
            "Es fehlen mindestens %(count)s Plätze im Jahr.",
            max(least, 1),
        )
        return text % {"count": number(least)} if least else _("Es fehlt weniger als ein Platz im Jahr.")
    return {
        Verdict.CHECK: _("Noch ist nicht sicher, ob die Plätze reichen."),
        Verdict.CLOSED: _("Die Plätze reichen."),
        Verdict.NO_TARGET: _("Hier gibt es noch kein Ziel."),
        Verdict.NO_CHILDREN: _("Hier lebt niemand in diesem Alter."),
    }[cell.verdict]


def _seam(seam: Seam) -> str:
    return {
        Verdict.GAP: _("Für diesen Schritt gibt es zu wenig Begleitung."),
        Verdict.CHECK: _("Noch ist nicht sicher, ob die Begleitung reicht."),
        Verdict.CLOSED: _("Für diesen Schritt gibt es genug Begleitung."),
        Verdict.NO_TARGET: _("Hier gibt es noch kein Ziel."),
        Verdict.NO_CHILDREN: _("Hier lebt niemand in diesem Alter."),
    }[seam.verdict]

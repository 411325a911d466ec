"""What the shapes of the picture mean, each with a sample drawn by the same hand."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lueckenlos.kernels.chain.types import Verdict
from lueckenlos.steering.chain.picture.path import level, zigzag
from lueckenlos.steering.chain.picture.shapes import LOOKS, Bar, Look, Mark, Place, Stroke
from lueckenlos.steering.chain.picture.strips import pieces
from lueckenlos.steering.chain.wording import VERDICT_MEANS, VERDICTS

WIDTH: Final = 64.0
HEIGHT: Final = 24.0
MIDDLE: Final = HEIGHT / 2


@dataclass(frozen=True, slots=True)
class Entry:
    """One sample with its word and what it means."""

    sample: Place
    word: str | Promise
    means: str | Promise


def shape_of(look: Look) -> Place:
    """The sign of a verdict alone, for lists and legends."""
    strokes, marks = LINES[look]
    return Place(0, 0, WIDTH, HEIGHT, look, "", strokes=strokes, marks=marks)


def entries(*, many: int) -> tuple[Entry, ...]:
    """The legend; where several municipalities are shown together their strip is explained as well."""
    found = [
        *(Entry(shape_of(LOOKS[verdict]), VERDICTS[verdict], VERDICT_MEANS[verdict]) for verdict in Verdict),
        Entry(BAR, _("Balken"), _("Plätze im Jahr je 100 junge Menschen: gefüllt sicher, schraffiert ungewiss; der Strich ist das Ziel.")),
        Entry(MISSING, "−36", _("So viele Plätze fehlen im Jahr sicher; mit „bis“: höchstens.")),
        Entry(KNOT, _("Raute"), _("Dieses Feld ist in dieser Lebensphase unverzichtbar.")),
        Entry(TEAR, _("Riss"), _("Zwischen zwei Lebensphasen trägt zu wenig hinüber.")),
    ]  # fmt: skip
    if many > 1:
        found.append(Entry(STRIP, _("Streifen"), _("Ein Stück je Kommune: leer Lücke, schraffiert Prüfen, voll geschlossen. Ø ist der Durchschnitt, nach Köpfen gewichtet.")))  # fmt: skip
    return tuple(found)


def _line(look: Look, *ends: tuple[float, float]) -> tuple[Stroke, ...]:
    return tuple(Stroke(level(begin, end, MIDDLE), look) for begin, end in ends)


WHOLE: Final = (4.0, WIDTH - 4.0)
LINES: Final[dict[Look, tuple[tuple[Stroke, ...], tuple[Mark, ...]]]] = {
    Look.GAP: (
        _line(Look.GAP, (4.0, 18.0), (WIDTH - 18.0, WIDTH - 4.0)),
        (Mark(18.0, MIDDLE, "end"), Mark(WIDTH - 18.0, MIDDLE, "end")),
    ),
    Look.CHECK: (_line(Look.CHECK, WHOLE), ()),
    Look.CLOSED: (_line(Look.CLOSED, WHOLE), ()),
    Look.NO_TARGET: (_line(Look.NO_TARGET, WHOLE), (Mark(WIDTH / 2, MIDDLE, "open"),)),
    Look.NO_CHILDREN: ((), ()),
    Look.HIDDEN: (_line(Look.HIDDEN, WHOLE), ()),
}
BAR: Final = Place(
    0, 0, WIDTH, HEIGHT, Look.CHECK, "",
    bar=Bar(2, MIDDLE - 4, WIDTH - 4, 8, sure=20, open_from=22, open_width=14, tick=46, is_beyond=False),
)  # fmt: skip
KNOT: Final = Place(
    0, 0, WIDTH, HEIGHT, Look.CLOSED, "",
    strokes=_line(Look.CLOSED, WHOLE), marks=(Mark(WIDTH / 2, MIDDLE, "knot"),),
)  # fmt: skip
MISSING: Final = Place(0, 0, WIDTH, HEIGHT, Look.HIDDEN, "")
TEAR: Final = Place(
    0, 0, WIDTH, HEIGHT, Look.GAP, "", strokes=(Stroke(zigzag(WIDTH / 2, 0, HEIGHT), Look.TEAR),)
)
STRIP: Final = Place(
    0, 0, WIDTH, HEIGHT, Look.NO_TARGET, "",
    strip=(
        Stroke(pieces(2, x=3, y=MIDDLE - 3.5, step=10), Look.GAP),
        Stroke(pieces(1, x=23, y=MIDDLE - 3.5, step=10), Look.CHECK),
        Stroke(pieces(2, x=33, y=MIDDLE - 3.5, step=10), Look.CLOSED),
        Stroke(pieces(1, x=53, y=MIDDLE - 3.5, step=10), Look.NO_TARGET),
    ),
)  # fmt: skip

"""The frame that makes a picture a poster: title, what is the case, legend, the largest gaps, and on what it rests."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from lueckenlos.commons.places import selectors as places
from lueckenlos.core.appearance import LIGHT as GROUNDS
from lueckenlos.kernels.chain.types import Cell
from lueckenlos.kernels.color import accent
from lueckenlos.steering.chain.picture import legend, telling
from lueckenlos.steering.chain.picture.shapes import Picture, Place, Size, Words
from lueckenlos.steering.chain.picture.text import wrapped
from lueckenlos.steering.chain.selectors.drawing import county_of
from lueckenlos.steering.chain.selectors.summary import Spot, Summary, cells_of
from lueckenlos.steering.chain.types import Drawn, Labels
from lueckenlos.steering.chain.wording import BASES

RATIO: Final = 2**0.5
LIGHT: Final = {
    "paper": "#fffefb", "band": "#f8f3ea", "sunk": "#eae2d4", "ink": "#1e2a2d", "muted": "#556062",
    "line": "#d8cebd", "border": "#857d70", "signal": "#a94d12", "signal_soft": "#fdf1e6",
    "check": "#7d5600", "check_soft": "#fbf0d2",
}  # fmt: skip
"""As in core/house.css."""
MARGIN: Final = 40.0
TITLE: Final = 46.0
LEAD: Final = 27.0
FOOT: Final = 330.0
LARGEST: Final = 8
ROW: Final = 27.0


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands around a picture that leaves the house."""

    title: str
    lead: tuple[str, ...]
    foot: str
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """The document around a picture: its own size, where the picture lies in it, and what else is written."""

    width: float
    height: float
    x: float
    y: float
    words: tuple[Words, ...]
    samples: tuple[tuple[float, float, Place], ...]


def caption_of(drawn: Drawn, *, summary: Summary) -> Caption:
    """The words that a chain brings along."""
    labels = drawn.labels
    name = labels.areas.get(summary.area, summary.area) if summary.area else places.county().name
    title = _("Präventionskette %(name)s") % {"name": name}
    lead = (*telling.headline(summary, labels), telling.continuity(summary))
    foot = _("%(basis)s · Stand %(day)s") % {
        "basis": basis_words(drawn, area=summary.area), "day": telling.day(drawn.chain.as_of),
    }  # fmt: skip
    return Caption(
        title,
        tuple(each for each in lead if each),
        foot,
        tuple(lack.text for lack in largest_gaps(summary, labels)),
    )


def colors() -> dict[str, str]:
    """The house's light colors with the county's accent, for files that no style sheet reaches."""
    found = accent(places.county().accent, grounds=GROUNDS, soft_share=0.16)
    return {**LIGHT, "accent": found.color, "accent_soft": found.soft}


def basis_words(drawn: Drawn, *, area: str | None) -> str:
    """What stands for where the people live: "Orte, nach Größe gewichtet (Basis)"."""
    areas = county_of(drawn.chain.as_of)[0].areas
    known = [basis for key, basis in zip(areas.keys, areas.basis, strict=True) if area in (None, key)]
    counted = Counter(known).most_common()
    if len(counted) == 1:
        words = str(BASES[counted[0][0]])
    else:
        words = ", ".join(f"{BASES[basis]} ({count})" for basis, count in counted)
    return _("Basis: %(basis)s") % {"basis": words}


@dataclass(frozen=True, slots=True)
class Lack:
    """One municipality's cell where places are surely missing."""

    spot: Spot
    area: str
    text: str


def largest_gaps(summary: Summary, labels: Labels, *, most: int = LARGEST) -> list[Lack]:
    """Where most is surely missing."""
    lacks = [
        (part.missing_lo, part, spot)
        for spot in summary.cells
        for part in cells_of(spot)
        if part.missing_lo > 0
    ]
    ranked = sorted(lacks, key=lambda each: (-each[0], each[1].area, each[1].phase, each[1].field))
    return [
        Lack(spot, part.area, _lack(part, spot, labels, is_alone=summary.area is not None))
        for _missing, part, spot in ranked[:most]
    ]


def framed(picture: Picture, *, summary: Summary, caption: Caption) -> Frame:
    """A poster around the picture; other sizes stay as they are."""
    if picture.size is not Size.POSTER:
        return Frame(picture.width, picture.height, 0, 0, (), ())
    width = picture.width + 2 * MARGIN
    lead = wrapped(" ".join(caption.lead), size=19, width=picture.width)
    top = MARGIN + TITLE + LEAD * len(lead) + 24
    height = max(round(width * RATIO), top + picture.height + FOOT + MARGIN)
    words = [Words(MARGIN, MARGIN + TITLE * 0.8, caption.title, "title")]
    words += [
        Words(MARGIN, round(MARGIN + TITLE + LEAD * (row + 0.8), 1), text, "lead")
        for row, text in enumerate(lead)
    ]
    words.append(Words(MARGIN, height - MARGIN, caption.foot, "foot"))
    samples, said = _legend(height - MARGIN - FOOT, many=len(summary.areas))
    words += said
    words += _gaps(caption.gaps, x=MARGIN + picture.width * 0.62, y=height - MARGIN - FOOT)
    return Frame(width, height, MARGIN, round(top, 1), tuple(words), tuple(samples))


def _legend(top: float, *, many: int) -> tuple[list[tuple[float, float, Place]], list[Words]]:
    samples, words = [], []
    y = top
    for entry in legend.entries(many=many):
        lines = wrapped(str(entry.means), size=12.5, width=560)
        samples.append((MARGIN, round(y, 1), entry.sample))
        words.append(Words(MARGIN + 78, y + 16.5, str(entry.word), "word"))
        words += [Words(MARGIN + 168, y + 16.5 + 14 * row, text, "foot") for row, text in enumerate(lines)]
        y += ROW + 14 * (len(lines) - 1)
    return samples, words


def _gaps(lines: tuple[str, ...], *, x: float, y: float) -> list[Words]:
    if not lines:
        return []
    head = Words(x, y + 16.5, _("Wo am meisten fehlt"), "phase")
    return [head, *(Words(x, y + 16.5 + ROW * (row + 1), text, "about") for row, text in enumerate(lines))]


def _lack(part: Cell, spot: Spot, labels: Labels, *, is_alone: bool) -> str:
    given = {
        "place": labels.areas.get(part.area, part.area),
        "where": telling.where(spot, labels),
        "missing": telling.missing_between(part.missing_lo, part.missing_hi),
    }
    if is_alone:
        return _("%(where)s: %(missing)s") % given
    return _("%(place)s, %(where)s: %(missing)s") % given

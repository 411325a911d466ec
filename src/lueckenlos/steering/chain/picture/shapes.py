"""What a drawing of the chain consists of; numbers are units of the drawing, y goes down."""

from dataclasses import dataclass, field
from enum import StrEnum

from lueckenlos.kernels.chain.types import Verdict


class Size(StrEnum):
    """What a picture is drawn for."""

    PAGE = "page"
    POSTER = "poster"
    SMALL = "small"


class Look(StrEnum):
    """How a line or a field is drawn; named after what it says, so that the style sheet can give it its color."""

    GAP = "gap"
    CHECK = "check"
    CLOSED = "closed"
    NO_TARGET = "no_target"
    NO_CHILDREN = "no_children"
    HIDDEN = "hidden"
    TEAR = "tear"


LOOKS = {verdict: Look(verdict.value) for verdict in Verdict}


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text; `kind` is its style."""

    x: float
    y: float
    text: str
    kind: str
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Stroke:
    """A stretch of a line, as path data."""

    d: str
    look: Look


@dataclass(frozen=True, slots=True)
class Mark:
    """A small sign on a line: an open end, a stop, a knot."""

    x: float
    y: float
    kind: str


@dataclass(frozen=True, slots=True)
class Bar:
    """Reach against its target: `sure` is what is certain, `open_` what hangs on unknown data, `tick` the target."""

    x: float
    y: float
    width: float
    height: float
    sure: float
    open_from: float
    open_width: float
    tick: float
    is_beyond: bool

    @property
    def end(self) -> float:
        """Where the bar ends on the right."""
        return round(self.x + self.width, 1)

    @property
    def below(self) -> float:
        """Where the tick ends below the bar's upper edge."""
        return self.height + 3


@dataclass(frozen=True, slots=True)
class Place:
    """A cell or a seam: what it looks like, what it says, and where it leads; `x` to `height` is what is touched."""

    x: float
    y: float
    width: float
    height: float
    look: Look
    title: str
    url: str = ""
    strokes: tuple[Stroke, ...] = ()
    marks: tuple[Mark, ...] = ()
    words: tuple[Words, ...] = ()
    bar: Bar | None = None
    strip: tuple[Stroke, ...] = ()


@dataclass(frozen=True, slots=True)
class Station:
    """A phase on the path: its stop, what grows there, its name and its people."""

    x: float
    y: float
    radius: float
    foot: float
    """Where the thread down to its name ends."""
    stem: str
    leaves: tuple[str, ...]
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """A field: its band across all phases, and its name."""

    y: float
    height: float
    words: tuple[Words, ...]
    is_even: bool


@dataclass(frozen=True, slots=True)
class Tear:
    """Where the chain breaks between two phases, down through all lanes."""

    d: str
    look: Look


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole drawing."""

    name: str
    """Begins every id, so that several pictures fit on one page."""
    size: Size
    width: float
    height: float
    left: float
    title: str
    description: str
    words: tuple[Words, ...]
    stations: tuple[Station, ...]
    lanes: tuple[Lane, ...]
    tears: tuple[Tear, ...]
    seams: tuple[Place, ...]
    cells: tuple[Place, ...] = field(default=())

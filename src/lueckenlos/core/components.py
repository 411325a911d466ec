"""Values and small calculations that the design system's template tags stand on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from django.utils.html import format_html_join
from django.utils.safestring import SafeString


class StationState(StrEnum):
    """How far a station of the path is: shape first, then word, then color."""

    DONE = "done"
    CURRENT = "current"
    OPEN = "open"
    GAP = "gap"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Station:
    """One stop on the path: a step of a registration, a life phase, a step of a case."""

    label: str
    state: StationState = StationState.OPEN
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class FilterWord:
    """One word that narrows a list; following its link chooses it or takes it away."""

    label: str
    url: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class LinkItem:
    """A link in a list of links, with the mark of the place where the reader is."""

    label: str
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class PageLink:
    """One number, or one ellipsis where the number is None, of a pagination."""

    number: int | None
    url: str
    current: bool


def attributes(given: Mapping[str, Any]) -> SafeString:
    """Writes keywords as HTML attributes, escaped; empty and None are left out."""
    pairs = (
        (name.strip("_").replace("_", "-"), value)
        for name, value in given.items()
        if value is not None and value != "" and value is not False
    )
    return format_html_join("", ' {}="{}"', pairs)


def address_with(query: Mapping[str, Any], *, param: str, value: int) -> str:
    """The address of the same list with one parameter changed, others kept in order."""
    getlist = getattr(query, "getlist", None)
    pairs: list[tuple[str, str]] = []
    for key in query:
        values = getlist(key) if getlist else [query[key]]
        pairs.extend((key, str(each)) for each in values if key != param)
    if value > 1:
        pairs.append((param, str(value)))
    return "?" + urlencode(pairs)


def page_window(total: int, *, current: int, around: int = 1) -> list[int | None]:
    """Page numbers worth a link: first, last, those near; None stands for an ellipsis."""
    wanted = {1, total, *range(current - around, current + around + 1)}
    numbers = sorted(number for number in wanted if 1 <= number <= total)
    window: list[int | None] = []
    for number in numbers:
        last = next((seen for seen in reversed(window) if seen is not None), 0)
        if number - last == 2:
            window.append(number - 1)
        elif number - last > 2:
            window.append(None)
        window.append(number)
    return window


def options_of(options: Iterable[Any], *, value: Any) -> list[tuple[str, str, bool]]:
    """Options as value, label and whether chosen; compared as text, as forms send them."""
    many = value if isinstance(value, list | tuple | set | frozenset) else [value]
    chosen = {str(each) for each in many if each is not None}
    pairs = ((str(key), str(label)) for key, label in options)
    return [(key, label, key in chosen) for key, label in pairs]


def units(value: float) -> str:
    """A length as SVG writes it, with a point in every language."""
    return f"{value:.1f}".rstrip("0").rstrip(".")

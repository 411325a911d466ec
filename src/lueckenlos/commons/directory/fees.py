"""Reads what a fee in words says for sure: free or not, and the plain amounts."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

# "kostenlos mit Überweisung" or "… für Familien aus dem Kreis" is free for some, so it is not simply free;
# a part of a price ("Partner 90 Euro") neither.
_FREE: Final = frozenset(
    {
        "kostenlos",
        "kostenfrei",
        "gratis",
        "beitragsfrei",
        "frei",
        "umsonst",
        "0",
        "0 euro",
        "0,00 euro",
        "keine kosten",
    }
)
_FREE_BEGIN: Final = re.compile(r"(kostenlos|kostenfrei|beitragsfrei|0)( für ratsuchende|, taschengeld)$")
_NUMBER: Final = r"(\d{1,5}(?:,\d{2})?)"
_PLAIN: Final = re.compile(rf"(?P<amount>{_NUMBER}) ?(?:Euro|€)(?P<what>(?: (?:im|je|pro|für) [^,;]+)?)$")
_REDUCED: Final = re.compile(
    rf"(?P<by>mit|für) (?P<whom>[^,;]*?) (?:(?P<amount>{_NUMBER}) ?(?:Euro|€)|(?P<free>frei|kostenlos))$"
)


@dataclass(frozen=True, slots=True)
class Cost:
    """One price with whom it is for, and the words it was read from."""

    option: str
    amount: Decimal
    description: str


def is_free(fee: str) -> bool:
    """Tell whether the words say that nobody pays; anything less plain is not free."""
    said = " ".join(fee.casefold().split()).rstrip(".")
    return said in _FREE or _FREE_BEGIN.match(said) is not None


def costs(fee: str) -> tuple[Cost, ...]:
    """The plain amounts of a fee, the full price first; nothing where a part of it cannot be read surely.

    `5 Euro im Monat` and `5 Euro, mit Familienkarte 3 Euro` are plain; `ab 14 Euro`, `0–180 Euro` and
    `nach Einkommen` are not.
    """
    parts = [part.strip() for part in re.split(r"[;,] (?!\d)", fee) if part.strip()]
    full = _PLAIN.fullmatch(parts[0]) if parts else None
    if full is None:
        return ()
    read = [Cost("", _amount(full["amount"]), parts[0])]
    for part in parts[1:]:
        reduced = _REDUCED.fullmatch(part)
        if reduced is not None:
            amount = Decimal(0) if reduced["free"] else _amount(reduced["amount"])
            read.append(Cost(f"{reduced['by']} {reduced['whom']}", amount, part))
    return tuple(read)


def _amount(said: str) -> Decimal:
    return Decimal(said.replace(",", "."))

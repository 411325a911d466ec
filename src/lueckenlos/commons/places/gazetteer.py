"""Says which place a text means; knows typing errors, umlauts and names that several places bear."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from rapidfuzz import fuzz, process

from lueckenlos.commons.places.naming import meant_key, name_key
from lueckenlos.commons.places.types import OutsideCounty, PlaceKind, PlaceMatch

_POSTCODE: Final = re.compile(r"(?<!\d)\d{5}(?!\d)")
_LIKELY: Final = 82.0
_MOST: Final = 8
# One letter typed wrong in a short name is a different village: Merken and Merzenich, Pier and Piel.
_SHORT: Final = 4
_PARTS_OF: Final = re.compile(r"[,/()–-]+")


def look_up(
    text: str, *, places: Sequence[PlaceMatch], outside: Sequence[str]
) -> list[PlaceMatch] | OutsideCounty:
    """The places that the text may mean, best first; see `selectors.find_place`."""
    text = text[:200]
    code = _POSTCODE.search(text)
    if code is not None:
        return _by_postcode(code.group(), text, places=places)
    named = [place for place in places if place.kind is not PlaceKind.POSTCODE]
    meant = meant_key(text)
    if not meant:
        return []
    exact = [place for place in named if name_key(place.name) == meant]
    if exact:
        return _ordered(exact)
    divided = _village_of_town(text, places=named)
    if divided:
        return divided
    alike = _alike(meant, places=named)
    for name in outside:
        if name_key(name) == meant:
            return OutsideCounty(name, tuple(alike))
    return alike


def _by_postcode(code: str, text: str, *, places: Sequence[PlaceMatch]) -> list[PlaceMatch] | OutsideCounty:
    """A postcode of ours; beside it a name chooses the village or town within."""
    ours = [place for place in places if place.kind is PlaceKind.POSTCODE and place.name == code]
    if not ours:
        return OutsideCounty(code)
    within = {place.ags for place in ours}
    rest = meant_key(_POSTCODE.sub(" ", text))
    if rest:
        villages = [place for place in places if place.kind is PlaceKind.VILLAGE and place.ags in within]
        exact = [place for place in villages if name_key(place.name) == rest]
        if exact:
            return _ordered(exact) + ours
    return ours


def _village_of_town(text: str, *, places: Sequence[PlaceMatch]) -> list[PlaceMatch]:
    """Düren-Gürzenich, "Gürzenich, Düren": a village beside its town."""
    parts = [meant_key(part) for part in _PARTS_OF.split(text)]
    parts = [part for part in parts if part]
    if len(parts) != 2:
        return []
    towns = {name_key(place.municipality): place.ags for place in places}
    for town, village in (parts, parts[::-1]):
        if town in towns:
            inside = [place for place in places if place.ags == towns[town]]
            exact = [place for place in inside if name_key(place.name) == village]
            return _ordered(exact) or _alike(village, places=inside)
    return []


def _alike(meant: str, *, places: Sequence[PlaceMatch]) -> list[PlaceMatch]:
    """Places with nearly that name, or of which it is the beginning or one whole word."""
    if len(meant) < _SHORT - 1:
        return []
    keys = [name_key(place.name) for place in places]
    found: dict[int, float] = {}
    for index, key in enumerate(keys):
        if meant in key.split() or key.startswith(meant):
            found[index] = 95.0
    if len(meant) >= _SHORT:
        for _key, score, index in process.extract(
            meant, keys, scorer=fuzz.ratio, score_cutoff=_LIKELY, limit=_MOST
        ):
            found[index] = max(found.get(index, 0.0), min(float(score), 99.0))
    return _ordered([replace(places[index], score=round(score, 1)) for index, score in found.items()])[:_MOST]


def _ordered(places: list[PlaceMatch]) -> list[PlaceMatch]:
    """Best first; of equally good ones the town before the village, then by name and key."""
    return sorted(
        places,
        key=lambda place: (-place.score, place.kind is not PlaceKind.MUNICIPALITY, place.name, place.ags),
    )

"""Keeps what we do not know: finds it in a document that came in, and lays it over one that goes out."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from lueckenlos.kernels.openreferral import Profile, check_record, entities, fits

Row = dict[str, Any]
ORIGINAL: Final = "original"
"""Where values stand that could not be taken over as they were: wrong ids, unknown words, broken addresses."""
# Lists in which ours and theirs meet: what stands for the same thing appears once.
_SAME: Final[Mapping[str, str]] = {"languages": "code", "service_areas": "extent", "addresses": "address_1"}


def clean(row: Mapping[str, Any]) -> Row:
    """The record without what is empty."""
    return {name: value for name, value in row.items() if value not in (None, "", [], {})}


def residue(
    document: Mapping[str, Any], built: Mapping[str, Any], entity: str, *, handled: Collection[str] = ()
) -> Row:
    """What a document says beyond what we would write of it ourselves; `overlay` puts it back."""
    known = entities(Profile.DE).get(entity, {})
    kept: Row = {}
    original: Row = dict(document[ORIGINAL]) if isinstance(document.get(ORIGINAL), dict) else {}
    for name, value in document.items():
        if name in handled or name == ORIGINAL or value in (None, "") or built.get(name) == value:
            continue
        part = known.get(name)
        if part is None:
            kept[name] = value
        elif part.is_list:
            _sort_items(value, name, part.entity, built=built.get(name, []), kept=kept, original=original)
        elif name in built or (part.entity and check_record(value, part.entity, profile=Profile.DE)):
            original[name] = value
        elif part.entity or (fits(value, part.form) and (not part.choices or value in part.choices)):
            kept[name] = value
        else:
            original[name] = value
    return kept | ({ORIGINAL: original} if original else {})


def _sort_items(value: Any, name: str, entity: str, *, built: list[Row], kept: Row, original: Row) -> None:
    if not isinstance(value, list):
        original[name] = value
        return
    # A record whose id we had to change names the one that it came with.
    ours = {str(item.get("id")) for item in built}
    ours |= {str(item[ORIGINAL]["id"]) for item in built if "id" in item.get(ORIGINAL, {})}
    rest = [item for item in value if not (isinstance(item, dict) and str(item.get("id")) in ours)]
    sound = [item for item in rest if not check_record(item, entity, profile=Profile.DE)]
    broken = [item for item in rest if check_record(item, entity, profile=Profile.DE)]
    if sound:
        kept[name] = sound
    if broken:
        original[name] = broken


def overlay(document: Row, unknown: Mapping[str, Any]) -> Row:
    """The document with what was kept; what we know ourselves goes first."""
    for name, value in unknown.items():
        mine = document.get(name)
        if mine is None:
            document[name] = value
        elif isinstance(mine, list) and isinstance(value, list):
            document[name] = _joined(mine, value, _SAME.get(name, "id"))
    return document


def _joined(mine: list[Row], theirs: list[Row], key: str) -> list[Row]:
    """Their own words for a thing that we know too come instead of ours."""
    wanted = {str(item.get(key)) for item in mine}
    named = {str(item.get(key)): item for item in theirs if item.get(key)}
    taken = [named.get(str(item.get(key)), item) for item in mine]
    more = [item for item in theirs if str(item.get(key)) not in wanted]
    return taken + more

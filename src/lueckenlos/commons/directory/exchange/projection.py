"""A document of the German profile as the other profiles want it."""

from typing import Any, Final

from lueckenlos.commons.directory.exchange import codes as lists
from lueckenlos.commons.directory.exchange.records import Row
from lueckenlos.kernels.openreferral import Profile, entities

_OURS_ALONE: Final = frozenset({lists.FACT, "translation"})
_LINK_TYPE: Final = "link_type"


def project(document: Row, entity: str, *, profile: Profile) -> Row:
    """The document in a profile; what the profile does not have is left out, unknown properties stay."""
    if profile is Profile.DE:
        return document
    full, wanted = entities(Profile.DE)[entity], entities(profile)[entity]
    projected: Row = {}
    for name, value in document.items():
        part = full.get(name)
        if part is None:
            projected[name] = value
        elif name in wanted and not (part.entity and part.entity not in entities(profile)):
            inside = _inside(value, part.entity, profile=profile) if part.entity else value
            if inside not in ([], {}):
                projected[name] = inside
    return _british(projected, document, entity) if profile is Profile.ORUK else projected


def basic(document: Row, entity: str) -> Row:
    """The document without lists, as the format's own lists of records show it."""
    flat = {name: value for name, value in document.items() if not isinstance(value, list)}
    inside = entities(Profile.DE)[entity]
    for name, value in flat.items():
        if isinstance(value, dict) and name in inside:
            flat[name] = basic(value, inside[name].entity)
    return flat


def _inside(value: Any, entity: str, *, profile: Profile) -> Any:
    if isinstance(value, dict):
        return project(value, entity, profile=profile)
    items = [item for item in value if not (entity == "attribute" and item.get(_LINK_TYPE) in _OURS_ALONE)]
    return [project(item, entity, profile=profile) for item in items]


def _british(projected: Row, document: Row, entity: str) -> Row:
    """What the British profile calls otherwise."""
    if entity == "service" and not projected.get("fees") and document.get("fees_description"):
        projected["fees"] = document["fees_description"]
    elif entity == "taxonomy_term":
        projected["term"] = document["name"]
    elif entity == "accessibility" and document.get("description"):
        projected["accessibility"] = document["description"]
    elif entity == "service_area" and document.get("name"):
        projected["service_area"] = document["name"]
    return projected


def without_private(document: Row, entity: str) -> Row:
    """The document without what only the house needs: where an organization gets its reminders."""
    if entity == "organization":
        return {name: value for name, value in document.items() if name != "email"}
    if isinstance(document.get("organization"), dict):
        return document | {"organization": without_private(document["organization"], "organization")}
    return document

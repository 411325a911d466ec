"""Reads the house's own codes."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import override

from lueckenlos.commons.directory import wording
from lueckenlos.commons.directory.exchange import codes
from lueckenlos.commons.directory.exchange.codes import Codes
from lueckenlos.commons.directory.selectors.catalog import catalog
from lueckenlos.commons.places import selectors as places


def read_codes() -> Codes:
    """The codes of this house with their German words, whatever language the page is in."""
    known = catalog()
    county = places.county()
    with override("de"):
        words: dict[str, dict[str, str]] = {
            codes.LIFE_PHASE: {each.key: each.label for each in known.phases},
            codes.ACTION_FIELD: {each.key: each.label for each in known.fields},
            codes.KIND: {each.key: each.label for each in known.kinds},
            codes.AUDIENCE: _words(wording.AUDIENCES),
            codes.FORMAT: _words(wording.FORMATS),
            codes.ACCESS: _words(wording.ACCESSES),
            codes.ORGANIZATION_KIND: _words(wording.ORGANIZATION_KINDS),
            codes.MUNICIPALITY: {each.ags: each.name for each in places.municipalities()},
            codes.EXCEPTION: dict(codes.EXCEPTIONS),
            codes.FACT: dict(codes.FACTS),
            codes.TEXT_STATE: _words(wording.TEXT_STATES),
        }
    return Codes(words, county.key, county.name)


def _words(labels: Mapping[str, Promise]) -> dict[str, str]:
    pairs: Iterable[tuple[str, Promise]] = labels.items()
    return {str(key): str(label) for key, label in pairs}

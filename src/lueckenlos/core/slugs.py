"""Names as they stand in addresses."""

from typing import Final

from django.utils.text import slugify

_TRANSCRIBED: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def slug(name: str) -> str:
    """A name in small letters, digits and hyphens, its umlauts as Germans write them without: "Für Väter" is "fuer-vaeter"."""
    return slugify(name.casefold().translate(_TRANSCRIBED))

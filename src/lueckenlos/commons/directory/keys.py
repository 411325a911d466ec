"""Stable keys from German names."""

import re
import unicodedata

from lueckenlos.commons.directory.models import Organization, Service
from lueckenlos.core import locking

LONGEST = 110
_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def slug(text: str) -> str:
    """A key as the county's folder writes them: small letters, umlauts spelled out, joined by hyphens."""
    plain = unicodedata.normalize("NFC", text).lower().translate(_SPELLED)
    ascii_only = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:LONGEST].strip("-") or "eintrag"


def free_key(name: str) -> str:
    """A service's key that nobody has yet; holds the name until the transaction ends."""
    wanted = slug(name)
    locking.hold(f"directory key {wanted}")
    taken = set(Service.objects.filter(key__startswith=wanted).values_list("key", flat=True))
    return first_free(wanted, taken)


def free_organization_key(name: str) -> str:
    """An organization's key that nobody has yet; holds the name until the transaction ends."""
    wanted = slug(name)
    locking.hold(f"directory organization {wanted}")
    taken = set(Organization.objects.filter(key__startswith=wanted).values_list("key", flat=True))
    return first_free(wanted, taken)


def first_free(wanted: str, taken: set[str]) -> str:
    """The key itself, or with the lowest number that is free."""
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"

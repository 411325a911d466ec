"""How a family can be reached, as the desk tells it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from lueckenlos.commons.families.types import ContactKind, PersonView


def reach_of(person: PersonView | None) -> list[tuple[str, str, bool]]:
    """Each way with its word, and whether somebody else may hear a message left there."""
    if person is None:
        return []
    words = {
        ContactKind.PHONE: _("Telefon"),
        ContactKind.MOBILE: _("Handy"),
        ContactKind.EMAIL: _("E-Mail"),
    }
    found = [(words[each.kind], each.value, each.is_safe) for each in person.contacts]
    if person.address is not None:
        where = person.address
        found.append((_("Anschrift"), f"{where.street}, {where.postcode} {where.city}".strip(), True))
    return found

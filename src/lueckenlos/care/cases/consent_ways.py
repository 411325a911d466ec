"""By which ways somebody can be asked: what they wish, what is safe, and what this house can send."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.conf import settings

from lueckenlos.care.cases.correspondence import language_of
from lueckenlos.commons.families import selectors as families
from lueckenlos.commons.families.types import ContactKind, ContactWish, PersonView
from lueckenlos.commons.privacy.types import DraftView
from lueckenlos.core import sms
from lueckenlos.core.actor import Actor
from lueckenlos.core.letters import ADDRESS_LINES, LONGEST_LINE

MOBILE: Final = ("+4915", "+4916", "+4917")


@dataclass(frozen=True, slots=True)
class SendWay:
    """One number or address; `why_not` says why it is not used."""

    key: str
    kind: ContactKind
    value: str
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Ways:
    """Every way to ask one person."""

    sends: tuple[SendWay, ...]
    letter_why_not: str
    has_address: bool
    languages: tuple[tuple[str, str], ...]
    language: str
    has_gateway: bool

    def usable(self, key: str) -> SendWay | None:
        """A way by its key, if it may be used."""
        return next((way for way in self.sends if way.key == key and not way.why_not), None)


def ways_of(actor: Actor, draft: DraftView) -> Ways:
    """How the one who is asked can be reached; a wish is a hard rule."""
    person = families.person(actor, draft.asked)
    return Ways(
        sends=tuple(_sends(person)) if person is not None else (),
        letter_why_not=_unwished(person, ContactWish.LETTER, "keinen Brief"),
        has_address=person is not None and person.address is not None,
        languages=tuple(settings.LANGUAGES),
        language=language_of(person),
        has_gateway=sms.is_configured(),
    )


def address_of(person: PersonView | None, *, name: str) -> tuple[str, ...]:
    """The lines of an address; without one the letter is handed over in person."""
    lines = [name]
    if person is not None and person.address is not None:
        address = person.address
        lines += [address.street, f"{address.postcode} {address.city}".strip()]
    filled = [line.strip()[:LONGEST_LINE] for line in lines if line.strip()]
    return tuple(filled[:ADDRESS_LINES]) if len(filled) > 1 else (filled[0], "– persönlich übergeben –")


def _sends(person: PersonView) -> list[SendWay]:
    found = []
    for place, contact in enumerate(person.contacts):
        if contact.kind is ContactKind.EMAIL:
            why = _unwished(person, ContactWish.EMAIL, "keine E-Mail")
        else:
            why = _unwished(person, ContactWish.SMS, "keine SMS") or _not_mobile(contact.value)
        if not contact.is_safe:
            why = "Dort könnte jemand anderes mitlesen."
        if contact.kind is not ContactKind.EMAIL and not why and not sms.is_configured():
            why = "SMS verschickt dieses Haus nicht: Es ist kein SMS-Dienst eingerichtet."
        found.append(SendWay(str(place), contact.kind, contact.value, why))
    return found


def _unwished(person: PersonView | None, wish: ContactWish, words: str) -> str:
    return "" if person is None or person.wants(wish) else f"Die Person möchte {words}."


def _not_mobile(number: str) -> str:
    try:
        dialled = sms.dialled(number)
    except sms.NoNumber:
        return "Das ist keine Telefonnummer."
    is_mobile = dialled.startswith(MOBILE) or not dialled.startswith("+49")
    return "" if is_mobile else "Das ist keine Mobilnummer."

"""A list of services for one family, in its language: printed, or sent by mail to an address that nobody keeps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from lueckenlos.care.frontdoor.selectors.proposals import cards_of
from lueckenlos.commons.places import selectors as places
from lueckenlos.core import clock, letters, mail, printing
from lueckenlos.offers.finder import selectors as finder
from lueckenlos.offers.finder import services as finding

TEMPLATE: Final = Path(__file__).parent.parent / "printed" / "list.typ"
PLAIN: Final = "de-x-plain"
FROM_THE_RIGHT: Final = frozenset({"ar"})


def print_list(keys: Sequence[str], *, language: str, now: datetime) -> bytes:
    """Set the list as a tagged PDF, with the code that opens it on a telephone."""
    with translation.override(language):
        address = address_of(keys)
        data = {**_words(language), "items": [_item(card) for card in _cards(keys, language=language)]}
    return printing.pdf(TEMPLATE, data, now=now, files={"qr.svg": letters.qr_svg(address)})


def mail_list(keys: Sequence[str], *, to: str, language: str) -> None:
    """Send the list at once; the queue would keep the family's address, so it is not used. Raises as `mail.send`."""
    with translation.override(language):
        letter = mail.letter(
            "frontdoor/mail/list.txt",
            to=to,
            subject=_("Angebote für Sie"),
            language=language,
            context={
                **_words(language),
                "cards": _cards(keys, language=language),
                "link": address_of(keys),
            },
        )
    mail.send(letter)


def address_of(keys: Sequence[str]) -> str:
    """The address that carries the list itself, in the language that is spoken here."""
    return settings.BASE_URL + reverse("finder:shared-bookmarks", args=[finding.link_of(keys)])


def _cards(keys: Sequence[str], *, language: str) -> list[finder.Card]:
    return cards_of(keys, language=language, now=clock.now())


def _words(language: str) -> dict[str, Any]:
    county = places.county()
    return {
        "language": "de" if language == PLAIN else language,
        "from_the_right": language in FROM_THE_RIGHT,
        "large": language == PLAIN,
        "title": _("Angebote für Sie"),
        "intro": _("Rufen Sie an, oder gehen Sie hin. Klappt es nicht? Dann melden Sie sich bei uns."),
        "phone_label": _("Telefon:"),
        "code_words": _("Diese Liste auf dem Telefon ansehen:"),
        "office": county.office("name", language=language) or county.name,
        "office_phone": county.office("phone"),
        "office_hours": county.office("hours", language=language),
    }


def _item(card: finder.Card) -> dict[str, Any]:
    return {
        "name": card.name.text,
        "who": card.organization,
        "brief": card.brief.text,
        "brief_language": "de" if card.brief.is_fallback else "",
        "phone": card.phone,
        "facts": [fact.text for fact in card.facts if fact.text],
    }

"""Letters that wait for the desk's printer: set as one PDF, each with a fresh code, and ticked off."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import partial

from lueckenlos.commons.directory.correspondence import sender_of
from lueckenlos.core import audit, postal
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.core.letters import Letter, Sender
from lueckenlos.core.postal import DueLetter
from lueckenlos.offers.programmes.models import Registration
from lueckenlos.offers.programmes.services import letters, seating
from lueckenlos.offers.programmes.services.seating import PLACES


def print_letters(chosen: Collection[DueLetter], *, actor: Actor, now: datetime) -> bytes | None:
    """Set the letters that wait; None where there is none of these."""
    with acting_as(actor):
        rows = _waiting(chosen, actor)
        sender = sender_of(actor.organization)
        written = [_letter(row, sender=sender, now=now) for row in rows]
        for row in rows:
            _note("letter_printed", row)
    return postal.pdf_of(written, now=now) if written else None


def tick_letters(chosen: Collection[DueLetter], *, actor: Actor) -> int:
    """They are printed and on their way; how many. What has changed meanwhile waits on."""
    with acting_as(actor):
        rows = _waiting(chosen, actor)
        with acting_as(PLACES):
            for row in rows:
                Registration.objects.filter(id=row.id, letter=row.letter).update(letter="")
        for row in rows:
            _note("letter_sent", row)
    return len(rows)


def _waiting(chosen: Collection[DueLetter], actor: Actor) -> list[Registration]:
    """The registrations with the actor's organization for which just these letters wait."""
    if actor.organization is None:
        return []
    rows = Registration.objects.filter(id__in=[each.id for each in chosen], organization=actor.organization)
    found = rows.select_related("programme").order_by("programme__title", "created_at")
    return postal.still_waiting(found, chosen)


def _letter(row: Registration, *, sender: Sender, now: datetime) -> Letter:
    post = postal.Post(
        recipient=postal.recipient_of(row.name, row.street, row.postcode, row.city),
        sender=sender,
        language=row.language,
        code=letters.way_back(row, now=now) if row.letter != "taken_out" else None,
    )
    rank = seating.rank(row.programme_id, row.id)
    return postal.letter_of(post, partial(letters.paper_words, row, rank=rank), now=now)


def _note(deed: str, row: Registration) -> None:
    audit.record(
        f"programmes.registration.{deed}",
        subject=f"registration/{row.id}",
        chain=audit.chain_of(row.organization),
    )

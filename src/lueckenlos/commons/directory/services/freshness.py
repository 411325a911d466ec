"""Ask providers whether entries are still true, and take their answer."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.db.models import Q

from lueckenlos.commons.directory import notices
from lueckenlos.commons.directory.errors import NoAddress, NoSuchEntry
from lueckenlos.commons.directory.models import Organization, Reminder, Service, ServiceCapacity
from lueckenlos.commons.directory.notices import LetterWords
from lueckenlos.commons.directory.selectors.content import values_of_row
from lueckenlos.commons.directory.selectors.freshness import awaiting_confirmation
from lueckenlos.commons.directory.selectors.reminders import find_reminder, token_hash
from lueckenlos.commons.directory.services.access import demand_coordination, demand_editor
from lueckenlos.commons.directory.services.editing import held_row, store
from lueckenlos.commons.directory.services.recording import remember
from lueckenlos.commons.directory.types import Saved
from lueckenlos.core import clock, mail
from lueckenlos.core.actor import Actor, link_to
from lueckenlos.core.context import acting_as
from lueckenlos.core.locking import hold_if_free

LINK_LIVES = timedelta(days=60)
PAUSE = timedelta(days=21)
"""How long an organization is left in peace after a reminder."""


@dataclass(frozen=True, slots=True)
class Rounds:
    """What one round of reminders did."""

    organizations: int
    services: int
    without_address: tuple[str, ...]


def confirm(key: str, *, actor: Actor, now: datetime) -> Saved:
    """Say that an entry is still true; saying it twice a day changes nothing more."""
    with acting_as(actor):
        row = _held(key)
        demand_editor(actor, row)
        return _confirm(row, actor=actor, now=now)


def confirm_by_link(token: str, keys: Sequence[str], *, now: datetime) -> list[Saved]:
    """Say by a reminder's link that entries are still true; only those that the reminder named count."""
    reminder = find_reminder(token, now=now)
    actor = link_to(reminder.id, purpose="stimmt_noch")
    with acting_as(actor):
        allowed = set(reminder.services.filter(key__in=keys).values_list("key", flat=True))
        saved = [_confirm(_held(key), actor=actor, now=now) for key in sorted(allowed)]
        Reminder.objects.filter(id=reminder.id, confirmed_at=None).update(confirmed_at=now)
        return saved


def answer_by_link(token: str, places: Mapping[str, int], *, now: datetime) -> list[Saved]:
    """Say by a letter's link how many places a year entries have; only those that the letter named count.

    The number holds at once, since planning waits for it; the texts that families read stay a proposal.
    """
    reminder = find_reminder(token, now=now)
    actor = link_to(reminder.id, purpose="plaetze")
    with acting_as(actor):
        allowed = set(reminder.services.filter(key__in=places).values_list("key", flat=True))
        saved = [_answer(key, places=places[key], actor=actor, now=now) for key in sorted(allowed)]
        if saved:
            Reminder.objects.filter(id=reminder.id, confirmed_at=None).update(confirmed_at=now)
        return saved


def ask(
    organization_id: UUID, keys: Sequence[str], *, words: LetterWords, actor: Actor, now: datetime
) -> UUID:
    """Write to one organization about entries of its own, however fresh they are; the letter's id.

    The words are the asking room's, the link opens the same page as a reminder's; the next reminder waits.
    Raises NoAddress, and NoSuchEntry where none of the entries is the organization's own.
    """
    with acting_as(actor):
        organization = Organization.objects.get(id=organization_id)
        demand_coordination(actor, organization)
        if not organization.email:
            raise NoAddress(organization.id)
        own = organization.services.filter(key__in=keys, feed__isnull=True).order_by("name", "key")
        entries = list(own)
        if not entries:
            raise NoSuchEntry(next(iter(keys), ""))
        return _write_to(organization, entries, words=words, now=now)


def remind(*, actor: Actor, now: datetime) -> Rounds:
    """Write one letter to every organization with entries that are due, unless it got one lately."""
    waiting = awaiting_confirmation(today=clock.day_of(now))
    organizations = services = 0
    without: list[str] = []
    for organization, entries in groupby(waiting, key=lambda each: each.organization):
        listed = list(entries)
        if not organization.email:
            without.append(organization.name)
        elif _remind_one(organization, listed, actor=actor, now=now):
            organizations += 1
            services += len(listed)
    return Rounds(organizations, services, tuple(without))


def _remind_one(
    organization: Organization, entries: Sequence[Service], *, actor: Actor, now: datetime
) -> bool:
    """Send within the transaction: a mail server that refuses leaves no reminder behind, so the next round asks again."""
    with acting_as(actor):
        if not hold_if_free(f"directory reminder {organization.id}") or _was_asked(organization.id, now=now):
            return False
        _write_to(organization, entries, words=notices.reminder_words(len(entries)), now=now)
    return True


def _write_to(
    organization: Organization, entries: Sequence[Service], *, words: LetterWords, now: datetime
) -> UUID:
    token = secrets.token_urlsafe(32)
    reminder = Reminder.objects.create(
        organization=organization, sent_at=now, expires_at=now + LINK_LIVES, token_hash=token_hash(token)
    )
    reminder.services.set(entries)
    letter = notices.letter_with_link(
        organization, services=entries, words=words, token=token, ends_on=_last_day(now)
    )
    mail.send(letter)
    return reminder.id


def _answer(key: str, *, places: int, actor: Actor, now: datetime) -> Saved:
    row = held_row(key)
    old = values_of_row(row)
    if old.capacity != places:
        # Free places were counted against the old number: they are not known any more where they exceed it.
        available = old.available if old.available is None or old.available <= places else None
        new = replace(old, capacity=places, available=available)
        return store(row, old=old, new=new, deed="answered", actor=actor, now=now)
    ServiceCapacity.objects.update_or_create(
        service=row, known_on=clock.day_of(now), defaults={"maximum": places, "available": old.available}
    )
    return _confirm(row, actor=actor, now=now)


def _was_asked(organization_id: UUID, *, now: datetime) -> bool:
    lately = Q(sent_at__gt=now - PAUSE, sent_at__lte=now)
    return Reminder.objects.filter(lately, organization_id=organization_id).exists()


def _last_day(now: datetime) -> date:
    return clock.day_of(now + LINK_LIVES)


def _confirm(row: Service, *, actor: Actor, now: datetime) -> Saved:
    today = clock.day_of(now)
    if row.verified_on == today:
        return Saved(row.id, row.key, row.version, changed=False)
    before = {"verified_on": row.verified_on.isoformat() if row.verified_on else None}
    Service.objects.filter(id=row.id).update(verified_on=today, modified_at=now)
    remember(
        row, deed="confirmed", before=before, after={"verified_on": today.isoformat()}, actor=actor, now=now
    )
    return Saved(row.id, row.key, row.version)


def _held(key: str) -> Service:
    rows = Service.objects.select_for_update(of=("self",), no_key=True).select_related("organization", "feed")
    row = rows.filter(key=key).first()
    if row is None:
        raise NoSuchEntry(key)
    return row

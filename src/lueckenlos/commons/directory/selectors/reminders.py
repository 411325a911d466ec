"""What a reminder's link opens: the entries that the reminder named, nothing else."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from lueckenlos.commons.directory.errors import LinkExpired, NoSuchEntry
from lueckenlos.commons.directory.models import Reminder
from lueckenlos.commons.directory.selectors.content import read_row, values_of_row
from lueckenlos.commons.directory.selectors.desk import EditorsEntry, desk_entries
from lueckenlos.commons.directory.selectors.entries import view_of
from lueckenlos.commons.directory.types import DeskEntry, Freshness
from lueckenlos.core import clock


@dataclass(frozen=True, slots=True)
class RemindedEntry:
    """One entry behind a link, with its places a year where somebody has said them."""

    desk: DeskEntry
    capacity: int | None
    capacity_on: date | None

    @property
    def asks_places(self) -> bool:
        """Whether nobody has said the places lately."""
        return self.capacity is None or self.desk.freshness in {Freshness.OVERDUE, Freshness.NEVER}


@dataclass(frozen=True, slots=True)
class Reminded:
    """One reminder as its page shows it."""

    organization: str
    entries: tuple[RemindedEntry, ...]
    expires_on: date


def token_hash(token: str) -> str:
    """What is stored of a link's token; the token itself stands in the mail alone."""
    return sha256(token.encode()).hexdigest()


def find_reminder(token: str, *, now: datetime) -> Reminder:
    """The reminder that a link belongs to; raises NoSuchEntry or LinkExpired."""
    found = Reminder.objects.select_related("organization").filter(token_hash=token_hash(token)).first()
    if found is None:
        raise NoSuchEntry("")
    if found.expires_at <= now:
        raise LinkExpired(found.organization.name)
    return found


def reminded(token: str, *, now: datetime) -> Reminded:
    """The entries behind a link with how fresh they are."""
    found = find_reminder(token, now=now)
    rows = found.services.select_related("organization").order_by("name", "key")
    said = rows.prefetch_related("capacities")
    places = {row.key: next(iter(row.capacities.all()), None) for row in said}
    entries = tuple(
        RemindedEntry(entry, known.maximum if known else None, known.known_on if known else None)
        for entry in desk_entries(said, today=clock.day_of(now))
        for known in (places[entry.key],)
    )
    return Reminded(found.organization.name, entries, clock.day_of(found.expires_at))


def reminded_entry(token: str, key: str, *, now: datetime) -> EditorsEntry:
    """One of the entries behind a link, for editing; what is sent is always a proposal."""
    found = find_reminder(token, now=now)
    row = read_row(key) if found.services.filter(key=key).exists() else None
    if row is None:
        raise NoSuchEntry(key)
    return EditorsEntry(view_of(row, now=now), values_of_row(row), publishes=False)

"""Lists of counsellors: make, change, read; only their owner sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.offers.finder.models import CounsellorList

MOST_KEYS = 40


class NoOwner(Exception):
    """A list without a person would belong to everybody or nobody."""


@dataclass(frozen=True, slots=True)
class KeptList:
    """A list as its owner sees it."""

    id: UUID
    name: str
    keys: tuple[str, ...]
    changed_at: datetime


def lists_of(actor: Actor) -> list[KeptList]:
    """All lists of whoever asks, the newest change first."""
    with acting_as(actor):
        return [_kept(row) for row in CounsellorList.objects.order_by("-changed_at")]


def list_of(actor: Actor, *, id_: UUID) -> KeptList | None:
    """One list, if it belongs to whoever asks."""
    with acting_as(actor):
        row = CounsellorList.objects.filter(pk=id_).first()
        return _kept(row) if row else None


def make(actor: Actor, *, name: str, keys: Sequence[str], now: datetime) -> UUID:
    """Keep a new list; only somebody who has signed in can own one."""
    if actor.person_id is None:
        raise NoOwner
    with acting_as(actor):
        row = CounsellorList(owner_id=actor.person_id, name=name, keys=list(keys)[:MOST_KEYS], changed_at=now)
        row.save(force_insert=True)
        return row.pk


def add(actor: Actor, *, id_: UUID, key: str, now: datetime) -> None:
    """Put a service on a list; once is enough."""
    with acting_as(actor):
        row = CounsellorList.objects.select_for_update().filter(pk=id_).first()
        if row is not None and key not in row.keys:
            CounsellorList.objects.filter(pk=id_).update(keys=[*row.keys, key][:MOST_KEYS], changed_at=now)


def take_off(actor: Actor, *, id_: UUID, key: str, now: datetime) -> None:
    """Take a service off a list."""
    with acting_as(actor):
        row = CounsellorList.objects.select_for_update().filter(pk=id_).first()
        if row is not None:
            left = [other for other in row.keys if other != key]
            CounsellorList.objects.filter(pk=id_).update(keys=left, changed_at=now)


def throw_away(actor: Actor, *, id_: UUID) -> None:
    """Delete a list."""
    with acting_as(actor):
        CounsellorList.objects.filter(pk=id_).delete()


def _kept(row: CounsellorList) -> KeptList:
    return KeptList(row.pk, row.name, tuple(row.keys), row.changed_at)

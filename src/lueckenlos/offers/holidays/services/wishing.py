"""Wish lists: sending one, changing its wishes, taking it back. When within the period it came is irrelevant."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid4

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.signals import services as signals
from lueckenlos.commons.signals.types import SignalReason, SignalSource
from lueckenlos.core import audit, clock
from lueckenlos.core.actor import Actor, job
from lueckenlos.core.context import acting_as
from lueckenlos.offers.holidays import fitting
from lueckenlos.offers.holidays.errors import (
    NoSuchList,
    NoSuchRound,
    NotFit,
    NothingWished,
    NotYet,
    SameChildTwice,
    TooLate,
)
from lueckenlos.offers.holidays.models import Round, RoundOffer, Wish, WishChild, WishContact, WishList
from lueckenlos.offers.holidays.services import letters
from lueckenlos.offers.holidays.services.planning import demand, held
from lueckenlos.offers.holidays.types import (
    MOST_CHILDREN,
    MOST_WISHES,
    ChildValue,
    NewWishList,
    RoundState,
)
from lueckenlos.offers.programmes import selectors as programmes
from lueckenlos.offers.programmes.types import SeatValue

LISTS: Final = job("holidays-lists")


@dataclass(frozen=True, slots=True)
class Sent:
    """A list that was taken in, and the code that leads back."""

    id: UUID
    code: str


def send(new: NewWishList, *, now: datetime) -> Sent:
    """Take a list in; raises NotYet, TooLate, SameChildTwice, NotFit, NothingWished or NoSuchRound."""
    if not 1 <= len(new.children) <= MOST_CHILDREN:
        raise NoSuchList
    with acting_as(LISTS):
        row = held(new.round)
        _demand_open(row, now=now)
        signs = _demand_new(row, new)
        titles = _demand_fit(row, new.children, wishes=new.wishes)
        key = _write(row, new, signs=signs, now=now)
        code = letters.tell_received(row, key, new=new, titles=titles, now=now)
        _note("sent", row, key, details={"children": len(new.children), "wishes": len(new.wishes)})
    return Sent(key, code)


def change_wishes(key: UUID, wishes: Sequence[UUID], *, actor: Actor, now: datetime) -> None:
    """Put other wishes, or the same in another order, on a list; until the deadline."""
    with acting_as(actor):
        found = _own(key)
        children = fitting.children_of(key)
    with acting_as(LISTS):
        row = held(found.round_id)
        _demand_open(row, now=now)
        if not WishList.objects.filter(id=key).exists():
            raise NoSuchList
        _demand_fit(row, children, wishes=wishes)
        Wish.objects.filter(list=key).delete()
        _wish(found, wishes)
        _note("changed", row, key, details={"wishes": len(wishes)})


def take_back(key: UUID, *, actor: Actor) -> None:
    """Erase a list with all that is on it: as long as nothing was dealt, and once nothing will be."""
    with acting_as(actor):
        found = _own(key)
        row = held(found.round_id)
        demand(row, RoundState.OPEN, RoundState.ABORTED)
        found.delete()
        _note("taken_back", row, key)


def nothing_fits(births: Collection[date], *, now: datetime) -> None:
    """Count, without the family, that a round has nothing for children born on these days."""
    today = clock.day_of(now)
    phase = directory.phase_of(births, on=today)
    signals.count(
        signals.Count(source=SignalSource.REFUSAL, reason=SignalReason.AGE, on=today, ags=None, phase=phase)
    )


def _own(key: UUID) -> WishList:
    row = WishList.objects.filter(id=key).first()
    if row is None:
        raise NoSuchList
    return row


def _demand_open(row: Round, *, now: datetime) -> None:
    if row.state == RoundState.DRAFT.value:
        raise NoSuchRound
    if row.state != RoundState.OPEN.value or now >= row.wishes_until:
        raise TooLate(row.wishes_until)
    if now < row.wishes_from:
        raise NotYet(row.wishes_from)


def _demand_new(row: Round, new: NewWishList) -> list[str]:
    """Nobody has two lots: no child stands twice, neither on this list nor on another of the round."""
    signs = [
        programmes.sign_for(
            row.id, SeatValue(each.first_name, each.family_name, each.born_on), email=new.email
        )
        for each in new.children
    ]
    there = WishList.objects.filter(round=row, signs__overlap=signs).values_list("signs", flat=True)
    known = {sign for each in there for sign in each}
    for child, sign in zip(new.children, signs, strict=True):
        if sign in known or signs.count(sign) > 1:
            raise SameChildTwice(child.first_name)
    return signs


def _demand_fit(row: Round, children: Sequence[ChildValue], *, wishes: Sequence[UUID]) -> list[str]:
    """Only what this round offers and what all the children may join, each once; gives the titles."""
    if not wishes:
        raise NothingWished
    offers = {each.id: each for each in fitting.offers_of(row.id, among=wishes)}
    if len(set(wishes)) < len(wishes) or len(wishes) > MOST_WISHES:
        raise NotFit("")
    for wish in wishes:
        if wish not in offers:
            raise NotFit("")
        if fitting.why_not(offers[wish].programme, children) is not None:
            raise NotFit(offers[wish].programme.title)
    return [offers[wish].programme.title for wish in wishes]


def _write(row: Round, new: NewWishList, *, signs: list[str], now: datetime) -> UUID:
    found = WishList(
        id=uuid4(),
        round=row,
        organization=row.organization_id,
        number=secrets.token_hex(4),
        signs=signs,
        needs=[sign for child, sign in zip(new.children, signs, strict=True) if child.has_need],
        ags=new.ags or "",
        consent_version=new.consent_version,
        created_at=now,
    )
    found.save(force_insert=True)
    WishContact(
        list=found,
        organization=row.organization_id,
        name=new.name,
        email=new.email,
        phone=new.phone,
        language=new.language,
    ).save(force_insert=True)
    WishChild.objects.bulk_create(
        WishChild(
            list=found,
            organization=row.organization_id,
            position=number,
            first_name=child.first_name,
            family_name=child.family_name,
            born_on=child.born_on,
            has_need=child.has_need,
            support=child.support,
        )
        for number, child in enumerate(new.children, start=1)
    )
    _wish(found, new.wishes)
    return found.id


def _wish(found: WishList, wishes: Sequence[UUID]) -> None:
    Wish.objects.bulk_create(
        Wish(list_id=found.id, organization=found.organization, position=number, offer=RoundOffer(id=wish))
        for number, wish in enumerate(wishes, start=1)
    )


def _note(deed: str, row: Round, key: UUID, *, details: dict[str, int] | None = None) -> None:
    audit.record(
        f"holidays.wish_list.{deed}",
        subject=f"wish_list/{key}",
        details=details,
        chain=audit.chain_of(row.organization_id),
    )

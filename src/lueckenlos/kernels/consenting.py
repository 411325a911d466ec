"""Who may know what about whom, derived plainly from the consents: the reference that the database is compared with.

It is written from the law and the house's privacy page alone, reads everything again each time, and shares no line
with the code that keeps the table of releases. The table is right where both agree.

Who must agree for a person of the file:

* an adult, and whoever is of age: that person alone;
* a child: all who have custody, and the child too from the moment on at which a professional recorded that it can
  judge the matter (as a rule from 15, § 36 SGB I). Where no custodian is known nobody can agree;
* whose own file it is (advice without the parents' knowledge, § 8 (3) SGB VIII): that person alone. Others who are
  named in such a file keep their own say.

A release exists where everybody who must agree has an open consent with the same scope. Moments are aware, periods
half-open: what ends at ten is over at ten.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import reduce
from typing import NamedTuple
from uuid import UUID


class PartyRole(StrEnum):
    """How somebody stands in a file, as far as agreeing goes."""

    CHILD = "child"
    ADULT = "adult"


class Scope(NamedTuple):
    """One thing that a consent allows: this organization may know this category for this purpose."""

    purpose: str
    category: str
    organization: UUID


@dataclass(frozen=True, slots=True)
class Party:
    """A person of the file; without `is_subject` nothing in it is about that person.

    `of_age_on` is the eighteenth birthday's midnight, None where it is not known: then a child stays one.
    """

    person: UUID
    role: PartyRole
    custodians: frozenset[UUID] = frozenset()
    judges_since: datetime | None = None
    of_age_on: datetime | None = None
    is_subject: bool = True


@dataclass(frozen=True, slots=True)
class Consent:
    """What one person has agreed to for one subject; an empty scope allows nothing."""

    id: UUID
    given_by: UUID
    subject: UUID
    scopes: frozenset[Scope]
    given_on: datetime
    valid_until: datetime
    ended_at: datetime | None = None

    @property
    def ends(self) -> datetime:
        """When it is over: withdrawn, or its time is up."""
        return self.valid_until if self.ended_at is None else min(self.valid_until, self.ended_at)

    def is_open(self, at: datetime) -> bool:
        """Tell whether it counts at a moment."""
        return self.given_on <= at < self.ends


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file, and the young person whose own advice it is, if it is one."""

    file: UUID
    person: UUID | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """An organization may know a category of data about a subject for a purpose, for this long.

    The subject is a person, or the file itself for what is about everybody in it.
    """

    subject: UUID
    category: str
    organization: UUID
    purpose: str
    since: datetime
    until: datetime


Period = tuple[datetime, datetime]
Periods = dict[Scope, Period]


def releases(
    parties: Iterable[Party], *, consents: Iterable[Consent], own_of: OwnFile, at: datetime
) -> frozenset[Release]:
    """Every release that exists at a moment, for each subject and for the file as a whole.

    The file's release lasts from the latest beginning to the earliest end of its subjects' ones, and exists only
    where every subject has one. Consents that name the file as their subject count for nobody.
    """
    given = tuple(consents)
    by_subject = {
        party.person: _periods(party, given, own_of=own_of, at=at) for party in parties if party.is_subject
    }
    found = {
        _release(subject, scope, period)
        for subject, periods in by_subject.items()
        for scope, period in periods.items()
    }
    together = _shared(by_subject.values())
    return frozenset(found | {_release(own_of.file, scope, period) for scope, period in together.items()})


def who_must_agree(party: Party, *, own_of: OwnFile, at: datetime) -> frozenset[UUID]:
    """The persons without whose consent nothing about this one leaves the office; empty: nobody can agree."""
    if party.role is PartyRole.ADULT or own_of.person == party.person or _is_of_age(party, at):
        return frozenset({party.person})
    if not party.custodians:
        return frozenset()
    judges = party.judges_since is not None and party.judges_since <= at
    return party.custodians | ({party.person} if judges else frozenset())


def _is_of_age(party: Party, at: datetime) -> bool:
    return party.of_age_on is not None and party.of_age_on <= at


def _periods(party: Party, consents: Collection[Consent], *, own_of: OwnFile, at: datetime) -> Periods:
    """For each scope that all who must agree have given: from when to when all of it holds."""
    needed = who_must_agree(party, own_of=own_of, at=at)
    opened = [consent for consent in consents if consent.subject == party.person and consent.is_open(at)]
    own = [_given_by(person, opened) for person in sorted(needed)]
    latest = _last_moment(party, needed=needed, at=at)
    return {
        scope: (since, until if latest is None else min(until, latest))
        for scope, (since, until) in _shared(own).items()
    }


def _given_by(person: UUID, consents: Iterable[Consent]) -> Periods:
    """What one person's consents allow: for each scope the consent that ends last, of equals the oldest."""
    mine = sorted((each for each in consents if each.given_by == person), key=lambda each: each.given_on)
    found: Periods = {}
    for consent in mine:
        for scope in consent.scopes:
            if scope not in found or consent.ends > found[scope][1]:
                found[scope] = (consent.given_on, consent.ends)
    return found


def _last_moment(party: Party, *, needed: frozenset[UUID], at: datetime) -> datetime | None:
    """When others than today must agree: the own say of a young person begins, or childhood ends."""
    if needed <= {party.person}:
        return None
    changes = (party.judges_since, party.of_age_on)
    return min((change for change in changes if change is not None and change > at), default=None)


def _shared(each: Iterable[Periods]) -> Periods:
    """The scopes that all have, from the latest beginning to the earliest end; nothing where there is nobody."""
    several = list(each)
    return reduce(_both, several) if several else {}


def _both(one: Periods, other: Periods) -> Periods:
    return {
        scope: (max(one[scope][0], other[scope][0]), min(one[scope][1], other[scope][1]))
        for scope in one.keys() & other.keys()
    }


def _release(subject: UUID, scope: Scope, period: Period) -> Release:
    return Release(subject, scope.category, scope.organization, scope.purpose, *period)

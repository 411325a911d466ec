"""Whose consent is needed, who still has to agree, and what a question would open: reckoned by the kernel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from lueckenlos.commons.privacy import selectors
from lueckenlos.commons.privacy.types import ConsentState, ConsentView, PartyView, ScopeValue
from lueckenlos.core.actor import Actor
from lueckenlos.kernels import consenting

# A consent that is only thought of has no row yet.
_THOUGHT_OF: Final = UUID(int=0)


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A file as far as agreeing goes: its people, whose own it is, and what was given."""

    file: UUID
    own_of: UUID | None
    parties: tuple[PartyView, ...]
    consents: tuple[ConsentView, ...]

    def party(self, person: UUID) -> PartyView | None:
        """One person of the file."""
        return next((each for each in self.parties if each.person == person), None)


def facts_of(actor: Actor, file: UUID) -> FileFacts | None:
    """Read a file's facts for whoever works in it; nothing for everybody else."""
    view = selectors.file(actor, file)
    if view is None:
        return None
    return FileFacts(
        file, view.own_of, tuple(selectors.parties(actor, file)), tuple(selectors.consents_of(actor, file))
    )


def who_must_agree(facts: FileFacts, subject: UUID, *, at: datetime) -> frozenset[UUID]:
    """Without whose consent nothing about this person leaves the office; empty: nobody can agree."""
    party = facts.party(subject)
    if party is None:
        return frozenset()
    return consenting.who_must_agree(_party(party), own_of=_own(facts), at=at)


def who_has_agreed(facts: FileFacts, subject: UUID, *, scope: ScopeValue, at: datetime) -> frozenset[UUID]:
    """Who has agreed, in a consent that counts now, that this organization may know this for this purpose."""
    return frozenset(
        consent.given_by
        for consent in facts.consents
        if consent.subject == subject
        and consent.is_open(at)
        and _bare(scope) in map(_bare, open_scopes(consent))
    )


def still_missing(
    facts: FileFacts, subject: UUID, *, scopes: Iterable[ScopeValue], at: datetime
) -> frozenset[UUID]:
    """Who still has to agree before all of this opens."""
    needed = who_must_agree(facts, subject, at=at)
    missing: frozenset[UUID] = frozenset()
    for scope in scopes:
        missing |= needed - who_has_agreed(facts, subject, scope=scope, at=at)
    return missing


def opens(
    facts: FileFacts,
    subject: UUID,
    *,
    given_by: UUID,
    scopes: Sequence[ScopeValue],
    until: datetime,
    at: datetime,
) -> frozenset[ScopeValue]:
    """Which of these scopes would be open if this person agreed to them now."""
    thought = consenting.Consent(
        id=_THOUGHT_OF,
        given_by=given_by,
        subject=subject,
        scopes=frozenset(map(_bare, scopes)),
        given_on=at,
        valid_until=until,
    )
    releases = consenting.releases(
        [_party(each) for each in facts.parties],
        consents=[*map(_consent, facts.consents), thought],
        own_of=_own(facts),
        at=at,
    )
    there = {(each.purpose, each.category, each.organization) for each in releases if each.subject == subject}
    return frozenset(scope for scope in scopes if tuple(_bare(scope)) in there)


def already_given(
    facts: FileFacts,
    subject: UUID,
    *,
    given_by: UUID,
    scopes: Iterable[ScopeValue],
    until: datetime,
    at: datetime,
) -> bool:
    """Whether one consent of this person covers all of this for at least as long: the same need not be asked twice."""
    wanted = set(scopes)
    return any(
        consent.given_by == given_by
        and consent.subject == subject
        and consent.is_open(at)
        and consent.valid_until >= until
        and wanted <= set(open_scopes(consent))
        for consent in facts.consents
    )


def open_scopes(consent: ConsentView) -> list[ScopeValue]:
    """What of a consent was not taken back in part."""
    return [scope.value for scope in consent.scopes if scope.ended_at is None]


def _bare(scope: ScopeValue) -> consenting.Scope:
    return consenting.Scope(scope.purpose.value, scope.category.value, scope.organization)


def _own(facts: FileFacts) -> consenting.OwnFile:
    return consenting.OwnFile(facts.file, facts.own_of)


def _party(party: PartyView) -> consenting.Party:
    is_minor = party.of_age_at is not None
    return consenting.Party(
        person=party.person,
        role=consenting.PartyRole.CHILD if is_minor else consenting.PartyRole.ADULT,
        custodians=party.guardians,
        judges_since=party.judges_since,
        of_age_on=party.of_age_at,
        is_subject=party.is_subject,
    )


def _consent(consent: ConsentView) -> consenting.Consent:
    ended = consent.ended_at if consent.state is not ConsentState.GIVEN else None
    return consenting.Consent(
        id=consent.id,
        given_by=consent.given_by,
        subject=consent.subject,
        scopes=frozenset(map(_bare, open_scopes(consent))),
        given_on=consent.given_at,
        valid_until=consent.valid_until,
        ended_at=ended,
    )

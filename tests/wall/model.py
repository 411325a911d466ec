"""Who may know what: a small model in plain Python, written from `privacy.md` and from nothing else.

It knows the facts (who is in which team, whose task a file is, who consented to what) and derives everything anew each
time; it shares no line with the wall. `derive` says what has been released; `View` says what one actor sees, row by
row, ground by ground; `tests.wall.seeing` applies it to each table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from lueckenlos.core.actor import Actor, ActorKind, Role, ScopeKind
from tests.wall.facts import Assignment, Consent, Facts, Party

SERVING = frozenset({Role.PROFESSIONAL, Role.PREVENTION_OFFICER, Role.FAMILY_OFFICE, Role.PROVIDER})


class What(NamedTuple):
    """One thing that may be known: a category about a person of a file (or about everybody: the file itself)."""

    file: str
    subject: str
    category: str


class For(NamedTuple):
    """Who may know it, and what for."""

    organization: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Term:
    """From when until when something is released, and whether it may be changed."""

    since: datetime
    until: datetime
    edits: bool = False

    def holds(self, at: datetime) -> bool:
        """Half-open: what ends at ten is over at ten."""
        return self.since <= at < self.until

    def together(self, other: Term) -> Term:
        """What two have both allowed."""
        return Term(max(self.since, other.since), min(self.until, other.until), self.edits and other.edits)


Releases = dict[tuple[What, For], Term]


@dataclass(frozen=True, slots=True)
class Way:
    """One way into a file: on which ground, and how far it reaches."""

    file: str
    ground: str
    writes: bool
    subject: str = ""
    category: str = ""

    @property
    def everything(self) -> bool:
        """The whole file, but for what was confided."""
        return not self.category


@dataclass
class Model:
    """The county at one moment. `touched`: when something was last done on a file; releases begin with a deed alone."""

    facts: Facts
    at: datetime
    touched: Mapping[str, datetime] = field(default_factory=dict)

    @cached_property
    def releases(self) -> Releases:
        """What has been released in any file; an end that has come meanwhile is an end, whatever was given later."""
        found: Releases = {}
        for file in self.facts["privacy_file"]:
            found |= self.derive(file, self.touched.get(file, self.at))
        return found

    def derive(self, file: str, moment: datetime) -> Releases:
        """Releases of a file as a deed at this moment leaves them: where all agree whose consent is needed."""
        subjects = [party for party in self._parties[file] if party.is_subject and party.left_at is None]
        agreed = [self._agreed(party, moment) for party in subjects]
        found: Releases = {
            (What(file, party.person, category), whom): term
            for party, terms in zip(subjects, agreed, strict=True)
            for (category, whom), term in terms.items()
        }
        # What concerns everybody: where every one of them is released.
        for key in set.intersection(*(set(terms) for terms in agreed)) if agreed else ():
            term = agreed[0][key]
            for terms in agreed[1:]:
                term = term.together(terms[key])
            found[What(file, file, key[0]), key[1]] = term
        return {key: term for key, term in found.items() if moment < term.until and term.since < term.until}

    def _agreed(self, party: Party, moment: datetime) -> dict[tuple[str, For], Term]:
        """What everybody agrees to who must agree for this person."""
        own_of = self.facts["privacy_file"][party.file_id].own_of
        is_adult = party.of_age_at is None or party.of_age_at <= moment
        if is_adult or own_of == party.person:
            return self._given(party, by=party.person, moment=moment)
        guardians = self._guardians[party.file_id, party.person]
        if not guardians:
            return {}
        # A release for a child ends when its own consent is needed, and at eighteen.
        ends = [party.of_age_at] if party.of_age_at is not None else []
        needed = set(guardians)
        if party.judges_since is not None:
            if party.judges_since <= moment:
                needed.add(party.person)
            else:
                ends.append(party.judges_since)
        words = [self._given(party, by=each, moment=moment) for each in sorted(needed)]
        agreed = {}
        for key in set.intersection(*map(set, words)):
            term = words[0][key]
            for each in words[1:]:
                term = term.together(each[key])
            agreed[key] = Term(term.since, min(term.until, *ends), term.edits)
        return agreed

    def _given(self, party: Party, *, by: str, moment: datetime) -> dict[tuple[str, For], Term]:
        """What one person allows about another: of several consents to the same, the one that lasts longest speaks."""
        best: dict[tuple[str, For], Term] = {}
        for consent in self._consents[party.file_id, party.person, by]:
            if not (self.is_given(consent) and consent.given_at <= moment < consent.valid_until):
                continue
            for scope in self._scopes[consent.id]:
                if (consent.id, scope.id) in self._withdrawn:
                    continue
                key = (scope.category, For(scope.organization_id, scope.purpose))
                term = Term(consent.given_at, consent.valid_until, scope.mode == "edit")
                if key not in best or (term.until, -term.since.timestamp()) > (
                    best[key].until, -best[key].since.timestamp(),
                ):  # fmt: skip
                    best[key] = term
        return best

    def is_given(self, consent: Consent) -> bool:
        """Neither withdrawn as a whole nor replaced; its time is asked apart."""
        return (consent.id, None) not in self._withdrawn and consent.state != "replaced"

    def task_of(self, file: str) -> Assignment | None:
        """Whose task the file is: the last word counts."""
        rows = self._assignments[file]
        return max(rows, key=lambda row: row.since) if rows else None

    def heads(self, person: str, organization: str | None, unit: str | None) -> bool:
        """Whether somebody heads this team now, acting for this organization."""
        return unit is not None and unit in self.units_of(person, organization, heading=True)

    def units_of(self, person: str, organization: str | None, *, heading: bool = False) -> set[str]:
        """The teams of an organization that somebody is in (or heads) now."""
        return {
            row.unit_id
            for row in self.facts.all("accounts_membership")
            if row.user_id == person
            and self.facts["accounts_unit"][row.unit_id].organization_id == organization
            and row.since <= self.at
            and (row.until is None or self.at < row.until)
            and (row.is_head or not heading)
        }

    def guardians(self, file: str, child: str) -> frozenset[str]:
        """Who has custody of a child, in this file."""
        return frozenset(self._guardians[file, child])

    def parties(self, file: str) -> list[Party]:
        """Everybody in a file, also who left it."""
        return self._parties[file]

    @cached_property
    def _parties(self) -> dict[str, list[Party]]:
        found: dict[str, list[Party]] = _by(self.facts.all("privacy_party"), lambda row: row.file_id)
        return found

    @cached_property
    def _guardians(self) -> dict[tuple[str, str], set[str]]:
        found = defaultdict(set)
        for row in self.facts.all("privacy_custody"):
            found[row.file_id, row.child].add(row.guardian)
        return found

    @cached_property
    def _assignments(self) -> dict[str, list[Assignment]]:
        found: dict[str, list[Assignment]] = _by(
            self.facts.all("privacy_assignment"), lambda row: row.file_id
        )
        return found

    @cached_property
    def _consents(self) -> dict[tuple[str, str, str], list[Consent]]:
        found: dict[tuple[str, str, str], list[Consent]] = _by(
            self.facts.all("privacy_consent"), lambda row: (row.file_id, row.subject, row.given_by)
        )
        return found

    @cached_property
    def _scopes(self):
        return _by(self.facts.all("privacy_scope"), lambda row: row.consent_id)

    @cached_property
    def _withdrawn(self) -> set[tuple[str, str | None]]:
        return {(row.consent_id, row.scope_id) for row in self.facts.all("privacy_withdrawal")}


@dataclass
class View:
    """One actor at one moment: as whom they ask, and which ways they have."""

    model: Model
    actor: Actor

    @cached_property
    def worker(self) -> str | None:
        """The person at work, by account."""
        return str(self.actor.person_id) if self.actor.kind is ActorKind.PERSON else None

    @cached_property
    def office(self) -> str | None:
        """The organization they act for, if they serve families there; claiming another is nothing."""
        named = self.actor.organization
        if self.worker is None or named is None:
            return None
        serves = any(
            grant.role in SERVING
            and grant.scope_kind is ScopeKind.ORGANIZATION
            and grant.scope_key == str(named)
            for grant in self.actor.grants
        )
        return str(named) if serves else None

    @cached_property
    def own(self) -> str | None:
        """The family's person: by account, or by a link to their own data."""
        if self.actor.kind is ActorKind.FAMILY:
            return str(self.actor.person_id)
        if self.actor.kind is ActorKind.LINK and self.actor.purpose == "own-data":
            return str(self.actor.record)
        return None

    @property
    def link(self) -> str | None:
        """The one record that a link opens."""
        return str(self.actor.record) if self.actor.kind is ActorKind.LINK else None

    @property
    def oversees(self) -> bool:
        """Data protection of the county."""
        return any(
            grant.role is Role.DATA_PROTECTION and grant.scope_kind is ScopeKind.COUNTY
            for grant in self.actor.grants
        )

    @property
    def erases(self) -> bool:
        """The job that keeps the retention rules."""
        return self.actor.kind is ActorKind.JOB and self.actor.name == "retention"

    @cached_property
    def units(self) -> set[str]:
        """The teams they are in, of the organization they act for."""
        if self.worker is None or self.office is None:
            return set()
        return self.model.units_of(self.worker, self.office)

    @cached_property
    def ways(self) -> dict[str, list[Way]]:
        """Every way into every file, by file: own task, cover, consent, protection."""
        found: dict[str, list[Way]] = defaultdict(list)
        if self.office is None:
            return found
        for way in (*self._by_task(), *self._by_cover(), *self._by_consent(), *self._by_protection()):
            found[way.file].append(way)
        return found

    def _by_task(self):
        for key, file in self.model.facts["privacy_file"].items():
            task = self.model.task_of(key)
            if task is None or task.until is not None:
                continue
            is_theirs = task.person == self.worker and file.organization_id == self.office
            if (task.person and is_theirs) or (task.unit_id and task.unit_id in self.units):
                yield Way(key, "own_task", writes=True)

    def _by_cover(self):
        for row in self.model.facts.all("privacy_cover"):
            is_theirs = row.person == self.worker and row.organization_id == self.office
            if is_theirs and row.since <= self.model.at < row.until:
                yield Way(row.file_id, "cover", writes=row.kind == "illness")

    def _by_consent(self):
        for (what, whom), term in self.model.releases.items():
            if whom == (self.office, self.actor.purpose) and term.holds(self.model.at):
                yield Way(what.file, "consent", term.edits, what.subject, what.category)

    def _by_protection(self):
        for row in self.model.facts.all("privacy_protectionstep"):
            named = row.organization_id == self.office and self.actor.purpose == "protection"
            if named and row.since <= self.model.at < row.until:
                for category in row.categories:
                    yield Way(row.file_id, "protection", False, row.subject, category)

    @cached_property
    def tasks(self) -> set[str]:
        """Files that are wholly open: their task, or under cover."""
        return {file for file, ways in self.ways.items() if any(way.everything for way in ways)}

    @cached_property
    def pens(self) -> set[str]:
        """Files in which they may write."""
        return {
            file for file, ways in self.ways.items() if any(way.everything and way.writes for way in ways)
        }

    @cached_property
    def told(self) -> set[What]:
        """What is open to them piece by piece."""
        return {
            What(way.file, way.subject, way.category)
            for ways in self.ways.values()
            for way in ways
            if not way.everything
        }

    @cached_property
    def told_to_write(self) -> set[What]:
        """What they may change piece by piece."""
        return {
            What(way.file, way.subject, way.category)
            for ways in self.ways.values()
            for way in ways
            if way.writes and not way.everything
        }

    @cached_property
    def own_files(self) -> set[str]:
        """Files of which the family's person sees their own data: not held back, not somebody else's own advice."""
        return {
            party.file_id
            for party in self.model.facts.all("privacy_party")
            if party.person == self.own
            and not (file := self.model.facts["privacy_file"][party.file_id]).held_back
            and file.own_of in {None, self.own}
        }

    @cached_property
    def task_people(self) -> set[str]:
        """People who are in a file that is wholly open."""
        return self._people(self.tasks)

    @cached_property
    def pen_people(self) -> set[str]:
        """People who are in a file in which they may write."""
        return self._people(self.pens)

    def knows(self, person: str, category: str) -> bool:
        """Whether a category about a person is open in any file."""
        return person in self.task_people or (person, category) in self._told_about

    @cached_property
    def _told_about(self) -> set[tuple[str, str]]:
        return {(what.subject, what.category) for what in self.told}

    def _people(self, files: set[str]) -> set[str]:
        return {party.person for file in files for party in self.model.parties(file) if party.left_at is None}


def _by(rows, key):
    found = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found

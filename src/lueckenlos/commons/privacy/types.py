"""What crosses to other rooms: files, parties, consents, and what the wall lets somebody see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID


class Purpose(StrEnum):
    """What somebody may know something for; it travels with each disclosure (§ 64 SGB VIII)."""

    COUNSELLING = "counselling"
    CRISIS = "crisis"
    CASE_TALK = "case_talk"
    HANDOVER = "handover"
    ACCOMPANIMENT = "accompaniment"
    PROTECTION = "protection"
    TRANSITION = "transition"


class Category(StrEnum):
    """What kind of data a record holds; consents name these, one by one."""

    IDENTITY = "identity"
    CONTACT = "contact"
    SITUATION = "situation"
    FAMILY = "family"
    HEALTH = "health"
    SCHOOL = "school"
    DEVELOPMENT = "development"
    FINANCES = "finances"
    HOUSING = "housing"
    AGREEMENTS = "agreements"
    HELP = "help"
    DOCUMENTS = "documents"


class PartyRole(StrEnum):
    """How a person stands in a file."""

    CHILD = "child"
    YOUNG_PERSON = "young_person"
    MOTHER = "mother"
    FATHER = "father"
    GUARDIAN = "guardian"
    ADULT = "adult"
    OTHER = "other"


class Ground(StrEnum):
    """Why the wall lets somebody see a record."""

    OWN_TASK = "own_task"
    CONSENT = "consent"
    CONFIDED = "confided"
    PROTECTION = "protection"
    OWN_DATA = "own_data"
    COVER = "cover"


class Mode(StrEnum):
    """What a release lets its recipient do."""

    VIEW = "view"
    EDIT = "edit"


class ConsentForm(StrEnum):
    """How a consent was given; orally only with the reason why not otherwise (§ 67b (2) SGB X)."""

    PAPER = "paper"
    SIGNATURE = "signature"
    ELECTRONIC = "electronic"
    ORAL = "oral"


class ConsentState(StrEnum):
    """A consent never comes back to life."""

    GIVEN = "given"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    REPLACED = "replaced"


class WithdrawalWay(StrEnum):
    """By which way a withdrawal came."""

    OWN_PAGE = "own_page"
    LINK = "link"
    WORD = "word"
    LETTER = "letter"
    MAIL = "mail"


class LegalBasis(StrEnum):
    """On what a protection step rests."""

    SGB8_8A = "sgb8_8a"
    SGB8_8A_4 = "sgb8_8a_4"
    KKG_4 = "kkg_4"


class CoverKind(StrEnum):
    """Why somebody steps in for a time."""

    ILLNESS = "illness"
    SUPERVISION = "supervision"
    AUDIT = "audit"
    SUPPORT = "support"


class OpeningGround(StrEnum):
    """Why what was confided to one may be known by another (§ 65 (1) SGB VIII)."""

    AGREED = "agreed"
    COURT = "court"
    CHANGE_OF_WORKER = "change_of_worker"
    PROTECTION_TEAM = "protection_team"


class DraftAnswer(StrEnum):
    """What became of a consent that somebody was asked for."""

    OPEN = "open"
    AGREED = "agreed"
    DECLINED = "declined"
    REVOKED = "revoked"


class RetentionClass(StrEnum):
    """How long a file is kept; the county sets the years, the norm the frame."""

    HELP_FILE = "help_file"
    PROTECTION = "protection"
    COUNSELLING = "counselling"
    CASE_TALK = "case_talk"
    REQUEST = "request"


YEARS_KEPT: Final = {
    # § 9b SGB VIII (since July 2025): seventy years after the thirtieth birthday is reckoned apart.
    RetentionClass.HELP_FILE: 70,
    RetentionClass.PROTECTION: 10,
    RetentionClass.COUNSELLING: 3,
    RetentionClass.CASE_TALK: 1,
    RetentionClass.REQUEST: 1,
}


@dataclass(frozen=True, slots=True)
class ScopeValue:
    """One thing that a consent allows: one organization may know one category for one purpose."""

    purpose: Purpose
    category: Category
    organization: UUID
    mode: Mode = Mode.VIEW


@dataclass(frozen=True, slots=True)
class NewParty:
    """A person who joins a file; `of_age_at` is the eighteenth birthday's midnight, none for adults."""

    person: UUID
    role: PartyRole
    of_age_at: datetime | None = None
    guardians: tuple[UUID, ...] = ()
    is_subject: bool = True


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to be opened: who is responsible, and whether it is a young person's own (§ 8 (3) SGB VIII)."""

    organization: UUID
    retention_class: RetentionClass
    unit: UUID | None = None
    own_of: UUID | None = None
    held_back: bool = False


@dataclass(frozen=True, slots=True)
class FileView:
    """A file without any content."""

    id: UUID
    organization: UUID
    unit: UUID | None
    own_of: UUID | None
    held_back: bool
    retention_class: RetentionClass
    opened_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class PartyView:
    """A person's place in a file; the name is families' to give."""

    person: UUID
    role: PartyRole
    is_subject: bool
    of_age_at: datetime | None
    judges_since: datetime | None
    guardians: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class AssignmentView:
    """Whose task a file is, or was."""

    person: UUID | None
    unit: UUID | None
    since: datetime
    until: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class TextView:
    """A consent text as it is read: its words, and the most it may cover."""

    id: UUID
    code: str
    version: int
    language: str
    title: str
    text: str
    sha256: str
    purposes: frozenset[Purpose]
    categories: frozenset[Category]
    recipient_kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class ScopeView:
    """A scope as it was given."""

    id: UUID
    value: ScopeValue
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class ConsentView:
    """A consent with its scopes."""

    id: UUID
    file: UUID
    given_by: UUID
    given_role: PartyRole
    subject: UUID
    text: UUID
    form: ConsentForm
    given_at: datetime
    valid_until: datetime
    state: ConsentState
    ended_at: datetime | None
    scopes: tuple[ScopeView, ...]

    def is_open(self, at: datetime) -> bool:
        """Whether it counts at this moment."""
        return self.state is ConsentState.GIVEN and self.given_at <= at < self.valid_until


@dataclass(frozen=True, slots=True)
class ReleaseView:
    """Who may know what about whom, what for, until when."""

    file: UUID
    subject: UUID
    category: Category
    organization: UUID
    purpose: Purpose
    mode: Mode
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class DisclosureView:
    """Who saw which kind of data when, and on which ground."""

    file: UUID
    subject: UUID
    category: Category
    person: UUID | None
    organization: UUID
    purpose: str
    ground: Ground
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class DraftView:
    """A consent that somebody is asked for."""

    id: UUID
    file: UUID
    asked: UUID
    asked_label: str
    subject: UUID
    subject_label: str
    text: TextView
    scopes: tuple[ScopeValue, ...]
    valid_until: datetime
    end_named: str
    answer: DraftAnswer
    expires_at: datetime
    created_at: datetime
    consent: UUID | None
    created_by: UUID


@dataclass(frozen=True, slots=True)
class CoverView:
    """Who steps in for whom, why and how long."""

    person: UUID
    organization: UUID
    kind: CoverKind
    reason: str
    granted_by: UUID
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class StepView:
    """A step for the protection of a child, for whoever has the file and for the organization that it names."""

    id: UUID
    file: UUID
    organization: UUID
    subject: UUID
    legal_basis: LegalBasis
    reason: str
    second_person: UUID | None
    late_reason: str
    categories: tuple[Category, ...]
    since: datetime
    until: datetime
    recorded_by: UUID


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A protection step happened, for data protection: nothing about whom."""

    organization: UUID
    recipient: UUID
    legal_basis: LegalBasis
    happened_at: datetime


@dataclass(frozen=True, slots=True)
class HeadedFile:
    """What the head of a team knows of a file without cover."""

    file: UUID
    person: UUID | None
    opened_at: datetime

"""What crosses to other rooms: cases, records, referrals, as the one who asks may know them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from lueckenlos.commons.privacy.types import Category, LegalBasis, Purpose


class ReferralMode(StrEnum):
    """What the receiver gets: to look, to write, or the whole task."""

    VIEW = "view"
    EDIT = "edit"
    HAND_OVER = "hand_over"


class ReferralState(StrEnum):
    """A referral is followed until somebody confirmed its end."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    RETURNED = "returned"
    ARRIVED = "arrived"
    NOT_ARRIVED = "not_arrived"
    WITHDRAWN = "withdrawn"

    @property
    def is_open(self) -> bool:
        """Whether an answer is still due."""
        return self in {ReferralState.PROPOSED, ReferralState.ACCEPTED}


class Channel(StrEnum):
    """By which way a matter came in."""

    PHONE = "phone"
    COUNTER = "counter"
    PAGE = "page"
    MAIL = "mail"
    OFFICE = "office"


class TallyOutcome(StrEnum):
    """What came of a call or a visit that is counted without a person."""

    ANSWERED = "answered"
    LIST_GIVEN = "list_given"
    SENT_ON = "sent_on"
    REQUEST_MADE = "request_made"
    NOTHING_FOUND = "nothing_found"
    NO_PLACE = "no_place"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTally:
    """One line at the telephone or the counter; there is no place in it for a person."""

    channel: Channel
    outcome: TallyOutcome
    ags: str | None = None
    phase: str = ""
    field: str = ""
    language: str = "de"
    asked_by_child: bool = False


@dataclass(frozen=True, slots=True)
class TallyView:
    """One counted line, for whoever counted it."""

    id: UUID
    counted_on: date
    tally: NewTally


@dataclass(frozen=True, slots=True)
class TallyCount:
    """How many lines are alike."""

    channel: Channel
    outcome: TallyOutcome
    ags: str | None
    phase: str
    field: str
    language: str
    asked_by_child: bool
    count: int


@dataclass(frozen=True, slots=True)
class Opened:
    """A case that has just begun: its file, how it is called, and by when the first thing is promised."""

    file: UUID
    pseudonym: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class RecordView:
    """One record of a case, as the wall lets it be seen."""

    id: UUID
    file: UUID
    kind: str
    category: Category
    about: UUID
    is_confided: bool
    confided_by: UUID | None
    is_held_back: bool
    words: str
    text: str
    data: dict[str, Any]
    happened_at: datetime
    author: UUID | None
    organization: UUID
    is_draft: bool
    version: int


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case without content: which way it goes and where it stands."""

    file: UUID
    pathway: str
    pathway_version: int
    pathway_title: str
    stage: str
    stage_title: str
    pseudonym: str
    channel: Channel
    language: str
    ags: str | None
    opened_at: datetime
    closed_at: datetime | None
    organization: UUID


@dataclass(frozen=True, slots=True)
class GoalView:
    """A goal in the family's words, with its ratings, oldest first."""

    id: UUID
    about: UUID
    text: str
    agreed_at: datetime
    ended_at: datetime | None
    ratings: tuple[tuple[datetime, str, int], ...]
    version: int


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document without its content."""

    id: UUID
    file: UUID
    category: Category
    about: UUID
    name: str
    media_type: str
    size: int
    stored_as: UUID
    created_at: datetime
    author: UUID | None


@dataclass(frozen=True, slots=True)
class ReferralView:
    """A referral or handover, and how far it is."""

    id: UUID
    file: UUID
    organization: UUID
    to_organization: UUID
    service: UUID | None
    mode: ReferralMode
    state: ReferralState
    purpose: Purpose
    categories: tuple[Category, ...]
    about: UUID
    message: str
    answer: str
    reason: str
    due_at: datetime
    proposed_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class FeedbackView:
    """The two answers of § 64 (4) SGB VIII, and when they were given."""

    is_confirmed: bool
    is_acting: bool
    given_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """A report of a child in danger to a youth office: on what ground, why, what it opens, and what came back.

    It may rest on several steps, one for each person; `id` is the one by which it is found.
    """

    id: UUID
    file: UUID
    organization: UUID
    legal_basis: LegalBasis
    reason: str
    subjects: tuple[UUID, ...]
    categories: tuple[Category, ...]
    second_person: UUID | None
    late_reason: str
    since: datetime
    until: datetime
    recorded_by: UUID
    received_at: datetime | None
    feedback: FeedbackView | None

    @property
    def may_be_answered(self) -> bool:
        """Whether the law lets the youth office give the two answers: to who reported under § 4 (1) KKG alone."""
        return self.legal_basis is LegalBasis.KKG_4

"""What crosses to other rooms of a person's rights: what they agreed to, what they ask for, who may speak."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from lueckenlos.commons.privacy.types import ConsentForm, ScopeValue


class RightKind(StrEnum):
    """What a person may ask for their own data (Art. 15 to 21 GDPR)."""

    ACCESS = "access"
    CORRECTION = "correction"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    OBJECTION = "objection"


class RightOutcome(StrEnum):
    """How such a wish ended; a no carries its reason (Art. 12 (4) GDPR)."""

    DONE = "done"
    PARTLY = "partly"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class GivenView:
    """One line of an answered draft: what it allowed, whether that still holds, and whether all others agreed too."""

    scope: UUID
    value: ScopeValue
    until: datetime
    is_open: bool
    is_released: bool


@dataclass(frozen=True, slots=True)
class OfficeView:
    """An office that keeps something about the family's person, and whose task it is there."""

    file: UUID
    organization: UUID
    person: UUID | None
    unit: UUID | None


@dataclass(frozen=True, slots=True)
class RightView:
    """A wish of a person about their own data, and what became of it."""

    id: UUID
    person: UUID
    kind: RightKind
    text: str
    language: str
    asked_at: datetime
    due_at: datetime
    outcome: RightOutcome | None
    answer: str
    answered_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Nobody has answered yet."""
        return self.outcome is None


@dataclass(frozen=True, slots=True)
class SecrecyView:
    """Who may speak although bound to secrecy (§ 203 StGB), towards whom, until when."""

    id: UUID
    released: str
    towards: UUID
    given_by: UUID
    subject: UUID
    form: ConsentForm
    given_at: datetime
    valid_until: datetime
    ended_at: datetime | None

    def is_open(self, at: datetime) -> bool:
        """Whether it counts at this moment."""
        return self.given_at <= at < min(self.valid_until, self.ended_at or self.valid_until)

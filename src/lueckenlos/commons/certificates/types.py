"""What crosses to other rooms: that a certificate of conduct was seen, its date, when to look again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

RECORD_KIND: Final = "certificate"
LONGEST_YEARS: Final = 5


class Standing(StrEnum):
    """How an entry stands on a day."""

    CURRENT = "current"
    DUE = "due"
    OVERDUE = "overdue"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a certificate: its own date, the day it was shown, and when to ask for a new one."""

    dated_on: date
    seen_on: date
    look_again_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCertificate:
    """Whose certificate was seen, and for which activity.

    `organization` keeps the register; None is the county itself. `person` is known where the room above
    knows the volunteer.
    """

    organization: UUID | None
    person_name: str
    activity: str
    look: Look
    person: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateView:
    """One entry of the register, as the organization that keeps it sees it."""

    id: UUID
    organization: UUID | None
    person: UUID | None
    person_name: str
    activity: str
    look: Look
    ended_on: date | None
    erased_on: date | None
    version: int
    standing: Standing

    @property
    def has_ended(self) -> bool:
        """The activity is over."""
        return self.ended_on is not None


@dataclass(frozen=True, slots=True)
class Register:
    """All entries of an organization: those to look at again first."""

    due: tuple[CertificateView, ...] = ()
    current: tuple[CertificateView, ...] = ()
    ended: tuple[CertificateView, ...] = ()

    def __len__(self) -> int:
        return len(self.due) + len(self.current) + len(self.ended)

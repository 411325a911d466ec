"""What crosses the front door: what somebody brings, what they read as an answer, what waits on the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from lueckenlos.care.cases.types import CaseView, Channel
from lueckenlos.commons.families.types import NewPerson
from lueckenlos.commons.places.types import PlaceMatch, YouthOfficeInfo
from lueckenlos.commons.signals.types import SignalReason
from lueckenlos.commons.tasks.types import TaskView
from lueckenlos.kernels.crisis import CrisisKind

PATHWAY: Final = "anliegen"
"""The pathway that requests follow, unless the county's folder names another under [family_office]."""


class Kind(StrEnum):
    """The kinds of records on the pathway that these pages write and read."""

    CONCERN = "concern"
    QUESTION = "question"
    ANSWER = "answer"
    REFERRAL = "referral"


class Step(StrEnum):
    """The stages of the pathway that these pages lead to."""

    INCOMING = "incoming"
    ANSWERED = "answered"
    REFERRED = "referred"
    CLOSED = "closed"


HELPED: Final = "helped"
"""The outcome question that the family answers."""


class Who(StrEnum):
    """Who brings a matter, in the pathway's words."""

    PARENT = "parent"
    YOUNG_PERSON = "young_person"
    RELATIVE = "relative"
    PROFESSIONAL = "professional"
    UNSAID = "unsaid"


class Helped(StrEnum):
    """What a family says of an answer."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Receiver:
    """The team that takes requests, and the pathway they follow."""

    organization: UUID
    unit: UUID
    name: str
    members: tuple[UUID, ...]
    pathway: str = PATHWAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A matter as somebody brings it, in their own words; everything but the words may be left out."""

    words: str
    who: Who
    person: NewPerson
    language: str = "de"
    ags: str | None = None
    says_danger: bool = False
    age: int | None = None
    channel: Channel = Channel.PAGE

    @property
    def is_own(self) -> bool:
        """A young person's own advice, which parents do not see (§ 8 (3) SGB VIII)."""
        return self.who is Who.YOUNG_PERSON


@dataclass(frozen=True, slots=True)
class SentIn:
    """A matter that has arrived: by when it is answered, and the way back to it."""

    file: UUID
    person: UUID
    pseudonym: str
    due_at: datetime | None
    code: str = ""
    code_until: datetime | None = None


class Side(StrEnum):
    """Who said something."""

    FAMILY = "family"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Message:
    """Something that was said in a request, by the family or by the office."""

    side: Side
    kind: str
    words: str
    at: datetime
    language: str = ""
    service_keys: tuple[str, ...] = ()
    day: date | None = None
    hour: str = ""
    place: str = ""
    keyword: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """One request as its own family reads it."""

    case: CaseView
    messages: tuple[Message, ...]
    due_at: datetime | None
    is_answered: bool
    helped: Helped | None
    is_own: bool = False

    @property
    def is_closed(self) -> bool:
        """Nobody works at it any more; new words open it again."""
        return self.case.closed_at is not None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request on the desk: no names and no words, for a screen at a counter is seen by others."""

    case: CaseView
    place: str
    who: Who | None
    dangers: tuple[CrisisKind, ...]
    says_danger: bool
    task: TaskView | None

    @property
    def is_danger(self) -> bool:
        """It comes first, whatever its day."""
        return self.says_danger or bool(self.dangers)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What a typed place means, and which youth office is competent there."""

    typed: str = ""
    place: PlaceMatch | None = None
    choices: tuple[PlaceMatch, ...] = ()
    outside: str = ""
    office: YouthOfficeInfo | None = None

    @property
    def ags(self) -> str | None:
        """The municipality, where one alone is meant."""
        return self.place.ags if self.place else None

    @property
    def is_unknown(self) -> bool:
        """Something was typed that is no place we know."""
        return bool(self.typed) and self.place is None and not self.choices and not self.outside


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAnswer:
    """What the office writes to a family; `key` makes a second try of the same form the same answer."""

    words: str
    key: UUID
    language: str = "de"
    service_keys: tuple[str, ...] = ()
    appointment: datetime | None = None
    place: str = ""
    missing: SignalReason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReferral:
    """Where a part of a request goes; with data only what a consent covers, without any the family goes by itself."""

    organization: UUID
    name: str
    service: UUID | None = None
    with_data: bool = False
    message: str = ""


class Telling(StrEnum):
    """How a family hears that there is an answer, along its own wishes."""

    MAIL = "mail"
    SMS = "sms"
    CALL = "call"
    LETTER = "letter"
    THEMSELVES = "themselves"

"""The values of a pathway: how an office goes through a matter with a family, as data that no code knows by name."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property


class FieldType(StrEnum):
    """What can be entered into a field; a rating goes from 1 (not at all) to 5 (fully)."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    DATE = "date"
    NUMBER = "number"
    YES_NO = "yes_no"
    PERSON = "person"
    RATING = "rating"


class Naming(StrEnum):
    """Whether a matter may know whom it is about: with a pseudonym there is no place for a name at all."""

    NAME = "name"
    PSEUDONYM = "pseudonym"


class Need(StrEnum):
    """What a stage can ask for before it ends.

    A record of a kind that was written, a live consent that covers a data category for the pathway's purpose, a task
    of a kind that was done, an outcome question that was answered.
    """

    RECORD = "record"
    CONSENT = "consent"
    TASK = "task"
    OUTCOME = "outcome"


class Occasion(StrEnum):
    """What happens in a case: a stage is entered, a record of a kind written, a task done, a question answered."""

    STAGE = "stage"
    RECORD = "record"
    TASK = "task"
    OUTCOME = "outcome"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that a field or question offers."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to enter into a record; choices belong to the type `choice` alone."""

    key: str
    label: str
    type: FieldType
    is_required: bool = False
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A kind of note; `category` decides which consent opens it.

    `is_confidable`: one of these may be confided to its writer (§ 65 SGB VIII). `is_shown_to_family`: the family reads
    it, as long as it is not confided.
    """

    key: str
    title: str
    category: str
    fields: tuple[Field, ...]
    is_confidable: bool = False
    is_shown_to_family: bool = False


@dataclass(frozen=True, slots=True)
class TaskKind:
    """A kind of task that the pathway knows by name."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class OutcomeQuestion:
    """What is asked at the end, and which role answers: what has changed for the family."""

    key: str
    question: str
    asked_of: str
    type: FieldType
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Requirement:
    """What must be there before a stage ends; a record may be asked of several persons (§ 8a SGB VIII).

    `key` names the kind of record or task, the outcome question, or the data category of a consent. `is_anew`: once
    the case has gone back, only what came after counts, so that an old answer does not close a new question.
    """

    need: Need
    key: str
    persons: int = 1
    is_anew: bool = False


@dataclass(frozen=True, slots=True)
class Next:
    """A stage that may follow; `is_again` marks the way back to one that has been."""

    stage: str
    is_again: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """A stretch of the way: who acts in it, what must be there before it ends, and what may follow."""

    key: str
    title: str
    roles: frozenset[str]
    requires: tuple[Requirement, ...] = ()
    next: tuple[Next, ...] = ()
    is_final: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """Something that can happen in a case, by the key of its stage, kind or question."""

    occasion: Occasion
    key: str

    def __str__(self) -> str:
        return f"{self.occasion}:{self.key}"


@dataclass(frozen=True, slots=True)
class ClockRule:
    """A promise of time: it runs from an event to the first of some others, and is due after `deadline` (text).

    `told_to_caller` is a sentence with {until} in it, or empty where nobody outside is told.
    """

    key: str
    title: str
    begins: Event
    ends: tuple[Event, ...]
    deadline: str
    told_to_caller: str = ""


@dataclass(frozen=True, slots=True)
class FirstQuestion:
    """What is asked before anything is written; on "yes" the pathway is not opened.

    `if_yes` says what to do then, `lines` are the kinds of help lines to show, `instead` the pathway to take.
    """

    question: str
    if_yes: str
    lines: tuple[str, ...] = ()
    instead: str | None = None


@dataclass(frozen=True)
class Pathway:
    """A whole pathway in one version; the first stage is where every matter begins.

    `is_seam_only`: the office's own specialist system stays the file, here stands only what crosses a seam.
    `is_switched_on`: False until the county decides to work with it.
    """

    key: str
    version: int
    title_de: str
    summary_de: str
    purpose: str
    retention_class: str
    naming: Naming
    is_seam_only: bool
    is_switched_on: bool
    roles: frozenset[str]
    stages: tuple[Stage, ...]
    record_kinds: tuple[RecordKind, ...]
    clocks: tuple[ClockRule, ...] = ()
    tasks: tuple[TaskKind, ...] = ()
    outcomes: tuple[OutcomeQuestion, ...] = ()
    first_question: FirstQuestion | None = None

    @cached_property
    def stage_of(self) -> Mapping[str, Stage]:
        """Stages by key."""
        return {stage.key: stage for stage in self.stages}

    @cached_property
    def record_kind_of(self) -> Mapping[str, RecordKind]:
        """Kinds of records by key."""
        return {kind.key: kind for kind in self.record_kinds}

    @property
    def first_stage(self) -> Stage:
        """Where every matter begins."""
        return self.stages[0]


@dataclass(frozen=True, slots=True)
class Happened:
    """An event with its moment (aware); `by` tells the writers of records apart and is no name."""

    event: Event
    at: datetime
    by: str = ""


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the engine must know of a case, and nothing else: no names, no contents.

    `happened` is the case's history in any order. `consents` are the data categories that a live consent covers for
    the pathway's purpose, now.
    """

    happened: tuple[Happened, ...] = ()
    consents: frozenset[str] = frozenset()


def content_hash(pathway: Pathway) -> str:
    """SHA-256 of all that a pathway says, except its version number, in hexadecimal.

    Two versions with the same hash say the same; one version with two hashes was changed without a new number.
    """
    content = asdict(pathway)
    del content["version"]
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=sorted)
    return hashlib.sha256(plain.encode()).hexdigest()

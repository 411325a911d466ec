"""What can be wrong with a pathway's file: codes with data; `wording` makes sentences of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class FlawCode(StrEnum):
    """What is wrong."""

    NOT_TOML = "not_toml"
    MISSING = "missing"
    WRONG_TYPE = "wrong_type"
    EMPTY = "empty"
    BAD_KEY = "bad_key"
    BAD_VERSION = "bad_version"
    BAD_PERSONS = "bad_persons"
    UNKNOWN_ENTRY = "unknown_entry"
    UNKNOWN_WORD = "unknown_word"
    DUPLICATE_KEY = "duplicate_key"
    DUPLICATE_PATHWAY = "duplicate_pathway"
    UNKNOWN_PATHWAY = "unknown_pathway"
    UNKNOWN_LINE = "unknown_line"
    UNKNOWN_ROLE = "unknown_role"
    ROLE_NOT_TAKING_PART = "role_not_taking_part"
    NOBODY_ACTS = "nobody_acts"
    UNKNOWN_PURPOSE = "unknown_purpose"
    UNKNOWN_RETENTION_CLASS = "unknown_retention_class"
    UNKNOWN_CATEGORY = "unknown_category"
    UNKNOWN_STAGE = "unknown_stage"
    UNKNOWN_RECORD_KIND = "unknown_record_kind"
    UNKNOWN_TASK = "unknown_task"
    UNKNOWN_OUTCOME = "unknown_outcome"
    PERSONS_WITHOUT_RECORD = "persons_without_record"
    CONSENT_ANEW = "consent_anew"
    NO_FINAL_STAGE = "no_final_stage"
    FINAL_GOES_ON = "final_goes_on"
    FINAL_REQUIRES = "final_requires"
    UNREACHABLE = "unreachable"
    CANNOT_END = "cannot_end"
    CYCLE = "cycle"
    DEADLINE_WITHOUT_UNIT = "deadline_without_unit"
    DEADLINE_UNKNOWN_UNIT = "deadline_unknown_unit"
    DEADLINE_UNREADABLE = "deadline_unreadable"
    CLOCK_STOPS_AT_ONCE = "clock_stops_at_once"
    BAD_PLACEHOLDER = "bad_placeholder"
    CHOICES_MISSING = "choices_missing"
    CHOICES_UNEXPECTED = "choices_unexpected"
    NAME_DESPITE_PSEUDONYM = "name_despite_pseudonym"


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong: where in the file, which value, and what could stand there instead.

    `path` names tables by their keys (`stages.incoming.roles`), by number where they have none (`stages[2]`).
    """

    code: FlawCode
    path: str
    value: str = ""
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Allowed:
    """The words of the house that a pathway may use, handed in by who reads it.

    `help_lines` are the kinds of crises that the county has numbers for. `deadline_flaw` gives None for a deadline that can be read, else why not: `no_unit`, `unknown_unit` or anything
    (`lueckenlos.kernels.deadlines.flaw_of`).
    """

    roles: frozenset[str]
    purposes: frozenset[str]
    categories: frozenset[str]
    retention_classes: frozenset[str]
    help_lines: frozenset[str]
    deadline_flaw: Callable[[str], str | None]
    naming_categories: frozenset[str] = frozenset({"identity", "contact"})
    """Categories that a pathway with pseudonyms cannot have."""

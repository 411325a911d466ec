"""What is really in the closed rooms: every row, read past the wall in one statement, as plain values.

Only what somebody did is read here. The two tables that the database derives (`privacy_release`, `privacy_access`)
are not among the facts: the model derives them anew.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import psycopg


@dataclass(frozen=True, slots=True)
class Unit:
    id: str
    organization_id: str


@dataclass(frozen=True, slots=True)
class Membership:
    id: str
    unit_id: str
    user_id: str
    is_head: bool
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class File:
    id: str
    organization_id: str
    unit_id: str | None
    own_of: str | None
    held_back: bool


@dataclass(frozen=True, slots=True)
class Party:
    id: str
    file_id: str
    person: str
    is_subject: bool
    of_age_at: datetime | None
    judges_since: datetime | None
    left_at: datetime | None


@dataclass(frozen=True, slots=True)
class Custody:
    id: str
    file_id: str
    child: str
    guardian: str


@dataclass(frozen=True, slots=True)
class Assignment:
    id: str
    file_id: str
    person: str | None
    unit_id: str | None
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Cover:
    id: str
    file_id: str
    person: str
    organization_id: str
    kind: str
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Consent:
    id: str
    file_id: str
    given_by: str
    subject: str
    given_at: datetime
    valid_until: datetime
    state: str


@dataclass(frozen=True, slots=True)
class Scope:
    id: str
    consent_id: str
    purpose: str
    category: str
    organization_id: str
    mode: str


@dataclass(frozen=True, slots=True)
class Withdrawal:
    id: str
    consent_id: str
    scope_id: str | None


@dataclass(frozen=True, slots=True)
class Secrecy:
    id: str
    file_id: str
    given_by: str


@dataclass(frozen=True, slots=True)
class Draft:
    id: str
    file_id: str
    asked: str


@dataclass(frozen=True, slots=True)
class Disclosure:
    id: str
    file_id: str
    subject: str
    ground: str


@dataclass(frozen=True, slots=True)
class Step:
    id: str
    file_id: str
    organization_id: str
    subject: str
    categories: list[str]
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Notice:
    id: str


@dataclass(frozen=True, slots=True)
class Opening:
    id: str
    file_id: str
    record: str
    person: str
    organization_id: str


@dataclass(frozen=True, slots=True)
class Wish:
    id: str
    person: str


@dataclass(frozen=True, slots=True)
class Person:
    id: str
    account: str | None


@dataclass(frozen=True, slots=True)
class Contact:
    id: str
    person_id: str


@dataclass(frozen=True, slots=True)
class Address:
    id: str
    person_id: str
    is_blocked: bool


@dataclass(frozen=True, slots=True)
class Household:
    id: str


@dataclass(frozen=True, slots=True)
class Member:
    id: str
    household_id: str
    person_id: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Relation:
    id: str
    child_id: str
    adult_id: str


@dataclass(frozen=True, slots=True)
class Case:
    id: str
    file_id: str


@dataclass(frozen=True, slots=True)
class OfFile:
    id: str
    file_id: str


@dataclass(frozen=True, slots=True)
class Tally:
    id: str
    organization_id: str
    counted_by: str


@dataclass(frozen=True, slots=True)
class Content:
    id: str
    file_id: str
    organization_id: str
    category: str
    about: str
    confided_to: str | None
    confided_by: str | None
    held_back: bool


@dataclass(frozen=True, slots=True)
class Rating:
    id: str
    file_id: str
    goal_id: str


@dataclass(frozen=True, slots=True)
class Referral:
    id: str
    file_id: str
    organization_id: str
    to_organization_id: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Told:
    """What a youth office answered to whoever reported."""

    id: str
    file_id: str
    step_id: str
    organization_id: str


OPEN: dict[str, type[Any]] = {"accounts_unit": Unit, "accounts_membership": Membership}
CLOSED: dict[str, type[Any]] = {
    "privacy_file": File,
    "privacy_party": Party,
    "privacy_custody": Custody,
    "privacy_assignment": Assignment,
    "privacy_cover": Cover,
    "privacy_consent": Consent,
    "privacy_scope": Scope,
    "privacy_withdrawal": Withdrawal,
    "privacy_confidentialityrelease": Secrecy,
    "privacy_consentdraft": Draft,
    "privacy_disclosure": Disclosure,
    "privacy_protectionstep": Step,
    "privacy_protectionnotice": Notice,
    "privacy_opening": Opening,
    "privacy_rightsrequest": Wish,
    "families_person": Person,
    "families_contact": Contact,
    "families_address": Address,
    "families_household": Household,
    "families_householdmember": Member,
    "families_relation": Relation,
    "cases_case": Case,
    "cases_stagemove": OfFile,
    "cases_presence": OfFile,
    "cases_tally": Tally,
    "cases_record": Content,
    "cases_goal": Content,
    "cases_goalrating": Rating,
    "cases_document": Content,
    "cases_referral": Referral,
    "cases_reportreceipt": Told,
    "cases_reportfeedback": Told,
}
"""Every closed table of these three rooms but the two derived ones, and what the model must know of its rows."""

Row = Any
Rows = dict[str, Row]


@dataclass(frozen=True)
class Facts:
    """Every row by table and id, and the same as they came, for who wants every column."""

    tables: dict[str, Rows]
    raw: dict[str, dict[str, dict[str, Any]]]

    def __getitem__(self, table: str) -> Rows:
        return self.tables[table]

    def all(self, table: str) -> list[Row]:
        """The rows of a table."""
        return list(self.tables[table].values())

    @property
    def count(self) -> int:
        """How many rows the closed tables hold."""
        return sum(len(self.tables[table]) for table in CLOSED)


_EVERYTHING = "SELECT jsonb_build_object({})".format(
    ", ".join(
        f"'{table}', (SELECT coalesce(jsonb_agg(to_jsonb(t)), '[]') FROM public.{table} t)"
        for table in {**OPEN, **CLOSED}
    )
)


def read(connection: psycopg.Connection[Any]) -> Facts:
    """Every fact there is; the connection reads past the wall."""
    row = connection.execute(_EVERYTHING.encode()).fetchone()
    assert row is not None
    raw = {table: {str(each["id"]): each for each in rows} for table, rows in row[0].items()}
    kinds = {**OPEN, **CLOSED}
    return Facts(
        {
            table: {key: _value(kinds[table], each) for key, each in rows.items()}
            for table, rows in raw.items()
        },
        raw,
    )


def _value(kind: type[Any], row: dict[str, Any]) -> Any:
    return kind(**{field.name: _moment(field.type, row[field.name]) for field in fields(kind)})


def _moment(kind: Any, value: Any) -> Any:
    if value is not None and str(kind).startswith("datetime"):
        return datetime.fromisoformat(value)
    return value

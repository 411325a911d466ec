"""Who may change or delete which row: the model's word, and what the database lets the application's role do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg

from lueckenlos.core.actor import Actor
from tests.wall.facts import CLOSED
from tests.wall.looking import Eyes
from tests.wall.model import View, What
from tests.wall.seeing import TABLES, is_own_person, sees, works_for

Rule = Callable[[View, Any], bool]


def _pen(view: View, row: Any) -> bool:
    return row.file_id in view.pens


def _person(view: View, row: Any) -> bool:
    return row.id in view.pen_people or is_own_person(view, row.id)


def _of_person(view: View, row: Any) -> bool:
    return row.person_id in view.pen_people or is_own_person(view, row.person_id)


def _relation(view: View, row: Any) -> bool:
    return {row.child_id, row.adult_id} <= view.pen_people


def _content(view: View, row: Any) -> bool:
    if row.confided_to is None:
        return _pen(view, row) or What(row.file_id, row.about, row.category) in view.told_to_write
    return row.confided_to == view.worker and row.organization_id == view.office and _pen(view, row)


def _referral(view: View, row: Any) -> bool:
    is_receiver = view.office is not None and row.to_organization_id == view.office
    return _pen(view, row) or (is_receiver and row.purpose == view.actor.purpose and row.file_id in view.ways)


def _wish(view: View, row: Any) -> bool:
    return view.oversees or works_for(view, row.person)


def _counted(view: View, row: Any) -> bool:
    return view.office is not None and (row.organization_id, row.counted_by) == (view.office, view.worker)


# A column that can be set to itself, and who may; for all other tables nobody may change a row.
CHANGES: dict[str, tuple[str, Rule]] = {
    "privacy_party": ("role", _pen),
    "privacy_rightsrequest": ("answer", _wish),
    "families_person": ("wish_note", _person),
    "families_contact": ("value", _of_person),
    "families_address": ("city", _of_person),
    "families_householdmember": ("since", _of_person),
    "families_relation": ("kind", _relation),
    "cases_case": ("stage", _pen),
    "cases_stagemove": ("to_stage", _pen),
    "cases_presence": ("seen_at", _pen),
    "cases_record": ("text", _content),
    "cases_goal": ("text", _content),
    "cases_document": ("name", _content),
    "cases_referral": ("answer", _referral),
}
# The retention job deletes everywhere but where the database derives.
DELETES: dict[str, Rule] = {
    "privacy_custody": _pen,
    "families_contact": _of_person,
    "families_address": _of_person,
    "cases_presence": _pen,
    "cases_tally": _counted,
}
_DERIVED = frozenset({"privacy_release", "privacy_access"})


def may_change(view: View, table: str) -> set[str]:
    """The rows that the actor may change; what one does not see one cannot name."""
    if table not in CHANGES:
        return set()
    rule = CHANGES[table][1]
    return {key for key in sees(view, table) if rule(view, view.model.facts[table][key])}


def may_delete(view: View, table: str) -> set[str]:
    """The rows that the actor may delete."""
    if table in _DERIVED:
        return set()
    if view.erases:
        return set(view.model.facts[table])
    rule = DELETES.get(table)
    return {key for key in sees(view, table) if rule and rule(view, view.model.facts[table][key])}


def tried(eyes: Eyes, actor: Actor) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """The rows that an actor can change and delete when they try all of them; everything is undone."""
    changed: dict[str, set[str]] = {}
    deleted: dict[str, set[str]] = {}
    with eyes.acting_as(actor) as connection:
        for table in TABLES:
            column = CHANGES.get(table, ("id", None))[0]
            changed[table] = _keys(
                connection, f"UPDATE public.{table} SET {column} = {column} RETURNING id::text"
            )
            deleted[table] = _keys(connection, f"DELETE FROM public.{table} RETURNING id::text")
    return changed, deleted


def blindly(eyes: Eyes, actor: Actor) -> dict[str, int]:
    """How many rows an UPDATE without any condition touches: it asks no SELECT policy at all."""
    found = {}
    with eyes.acting_as(actor) as connection:
        for table in CLOSED:
            if table in {"cases_record", "cases_goal", "cases_document"}:
                found[table] = _count(connection, f"UPDATE public.{table} SET held_back = true")
    return found


def _keys(connection: psycopg.Connection[Any], statement: str) -> set[str]:
    connection.execute("SAVEPOINT tried")
    try:
        return {row[0] for row in connection.execute(statement.encode())}
    except psycopg.errors.InsufficientPrivilege:
        return set()
    finally:
        connection.execute("ROLLBACK TO SAVEPOINT tried")


def _count(connection: psycopg.Connection[Any], statement: str) -> int:
    connection.execute("SAVEPOINT tried")
    try:
        return connection.execute(statement.encode()).rowcount
    finally:
        connection.execute("ROLLBACK TO SAVEPOINT tried")

"""Begin what-ifs, change them, keep them or throw them away; nothing that is thrown away is lost."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from lueckenlos.core import audit, clock
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.core.locking import hold_row
from lueckenlos.steering.chain.models import Scenario
from lueckenlos.steering.chain.scenario_changes import Change, from_record, same_subject, to_record
from lueckenlos.steering.chain.selectors.scenarios import comparison, may_try, result_document, scenario_view
from lueckenlos.steering.chain.selectors.standing import Sight, sight_of
from lueckenlos.steering.chain.types import ScenarioState

MOST_CHANGES = 60


class ScenarioError(Exception):
    """A what-if was not changed."""


@dataclass(eq=False)
class NotYourScenario(ScenarioError):
    """The actor may not see it; answered like something that does not exist."""

    id: UUID


@dataclass(eq=False)
class NotOpen(ScenarioError):
    """It is kept or thrown away: reopen it first."""

    state: ScenarioState


@dataclass(eq=False)
class TooManyChanges(ScenarioError):
    """Nobody could tell any more what comes of what."""

    most: int


@dataclass(eq=False)
class NoSuchChange(ScenarioError):
    """The change is gone already."""

    change_id: int


def create_scenario(name: str, *, area: str, note: str, actor: Actor, now: datetime) -> UUID:
    """Begin a what-if, of a municipality or ("") of Koordination."""
    with acting_as(actor):
        row = Scenario(name=name, area=area, note=note, created_at=now, created_by=actor.person_id)
        if not may_try(actor, area=area):
            raise NotYourScenario(row.id)
        row.save(force_insert=True)
        audit.record("chain.scenario.created", subject=f"scenario/{row.id}", details={"area": area})
        return row.id


def add_change(scenario_id: UUID, change: Change, *, actor: Actor) -> None:
    """Add a change; where only one of two can hold, it takes the place of the other."""

    def with_it(records: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        number = max((each["id"] for each in records), default=0) + 1
        kept = [each for each in records if not same_subject(from_record(each), change)]
        if len(kept) >= MOST_CHANGES:
            raise TooManyChanges(MOST_CHANGES)
        return [*kept, {"id": number, **to_record(change)}]

    _change(scenario_id, with_it, actor=actor)


def leave_out(scenario_id: UUID, change_id: int, *, actor: Actor) -> None:
    """Count a change no longer, but keep it."""
    _mark(scenario_id, change_id, actor=actor, off=True)


def take_in(scenario_id: UUID, change_id: int, *, actor: Actor) -> None:
    """Count a change again."""
    _mark(scenario_id, change_id, actor=actor, off=False)


def drop_change(scenario_id: UUID, change_id: int, *, actor: Actor) -> None:
    """Take a change away for good."""

    def without(records: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        _demand(records, change_id)
        return [each for each in records if each["id"] != change_id]

    _change(scenario_id, without, actor=actor)


def keep_scenario(scenario_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Keep a what-if with its result as it is now, for whatever is made of it later."""
    with acting_as(actor):
        row = _held(scenario_id, actor=actor)
        view = scenario_view(row)
        if not view.is_open:
            raise NotOpen(view.state)
        # A municipality's own holds what the municipality sees of it, whoever keeps it.
        sight = Sight(areas=frozenset({row.area})) if row.area else sight_of(actor)
        found = comparison(view, sight=sight)
        counted = [record for record in row.changes if not record.get("off")]
        row.result = result_document(found, day=clock.day_of(now), changes=counted)
        _end(row, state=ScenarioState.KEPT, now=now)


def discard_scenario(scenario_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Throw a what-if away; it can be taken up again."""
    with acting_as(actor):
        row = _held(scenario_id, actor=actor)
        if row.state == ScenarioState.DISCARDED:
            raise NotOpen(ScenarioState(row.state))
        _end(row, state=ScenarioState.DISCARDED, now=now)


def reopen_scenario(scenario_id: UUID, *, actor: Actor) -> None:
    """Take a what-if up again; a kept result is made anew when it is kept again."""
    with acting_as(actor):
        row = _held(scenario_id, actor=actor)
        row.state, row.ended_at, row.result = ScenarioState.OPEN, None, None
        row.version += 1
        row.save(update_fields=["state", "ended_at", "result", "version"])
        audit.record("chain.scenario.reopened", subject=f"scenario/{row.id}")


def _end(row: Scenario, *, state: ScenarioState, now: datetime) -> None:
    row.state, row.ended_at = state, now
    row.version += 1
    row.save(update_fields=["state", "ended_at", "result", "version"])
    audit.record(f"chain.scenario.{state.value}", subject=f"scenario/{row.id}")


def _mark(scenario_id: UUID, change_id: int, *, actor: Actor, off: bool) -> None:
    def marked(records: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        _demand(records, change_id)
        return [{**each, "off": off} if each["id"] == change_id else each for each in records]

    _change(scenario_id, marked, actor=actor)


def _change(
    scenario_id: UUID,
    deed: Callable[[Sequence[Mapping[str, Any]]], list[Mapping[str, Any]]],
    *,
    actor: Actor,
) -> None:
    """Two people who change the same what-if at once: each deed is done on what the other has left."""
    with acting_as(actor):
        row = _held(scenario_id, actor=actor)
        if row.state != ScenarioState.OPEN:
            raise NotOpen(ScenarioState(row.state))
        row.changes = deed(row.changes)
        row.version += 1
        row.save(update_fields=["changes", "version"])


def _held(scenario_id: UUID, *, actor: Actor) -> Scenario:
    try:
        row = hold_row(Scenario, scenario_id)
    except Scenario.DoesNotExist:
        raise NotYourScenario(scenario_id) from None
    if not may_try(actor, area=row.area):
        raise NotYourScenario(scenario_id)
    return row


def _demand(records: Sequence[Mapping[str, Any]], change_id: int) -> None:
    if all(each["id"] != change_id for each in records):
        raise NoSuchChange(change_id)

"""Decisions about steps and duplicates stand in the county's audit chain, each once, and what changed nothing does not."""

import json
from dataclasses import replace
from typing import Any

from django.db import connection

from lueckenlos.core import clock
from lueckenlos.core.actor import Actor, job
from lueckenlos.core.context import acting_as
from lueckenlos.steering.chain.selectors.duplicates import doubles
from lueckenlos.steering.chain.selectors.steps import catalog
from lueckenlos.steering.chain.services.duplicates import decide_duplicate
from lueckenlos.steering.chain.services.steps import change_step, end_step
from lueckenlos.steering.chain.types import DuplicateVerdict


def deeds(prefix: str) -> list[dict[str, Any]]:
    """What the county's chain holds of this kind, oldest first."""
    with acting_as(job("verify-audit")), connection.cursor() as cursor:
        cursor.execute("SELECT body FROM core_auditentry WHERE chain = 'county' ORDER BY sequence")
        found = [json.loads(row[0]) for row in cursor.fetchall()]
    return [each for each in found if each["deed"].startswith(prefix)]


def test_a_step_that_changes_and_ends_leaves_both_deeds(own_database: str, coordination: Actor) -> None:
    step = next(step for step in catalog() if step.key == "eltern-cafe")
    change_step(step, actor=coordination)
    change_step(replace(step, cost=step.cost + 1), actor=coordination)
    end_step("eltern-cafe", actor=coordination, now=clock.now())
    changed, ended = deeds("chain.step.")
    assert changed["details"] == {"cost": [step.cost, step.cost + 1]}
    assert ended["deed"] == "chain.step.ended"


def test_a_decision_about_a_duplicate_leaves_its_deed(own_database: str, coordination: Actor) -> None:
    keys = doubles()[0].group.services
    decide_duplicate(keys, decision=DuplicateVerdict.MERGED, note="", actor=coordination, now=clock.now())
    (deed,) = deeds("chain.duplicate.")
    assert deed["details"] == {"decision": "merged", "services": sorted(keys)}

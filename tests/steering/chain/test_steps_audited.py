"""Decisions about steps and duplicates stand in the county's audit chain, each once, and what changed nothing does not."""

from dataclasses import replace

from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.steering.chain.selectors.duplicates import doubles
from lueckenlos.steering.chain.selectors.steps import catalog
from lueckenlos.steering.chain.services.duplicates import decide_duplicate
from lueckenlos.steering.chain.services.steps import change_step, end_step
from lueckenlos.steering.chain.types import DuplicateVerdict
from tests.core.audit_deeds import deeds


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

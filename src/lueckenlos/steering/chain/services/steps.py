"""Changes and ends steps of the catalogue; what was changed in the house is no longer overwritten from the folder."""

from datetime import datetime

from lueckenlos.core import audit
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.steering.chain.models import CatalogStep
from lueckenlos.steering.chain.selectors.candidates import StepView
from lueckenlos.steering.chain.selectors.steps import step_view
from lueckenlos.steering.chain.services.access import demand_coordination


class NoSuchStep(LookupError):
    """The step does not stand in the catalogue (any more)."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


CHANGED = ("label", "cost", "places", "basis")


def change_step(step: StepView, *, actor: Actor) -> None:
    """Write what is new about a step: name, cost, places, where the figures come from."""
    with acting_as(actor):
        row = _held(step.key, actor=actor)
        before = step_view(row)
        changed = [name for name in CHANGED if getattr(before, name) != getattr(step, name)]
        if not changed:
            return
        for name in changed:
            setattr(row, name, getattr(step, name))
        row.from_folder = False
        row.save(update_fields=[*changed, "from_folder"])
        audit.record(
            "chain.step.changed",
            subject=f"step/{row.key}",
            details={name: [getattr(before, name), getattr(step, name)] for name in changed},
            chain=audit.COUNTY,
        )


def end_step(key: str, *, actor: Actor, now: datetime) -> None:
    """Take a step out of the catalogue; what was chosen with it stays as it was told."""
    with acting_as(actor):
        row = _held(key, actor=actor)
        row.ended_at = now
        row.from_folder = False
        row.save(update_fields=["ended_at", "from_folder"])
        audit.record("chain.step.ended", subject=f"step/{row.key}", chain=audit.COUNTY)


def _held(key: str, *, actor: Actor) -> CatalogStep:
    demand_coordination(actor)
    row = CatalogStep.objects.select_for_update().filter(key=key, ended_at__isnull=True).first()
    if row is None:
        raise NoSuchStep(key)
    return row

"""Phases of life for tests that ask in which of them something was counted."""

from lueckenlos.commons.directory.models import LifePhase
from lueckenlos.commons.signals.models import Signal

PHASES = (
    ("schwangerschaft_geburt", -0.75, 0.25),
    ("u3", 0.25, 3),
    ("kita", 3, 6),
    ("grundschule", 6, 10),
    ("sek1", 10, 16),
)


def lay_phases() -> None:
    """The phases from before birth to youth."""
    for number, (key, low, high) in enumerate(PHASES):
        LifePhase.objects.create(key=key, label=key, age_from=low, age_to=high, decay_km=9, position=number)


def counted() -> list[tuple[str, str, str | None]]:
    """Source, reason and phase of all that was counted."""
    return list(Signal.objects.order_by("id").values_list("source", "reason", "phase"))

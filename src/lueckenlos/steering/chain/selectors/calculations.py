"""Counties too large to be reckoned while somebody waits: the worker does it, pages show its last answer."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.places import selectors as places
from lueckenlos.steering.chain.documents import chain_of
from lueckenlos.steering.chain.models import Calculation
from lueckenlos.steering.chain.selectors.assembling import knowledge_at, labels_of
from lueckenlos.steering.chain.types import Drawn

LARGE = 1_000_000
"""Municipalities times services; Kreis Düren has 5,610. `[chain] large_from` in county.toml says otherwise."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the worker is with the chain (0 to 1), and since when."""

    done: float
    asked_at: datetime

    @property
    def percent(self) -> int:
        """For the bar."""
        return round(100 * self.done)


def is_large() -> bool:
    """Whether the worker reckons this county's chain."""
    limit = int(places.county().settings.get("chain", {}).get("large_from", LARGE))
    return len(places.municipalities()) * directory.planning_size() > limit


def latest_calculation() -> Drawn | None:
    """The last answer of the worker."""
    row = Calculation.objects.filter(finished_at__isnull=False).values_list("id", flat=True).first()
    return None if row is None else _read(row)


def running_calculation() -> Progress | None:
    """What the worker is at now."""
    row = Calculation.objects.filter(finished_at__isnull=True, failure="").first()
    return None if row is None else Progress(row.done, row.asked_at)


@lru_cache(maxsize=2)
def _read(id_: int) -> Drawn:
    row = Calculation.objects.get(id=id_)
    document: dict[str, Any] = row.document or {}
    knowledge = knowledge_at(row.day)
    labels = labels_of(knowledge)
    return Drawn(
        chain=chain_of(document),
        labels=replace(labels, services=document["names"]),
        phases=tuple(each[0] for each in knowledge.content["phases"]),
        fields=tuple(each[0] for each in knowledge.content["fields"]),
        areas=tuple(each["ags"] for each in knowledge.content["areas"]),
    )

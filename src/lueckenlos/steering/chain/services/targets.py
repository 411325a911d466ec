"""Set and end targets: nothing is overwritten, and whoever comes second sees what the first has said."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from lueckenlos.core import audit, locking
from lueckenlos.core.actor import Actor, Role
from lueckenlos.core.context import acting_as
from lueckenlos.steering.chain.models import TargetRevision
from lueckenlos.steering.chain.selectors.target_board import Wording, latest_wording
from lueckenlos.steering.chain.types import CellKey, TargetWords

SAID = tuple(TargetWords.__dataclass_fields__)


class TargetError(Exception):
    """A target was not set."""


@dataclass(eq=False)
class NotYourTarget(TargetError):
    """The actor sets no targets for this area; answered like something that does not exist."""

    key: CellKey


@dataclass(eq=False)
class TargetConflict(TargetError):
    """Somebody else has said something since; carries their wording."""

    theirs: Wording


def may_set(actor: Actor, *, area: str) -> bool:
    """Whether the actor sets targets for this area: Koordination for all, a municipality for itself."""
    return actor.may(Role.COORDINATION) or actor.may(Role.MUNICIPALITY, municipality=area)


def set_target(
    key: CellKey, words: TargetWords, *, base: int | None, actor: Actor, now: datetime
) -> TargetRevision | None:
    """Say what the target is from now on; None where it says so already.

    `base` is the wording that the editor has seen. Raises TargetConflict where another one followed it.
    """
    said = {**asdict(words), "intensities": list(words.intensities)}
    return _follow(key, said, base=base, deed="chain.target.set", actor=actor, now=now)


def end_target(key: CellKey, *, base: int | None, actor: Actor, now: datetime) -> TargetRevision | None:
    """End a target: a municipality's falls back to the county's, the county's leaves the cell without one."""
    return _follow(key, {"places_per_100": None}, base=base, deed="chain.target.ended", actor=actor, now=now)


def _follow(
    key: CellKey, said: Mapping[str, Any], *, base: int | None, deed: str, actor: Actor, now: datetime
) -> TargetRevision | None:
    with acting_as(actor):
        if not may_set(actor, area=key.area):
            raise NotYourTarget(key)
        locking.hold(f"chain target {key.subject}")
        latest = latest_wording(key)
        if _says(latest, said):
            return None
        if latest is not None and latest.id != base:
            raise TargetConflict(latest)
        row = TargetRevision.objects.create(
            area=key.area,
            phase=key.phase,
            field=key.field,
            to=key.to,
            **said,
            # A demo's clock may go back at midnight: what is said later must also be known later.
            known_at=now if latest is None else max(now, latest.view.known_at),
            by=actor.person_id,
        )
        audit.record(deed, subject=f"target/{key.subject}", details=_told(said))
        return row


def _told(said: Mapping[str, Any]) -> dict[str, Any]:
    """What was said as the audit chain takes it: it knows no fractions and no dates, so they stand as text."""
    return {
        name: value if value is None or isinstance(value, bool | list) else str(value)
        for name, value in said.items()
    }


def _says(latest: Wording | None, said: Mapping[str, Any]) -> bool:
    """Whether the wording that holds says this already; without any, an end says nothing new."""
    if latest is None:
        return said["places_per_100"] is None
    if said["places_per_100"] is None:
        return latest.view.places_per_100 is None
    there = {name: getattr(latest.view, name) for name in SAID}
    return bool({**there, "intensities": list(latest.view.intensities)} == dict(said))

"""Why a cell is not what it was: the services, the target or the knowledge of places and people that differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, Final

from lueckenlos.kernels.chain.supply import is_offered, months_later
from lueckenlos.kernels.chain.types import Cell, County, Seam, Service, Share
from lueckenlos.steering.chain.types import CellKey, TargetView

TINY = 1e-9
Side = tuple[County, Mapping[str, Any], Sequence[TargetView], date]
"""A day: its county, the content of what was known of places and people, its targets, the day."""


class CauseKind(StrEnum):
    """What may have changed a cell."""

    NEW = "new"
    ENDED = "ended"
    CHANGED = "changed"
    CONFIRMED = "confirmed"
    STALE = "stale"
    TARGET = "target"
    PEOPLE = "people"
    INDICATORS = "indicators"
    PLACES = "places"
    CATALOG = "catalog"
    THRESHOLDS = "thresholds"


@dataclass(frozen=True, slots=True, order=True)
class Cause:
    """One cause: its kind, the service or target that it is about, and what exactly differs.

    `fields` names what was changed of a service; `before` and `after` say a number or a day where there is one.
    """

    kind: CauseKind
    key: str = ""
    fields: tuple[str, ...] = ()
    before: str = ""
    after: str = ""


SECTIONS: Final = {
    "population": CauseKind.PEOPLE,
    "areas": CauseKind.PLACES,
    "points": CauseKind.PLACES,
    "indicators": CauseKind.INDICATORS,
    "phases": CauseKind.CATALOG,
    "fields": CauseKind.CATALOG,
    "kinds": CauseKind.CATALOG,
    "thresholds": CauseKind.THRESHOLDS,
    "freshness_months": CauseKind.THRESHOLDS,
}
"""What a section of the knowledge is about."""

WEIGHING: Final = (
    "kind", "phases", "fields", "age_min", "age_max", "serving", "travels", "sites", "catchment", "capacity",
    "valid_from", "valid_to", "bridge",
)  # fmt: skip
"""What of a service the numbers of a cell hang on, beside whether it exists and is fresh."""


@dataclass(frozen=True, eq=False)
class Causes:
    """Two days side by side; tells for any cell what made it different."""

    old: Side
    new: Side

    def of(self, before: Cell | Seam | None, after: Cell | Seam | None) -> tuple[Cause, ...]:
        """The causes of one difference, none twice."""
        if before is None or after is None:
            return self._known(CauseKind.PLACES, CauseKind.CATALOG)
        told = [self._service(key) for key in _moved(before.services, after.services)]
        found = [cause for causes in told for cause in causes]
        found += self._about_target(before, after, is_unexplained=not all(told))
        if abs(before.children - after.children) > TINY:
            found += self._known(CauseKind.PEOPLE, CauseKind.PLACES, CauseKind.CATALOG)
        return tuple(dict.fromkeys(found))

    def _about_target(self, before: Cell | Seam, after: Cell | Seam, *, is_unexplained: bool) -> list[Cause]:
        """The target's own cause, and what weighs it; services that moved by themselves moved with the people."""
        target, moved = self._target(before), _target_moved(before, after)
        found = [target] if target is not None and (moved or is_unexplained) else []
        if moved and target is None:
            found += self._known(CauseKind.INDICATORS, CauseKind.PEOPLE, CauseKind.CATALOG)
        if is_unexplained and not (target is not None and target.fields):
            found += self._known(CauseKind.PEOPLE, CauseKind.PLACES, CauseKind.CATALOG, CauseKind.THRESHOLDS)
        return found

    @cached_property
    def _sections(self) -> frozenset[CauseKind]:
        one, other = self.old[1], self.new[1]
        return frozenset(kind for name, kind in SECTIONS.items() if one.get(name) != other.get(name))

    @cached_property
    def _services(self) -> tuple[dict[str, Service], dict[str, Service]]:
        return _by_key(self.old[0].services), _by_key(self.new[0].services)

    @cached_property
    def _targets(self) -> tuple[dict[CellKey, TargetView], dict[CellKey, TargetView]]:
        return {each.key: each for each in self.old[2]}, {each.key: each for each in self.new[2]}

    @cached_property
    def _told(self) -> dict[str, tuple[Cause, ...]]:
        return {}

    def _known(self, *kinds: CauseKind) -> tuple[Cause, ...]:
        return tuple(Cause(kind) for kind in kinds if kind in self._sections)

    def _service(self, key: str) -> tuple[Cause, ...]:
        if key not in self._told:
            self._told[key] = tuple(self._tell(key))
        return self._told[key]

    def _tell(self, key: str) -> list[Cause]:
        one, other = (side.get(key) for side in self._services)
        was = one is not None and is_offered(one, as_of=self.old[3])
        now = other is not None and is_offered(other, as_of=self.new[3])
        if other is not None and now and not (one is not None and was):
            return [Cause(CauseKind.NEW, key, _switched(one, other))]
        if one is not None and was and not (other is not None and now):
            return [Cause(CauseKind.ENDED, key, _switched(one, other), after=_last_day(other))]
        if one is None or other is None or not was:
            return []
        found = []
        changed = tuple(name for name in WEIGHING if getattr(one, name) != getattr(other, name))
        if changed:
            found.append(Cause(CauseKind.CHANGED, key, changed, *_places(one, other, changed=changed)))
        return [*found, *self._freshness(one, other)]

    def _freshness(self, one: Service, other: Service) -> list[Cause]:
        (was_months, months) = (side[0].settings.freshness_months for side in (self.old, self.new))
        was = is_fresh(one, as_of=self.old[3], months=was_months)
        now = is_fresh(other, as_of=self.new[3], months=months)
        days = (_said(one.verified_on), _said(other.verified_on))
        if was and not now:
            if is_fresh(other, as_of=self.new[3], months=was_months):
                return [Cause(CauseKind.THRESHOLDS)]
            return [Cause(CauseKind.STALE, other.key, ("verified_on",), *days)]
        if now and not was:
            if one.verified_on == other.verified_on:
                return [Cause(CauseKind.THRESHOLDS)]
            return [Cause(CauseKind.CONFIRMED, other.key, ("verified_on",), *days)]
        return []

    def _target(self, piece: Cell | Seam) -> Cause | None:
        to, field = (piece.to, "") if isinstance(piece, Seam) else ("", piece.field)
        old, new = self._targets
        for area in (piece.area, str(self.new[1]["county"])):
            key = CellKey(area, piece.phase, field, to)
            one, other = old.get(key), new.get(key)
            if _wording(one) != _wording(other):
                return Cause(
                    CauseKind.TARGET, key.subject, _counts_anew(one, other), _wanted(one), _wanted(other)
                )
            if one is not None:
                return None
        return None


def is_fresh(service: Service, *, as_of: date, months: int) -> bool:
    """Whether what is known of a service counts as known on a day: verified within so many months."""
    verified = service.verified_on
    return verified is not None and verified >= months_later(as_of, months=-months)


def _by_key(services: Sequence[Service]) -> dict[str, Service]:
    return {each.key: each for each in services}


def _moved(before: Sequence[Share], after: Sequence[Share]) -> list[str]:
    """The services that give the cell something else than before."""
    old = {each.service: each for each in before}
    new = {each.service: each for each in after}
    nothing = Share("", 0.0, 0.0)
    return [
        key
        for key in sorted(old.keys() | new.keys())
        if abs(old.get(key, nothing).reach_lo - new.get(key, nothing).reach_lo) > TINY
        or abs(old.get(key, nothing).reach_hi - new.get(key, nothing).reach_hi) > TINY
    ]


def _target_moved(before: Cell | Seam, after: Cell | Seam) -> bool:
    if (before.target is None) is not (after.target is None):
        return True
    return abs((before.target or 0.0) - (after.target or 0.0)) > TINY


def _switched(one: Service | None, other: Service | None) -> tuple[str, ...]:
    """Which of the words that say whether a service exists were changed by hand; none: a day alone passed."""
    if one is None or other is None:
        return ()
    return tuple(
        name for name in ("is_active", "valid_from", "valid_to") if getattr(one, name) != getattr(other, name)
    )


def _last_day(service: Service | None) -> str:
    return "" if service is None or not service.is_active else _said(service.valid_to)


def _places(one: Service, other: Service, *, changed: tuple[str, ...]) -> tuple[str, str]:
    if "capacity" not in changed:
        return "", ""
    return tuple("" if each.capacity is None else str(each.capacity) for each in (one, other))  # type: ignore[return-value]


def _said(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _wording(target: TargetView | None) -> tuple[object, ...] | None:
    if target is None:
        return None
    return (target.places_per_100, target.need_indicator, target.intensities, target.is_essential)


def _counts_anew(one: TargetView | None, other: TargetView | None) -> tuple[str, ...]:
    """Whether other services count for the target than before."""
    old = set() if one is None else set(one.intensities)
    new = set() if other is None else set(other.intensities)
    return ("intensities",) if old != new else ()


def _wanted(target: TargetView | None) -> str:
    return "" if target is None or target.places_per_100 is None else repr(target.places_per_100)

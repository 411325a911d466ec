"""What a what-if changes, and the county with these changes: pure, from a county to a county.

Changes are applied by kind, not in the order in which somebody thought of them: services come first, then what is
changed about services and targets, and what is taken away goes last. So the order of a list matters only between
two changes that say different things about the same target or the same service's places: there the later holds.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from lueckenlos.kernels.chain.supply import is_offered
from lueckenlos.kernels.chain.types import County, Service, Site, Target
from lueckenlos.steering.chain.types import ScenarioDeed


@dataclass(frozen=True, slots=True)
class TargetChange:
    """Another target for a cell or a seam; without an area for the county."""

    phase: str
    field: str
    to: str
    places_per_100: float
    area: str = ""


@dataclass(frozen=True, slots=True)
class CapacityChange:
    """So many places a year, known for sure; `name` is what the service was called then."""

    service: str
    name: str
    capacity: int


@dataclass(frozen=True, slots=True)
class ServiceAdded:
    """A service that is only thought of; `key` is its own within the what-if, `catchment` None is everybody."""

    key: str
    name: str
    kind: str
    phases: tuple[str, ...]
    fields: tuple[str, ...]
    area: str
    place: str
    x: float
    y: float
    capacity: int
    travels: bool = False
    catchment: tuple[str, ...] | None = None
    languages: tuple[str, ...] = ()
    age_min: float | None = None
    age_max: float | None = None


@dataclass(frozen=True, slots=True)
class ServiceRemoved:
    """A service that would be there no longer."""

    service: str
    name: str


@dataclass(frozen=True, slots=True)
class CatchmentWidened:
    """A service that takes families of further municipalities too; None is the whole county."""

    service: str
    name: str
    catchment: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class LanguageAdded:
    """A service that also speaks this language."""

    service: str
    name: str
    language: str


Change = TargetChange | CapacityChange | ServiceAdded | ServiceRemoved | CatchmentWidened | LanguageAdded

DEEDS: dict[ScenarioDeed, type[Change]] = {
    ScenarioDeed.TARGET: TargetChange,
    ScenarioDeed.CAPACITY: CapacityChange,
    ScenarioDeed.ADD_SERVICE: ServiceAdded,
    ScenarioDeed.REMOVE_SERVICE: ServiceRemoved,
    ScenarioDeed.CATCHMENT: CatchmentWidened,
    ScenarioDeed.LANGUAGE: LanguageAdded,
}
_OF_CHANGE = {kind: deed for deed, kind in DEEDS.items()}


def deed_of(change: Change) -> ScenarioDeed:
    """What kind of change it is."""
    return _OF_CHANGE[type(change)]


def to_record(change: Change) -> dict[str, Any]:
    """The change as JSON; `from_record` reads it back."""
    return {"deed": deed_of(change).value, **asdict(change)}


def from_record(record: Mapping[str, Any]) -> Change:
    """The change that a record holds."""
    kind = DEEDS[ScenarioDeed(record["deed"])]
    given: dict[str, Any] = {name: record[name] for name in kind.__dataclass_fields__ if name in record}
    return kind(**{name: _frozen(value) for name, value in given.items()})


def applied(county: County, changes: Iterable[Change], *, as_of: date) -> County:
    """The county as it would be with all these changes; what is about a service that is gone changes nothing."""
    wanted = list(changes)
    services = {each.key: each for each in county.services}
    for added in wanted:
        if isinstance(added, ServiceAdded):
            services[added.key] = service_of(added, as_of=as_of)
    for change in wanted:
        if (
            isinstance(change, CapacityChange | CatchmentWidened | LanguageAdded)
            and change.service in services
        ):
            services[change.service] = _changed(services[change.service], change, as_of=as_of)
    for change in wanted:
        if isinstance(change, ServiceRemoved):
            services.pop(change.service, None)
    there = replace(county, services=tuple(services.values()))
    for change in wanted:
        if isinstance(change, TargetChange):
            there = with_target(there, _target(there, change))
    return there


def with_target(county: County, target: Target) -> County:
    """The county with this target in the place of the one for the same area and cell, or beside the others."""
    others = tuple(each for each in county.targets if _at(each) != _at(target))
    return replace(county, targets=(*others, target))


def without_target(county: County, target: Target) -> County:
    """The county without the target for this area and cell."""
    return replace(county, targets=tuple(each for each in county.targets if _at(each) != _at(target)))


def gone(county: County, change: Change, *, as_of: date, added: Iterable[str] = ()) -> bool:
    """Tell whether the change is about a service that is not offered on the day and not added by the what-if."""
    if isinstance(change, TargetChange | ServiceAdded) or change.service in set(added):
        return False
    found = next((each for each in county.services if each.key == change.service), None)
    return found is None or not is_offered(found, as_of=as_of)


def same_subject(one: Change, other: Change) -> bool:
    """Tell whether of two changes only the later can hold."""
    if isinstance(one, TargetChange) and isinstance(other, TargetChange):
        return replace(one, places_per_100=0.0) == replace(other, places_per_100=0.0)
    if isinstance(one, CapacityChange) and isinstance(other, CapacityChange):
        return one.service == other.service
    return one == other


def service_of(added: ServiceAdded, *, as_of: date) -> Service:
    """A service that is only thought of, as the calculations see one: its places are known for sure."""
    return Service(
        key=added.key,
        name=added.name,
        kind=added.kind or None,
        phases=added.phases,
        fields=added.fields,
        age_min=added.age_min,
        age_max=added.age_max,
        travels=added.travels,
        sites=(Site(added.x, added.y, added.area, added.place),),
        catchment=None if added.catchment is None else frozenset(added.catchment),
        capacity=added.capacity,
        verified_on=as_of,
        languages=frozenset(added.languages),
    )


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _changed(service: Service, change: Change, *, as_of: date) -> Service:
    match change:
        case CapacityChange():
            return replace(service, capacity=change.capacity, verified_on=as_of)
        case CatchmentWidened():
            if service.catchment is None or change.catchment is None:
                return replace(service, catchment=None)
            return replace(service, catchment=service.catchment | frozenset(change.catchment))
        case LanguageAdded():
            return replace(service, languages=service.languages | {change.language})
    return service


def _target(county: County, change: TargetChange) -> Target:
    """The other number; what else is said of the cell stays: the area's own wording, else the county's."""
    wanted = Target(
        change.phase, change.field, change.places_per_100, area=change.area or None, to=change.to or None
    )
    at = {_at(each): each for each in county.targets}
    county_wide = replace(wanted, area=None)
    found = at.get(_at(wanted)) or at.get(_at(county_wide)) or wanted
    return replace(found, area=wanted.area, places_per_100=wanted.places_per_100)


def _at(target: Target) -> tuple[str | None, str, str, str | None]:
    return target.area, target.phase, target.field, target.to

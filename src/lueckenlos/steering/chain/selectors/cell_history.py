"""How one cell stood on earlier days: drawn again for those days alone on which something about it changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.core import clock
from lueckenlos.kernels.chain.supply import months_later
from lueckenlos.kernels.chain.types import Cell, County, Seam, Service
from lueckenlos.steering.chain.models import Basis, TargetRevision
from lueckenlos.steering.chain.selectors.cells import piece_of
from lueckenlos.steering.chain.selectors.changes import differs
from lueckenlos.steering.chain.selectors.drawing import county_of, drawn
from lueckenlos.steering.chain.types import CellKey

MOST = 6
"""Each day is a calculation of its own; more are found through the history page."""
YEARS_BACK = 5
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Moment:
    """The cell as known at the end of a day, until the next moment."""

    day: date
    piece: Cell | Seam


def cell_history(key: CellKey, *, today: date) -> list[Moment]:
    """How the cell stood, the latest first; each moment says something else than the one before it."""
    county, knowledge = county_of()
    first = first_day()
    near = [key.area, str(knowledge.content["county"])]
    days = sorted(day for day in _days(key, county=county, near=near, first=first) if first <= day < today)
    found: list[Moment] = []
    for day in [*days[:1], *days[1:][-MOST:], today]:
        piece = piece_of(key, of=drawn(day if day < today else None))
        if piece is not None and (not found or differs(found[-1].piece, piece)):
            found.append(Moment(day, piece))
    return found[::-1]


def earliest_day() -> date:
    """How far one may look back; days before the first knowledge are reckoned with the first knowledge."""
    return months_later(first_day(), months=-YEARS_BACK * 12)


def first_day() -> date:
    """The first day whose chain can be drawn as it was known."""
    known = Basis.objects.order_by("known_at", "id").values_list("known_at", flat=True).first()
    since = directory.known_since()
    moments = [each for each in (known, since) if each is not None]
    return clock.day_of(max(moments)) if moments else clock.today()


def _days(key: CellKey, *, county: County, near: list[str], first: date) -> set[date]:
    services = [each for each in county.services if _may_reach(each, key=key)]
    months = county.settings.freshness_months
    days = {first, *_days_of(Basis.objects.values_list("known_at", flat=True))}
    targets = TargetRevision.objects.filter(area__in=near, phase=key.phase, field=key.field, to=key.to)
    days |= _days_of(targets.values_list("known_at", flat=True))
    days |= {months_later(each.verified_on, months=months) + ONE_DAY for each in services if each.verified_on}
    days |= {each.valid_to + ONE_DAY for each in services if each.valid_to}
    days |= {each.valid_from for each in services if each.valid_from}
    changed = directory.changed_services(since=first)
    for each in services:
        if each.key in changed:
            days |= _days_of(change.at for change in directory.changes(each.key))
    return days


def _may_reach(service: Service, *, key: CellKey) -> bool:
    if service.catchment is not None and key.area not in service.catchment:
        return False
    if key.to:
        return service.bridge == (key.phase, key.to)
    return key.phase in service.phases and key.field in service.fields


def _days_of(moments: Iterable[datetime]) -> set[date]:
    return {clock.day_of(each) for each in moments}

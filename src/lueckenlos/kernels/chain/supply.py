"""What a service offers in a year as an interval of places, since nobody knows everything (section 1).

| known | at least | at most |
| --- | --- | --- |
| capacity, verified lately | capacity | capacity |
| capacity, verification overdue or never | 0 | capacity |
| capacity unknown, verified lately | 1 | what one of its kind usually has at most |
| capacity unknown, overdue or never verified | 0 | the same |
| suspended, or outside its validity | 0 | 0 |

Only a known capacity obeys "more never opens a gap" and "two halves equal the whole": two services of unknown
capacity have at least 2 places, one has at least 1.
"""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from lueckenlos.kernels.chain.types import Floats, Kind, Service

USUAL_MAX: Final = 30
"""Places at most where even the kind is unknown: a course, the middle of the kinds. Such a service is asked about."""


@dataclass(frozen=True, slots=True)
class Supply:
    """Places a year of one service, at least and at most."""

    lo: int
    hi: int


NOTHING: Final = Supply(0, 0)


def months_later(day: date, *, months: int) -> date:
    """The same day so many months later (earlier below 0), or the last of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def is_offered(service: Service, *, as_of: date) -> bool:
    """Tell whether it exists on this day: not suspended, and within its validity (both ends belong to it)."""
    begun = service.valid_from is None or service.valid_from <= as_of
    ended = service.valid_to is not None and service.valid_to < as_of
    return service.is_active and begun and not ended


def supply(service: Service, *, kinds: Mapping[str, Kind], as_of: date, fresh_since: date) -> Supply:
    """The places of one service on a day. A capacity below 0 tells nothing and counts as unknown.

    Known is what was verified on `fresh_since` or later.
    """
    if not is_offered(service, as_of=as_of):
        return NOTHING
    fresh = service.verified_on is not None and service.verified_on >= fresh_since
    if service.capacity is not None and service.capacity >= 0:
        return Supply(service.capacity if fresh else 0, service.capacity)
    kind = None if service.kind is None else kinds.get(service.kind)
    return Supply(1 if fresh else 0, USUAL_MAX if kind is None else max(1, kind.usual_max))


def supplies(
    services: Sequence[Service], *, kinds: Mapping[str, Kind], as_of: date, freshness_months: int = 12
) -> tuple[Floats, Floats]:
    """The same for many: places at least and at most, in the order of the services."""
    since = months_later(as_of, months=-freshness_months)
    found = [supply(each, kinds=kinds, as_of=as_of, fresh_since=since) for each in services]
    return (
        np.array([each.lo for each in found], dtype=np.float64),
        np.array([each.hi for each in found], dtype=np.float64),
    )

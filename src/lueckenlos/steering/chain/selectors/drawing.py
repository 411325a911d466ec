"""The chain of a day, calculated when asked for and kept in memory until anything that it rests on has changed."""

from datetime import date
from functools import lru_cache

from django.db.models import Max

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.signals import selectors as signals
from lueckenlos.core import clock
from lueckenlos.kernels.chain.calculation import calculate
from lueckenlos.kernels.chain.types import Chain, County
from lueckenlos.steering.chain.models import Basis, TargetRevision
from lueckenlos.steering.chain.selectors.assembling import county_at, knowledge_at, labels_of, narrowed
from lueckenlos.steering.chain.selectors.calculations import is_large, latest_calculation
from lueckenlos.steering.chain.types import Drawn, Knowledge, Narrowing


def chain_version() -> str:
    """A word that changes with everything that the chain rests on."""
    own = Basis.objects.aggregate(at=Max("id"))["at"], TargetRevision.objects.aggregate(at=Max("id"))["at"]
    return f"{own} {directory.planning_version()} {signals.version()}"


def drawn(day: date | None = None, *, narrowing: Narrowing = Narrowing()) -> Drawn:
    """The chain as known at the end of a day (today without one), of all services or of those that fit."""
    today = clock.today()
    is_today = day is None or day >= today
    if is_today and not narrowing and is_large() and (last := latest_calculation()):
        return last
    return _drawn(chain_version(), day or today, narrowing, is_today=is_today)


@lru_cache(maxsize=32)
def _drawn(version: str, day: date, narrowing: Narrowing, *, is_today: bool) -> Drawn:
    county, knowledge = _county(version, day, is_today=is_today)
    if narrowing:
        entries = directory.planning_entries(as_of=None if is_today else day)
        county = narrowed(county, narrowing, entries=entries)
    return drawn_of(county, knowledge=knowledge, day=day, narrowing=narrowing)


def county_of(day: date | None = None) -> tuple[County, Knowledge]:
    """What the chain of a day rests on, kept likewise."""
    today = clock.today()
    return _county(chain_version(), day or today, is_today=day is None or day >= today)


@lru_cache(maxsize=8)
def _county(version: str, day: date, *, is_today: bool) -> tuple[County, Knowledge]:
    knowledge = knowledge_at(day)
    return county_at(day, is_today=is_today, knowledge=knowledge), knowledge


def drawn_of(
    county: County,
    *,
    knowledge: Knowledge,
    day: date,
    narrowing: Narrowing = Narrowing(),
    chain: Chain | None = None,
) -> Drawn:
    """A county's chain with the words to show it; a what-if hands in its own county."""
    return Drawn(
        chain=chain or calculate(county, as_of=day),
        labels=labels_of(knowledge, services=county.services),
        phases=tuple(phase.key for phase in county.phases),
        fields=county.fields,
        areas=county.areas.keys,
        narrowing=narrowing,
    )

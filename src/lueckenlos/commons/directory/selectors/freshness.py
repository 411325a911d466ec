"""How long ago somebody confirmed an entry, against the county's limit."""

from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from lueckenlos.commons.directory.models import Service
from lueckenlos.commons.directory.selectors.public import public_services
from lueckenlos.commons.directory.types import Freshness
from lueckenlos.commons.places import selectors as places

DUE_MONTHS = 1
"""How long before the limit a provider is asked, so that an answer can come in time."""


@dataclass(frozen=True, slots=True)
class FreshnessCount:
    """How many public entries stand where; theirs of neighbours are not counted."""

    fresh: int
    due: int
    overdue: int
    never: int


def freshness_of(verified_on: date | None, *, today: date, months: int) -> Freshness:
    """Judge one entry: overdue is a day past the limit, due is its last month."""
    if verified_on is None:
        return Freshness.NEVER
    limit = verified_on + relativedelta(months=months)
    if today > limit:
        return Freshness.OVERDUE
    if today > limit - relativedelta(months=DUE_MONTHS):
        return Freshness.DUE
    return Freshness.FRESH


def last_fresh_day(*, today: date, months: int) -> date:
    """The latest day of confirmation that is due today; later ones are fresh."""
    day = today - relativedelta(months=months - DUE_MONTHS)
    while freshness_of(day, today=today, months=months) is Freshness.FRESH:
        day -= relativedelta(days=1)
    return day


def freshness_count(*, today: date) -> FreshnessCount:
    """Count the county's own public entries by freshness, for the status page."""
    months = places.county().freshness_months
    counts = dict.fromkeys(Freshness, 0)
    own = public_services(today=today).filter(feed__isnull=True)
    for verified_on in own.values_list("verified_on", flat=True):
        counts[freshness_of(verified_on, today=today, months=months)] += 1
    return FreshnessCount(**{str(state): number for state, number in counts.items()})


def awaiting_confirmation(*, today: date) -> list[Service]:
    """Own public entries that are due, overdue or were never confirmed, by organization."""
    months = places.county().freshness_months
    limit = last_fresh_day(today=today, months=months)
    own = public_services(today=today).filter(feed__isnull=True).select_related("organization")
    late = own.exclude(verified_on__gt=limit)
    return list(late.order_by("organization__sort_key", "organization_id", "name"))

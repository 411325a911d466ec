"""Which offers of a round suit the children of a list, and why another does not."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum
from itertools import combinations
from typing import Final
from uuid import UUID

from lueckenlos.offers.holidays.models import Decision, RoundOffer, WishChild
from lueckenlos.offers.holidays.types import ChildValue, OfferView
from lueckenlos.offers.programmes import selectors as programmes
from lueckenlos.offers.programmes.types import ComesWith, Kind, ProgrammeState, ProgrammeView

# More than anybody plans: a programme without a limit.
NO_LIMIT: Final = 5_000


class Unfit(StrEnum):
    """Why an offer is none for these children."""

    YOUNG = "young"
    OLD = "old"
    MANY = "many"
    CANCELLED = "cancelled"


def offers_of(
    round_id: UUID, *, agreed_alone: bool = True, among: Collection[UUID] | None = None
) -> list[OfferView]:
    """The programmes of a round by their first date; `among` names the offers that are asked for."""
    rows = RoundOffer.objects.filter(round=round_id)
    if agreed_alone:
        rows = rows.filter(agreed_at__isnull=False)
    if among is not None:
        rows = rows.filter(id__in=among)
    by_programme = {row.programme_id: row for row in rows}
    return sorted(
        (
            OfferView(
                by_programme[view.id].id,
                round_id,
                view,
                by_programme[view.id].kept,
                by_programme[view.id].agreed_at is not None,
            )
            for view in programmes.several(by_programme)
        ),
        key=lambda each: (starts(each.programme), each.programme.title),
    )


def called_off(round_id: UUID) -> list[str]:
    """Programmes whose places were dealt though they do not take place any more, for whoever deals; by title."""
    dealt = set(Decision.objects.filter(list__round=round_id).values_list("offer", flat=True).distinct())
    return [each.programme.title for each in offers_of(round_id, among=dealt) if not each.takes_place]


def starts(view: ProgrammeView) -> float:
    """When a programme begins, for sorting; what has no date stands last."""
    first = view.next_session
    return first.starts_at.timestamp() if first else float("inf")


def children_of(key: UUID) -> list[ChildValue]:
    """The children of a list as far as the actor of this transaction may see them."""
    return [
        ChildValue(row.first_name, row.family_name, row.born_on, row.has_need, row.support)
        for row in WishChild.objects.filter(list=key).order_by("position")
    ]


def can_join(view: ProgrammeView, *, now: datetime) -> bool:
    """Whether a programme can take part in a round: for children alone, published, and all of it ahead."""
    first = view.next_session
    return (
        view.kind is Kind.HOLIDAY
        and view.comes is ComesWith.CHILD
        and view.state is ProgrammeState.PUBLISHED
        and not view.for_professionals
        and first is not None
        and first.starts_at > now
    )


def ends_too_early(view: ProgrammeView, *, rest_from: datetime) -> bool:
    """It begins, or its registration ends, before remaining places are open to all; without a date it does neither."""
    first = view.next_session
    ends = [each for each in (view.closes_at, first.starts_at if first else None) if each is not None]
    return bool(ends) and min(ends) <= rest_from


def why_not(view: ProgrammeView, children: Sequence[ChildValue]) -> Unfit | None:
    """Why these children cannot all join; None: they can."""
    if view.state is not ProgrammeState.PUBLISHED:
        return Unfit.CANCELLED
    ages = [programmes.age_at_start(view, child.born_on) for child in children]
    if view.age_min is not None and min(ages) < view.age_min:
        return Unfit.YOUNG
    if view.age_max is not None and max(ages) > view.age_max:
        return Unfit.OLD
    return Unfit.MANY if len(children) > seats_of(view) else None


def seats_of(view: ProgrammeView) -> int:
    """The seats that a round can give: free ones without those that quotas of the programme keep."""
    if view.state is not ProgrammeState.PUBLISHED:
        return 0
    if view.places.free is None:
        return NO_LIMIT
    return max(view.places.free - sum(quota.seats for quota in view.quotas), 0)


def times_of(view: ProgrammeView) -> tuple[tuple[datetime, datetime], ...]:
    """When a programme takes place."""
    return tuple((each.starts_at, each.ends_at) for each in view.sessions if not each.is_cancelled)


def overlapping(views: Sequence[ProgrammeView]) -> list[tuple[ProgrammeView, ProgrammeView]]:
    """Pairs that take place at the same time: of each pair a child gets one at most."""
    return [
        (one, other)
        for one, other in combinations(views, 2)
        if any(a < d and c < b for a, b in times_of(one) for c, d in times_of(other))
    ]

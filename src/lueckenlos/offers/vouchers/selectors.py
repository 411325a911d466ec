"""Reads of schemes (open) and of vouchers (closed, for the actor who asks)."""

from __future__ import annotations

from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.core.actor import Actor, job
from lueckenlos.core.context import acting_as
from lueckenlos.offers.programmes.types import Kind
from lueckenlos.offers.vouchers.models import Counter, Giver, Redemption, Settlement, Voucher, VoucherScheme
from lueckenlos.offers.vouchers.payers import payers_without_desk, pays_for
from lueckenlos.offers.vouchers.types import (
    FEW,
    Bill,
    GiverView,
    RedemptionView,
    SchemeView,
    VoucherState,
    VoucherView,
)

COUNTS: Final = job("vouchers-count")
MOST_LISTED: Final = 200
IN_STOCK: Final = (VoucherState.ISSUED.value, VoucherState.REDEEMED.value, VoucherState.SETTLED.value)


def schemes(*, today: date) -> list[SchemeView]:
    """What families can get vouchers of today, by title."""
    found = _schemes(
        VoucherScheme.objects.filter(is_open=True, valid_until__gte=today).order_by("title", "id")
    )
    return [each for each in found if each.is_handed_out_on(today)]


def taken_kinds(*, today: date) -> frozenset[Kind]:
    """For which kinds of programmes somebody may have a good voucher today."""
    rows = VoucherScheme.objects.filter(valid_until__gte=today).values_list("kinds", flat=True)
    return frozenset(Kind(each) for kinds in rows for each in kinds)


def scheme(key: UUID) -> SchemeView | None:
    """One scheme, whatever its days."""
    return next(iter(_schemes(VoucherScheme.objects.filter(id=key))), None)


def schemes_of(vouchers: Iterable[VoucherView]) -> dict[UUID, SchemeView]:
    """The schemes of these vouchers."""
    found = _schemes(VoucherScheme.objects.filter(id__in={each.scheme for each in vouchers}))
    return {each.id: each for each in found}


def paid_by(actor: Actor) -> list[SchemeView]:
    """The schemes for which the actor's organization pays, newest first."""
    return _schemes(VoucherScheme.objects.filter(organization=actor.organization).order_by("-created_at"))


def looked_after(actor: Actor) -> list[SchemeView]:
    """The schemes of payers without a desk for which the actor stands in, newest first."""
    payers = [each.id for each in payers_without_desk(actor) if each.id != actor.organization]
    return _schemes(VoucherScheme.objects.filter(organization__in=payers).order_by("-created_at"))


def given_by(actor: Actor, *, today: date) -> list[SchemeView]:
    """The schemes of which the actor's organization hands vouchers out, by title."""
    own = Giver.objects.filter(organization=actor.organization).values("scheme")
    rows = VoucherScheme.objects.filter(id__in=own, is_open=True, valid_until__gte=today)
    return _schemes(rows.order_by("title", "id"))


def issued_by(actor: Actor) -> list[VoucherView]:
    """What the actor's organization handed out, newest first; nothing of where it was used."""
    if actor.organization is None:
        return []
    with acting_as(actor):
        rows = Voucher.objects.filter(issued_by=actor.organization).order_by("-issued_on", "id")
        return [_voucher(row) for row in rows[:MOST_LISTED]]


def voucher(actor: Actor, key: UUID) -> VoucherView | None:
    """One voucher, or nothing."""
    with acting_as(actor):
        row = Voucher.objects.filter(id=key).first()
    return None if row is None else _voucher(row)


def redeemed_at(actor: Actor) -> list[RedemptionView]:
    """What the actor's club took, newest first; nothing of whom it was for or who handed it out."""
    if actor.organization is None:
        return []
    with acting_as(actor):
        rows = list(
            Redemption.objects.filter(club=actor.organization)
            .order_by("-redeemed_on", "id")
            .values_list("scheme__title", "programme_title", "redeemed_on", "cents", "settlement_id")[
                :MOST_LISTED
            ]
        )
    return [
        RedemptionView(
            scheme_title=title,
            programme_title=programme,
            redeemed_on=day,
            cents=cents,
            is_settled=settlement is not None,
        )
        for title, programme, day, cents, settlement in rows
    ]


def bills(actor: Actor, key: UUID) -> list[Bill]:
    """What each club gets for each month, first what is not settled; for whoever pays alone."""
    view = scheme(key)
    if view is None or not pays_for(actor, view.organization):
        return []
    with acting_as(actor):
        mine = Redemption.objects.filter(scheme=key, payer=view.organization, settlement__isnull=True)
        owed = list(mine.values_list("club", "redeemed_on", "cents"))
        done = list(Settlement.objects.filter(scheme=key, payer=view.organization))
    found: dict[tuple[UUID, date], list[int]] = defaultdict(list)
    for club, day, cents in owed:
        found[club, day.replace(day=1)].append(cents)
    names = directory.organization_names({club for club, _month in found} | {each.club for each in done})
    due = [
        Bill(
            club=club,
            club_name=names.get(club, ""),
            month=month,
            count=len(all_cents),
            cents=sum(all_cents),
            settled_on=None,
        )
        for (club, month), all_cents in found.items()
    ]
    settled = [
        Bill(
            club=each.club,
            club_name=names.get(each.club, ""),
            month=each.month,
            count=each.count,
            cents=each.cents,
            settled_on=each.settled_on,
        )
        for each in done
    ]
    return sorted(due, key=_by_month) + sorted(settled, key=_by_month, reverse=True)


def by_municipality(actor: Actor, key: UUID) -> list[tuple[str, int]]:
    """How many were handed out to children of which municipality; few ones are summed up under an empty key.

    The rest is made so large that none of those in it can be found by subtraction.
    """
    view = scheme(key)
    if view is None or not pays_for(actor, view.organization):
        return []
    with acting_as(COUNTS):
        rows = Voucher.objects.filter(scheme=key, state__in=IN_STOCK)
        counted = Tally(rows.values_list("ags", flat=True))
    return _not_too_few(counted)


def _not_too_few(counted: Tally[str]) -> list[tuple[str, int]]:
    shown = {ags: count for ags, count in counted.items() if ags and count >= FEW}
    rest = sum(counted.values()) - sum(shown.values())
    while shown and 0 < rest < FEW:
        smallest = min(shown, key=lambda ags: (shown[ags], ags))
        rest += shown.pop(smallest)
    found = sorted(shown.items(), key=lambda pair: (-pair[1], pair[0]))
    return [*found, ("", rest)] if rest else found


def _by_month(bill: Bill) -> tuple[date, str]:
    return bill.month, bill.club_name


def _voucher(row: Voucher) -> VoucherView:
    return VoucherView(
        id=row.id,
        scheme=row.scheme_id,
        state=VoucherState(row.state),
        age=row.age,
        issued_on=row.issued_on,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
    )


def _schemes(rows: QuerySet[VoucherScheme]) -> list[SchemeView]:
    found = list(rows[:MOST_LISTED])
    givers: dict[UUID, list[UUID]] = defaultdict(list)
    for scheme_id, giver in Giver.objects.filter(scheme__in=found).values_list("scheme", "organization"):
        givers[scheme_id].append(giver)
    counters = {each.scheme_id: each for each in Counter.objects.filter(scheme__in=found)}
    keys = {row.organization_id for row in found} | {key for many in givers.values() for key in many}
    names = directory.organization_names(keys) if keys else {}
    return [_scheme(row, givers=givers[row.id], counter=counters.get(row.id), names=names) for row in found]


def _scheme(
    row: VoucherScheme, *, givers: Iterable[UUID], counter: Counter | None, names: dict[UUID, str]
) -> SchemeView:
    told = (GiverView(key, names.get(key, "")) for key in givers)
    return SchemeView(
        id=row.id,
        organization=row.organization_id,
        organization_name=names.get(row.organization_id, ""),
        title=row.title,
        summary=row.summary,
        kinds=tuple(Kind(each) for each in row.kinds),
        cents=row.cents,
        pays_course=row.pays_course,
        age_min=row.age_min,
        age_max=row.age_max,
        stock=row.stock,
        given=counter.given if counter else 0,
        redeemed=counter.redeemed if counter else 0,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        is_open=row.is_open,
        givers=tuple(sorted(told, key=lambda each: each.name)),
        version=row.version,
    )

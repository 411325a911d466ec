"""Settling with clubs: what one month of one club comes to, once."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Sum

from lueckenlos.core import audit, clock
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.offers.vouchers.errors import NothingToSettle
from lueckenlos.offers.vouchers.models import Redemption, Settlement, Voucher
from lueckenlos.offers.vouchers.services.giving import DECIDES
from lueckenlos.offers.vouchers.services.paying import own_scheme
from lueckenlos.offers.vouchers.types import VoucherState


def settle(scheme: UUID, *, club: UUID, month: date, actor: Actor, now: datetime) -> UUID:
    """Mark as paid what a club took in a month and was not paid yet; raises NothingToSettle."""
    with acting_as(actor):
        row = own_scheme(scheme, actor)
        with acting_as(DECIDES):
            due = Redemption.objects.filter(
                scheme=row,
                club=club,
                redeemed_on__year=month.year,
                redeemed_on__month=month.month,
                settlement__isnull=True,
            )
            keys = list(due.select_for_update(of=("self",)).values_list("id", "voucher_id"))
            if not keys:
                raise NothingToSettle
            owed = Redemption.objects.filter(id__in=[key for key, _voucher in keys])
            found = owed.aggregate(count=Count("id"), cents=Sum("cents"))
            made = Settlement(
                scheme=row,
                payer=row.organization_id,
                club=club,
                month=month.replace(day=1),
                count=found["count"],
                cents=found["cents"],
                settled_on=clock.day_of(now),
            )
            made.save(force_insert=True)
            owed.update(settlement=made)
            Voucher.objects.filter(id__in=[voucher for _key, voucher in keys]).update(
                state=VoucherState.SETTLED.value
            )
        audit.record(
            "vouchers.scheme.settled",
            subject=f"scheme/{row.id}",
            details={"count": found["count"], "cents": found["cents"], "month": f"{month:%Y-%m}"},
            chain=audit.chain_of(row.organization_id),
        )
    return made.id

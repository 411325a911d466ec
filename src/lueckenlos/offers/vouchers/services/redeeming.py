"""Taking a voucher: a club scans its code, and of all who do so at one moment exactly one gets it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from lueckenlos.core import audit, clock, codes
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.offers.programmes import selectors as programmes
from lueckenlos.offers.programmes.errors import NoSuchProgramme
from lueckenlos.offers.programmes.types import Fare, ProgrammeState, ProgrammeView
from lueckenlos.offers.vouchers import selectors
from lueckenlos.offers.vouchers.errors import CannotRedeem
from lueckenlos.offers.vouchers.models import Redemption, Voucher
from lueckenlos.offers.vouchers.services.giving import CODE, DECIDES
from lueckenlos.offers.vouchers.types import Refusal, SchemeView, VoucherState

STATES = {
    VoucherState.REDEEMED: Refusal.USED,
    VoucherState.SETTLED: Refusal.USED,
    VoucherState.EXPIRED: Refusal.EXPIRED,
    VoucherState.WITHDRAWN: Refusal.WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """For which programme a voucher is taken, and at which of its prices."""

    programme: UUID
    fare: int | None = None


def redeem(code: str, wanted: Wanted, *, actor: Actor, now: datetime) -> int:
    """Take a voucher at the actor's own programme; gives its worth in cents.

    Raises CannotRedeem, CodeNotValid or NoSuchProgramme. The row of the voucher is the one lock, and the database
    holds one redemption for each besides.
    """
    today = clock.day_of(now)
    with acting_as(actor):
        view = _own_programme(wanted.programme, actor)
        record = codes.look(code, purpose=CODE).record
        with acting_as(DECIDES):
            row = Voucher.objects.select_for_update(of=("self",)).filter(id=record).first()
            if row is None:
                raise codes.CodeNotValid
            scheme = selectors.scheme(row.scheme_id)
            if scheme is None:
                raise codes.CodeNotValid
            cents = _worth(row, scheme, view, fare=wanted.fare, today=today)
            Redemption.objects.create(
                voucher=row,
                scheme_id=scheme.id,
                payer=scheme.organization,
                club=view.organization,
                programme=view.id,
                programme_title=view.title,
                cents=cents,
                redeemed_on=today,
            )
            Voucher.objects.filter(id=row.id).update(state=VoucherState.REDEEMED.value)
        # Of the voucher nothing: the club's chain must not lead to who handed it out.
        audit.record(
            "vouchers.voucher.redeemed",
            subject=f"programme/{view.id}",
            details={"cents": cents},
            chain=audit.chain_of(view.organization),
        )
    return cents


def _own_programme(key: UUID, actor: Actor) -> ProgrammeView:
    view = programmes.by_id(key)
    if view is None or actor.organization is None or view.organization != actor.organization:
        raise NoSuchProgramme
    if view.state is not ProgrammeState.PUBLISHED:
        raise NoSuchProgramme
    return view


def _worth(row: Voucher, scheme: SchemeView, view: ProgrammeView, *, fare: int | None, today: date) -> int:
    """What the voucher pays; raises CannotRedeem with the first reason against it."""
    reason = _refused(row, scheme, view, today=today)
    if reason is not None:
        raise CannotRedeem(reason)
    cents = scheme.worth_for(_fare(view, fare))
    if cents is None:
        raise CannotRedeem(Refusal.NO_PRICE)
    if cents == 0:
        raise CannotRedeem(Refusal.FREE)
    return cents


def _refused(row: Voucher, scheme: SchemeView, view: ProgrammeView, *, today: date) -> Refusal | None:
    against = (
        (STATES.get(VoucherState(row.state)), True),
        (Refusal.EXPIRED, today > row.valid_until),
        (Refusal.NOT_YET, today < row.valid_from),
        (Refusal.KIND, view.kind not in scheme.kinds),
        (Refusal.AGE, not _fits(row, view)),
        (Refusal.FREE, view.is_free),
    )
    return next((reason for reason, holds in against if reason is not None and holds), None)


def _fits(row: Voucher, view: ProgrammeView) -> bool:
    """The child may have turned a year older since."""
    low, high = view.age_min or 0, view.age_max if view.age_max is not None else row.age
    return any(low <= age <= high for age in (row.age, row.age + 1))


def _fare(view: ProgrammeView, number: int | None) -> Fare | None:
    if number is None or not 0 <= number < len(view.fares):
        return None
    return view.fares[number]

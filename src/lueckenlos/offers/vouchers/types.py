"""What crosses to other rooms: schemes (open), and vouchers for those who may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from lueckenlos.offers.programmes.types import Fare, Kind


class VoucherState(StrEnum):
    """Where a voucher stands; the first three are taken out of the stock."""

    ISSUED = "issued"
    REDEEMED = "redeemed"
    SETTLED = "settled"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class Refusal(StrEnum):
    """Why a club cannot take a voucher."""

    USED = "used"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    KIND = "kind"
    AGE = "age"
    FREE = "free"
    NO_PRICE = "no_price"


# Fewer than this are not told by themselves.
FEW: Final = 5


@dataclass(frozen=True, slots=True)
class GiverView:
    """An organization that hands vouchers out."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeView:
    """Vouchers of one payer, as everybody may see them; `given` and `redeemed` are counters outside the wall."""

    id: UUID
    organization: UUID
    organization_name: str
    title: str
    summary: str
    kinds: tuple[Kind, ...]
    cents: int
    pays_course: bool
    age_min: int | None
    age_max: int | None
    stock: int
    given: int
    redeemed: int
    valid_from: date
    valid_until: date
    is_open: bool
    givers: tuple[GiverView, ...]
    version: int

    @property
    def left(self) -> int:
        """How many can still be handed out."""
        return max(self.stock - self.given, 0)

    def is_handed_out_on(self, day: date) -> bool:
        """Whether a family can get one on a day."""
        return self.is_open and self.left > 0 and day <= self.valid_until

    def worth_for(self, fare: Fare | None) -> int | None:
        """What the payer gives for this price, in cents; none where nobody has told the price of a whole course."""
        if self.pays_course:
            return min(fare.cents, self.cents) if fare else None
        return min(fare.cents, self.cents) if fare else self.cents


@dataclass(frozen=True, slots=True)
class NewVoucher:
    """What is said of a child: its age in completed years, and where it lives if somebody says so."""

    age: int
    ags: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VoucherView:
    """One voucher, for whoever handed it out and for the family; where it was redeemed is not in it."""

    id: UUID
    scheme: UUID
    state: VoucherState
    age: int
    issued_on: date
    valid_from: date
    valid_until: date

    @property
    def is_good(self) -> bool:
        """Whether nobody has used it or taken it back."""
        return self.state is VoucherState.ISSUED


@dataclass(frozen=True, slots=True, kw_only=True)
class RedemptionView:
    """One voucher that a club took; of the child nothing."""

    scheme_title: str
    programme_title: str
    redeemed_on: date
    cents: int
    is_settled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """What one club gets for one month."""

    club: UUID
    club_name: str
    month: date
    count: int
    cents: int
    settled_on: date | None

"""What cannot be done with a voucher."""

from __future__ import annotations

from lueckenlos.offers.vouchers.types import Refusal


class NoSuchScheme(LookupError):
    """There is none, or it is not for the one who asks."""


class NoSuchVoucher(LookupError):
    """There is none, or it is not for the one who asks."""


class NoneLeft(Exception):
    """All are handed out, or the time is over, or whoever pays has stopped."""


class NotForThisAge(Exception):
    """The child is younger or older than those for whom the vouchers are."""


class CannotRedeem(Exception):
    """The voucher is not good for this programme, or not any more."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


class NothingToSettle(Exception):
    """All of this month is settled already."""

"""Deeds on schemes and vouchers; other rooms enter here."""

from lueckenlos.offers.vouchers.services.giving import (
    expire_everything,
    issue,
    issue_code,
    send,
    text,
    withdraw,
)
from lueckenlos.offers.vouchers.services.paying import (
    NewScheme,
    change_scheme,
    found_scheme,
    let_give,
    stop_giving,
)
from lueckenlos.offers.vouchers.services.redeeming import Wanted, redeem
from lueckenlos.offers.vouchers.services.settling import settle

__all__ = [
    "NewScheme",
    "Wanted",
    "change_scheme",
    "expire_everything",
    "found_scheme",
    "issue",
    "issue_code",
    "let_give",
    "redeem",
    "send",
    "settle",
    "stop_giving",
    "text",
    "withdraw",
]

"""Deeds on rounds and wish lists; other rooms enter here."""

from lueckenlos.offers.holidays.services.dealing import deal, publish
from lueckenlos.offers.holidays.services.letters import tell_decided
from lueckenlos.offers.holidays.services.planning import (
    agree,
    ask,
    change_round,
    found_round,
    hold_back_everywhere,
    keep,
    leave_out,
    open_round,
)
from lueckenlos.offers.holidays.services.wishing import Sent, change_wishes, nothing_fits, send, take_back

__all__ = [
    "Sent",
    "agree",
    "ask",
    "change_round",
    "change_wishes",
    "deal",
    "found_round",
    "hold_back_everywhere",
    "keep",
    "leave_out",
    "nothing_fits",
    "open_round",
    "publish",
    "send",
    "take_back",
    "tell_decided",
]

"""Deeds on rounds and wish lists; other rooms enter here."""

from lueckenlos.offers.holidays.services.dealing import deal, publish, way_to_place
from lueckenlos.offers.holidays.services.letters import tell, tell_decided
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
from lueckenlos.offers.holidays.services.turning import (
    abort_round,
    extend_round,
    notice_called_off_everywhere,
)
from lueckenlos.offers.holidays.services.wishing import Sent, change_wishes, nothing_fits, send, take_back

__all__ = [
    "Sent",
    "abort_round",
    "agree",
    "ask",
    "change_round",
    "change_wishes",
    "deal",
    "extend_round",
    "found_round",
    "hold_back_everywhere",
    "keep",
    "leave_out",
    "nothing_fits",
    "notice_called_off_everywhere",
    "open_round",
    "publish",
    "send",
    "take_back",
    "tell",
    "tell_decided",
    "way_to_place",
]

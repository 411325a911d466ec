"""Deeds on resources and bookings; other rooms enter here."""

from lueckenlos.offers.bookings.services.along import look_again
from lueckenlos.offers.bookings.services.booking import (
    Booked,
    approve,
    book,
    cancel,
    decline,
    enter,
    move,
    open_again,
    rebook,
)
from lueckenlos.offers.bookings.services.earlier import ask_earlier
from lueckenlos.offers.bookings.services.offering import (
    NewResource,
    change_resource,
    found_resource,
    issue_feed,
)
from lueckenlos.offers.bookings.services.reminding import (
    issue_slip,
    note_letters,
    print_letters,
    remind_everybody,
    tick_letters,
)
from lueckenlos.offers.bookings.services.series import block, cancel_from, change_from, enter_series, give_up

__all__ = [
    "Booked",
    "NewResource",
    "approve",
    "ask_earlier",
    "block",
    "book",
    "cancel",
    "cancel_from",
    "change_from",
    "change_resource",
    "decline",
    "enter",
    "enter_series",
    "found_resource",
    "give_up",
    "issue_feed",
    "issue_slip",
    "look_again",
    "move",
    "note_letters",
    "open_again",
    "print_letters",
    "rebook",
    "remind_everybody",
    "tick_letters",
]

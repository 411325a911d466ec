"""What the room keeps; other rooms enter by selectors, services and types."""

from lueckenlos.care.talks.models.items import Agreement, CallUp, Contribution, Item, Result
from lueckenlos.care.talks.models.series import Attendance, Delegate, Seat, Series, StandIn, Talk

__all__ = [
    "Agreement",
    "Attendance",
    "CallUp",
    "Contribution",
    "Delegate",
    "Item",
    "Result",
    "Seat",
    "Series",
    "StandIn",
    "Talk",
]

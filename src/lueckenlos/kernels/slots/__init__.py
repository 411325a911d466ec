"""Times that can be booked: what is free within opening rules, and dates that repeat."""

from lueckenlos.kernels.slots.free import find_slot, free_slots
from lueckenlos.kernels.slots.hours import Opening
from lueckenlos.kernels.slots.series import Clash, Series, clashes, days_of, spans_of, split
from lueckenlos.kernels.slots.values import MOST_DATES, Slot, SlotsError, Span, Terms, occupied

__all__ = [
    "MOST_DATES",
    "Clash",
    "Opening",
    "Series",
    "Slot",
    "SlotsError",
    "Span",
    "Terms",
    "clashes",
    "days_of",
    "find_slot",
    "free_slots",
    "occupied",
    "spans_of",
    "split",
]

"""What cannot be done with a resource or a booking."""

from __future__ import annotations

from collections.abc import Sequence

from lueckenlos.kernels.slots import Span


class NoSuchResource(LookupError):
    """There is none, or it is not for the one who asks."""


class NoSuchBooking(LookupError):
    """There is none, or it is not for the one who asks."""


class SlotTaken(Exception):
    """Somebody else has this time, or it is not offered any more."""


class TooMany(Exception):
    """Somebody has as many times ahead here as one may have: others need some too."""


class Clashes(Exception):
    """Dates of a series that lie on what is taken or closed; nothing of the series was written."""

    def __init__(self, spans: Sequence[Span]) -> None:
        super().__init__(f"{len(spans)} dates clash")
        self.spans = tuple(spans)


class NobodyTranslates(LookupError):
    """Nobody who translates this language is free at this time."""

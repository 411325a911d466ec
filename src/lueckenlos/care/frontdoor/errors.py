"""What can go wrong at the front door."""

from __future__ import annotations

from lueckenlos.core.failure import StatedFailure


class NoReceivingTeam(StatedFailure):
    """Nobody is named who takes requests; the sentence says to administration what to write where."""

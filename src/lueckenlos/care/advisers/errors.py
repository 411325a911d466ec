"""What can go wrong in the register of advisers, as errors with data."""

from __future__ import annotations

from uuid import UUID


class NotTheKeeper(Exception):
    """The actor does not keep this part of the register."""


class NoSuchAdviser(Exception):
    """There is no such adviser."""

    def __init__(self, key: UUID) -> None:
        super().__init__(str(key))
        self.key = key


class NoSuchMeeting(Exception):
    """There is no such meeting."""

    def __init__(self, key: UUID) -> None:
        super().__init__(str(key))
        self.key = key


class OwnDeputy(Exception):
    """Nobody stands in for themselves."""

"""What cannot be done with a family class."""

from __future__ import annotations


class NoSuchClass(LookupError):
    """There is none, or it is not for the one who asks."""


class NoSuchInvitation(LookupError):
    """There is none, or it is not for the one who asks."""


class NoSuchMember(LookupError):
    """There is none, or it is not for the one who asks."""


class NotVisited(Exception):
    """Parents say yes after they have seen a morning, not before."""


class NotYetYes(Exception):
    """Nobody's name is written before the yes."""


class OtherMissing(Exception):
    """Custody is joint: before both parents have said yes nobody's name is written."""


class AlreadyAsked(Exception):
    """There is a second link already."""


class NotBegun(Exception):
    """Nobody can have come to a morning that lies ahead."""


class AllGoalsTaken(Exception):
    """A child works on three goals at a time, not on more."""


class NoNewFamilies(Exception):
    """The class takes in nobody any more."""


class MorningThere(Exception):
    """There is a morning at this time already, or the series would be longer than anybody plans."""

"""What cannot be done with a round or a wish list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime


class NoSuchRound(LookupError):
    """There is none, or it is not for the one who asks."""


class NoSuchList(LookupError):
    """There is none, or it is not for the one who asks."""


class NotNow(Exception):
    """The round is not at the point at which this can be done."""


class NotYet(Exception):
    """Wishes are not taken before this moment."""

    def __init__(self, opens: datetime) -> None:
        super().__init__("not yet")
        self.opens = opens


class TooLate(Exception):
    """Wishes were taken until this moment; a second later is late, too."""

    def __init__(self, until: datetime) -> None:
        super().__init__("late")
        self.until = until


class SameChildTwice(Exception):
    """One child stands twice on a list, or on another list of this round."""

    def __init__(self, name: str) -> None:
        super().__init__("twice")
        self.name = name


class NotFit(Exception):
    """A wish is none for these children: not in this round, too few places, or somebody too young or too old."""

    def __init__(self, title: str) -> None:
        super().__init__("fit")
        self.title = title


class NothingWished(Exception):
    """A list without a wish."""


class SeedFixed(Exception):
    """The seed of this round stands: to try another would be to choose who gets a place."""


class NotLater(Exception):
    """An end of wishes is put off, never brought forward: whoever planned to write tomorrow must be able to."""

    def __init__(self, until: datetime) -> None:
        super().__init__("not later")
        self.until = until


class SourceKnown(Exception):
    """The announced number may have been drawn by now: whoever knew it could send lists until one suits."""


class CalledOff(Exception):
    """Programmes that were called off after the lot was dealt: it is dealt again with the same seed first."""

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__(f"{len(titles)} programmes")
        self.titles = tuple(titles)


class CannotJoin(Exception):
    """Programmes that cannot take part in a round: by title."""

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__(f"{len(titles)} programmes")
        self.titles = tuple(titles)

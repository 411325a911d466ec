"""What cannot be done with a course, a code or an enrollment."""

from __future__ import annotations

from lueckenlos.offers.courses.types import Misfit


class NoSuchCourse(LookupError):
    """There is none, or it is not for the one who asks."""


class NoSuchEnrollment(LookupError):
    """There is none, or it is not for the one who asks."""


class NoCodeToShow(Exception):
    """The household waits for a code, has given it back, or it has expired."""


class NotFit(Exception):
    """The course is not for this household; why, each reason once."""

    def __init__(self, reasons: tuple[Misfit, ...]) -> None:
        super().__init__(", ".join(reasons))
        self.reasons = reasons


class CodesThereAlready(ValueError):
    """Codes of a delivery are known already, so that none was taken; which of them, by their place in it."""

    def __init__(self, places: tuple[int, ...]) -> None:
        super().__init__(f"{len(places)} codes are there already")
        self.places = places

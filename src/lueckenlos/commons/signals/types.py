"""What every room may count: never a person, an address or a time finer than a day."""

from enum import StrEnum


class SignalSource(StrEnum):
    """Which deed left the trace."""

    SEARCH = "search"
    WAITLIST = "waitlist"
    REFUSAL = "refusal"
    HANDOVER = "handover"
    SURVEY = "survey"
    PROPOSAL = "proposal"
    TALLY = "tally"
    COUNSELLOR = "counsellor"
    ALERT = "alert"


class SignalReason(StrEnum):
    """Why something was missing: one list for all rooms."""

    NOTHING_FOUND = "nothing_found"
    NO_OFFER = "no_offer"
    NO_PLACE = "no_place"
    WAITING = "waiting"
    TOO_FAR = "too_far"
    LANGUAGE = "language"
    COST = "cost"
    BARRIER = "barrier"
    AGE = "age"
    TIME = "time"
    NOT_WANTED = "not_wanted"
    NOT_KNOWN = "not_known"


class SignalAnswer(StrEnum):
    """Every signal is answered in the end."""

    CORRECTED = "corrected"
    EXISTS = "exists"
    ASKED = "asked"
    IDEA = "idea"
    DECLINED = "declined"

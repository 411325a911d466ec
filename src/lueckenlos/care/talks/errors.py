"""What cannot be done with a talk; the German wording is in `wording`."""

from __future__ import annotations

from uuid import UUID


class TalkError(Exception):
    """Something about a talk does not go."""


class NoSuchTalk(TalkError):
    """There is none, or none that the actor may know of: the same answer."""


class TalkIsOver(TalkError):
    """The talk was held or cancelled; nothing more is brought to it."""


class NotRunning(TalkError):
    """Items are called up and presence is noted while a talk runs."""


class SeriesUnfit(TalkError):
    """A series breaks a rule; `name` says which."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class MayNotHear(TalkError):
    """Somebody in the room may not hear this item: their offices."""

    def __init__(self, offices: tuple[UUID, ...]) -> None:
        super().__init__(", ".join(map(str, offices)))
        self.offices = offices


class NobodyHears(TalkError):
    """What would be written is covered by no consent, so nobody could ever read it: it is not stored."""


class NobodyToAsk(TalkError):
    """Nobody is known whose consent would count for this person's data."""

    def __init__(self, person: UUID) -> None:
        super().__init__(str(person))
        self.person = person


class NoConsentText(TalkError):
    """The house has no consent text for talks of several offices."""


class DoerMayNotHear(TalkError):
    """An office cannot promise something for a case that it may not hear."""

    def __init__(self, organization: UUID) -> None:
        super().__init__(str(organization))
        self.organization = organization

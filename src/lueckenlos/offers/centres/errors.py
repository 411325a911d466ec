"""What cannot be done with a centre."""


class NoSuchCentre(LookupError):
    """There is none, or it is not for the one who asks."""


class NotAsked(Exception):
    """An organization that nobody asked cannot say yes."""


class AlreadyThere(Exception):
    """The organization belongs to the centre, or has been asked."""


class NotMember(Exception):
    """Only a member can lead, and not the one who does already."""


class NotOffered(Exception):
    """Nobody offers the lead to this organization (any more)."""


class LeadStays(Exception):
    """Whoever leads a centre cannot leave it."""

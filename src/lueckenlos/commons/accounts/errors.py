"""What cannot be done with accounts; the German wording lives in `forms` and `views`."""

from uuid import UUID

from lueckenlos.core.actor import Grant


class NotAdministration(Exception):
    """Only role administration of the whole county gives and ends roles."""


class NoSuchPerson(Exception):
    """There is no account with this id."""

    def __init__(self, person_id: UUID) -> None:
        super().__init__(str(person_id))
        self.person_id = person_id


class UnfitScope(Exception):
    """A role was to be given for a part of the county that it does not fit."""

    def __init__(self, grant: Grant) -> None:
        super().__init__(str(grant))
        self.grant = grant


class LastAdministration(Exception):
    """Without this grant nobody could give roles any more."""

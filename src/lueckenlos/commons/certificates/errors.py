"""What cannot be done in the register; the German wording lives in `forms` and `views`."""

from uuid import UUID


class NoSuchCertificate(Exception):
    """There is none, or none that the actor may see."""

    def __init__(self, certificate_id: UUID) -> None:
        super().__init__(str(certificate_id))
        self.certificate_id = certificate_id


class HasEnded(Exception):
    """The activity is over; the entry waits for its end."""


class NotTheKeeper(Exception):
    """Each organization keeps its own register."""

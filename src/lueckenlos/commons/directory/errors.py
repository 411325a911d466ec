"""What can stand in the way of a deed; the wording is the pages'."""

from dataclasses import dataclass
from uuid import UUID

from lueckenlos.commons.directory.types import Conflict


class DirectoryError(Exception):
    """A deed of the directory did not happen."""


@dataclass(eq=False)
class NotYours(DirectoryError):
    """The actor does not look after this organization; answered like something that does not exist."""

    organization: UUID


@dataclass(eq=False)
class TheirEntry(DirectoryError):
    """The entry comes from a neighbour's feed and is edited there."""

    key: str
    feed: str


@dataclass(eq=False)
class NeedsApproval(DirectoryError):
    """The organization's edits wait for Koordination; propose instead."""

    organization: UUID


@dataclass(eq=False)
class EditConflict(DirectoryError):
    """Somebody else saved in between; carries all three versions."""

    conflict: Conflict


@dataclass(eq=False)
class NoSuchEntry(DirectoryError):
    """There is no such entry."""

    key: str


@dataclass(eq=False)
class AlreadyDecided(DirectoryError):
    """The proposal or report was answered before."""

    id: UUID


@dataclass(eq=False)
class LinkExpired(DirectoryError):
    """A reminder's link is past its end; a new one comes with the next reminder."""

    organization: str


@dataclass(eq=False)
class NoAddress(DirectoryError):
    """The organization has no mail address to write to."""

    organization: UUID


@dataclass(eq=False)
class UnknownKeys(DirectoryError):
    """Values name keys that the county does not have."""

    field: str
    keys: tuple[str, ...]

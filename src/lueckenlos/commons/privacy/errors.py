"""What the wall refuses, as errors with data; the wording for people is in `wording`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from uuid import UUID

from django.db import DatabaseError

from lueckenlos.core.actor import Actor

UNFIT: Final = frozenset(
    {
        "consent_in_future",
        "consent_too_long",
        "consent_text_not_yet_valid",
        "consent_for_a_stranger",
        "consent_without_custody",
        "consent_is_empty",
        "consent_is_frozen",
        "consent_exceeds_its_text",
        "recipient_is_closed",
        "cover_too_long",
        "assignment_unfit",
        "unit_of_another_office",
    }
)
REFUSED: Final = frozenset(
    {
        "file_of_another_office",
        "file_not_yours",
        "cover_not_yours_to_grant",
        "confided_not_yours",
        "handover_not_open",
        "job_alone",
        "person_not_yours",
        "row_stays",
    }
)


class NotYours(Exception):
    """The wall does not let this actor do it; what may not be seen answers like what does not exist."""

    def __init__(self, name: str = "row_not_yours") -> None:
        super().__init__(name)
        self.name = name


class Unfit(Exception):
    """A consent, scope, cover or assignment breaks a rule; `name` says which, `wording` says it in German."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class EmptyConsent(Unfit):
    """A consent without any scope allows nothing, so it is not stored."""

    def __init__(self) -> None:
        super().__init__("consent_is_empty")


def person_of(actor: Actor) -> UUID:
    """The person who acts; NotYours for links, jobs and nobody."""
    if actor.person_id is None:
        raise NotYours
    return actor.person_id


@contextmanager
def judged() -> Iterator[None]:
    """Turn what the wall raises into an error of ours; everything else goes on as it is."""
    try:
        yield
    except DatabaseError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        name = (diagnosis.message_primary or "") if diagnosis is not None else ""
        if name in UNFIT:
            raise Unfit(name) from error
        if name in REFUSED or "row-level security" in name or name.startswith("permission denied"):
            raise NotYours(name if name in REFUSED else "row_not_yours") from error
        raise

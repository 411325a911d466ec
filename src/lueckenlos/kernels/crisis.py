"""Which dangers the words of a search point to, so that help stands at the top at once."""

from __future__ import annotations

from enum import StrEnum


class CrisisKind(StrEnum):
    """Kinds of danger; the county's settings hold the numbers for each."""

    SUICIDE = "suicide"
    """Somebody speaks of not wanting to live, or of hurting themselves."""
    VIOLENCE = "violence"
    """Somebody is beaten, threatened or controlled."""
    SEXUAL_ABUSE = "sexual_abuse"
    CHILD_IN_DANGER = "child_in_danger"
    """A child is neglected, beaten, locked in or left alone."""
    BABY = "baby"
    """A baby will not stop crying and a parent is at the end, or has shaken it."""
    SHELTER = "shelter"
    """Nowhere to sleep tonight."""
    POISON = "poison"
    MEDICAL = "medical"
    """A child's life may depend on minutes."""
    DESPAIR = "despair"
    """A parent can no more, without signs of the above."""

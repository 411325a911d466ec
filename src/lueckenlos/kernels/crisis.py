"""Which dangers the words of a search point to, so that help stands at the top at once."""

from __future__ import annotations

from enum import StrEnum


class CrisisKind(StrEnum):
    """Kinds of danger, by how fast help must come; the county's `crisis.toml` holds the numbers for each."""

    DANGER_NOW = "danger_now"
    """A life may depend on minutes."""
    POISON = "poison"
    SUICIDE = "suicide"
    """Somebody speaks of not wanting to live."""
    SELF_HARM = "self_harm"
    VIOLENCE_HOME = "violence_home"
    """Somebody is beaten, threatened or controlled at home."""
    SEXUAL_ABUSE = "sexual_abuse"
    CHILD_AT_RISK = "child_at_risk"
    """A child is neglected, beaten, locked in or left alone."""
    NOWHERE_TO_SLEEP = "nowhere_to_sleep"
    """Nowhere to sleep tonight."""
    CRYING_BABY_EXHAUSTED = "crying_baby_exhausted"
    """A baby will not stop crying and a parent is at the end, or has shaken it."""
    PARENT_AT_END = "parent_at_end"
    """A parent can no more, without signs of the above."""
    PREGNANCY_DISTRESS = "pregnancy_distress"

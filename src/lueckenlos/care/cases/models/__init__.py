"""What the room keeps; other rooms enter by selectors, services and types."""

from lueckenlos.care.cases.models.cases import Case, Pathway, Presence, StageMove, Tally
from lueckenlos.care.cases.models.records import Document, Goal, GoalRating, Record
from lueckenlos.care.cases.models.referrals import Referral

__all__ = [
    "Case",
    "Document",
    "Goal",
    "GoalRating",
    "Pathway",
    "Presence",
    "Record",
    "Referral",
    "StageMove",
    "Tally",
]

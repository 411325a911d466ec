"""What the room keeps; other rooms enter by selectors, services and types."""

from lueckenlos.care.cases.models.cases import Case, Pathway, Presence, StageMove, Tally
from lueckenlos.care.cases.models.duty import Duty
from lueckenlos.care.cases.models.protection import ReportFeedback, ReportReceipt
from lueckenlos.care.cases.models.records import Document, Goal, GoalRating, Record
from lueckenlos.care.cases.models.referrals import Referral

__all__ = [
    "Case",
    "Document",
    "Duty",
    "Goal",
    "GoalRating",
    "Pathway",
    "Presence",
    "Record",
    "Referral",
    "ReportFeedback",
    "ReportReceipt",
    "StageMove",
    "Tally",
]

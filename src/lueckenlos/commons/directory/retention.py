"""What the directory forgets, and when; entries and their history stay."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from lueckenlos.commons.directory.importing import uploads
from lueckenlos.commons.directory.models import Inquiry, Proposal, Reminder
from lueckenlos.commons.directory.types import InquiryState, ProposalState
from lueckenlos.core.retention import RetentionRule

ANSWERED = timedelta(days=365)
DECIDED = timedelta(days=730)


def _old_reminders(now: datetime) -> QuerySet[Reminder]:
    return Reminder.objects.filter(expires_at__lt=now)


def _old_inquiries(now: datetime) -> QuerySet[Inquiry]:
    return Inquiry.objects.filter(~Q(state=InquiryState.OPEN), answered_at__lt=now - ANSWERED)


def _old_proposals(now: datetime) -> QuerySet[Proposal]:
    return Proposal.objects.filter(~Q(state=ProposalState.OPEN), decided_at__lt=now - DECIDED)


RULES = (
    RetentionRule(
        table="Reminder",
        records="Links aus Erinnerungen",
        reason="abgelaufen, öffnen nichts mehr",
        due=lambda now: _old_reminders(now).count(),
        erase=lambda now: _old_reminders(now).delete()[1].get("directory.Reminder", 0),
    ),
    RetentionRule(
        table="Inquiry",
        records="Hinweise „stimmt nicht mehr“",
        reason="ein Jahr nach der Antwort: der freie Text kann Persönliches enthalten (Art. 5 DSGVO)",
        due=lambda now: _old_inquiries(now).count(),
        erase=lambda now: _old_inquiries(now).delete()[0],
    ),
    RetentionRule(
        table="Proposal",
        records="entschiedene Vorschläge",
        reason="zwei Jahre nach der Entscheidung; was übernommen wurde, steht im Verlauf",
        due=lambda now: _old_proposals(now).count(),
        erase=lambda now: _old_proposals(now).delete()[0],
    ),
    RetentionRule(
        table="",
        records="hochgeladene Tabellen, die niemand übernommen hat",
        reason="nach einem Tag",
        due=lambda now: uploads.old(now=now),
        erase=lambda now: uploads.forget_old(now=now),
    ),
)

"""What this room forgets, and when: a file with all that hangs on it, once its time is over."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db.models import QuerySet

from lueckenlos.commons.privacy import selectors, services
from lueckenlos.commons.privacy.models import ProtectionNotice, RightsRequest
from lueckenlos.commons.tasks import services as tasks
from lueckenlos.core import audit, codes
from lueckenlos.core.actor import job
from lueckenlos.core.context import acting_as
from lueckenlos.core.retention import RetentionRule

RETENTION = job("retention")
CONSENT_CODES: Final = "consent"
# As long as somebody may ask how a wish about their own data was answered (Art. 12 GDPR, § 31 OWiG).
RIGHTS_KEPT: Final = timedelta(days=3 * 365)
NOTICES_KEPT: Final = timedelta(days=3653)


def _due(now: datetime) -> int:
    with acting_as(RETENTION):
        return len(selectors.due_files(now=now))


def _erase(now: datetime) -> int:
    """Erase file by file, each in its own transaction; rooms above have erased their part before (config's order).

    With it go its tasks, the codes that open its questions, and the personal part of the log about it.
    """
    with acting_as(RETENTION):
        due = selectors.due_files(now=now)
    erased = 0
    for file in due:
        with acting_as(RETENTION):
            drafts = selectors.draft_keys(file)
            if services.erase_file(file):
                tasks.erase_of_file(file)
                for draft in drafts:
                    codes.revoke(draft, purpose=CONSENT_CODES)
                audit.record("privacy.file.erased", subject=f"file/{file}", chain=audit.COUNTY)
                audit.blacken_about([str(file)], reason="retention")
                erased += 1
    return erased


def _old_notices(now: datetime) -> QuerySet[ProtectionNotice]:
    return ProtectionNotice.objects.filter(happened_at__lt=now - NOTICES_KEPT)


def _due_notices(now: datetime) -> int:
    with acting_as(RETENTION):
        return _old_notices(now).count()


def _erase_notices(now: datetime) -> int:
    with acting_as(RETENTION):
        return _old_notices(now).delete()[0]


def _old_rights(now: datetime) -> QuerySet[RightsRequest]:
    return RightsRequest.objects.filter(answered_at__lt=now - RIGHTS_KEPT)


def _due_rights(now: datetime) -> int:
    with acting_as(RETENTION):
        return _old_rights(now).count()


def _erase_rights(now: datetime) -> int:
    with acting_as(RETENTION):
        return _old_rights(now).delete()[0]


RULES = (
    RetentionRule(
        table="RightsRequest",
        records="Bitten um Auskunft, Berichtigung, Löschung und ihre Antworten",
        reason="drei Jahre nach der Antwort, solange nach ihr gefragt werden kann",
        due=_due_rights,
        erase=_erase_rights,
    ),
    RetentionRule(
        table="ProtectionNotice",
        records="Mitteilungen an den Datenschutz, dass ein Schritt zum Schutz eines Kindes geschah",
        reason="nach zehn Jahren",
        due=_due_notices,
        erase=_erase_notices,
    ),
    RetentionRule(
        table="File Party Custody Assignment Cover Consent Scope Withdrawal ConfidentialityRelease ConsentDraft "
        "Disclosure ProtectionStep Opening Release Access",
        records="Fälle mit Beteiligten, Einwilligungen, Freigaben und der Liste der Einsichten",
        reason="Löschfrist der Aktenart abgelaufen (§ 9b SGB VIII für Hilfeakten, sonst Art. 5 DSGVO)",
        due=_due,
        erase=_erase,
    ),
)

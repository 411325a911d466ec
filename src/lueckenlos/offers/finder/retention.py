"""What the finder forgets, and when."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from lueckenlos.core.actor import job
from lueckenlos.core.context import acting_as
from lueckenlos.core.retention import RetentionRule
from lueckenlos.offers.finder.models import Alert, CounsellorList

UNCONFIRMED = timedelta(days=7)
UNTOUCHED = timedelta(days=730)
ACTOR = job("finder-retention")


def _old_alerts(now: datetime) -> "QuerySet[Alert]":
    unconfirmed = Q(confirmed_at__isnull=True, asked_at__lt=now - UNCONFIRMED)
    return Alert.objects.filter(Q(expires_at__lt=now) | unconfirmed)


def _old_lists(now: datetime) -> "QuerySet[CounsellorList]":
    return CounsellorList.objects.filter(changed_at__lt=now - UNTOUCHED)


def _count_alerts(now: datetime) -> int:
    with acting_as(ACTOR):
        return _old_alerts(now).count()


def _erase_alerts(now: datetime) -> int:
    with acting_as(ACTOR):
        return _old_alerts(now).delete()[0]


def _count_lists(now: datetime) -> int:
    with acting_as(ACTOR):
        return _old_lists(now).count()


def _erase_lists(now: datetime) -> int:
    with acting_as(ACTOR):
        return _old_lists(now).delete()[0]


RULES = (
    RetentionRule(
        table="Alert",
        records="Mailadressen von „Sagen Sie mir Bescheid“",
        reason="Zweck erfüllt: nach einem Jahr, ohne Bestätigung nach sieben Tagen (Art. 5 DSGVO)",
        due=_count_alerts,
        erase=_erase_alerts,
    ),
    RetentionRule(
        table="CounsellorList",
        records="Listen von Fachkräften",
        reason="zwei Jahre nicht mehr geändert (Art. 5 DSGVO)",
        due=_count_lists,
        erase=_erase_lists,
    ),
)

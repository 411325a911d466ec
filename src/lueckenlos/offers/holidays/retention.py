"""When wish lists go: after the holidays nobody needs to know who wished for what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Q, QuerySet

from lueckenlos.core.actor import job
from lueckenlos.core.context import acting_as
from lueckenlos.core.retention import RetentionRule
from lueckenlos.offers.holidays.models import Decision, Round, Wish, WishChild, WishContact, WishList

ACTOR: Final = job("retention")
# As for registrations: questions come within three months, as the form says.
KEPT: Final = timedelta(days=92)
# A round that was broken off gives nobody a place: its lists serve only to read why.
KEPT_ABORTED: Final = timedelta(days=30)
REASON: Final = "drei Monate nach dem letzten Termin der Runde; wird sie abgebrochen, nach 30 Tagen"
Rows = Callable[[datetime], QuerySet[Any]]


def _lists(now: datetime) -> QuerySet[WishList]:
    over = Round.objects.filter(Q(over_at__lte=now - KEPT) | Q(aborted_at__lte=now - KEPT_ABORTED))
    return WishList.objects.filter(round__in=over)


def _rule(table: str, records: str, rows: Rows) -> RetentionRule:
    def due(now: datetime) -> int:
        with acting_as(ACTOR):
            return rows(now).count()

    def erase(now: datetime) -> int:
        with acting_as(ACTOR):
            return rows(now).delete()[0]

    return RetentionRule(table=table, records=records, reason=REASON, due=due, erase=erase)


# What hangs on a list goes before it.
RULES: Final = (
    _rule(
        "Decision",
        "Was aus den Wünschen für Ferienplätze wurde",
        lambda now: Decision.objects.filter(list__in=_lists(now)),
    ),
    _rule("Wish", "Wünsche für Ferienplätze", lambda now: Wish.objects.filter(list__in=_lists(now))),
    _rule(
        "WishChild", "Kinder auf Wunschzetteln", lambda now: WishChild.objects.filter(list__in=_lists(now))
    ),
    _rule(
        "WishContact",
        "Wer einen Wunschzettel geschrieben hat",
        lambda now: WishContact.objects.filter(list__in=_lists(now)),
    ),
    _rule("WishList", "Wunschzettel für Ferienplätze", _lists),
)

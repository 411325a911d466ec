"""When vouchers go: two years after they end; what was settled stays as long as books are kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db.models import QuerySet

from lueckenlos.core import clock
from lueckenlos.core.actor import job
from lueckenlos.core.context import acting_as
from lueckenlos.core.retention import RetentionRule
from lueckenlos.offers.vouchers.models import Redemption, Settlement, Voucher

ACTOR: Final = job("retention")
# Whoever pays is audited in the following year.
KEPT: Final = timedelta(days=731)
BOOKS_KEPT: Final = timedelta(days=3653)


def _vouchers(now: datetime) -> QuerySet[Voucher]:
    return Voucher.objects.filter(valid_until__lte=clock.day_of(now - KEPT))


def _count_redemptions(now: datetime) -> int:
    with acting_as(ACTOR):
        return Redemption.objects.filter(voucher__in=_vouchers(now)).count()


def _erase_redemptions(now: datetime) -> int:
    with acting_as(ACTOR):
        return Redemption.objects.filter(voucher__in=_vouchers(now)).delete()[0]


def _count(now: datetime) -> int:
    with acting_as(ACTOR):
        return _vouchers(now).count()


def _erase(now: datetime) -> int:
    with acting_as(ACTOR):
        count = _vouchers(now).count()
        _vouchers(now).delete()
    return count


def _settlements(now: datetime) -> QuerySet[Settlement]:
    return Settlement.objects.filter(settled_on__lte=clock.day_of(now - BOOKS_KEPT))


def _count_settlements(now: datetime) -> int:
    with acting_as(ACTOR):
        return _settlements(now).count()


def _erase_settlements(now: datetime) -> int:
    with acting_as(ACTOR):
        return _settlements(now).delete()[0]


RULES = (
    RetentionRule(
        table="Redemption",
        records="Wo ein Gutschein eingelöst wurde",
        reason="zwei Jahre, nachdem er nicht mehr gilt",
        due=_count_redemptions,
        erase=_erase_redemptions,
    ),
    RetentionRule(
        table="Voucher",
        records="Gutscheine (ohne Namen: Alter und Gemeinde)",
        reason="zwei Jahre, nachdem sie nicht mehr gelten",
        due=_count,
        erase=_erase,
    ),
    RetentionRule(
        table="Settlement",
        records="Was mit Vereinen abgerechnet wurde",
        reason="zehn Jahre, wie Belege",
        due=_count_settlements,
        erase=_erase_settlements,
    ),
)

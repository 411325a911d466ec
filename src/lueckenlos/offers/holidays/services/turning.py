"""What turns a round that is under way: a later end of wishes, its breaking off, a programme that is called off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from lueckenlos.core.actor import Actor, job
from lueckenlos.core.context import acting_as
from lueckenlos.offers.holidays import fitting
from lueckenlos.offers.holidays.errors import CannotJoin, NotLater, SourceKnown
from lueckenlos.offers.holidays.models import (
    Decision,
    Extension,
    Round,
    RoundOffer,
    RoundReport,
    Wish,
    WishList,
)
from lueckenlos.offers.holidays.services import letters
from lueckenlos.offers.holidays.services.planning import (
    demand,
    held,
    note,
    own,
    programmes_of,
    under_way,
)
from lueckenlos.offers.holidays.types import UNDER_WAY, Afterwards, Longer, News, RoundState
from lueckenlos.offers.programmes import services as programmes

LISTS: Final = job("holidays-lists")


def extend_round(key: UUID, longer: Longer, *, actor: Actor, now: datetime) -> int:
    """Let families write until later, and tell those who did already; how many. Only before the lot is dealt.

    Raises NotLater for an end that is no later or past, SourceKnown where the old end is past and the seed should come
    from the same number, NotNow once the lot is dealt, CannotJoin with what would begin too early.
    """
    with acting_as(actor):
        row = own(key, actor)
        demand(row, RoundState.OPEN)
        if longer.wishes_until <= max(row.wishes_until, now):
            raise NotLater(row.wishes_until)
        if now >= row.wishes_until and longer.seed_source == row.seed_source:
            raise SourceKnown
        early = [
            each.programme.title
            for each in fitting.offers_of(key)
            if each.takes_place and fitting.ends_too_early(each.programme, rest_from=longer.rest_from)
        ]
        if early:
            raise CannotJoin(early)
        Extension.objects.create(
            round=row, extended_at=now, wishes_until=row.wishes_until, seed_source=row.seed_source
        )
        Round.objects.filter(id=key).update(
            wishes_until=longer.wishes_until, rest_from=longer.rest_from, seed_source=longer.seed_source
        )
        note(
            "extended",
            row,
            details={
                "from": row.wishes_until.isoformat(),
                "until": longer.wishes_until.isoformat(),
                "source_before": row.seed_source,
                "source": longer.seed_source,
            },
        )
        for programme in programmes_of(row):
            programmes.hold_back(programme, until=longer.rest_from)
        return _tell(_lists(row), News.EXTENDED)


def abort_round(key: UUID, *, reason: str, afterwards: Afterwards, actor: Actor, now: datetime) -> int:
    """Break a round off before its outcome is told; every family hears the reason. How many were told.

    What was dealt is erased at once: nobody has read it, and nothing comes of it. The lists go by the rule of
    retention, or sooner by their own link.
    """
    with acting_as(actor):
        row = own(key, actor)
        demand(row, *UNDER_WAY)
        Round.objects.filter(id=key).update(
            state=RoundState.ABORTED.value,
            aborted_at=now,
            abort_reason=reason,
            stays_closed=afterwards is Afterwards.CLOSED,
        )
        RoundReport.objects.filter(round=row).delete()
        with acting_as(LISTS):
            Decision.objects.filter(list__round=row).delete()
        note("aborted", row, details={"reason": reason, "afterwards": afterwards.value, "was": row.state})
        for programme in programmes_of(row):
            if afterwards is Afterwards.REGISTER:
                programmes.hold_back(programme, until=now)
            else:
                programmes.close_registration(programme, now=now)
        return _tell(_lists(row), News.ABORTED)


def notice_called_off_everywhere(*, now: datetime) -> int:
    """Tell families whose wish its own organization has called off, once; how many programmes were new."""
    return sum(_notice_called_off(key, now=now) for key in under_way())


def _notice_called_off(key: UUID, *, now: datetime) -> int:
    with acting_as(LISTS):
        row = held(key)
        if RoundState(row.state) not in UNDER_WAY:
            return 0
        known = set(
            RoundOffer.objects.filter(round=row, dropped_at__isnull=False).values_list("id", flat=True)
        )
        gone = [each.id for each in fitting.offers_of(key) if not each.takes_place and each.id not in known]
        if not gone:
            return 0
        RoundOffer.objects.filter(id__in=gone).update(dropped_at=now)
        note("called_off", row, details={"offers": [str(each) for each in gone]})
        wished = Wish.objects.filter(offer__in=gone).values_list("list", flat=True).distinct()
        _tell(list(wished), News.CALLED_OFF)
    return len(gone)


def _lists(row: Round) -> list[UUID]:
    with acting_as(LISTS):
        return list(WishList.objects.filter(round=row).values_list("id", flat=True))


def _tell(lists: Iterable[UUID], news: News) -> int:
    told = list(lists)
    letters.tell_all(told, news=news)
    return len(told)

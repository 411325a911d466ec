"""Planning a round: its moments, the programmes in it and whether their organizations agree, and its opening."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from lueckenlos.core import audit
from lueckenlos.core.actor import Actor, job
from lueckenlos.core.context import acting_as
from lueckenlos.core.locking import save_unless_stale
from lueckenlos.core.slugs import slug
from lueckenlos.offers.holidays import fitting
from lueckenlos.offers.holidays.errors import CannotJoin, NoSuchRound, NotNow
from lueckenlos.offers.holidays.models import Round, RoundOffer
from lueckenlos.offers.holidays.types import UNDER_WAY, NewRound, RoundState
from lueckenlos.offers.programmes import selectors as programmes
from lueckenlos.offers.programmes import services as programme_deeds
from lueckenlos.offers.programmes.types import ProgrammeView

MOST_OFFERS: Final = 400
LISTS: Final = job("holidays-lists")
# Remaining places are never open to all before it was told who got the others.
POSTPONED: Final = timedelta(days=1)
SOON: Final = timedelta(hours=1)
_STATES_UNDER_WAY: Final = [each.value for each in UNDER_WAY]


def found_round(new: NewRound, *, actor: Actor, now: datetime) -> UUID:
    """Lay a round out as a draft that families do not see yet."""
    organization = _organization(actor)
    with acting_as(actor):
        row = Round(key=_key(new.title), organization_id=organization, created_at=now, **_columns(new))
        row.save(force_insert=True)
        note("founded", row)
    return row.id


def change_round(key: UUID, new: NewRound, *, expected: int, actor: Actor) -> None:
    """Change a draft; once families wish, its words and moments stand."""
    with acting_as(actor):
        row = own(key, actor)
        demand(row, RoundState.DRAFT)
        save_unless_stale(row, expected=expected, changes=_columns(new))
        note("changed", row)


def ask(key: UUID, chosen: Collection[UUID], *, actor: Actor, now: datetime) -> int:
    """Take programmes into a draft: one's own at once, those of others once they agree. How many are new.

    Raises CannotJoin with the titles of those that are not published, not for children alone, over, or in another
    round; then none is taken.
    """
    with acting_as(actor):
        row = own(key, actor)
        demand(row, RoundState.DRAFT)
        there = set(RoundOffer.objects.filter(round=row).values_list("programme", flat=True))
        views = programmes.several([each for each in chosen if each not in there])
        busy = set(_elsewhere(views, row=row).values_list("programme", flat=True))
        unfit = [view.title for view in views if view.id in busy or not fitting.can_join(view, now=now)]
        if unfit or len(there) + len(views) > MOST_OFFERS:
            raise CannotJoin(unfit or [view.title for view in views])
        RoundOffer.objects.bulk_create(
            RoundOffer(
                round=row,
                programme_id=view.id,
                agreed_at=now if view.organization == row.organization_id else None,
            )
            for view in views
        )
        note("asked", row, details={"programmes": len(views)})
    return len(views)


def agree(offer: UUID, *, actor: Actor, now: datetime) -> None:
    """The organization of a programme says yes: its places are given by the lot of this round."""
    with acting_as(actor):
        found, row = _offer(offer)
        view = programmes.by_id(found.programme_id)
        if view is None or view.organization != _organization(actor):
            raise NoSuchRound
        demand(row, RoundState.DRAFT)
        RoundOffer.objects.filter(id=offer, agreed_at__isnull=True).update(agreed_at=now)
        audit.record(
            "holidays.offer.agreed",
            subject=f"programme/{found.programme_id}",
            details={"round": str(row.id)},
            chain=audit.chain_of(view.organization),
        )


def leave_out(offer: UUID, *, actor: Actor) -> None:
    """A programme is not part of a draft after all; both who run the round and its own organization may say so."""
    with acting_as(actor):
        found, row = _offer(offer)
        view = programmes.by_id(found.programme_id)
        mine = {row.organization_id, view.organization if view else row.organization_id}
        if _organization(actor) not in mine:
            raise NoSuchRound
        demand(row, RoundState.DRAFT)
        found.delete()
        note("left_out", row)


def keep(offer: UUID, *, seats: int, actor: Actor) -> None:
    """Keep so many seats of an offer for children with support need first, until the places are dealt."""
    with acting_as(actor):
        found, _row = _offer(offer)
        row = own(found.round_id, actor)
        demand(row, RoundState.DRAFT, RoundState.OPEN)
        RoundOffer.objects.filter(id=offer).update(kept=seats)
        note("kept", row, details={"offer": str(offer), "seats": seats})


def open_round(key: UUID, *, actor: Actor, now: datetime) -> None:
    """Show it to families; the ordinary registration of its programmes waits for the remaining places.

    Raises CannotJoin with the titles of programmes that do not fit any more, NotNow where nothing has agreed or the
    end of wishes is past.
    """
    with acting_as(actor):
        row = own(key, actor)
        demand(row, RoundState.DRAFT)
        RoundOffer.objects.filter(round=row, agreed_at__isnull=True).delete()
        views = programmes.several(RoundOffer.objects.filter(round=row).values_list("programme", flat=True))
        ends = [view.ends_at for view in views if view.ends_at is not None]
        if not ends or row.wishes_until <= now:
            raise NotNow
        busy = set(_elsewhere(views, row=row).values_list("programme", flat=True))
        unfit = [
            view.title
            for view in views
            if view.id in busy
            or not fitting.can_join(view, now=now)
            or fitting.ends_too_early(view, rest_from=row.rest_from)
        ]
        if unfit:
            raise CannotJoin(unfit)
        Round.objects.filter(id=key).update(state=RoundState.OPEN.value, over_at=max(ends))
        note("opened", row, details={"programmes": len(views)})
        for view in sorted(views, key=lambda each: each.id):
            programme_deeds.hold_back(view.id, until=row.rest_from)


def hold_back_everywhere(*, now: datetime) -> int:
    """Keep the programmes of every round closed until its places are told; how many rounds had to wait a day longer."""
    postponed = 0
    for key in under_way():
        with acting_as(LISTS):
            row = held(key)
            if RoundState(row.state) not in UNDER_WAY:
                continue
            if row.rest_from <= now + SOON:
                row.rest_from = max(row.rest_from, now) + POSTPONED
                Round.objects.filter(id=key).update(rest_from=row.rest_from)
                note("postponed", row, details={"rest_from": row.rest_from.isoformat()})
                postponed += 1
            for programme in programmes_of(row):
                programme_deeds.hold_back(programme, until=row.rest_from)
    return postponed


def under_way() -> list[UUID]:
    """The rounds whose wishes may come in, or lie there and are not told yet."""
    return list(Round.objects.filter(state__in=_STATES_UNDER_WAY).values_list("id", flat=True))


def programmes_of(row: Round) -> list[UUID]:
    """The programmes of a round, in the order in which their places are locked."""
    keys = RoundOffer.objects.filter(round=row, agreed_at__isnull=False).values_list("programme", flat=True)
    return sorted(keys)


def held(key: UUID) -> Round:
    """The round, locked until the transaction ends: lists come in, and places are dealt, one after the other."""
    row = Round.objects.select_for_update(of=("self",), no_key=True).filter(id=key).first()
    if row is None:
        raise NoSuchRound
    return row


def own(key: UUID, actor: Actor) -> Round:
    """The round, locked, if the actor works for who runs it."""
    row = held(key)
    if row.organization_id != _organization(actor):
        raise NoSuchRound
    return row


def demand(row: Round, *states: RoundState) -> None:
    """Raise NotNow where the round is in none of these."""
    if RoundState(row.state) not in states:
        raise NotNow


def note(deed: str, row: Round, *, details: dict[str, Any] | None = None) -> None:
    """Write a deed into the chain of who runs the round."""
    audit.record(
        f"holidays.round.{deed}",
        subject=f"round/{row.id}",
        details=details,
        chain=audit.chain_of(row.organization_id),
    )


def _offer(key: UUID) -> tuple[RoundOffer, Round]:
    found = RoundOffer.objects.filter(id=key).first()
    if found is None:
        raise NoSuchRound
    return found, held(found.round_id)


def _elsewhere(views: Collection[ProgrammeView], *, row: Round) -> Any:
    """Where these programmes take part in another round that is under way."""
    return RoundOffer.objects.filter(
        programme__in=[view.id for view in views], round__state__in=_STATES_UNDER_WAY
    ).exclude(round=row)


def _organization(actor: Actor) -> UUID:
    if actor.organization is None:
        raise NoSuchRound
    return actor.organization


def _key(title: str) -> str:
    return f"{slug(title)[:60].strip('-') or 'ferien'}-{uuid4().hex[:6]}"


def _columns(new: NewRound) -> dict[str, Any]:
    return {
        "title": new.title,
        "holiday": new.holiday,
        "wishes_from": new.wishes_from,
        "wishes_until": new.wishes_until,
        "rest_from": new.rest_from,
        "most_each": new.most_each,
        "seed_source": new.seed_source,
    }

"""Reads of rounds (open) and of wish lists (closed, for the actor who asks)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.core.actor import Actor, job
from lueckenlos.core.context import acting_as
from lueckenlos.kernels.allocation import Code, draw
from lueckenlos.offers.holidays import fitting
from lueckenlos.offers.holidays.models import (
    Decision,
    Extension,
    Round,
    RoundOffer,
    RoundReport,
    Wish,
    WishChild,
    WishContact,
    WishList,
)
from lueckenlos.offers.holidays.types import (
    ChildValue,
    DecisionView,
    ExtensionView,
    Figures,
    OfferView,
    RoundState,
    RoundView,
    WishListView,
)
from lueckenlos.offers.programmes import selectors as programmes
from lueckenlos.offers.programmes.types import Filters, Kind, ProgrammeView

LISTS: Final = job("holidays-lists")
MOST_LISTED: Final = 200


def public_rounds(*, now: datetime) -> list[RoundView]:
    """What families may look at: rounds whose offers are not over, those that end soonest first."""
    rows = Round.objects.exclude(state=RoundState.DRAFT.value).filter(over_at__gt=now)
    return _rounds(rows.order_by("wishes_until", "id")[:MOST_LISTED])


def public_round(key: str) -> RoundView | None:
    """One that families may see."""
    rows = Round.objects.exclude(state=RoundState.DRAFT.value).filter(key=key)
    return next(iter(_rounds(rows)), None)


def round_with(programme: UUID, *, now: datetime) -> RoundView | None:
    """The round in which a programme takes part, as long as families see it and its offers are not over."""
    agreed = RoundOffer.objects.filter(programme=programme, agreed_at__isnull=False).values("round")
    rows = Round.objects.exclude(state=RoundState.DRAFT.value).filter(id__in=agreed, over_at__gt=now)
    return next(iter(_rounds(rows.order_by("wishes_until", "id")[:1])), None)


def round_by_id(key: UUID) -> RoundView | None:
    """One round in whatever state, for those who already know of it."""
    return next(iter(_rounds(Round.objects.filter(id=key))), None)


def rounds_of(actor: Actor) -> list[RoundView]:
    """All rounds that the actor's organization runs, newest first."""
    return _rounds(Round.objects.filter(organization=actor.organization).order_by("-created_at", "id"))


def offers(view: RoundView) -> list[OfferView]:
    """The programmes that take part in a round, by their first date."""
    return fitting.offers_of(view.id)


def asked(view: RoundView) -> list[OfferView]:
    """The same with those whose organizations have not agreed yet, for the desk."""
    return fitting.offers_of(view.id, agreed_alone=False)


def asked_of(actor: Actor) -> list[tuple[RoundView, OfferView]]:
    """Programmes of the actor's organization that another would like to have in its round."""
    own = programmes.of_organization(actor)
    rows = RoundOffer.objects.filter(
        programme__in=[view.id for view in own], round__state=RoundState.DRAFT.value, agreed_at__isnull=True
    )
    by_id = {view.id: view for view in own}
    found = list(rows)
    rounds = {view.id: view for view in _rounds(Round.objects.filter(id__in={row.round_id for row in found}))}
    return [
        (rounds[row.round_id], OfferView(row.id, row.round_id, by_id[row.programme_id], row.kept, False))
        for row in found
    ]


def candidates(view: RoundView, *, now: datetime) -> list[ProgrammeView]:
    """Programmes that could take part and are in no other round, one's own first."""
    taken = Q(round=view.id) | ~Q(round__state__in=[RoundState.DRAFT.value, RoundState.ABORTED.value])
    there = set(RoundOffer.objects.filter(taken).values_list("programme", flat=True))
    found = programmes.upcoming(Filters(kind=Kind.HOLIDAY), now=now)
    fit = [each for each in found if each.id not in there and fitting.can_join(each, now=now)]
    return sorted(fit, key=lambda each: (each.organization != view.organization, fitting.starts(each)))


def extensions(view: RoundView) -> list[ExtensionView]:
    """What held before each later end of wishes, the latest first."""
    rows = Extension.objects.filter(round=view.id).order_by("-extended_at", "id")
    return [ExtensionView(row.extended_at, row.wishes_until, row.seed_source) for row in rows]


def called_off(view: RoundView) -> list[str]:
    """Programmes whose places were dealt and which were called off afterwards, by title."""
    with acting_as(LISTS):
        return fitting.called_off(view.id)


def counts(key: UUID) -> tuple[int, int]:
    """How many lists and children there are; nothing else is read."""
    with acting_as(LISTS):
        signs = list(WishList.objects.filter(round=key).values_list("signs", flat=True))
    return len(signs), sum(map(len, signs))


def figures(key: UUID) -> Figures | None:
    """What the allocation came to."""
    row = RoundReport.objects.filter(round=key).first()
    if row is None:
        return None
    return Figures(
        lists=row.lists,
        children=row.children,
        with_place=row.with_place,
        first_wish=row.first_wish,
        children_with_place=row.children_with_place,
        seats=row.seats,
        taken=row.taken,
        blocking=row.blocking,
        lost=row.lost,
    )


def lots(view: RoundView, *, number: int = 1) -> tuple[str, ...]:
    """All numbers in the order of their lots; nothing before the outcome is told."""
    if view.state is not RoundState.PUBLISHED:
        return ()
    with acting_as(LISTS):
        numbers = list(WishList.objects.filter(round=view.id).values_list("number", flat=True))
    return draw(numbers, seed=view.seed, round_number=number)


def wish_list(actor: Actor, key: UUID) -> WishListView | None:
    """One list, or nothing."""
    with acting_as(actor):
        return next(iter(_lists(WishList.objects.filter(id=key))), None)


def without_place(actor: Actor, key: UUID) -> list[WishListView]:
    """Lists that got nothing, for the organization of a round once it is told; nobody for whom it is not."""
    if actor.organization is None:
        return []
    with acting_as(actor):
        placed = Decision.objects.filter(list__round=key, code=Code.PLACE.value, is_lost=False)
        rows = WishList.objects.filter(round=key, organization=actor.organization)
        return _lists(rows.exclude(id__in=placed.values("list")).order_by("number"))


def decisions(actor: Actor, key: UUID) -> list[DecisionView]:
    """What became of a list's wishes; nothing before it is told."""
    with acting_as(actor):
        return [decision(row) for row in Decision.objects.filter(list=key).order_by("wish")]


def decision(row: Decision) -> DecisionView:
    """A decision as it is shown."""
    return DecisionView(
        offer=row.offer_id,
        wish=row.wish,
        code=Code(row.code),
        size=row.size,
        seats=row.seats,
        lot=row.lot,
        lots=row.lots,
        left=row.left,
        kept=row.kept,
        is_lost=row.is_lost,
    )


def _rounds(rows: Iterable[Round]) -> list[RoundView]:
    found = list(rows)
    names = directory.organization_names({row.organization_id for row in found}) if found else {}
    return [
        RoundView(
            id=row.id,
            key=row.key,
            organization=row.organization_id,
            organization_name=names.get(row.organization_id, ""),
            title=row.title,
            holiday=row.holiday,
            wishes_from=row.wishes_from,
            wishes_until=row.wishes_until,
            rest_from=row.rest_from,
            most_each=row.most_each,
            seed_source=row.seed_source,
            seed=row.seed,
            state=RoundState(row.state),
            over_at=row.over_at,
            abort_reason=row.abort_reason,
            stays_closed=row.stays_closed,
            version=row.version,
        )
        for row in found
    ]


def _lists(rows: QuerySet[WishList]) -> list[WishListView]:
    found = list(rows)
    keys = [row.id for row in found]
    contacts = {each.list_id: each for each in WishContact.objects.filter(list__in=keys)}
    children: dict[UUID, list[ChildValue]] = defaultdict(list)
    for child in WishChild.objects.filter(list__in=keys).order_by("list", "position"):
        children[child.list_id].append(
            ChildValue(child.first_name, child.family_name, child.born_on, child.has_need, child.support)
        )
    wishes: dict[UUID, list[UUID]] = defaultdict(list)
    for key, offer in (
        Wish.objects.filter(list__in=keys).order_by("list", "position").values_list("list", "offer")
    ):
        wishes[key].append(offer)
    return [
        WishListView(
            id=row.id,
            round=row.round_id,
            number=row.number,
            name=contacts[row.id].name,
            email=contacts[row.id].email,
            phone=contacts[row.id].phone,
            children=tuple(children[row.id]),
            wishes=tuple(wishes[row.id]),
        )
        for row in found
        if row.id in contacts
    ]

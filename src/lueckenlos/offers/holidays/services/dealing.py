"""Dealing the places by a seed, and giving them: all of it or nothing, the same seed the same outcome."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from lueckenlos.commons.directory import selectors as directory
from lueckenlos.commons.signals import services as signals
from lueckenlos.commons.signals.types import SignalReason, SignalSource
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor, job
from lueckenlos.core.context import acting_as
from lueckenlos.core.locking import take_time
from lueckenlos.kernels import allocation as kernel
from lueckenlos.kernels.allocation import Allocation, Code
from lueckenlos.offers.holidays import fitting
from lueckenlos.offers.holidays.errors import CalledOff, NoSuchList, NotNow, SeedFixed
from lueckenlos.offers.holidays.models import (
    Decision,
    Round,
    RoundOffer,
    RoundReport,
    Wish,
    WishChild,
    WishContact,
    WishList,
)
from lueckenlos.offers.holidays.services import letters
from lueckenlos.offers.holidays.services.planning import demand, note, own, programmes_of
from lueckenlos.offers.holidays.types import Figures, News, OfferView, RoundState
from lueckenlos.offers.programmes import services as programmes
from lueckenlos.offers.programmes.types import NewRegistration, SeatValue

LISTS: Final = job("holidays-lists")
SEATS: Final = job("holidays-seats")
BATCH: Final = 1_000


def deal(key: UUID, *, seed: str, actor: Actor, now: datetime) -> Figures:
    """Deal the places after the deadline; again with the same seed as often as one likes.

    Raises SeedFixed for another seed: to try until it suits would be to choose. NotNow before the deadline or once
    the outcome is told. Wishes for what was called off do not count; dealt again, they fall out.
    """
    with acting_as(actor):
        row = own(key, actor)
        if row.state == RoundState.ALLOCATED.value and row.seed != seed:
            raise SeedFixed
        is_over = row.state == RoundState.OPEN.value and now >= row.wishes_until
        if not is_over and row.state != RoundState.ALLOCATED.value:
            raise NotNow
        take_time()
        with acting_as(LISTS):
            figures = _dealt(row, seed=seed, now=now)
        Round.objects.filter(id=key).update(state=RoundState.ALLOCATED.value, seed=seed)
        note("dealt", row, details={"seed": seed, "lists": figures.lists, "with_place": figures.with_place})
    return figures


def publish(key: UUID, *, actor: Actor, now: datetime) -> int:
    """Give the places as registrations, tell every family, open what is left at the said moment. How many were given.

    A place that is not there any more (its programme was cancelled, its seats were taken or cut since) is not given:
    the family reads so, and the report counts it. Raises CalledOff where a programme was called off after the lot was
    dealt: its wishes must not have counted.
    """
    with acting_as(actor):
        row = own(key, actor)
        demand(row, RoundState.ALLOCATED)
        _demand_current(row)
        take_time()
        with acting_as(SEATS):
            given, lost = _give(row, now=now)
            births = _births(row)
        Round.objects.filter(id=key).update(state=RoundState.PUBLISHED.value, published_at=now)
        RoundReport.objects.filter(round=row).update(lost=lost)
        for programme in programmes_of(row):
            programmes.hold_back(programme, until=max(row.rest_from, now))
        note("published", row, details={"given": given, "lost": lost})
        with acting_as(LISTS):
            lists = list(WishList.objects.filter(round=row).values_list("id", "ags"))
            placed = set(
                Decision.objects.filter(list__round=row, code=Code.PLACE.value, is_lost=False).values_list(
                    "list", flat=True
                )
            )
        letters.tell_all((key for key, _ags in lists), news=News.DECIDED)
    _count_refused([(ags, births[key]) for key, ags in lists if key not in placed], now=now)
    return given


def way_to_place(key: UUID, offer: UUID, *, actor: Actor, now: datetime) -> str:
    """A code that leads from a family's list to a place that came of it; raises NoSuchList."""
    with acting_as(actor):
        found = Decision.objects.filter(list=key, offer=offer, registration__isnull=False).first()
    if found is None or found.registration is None:
        raise NoSuchList
    return programmes.way_back(found.registration, now=now).code


def _dealt(row: Round, *, seed: str, now: datetime) -> Figures:
    offers = [each for each in fitting.offers_of(row.id) if each.takes_place]
    lists = {each.number: each for each in WishList.objects.filter(round=row)}
    wishes = _wishes(row)
    outcome = kernel.allocate(
        [_kernel_offer(each) for each in offers],
        _applicants(row, lists.values(), wishes=wishes, offers=offers),
        seed=seed,
    )
    Decision.objects.filter(list__round=row).delete()
    Decision.objects.bulk_create(
        (
            Decision(
                list_id=lists[each.applicant].id,
                organization=row.organization_id,
                offer=RoundOffer(id=UUID(each.offer)),
                wish=wishes[lists[each.applicant].id].index(each.offer) + 1,
                code=each.code.value,
                size=each.size,
                seats=each.seats,
                lot=each.lot,
                lots=each.lots,
                left=each.left,
                kept=each.kept,
            )
            for each in outcome.answers
        ),
        batch_size=BATCH,
    )
    first = sum(wishes[lists[place.applicant].id][0] == place.offer for place in outcome.places)
    figures = _figures(outcome, lists=lists, offers=offers, first=first)
    RoundReport.objects.update_or_create(
        round=row,
        defaults={
            "lists": figures.lists,
            "children": figures.children,
            "with_place": figures.with_place,
            "first_wish": figures.first_wish,
            "children_with_place": figures.children_with_place,
            "seats": figures.seats,
            "taken": figures.taken,
            "blocking": figures.blocking,
            "computed_at": now,
        },
    )
    return figures


def _demand_current(row: Round) -> None:
    """The lot that stands knows of everything that was called off."""
    with acting_as(LISTS):
        gone = fitting.called_off(row.id)
    if gone:
        raise CalledOff(gone)


def _kernel_offer(offer: OfferView) -> kernel.Offer:
    seats = fitting.seats_of(offer.programme)
    return kernel.Offer(str(offer.id), seats, min(offer.kept, seats), fitting.times_of(offer.programme))


def _wishes(row: Round) -> dict[UUID, list[str]]:
    """All wishes of each list in their order, those among them that do not take place."""
    wishes: dict[UUID, list[str]] = defaultdict(list)
    named = Wish.objects.filter(list__round=row).order_by("list", "position")
    for key, offer in named.values_list("list", "offer"):
        wishes[key].append(str(offer))
    return wishes


def _applicants(
    row: Round,
    lists: Iterable[WishList],
    *,
    wishes: Mapping[UUID, Sequence[str]],
    offers: Sequence[OfferView],
) -> list[kernel.Applicant]:
    there = {str(each.id) for each in offers}
    return [
        kernel.Applicant(
            each.number,
            frozenset(each.signs),
            tuple(wish for wish in wishes[each.id] if wish in there),
            frozenset(each.needs),
            row.most_each,
        )
        for each in lists
    ]


def _figures(
    outcome: Allocation, *, lists: dict[str, WishList], offers: Sequence[OfferView], first: int
) -> Figures:
    sizes = {number: len(each.signs) for number, each in lists.items()}
    placed = {place.applicant for place in outcome.places}
    return Figures(
        lists=len(lists),
        children=sum(sizes.values()),
        with_place=len(placed),
        first_wish=first,
        children_with_place=sum(sizes[number] for number in placed),
        seats=sum(fitting.seats_of(each.programme) for each in offers),
        taken=sum(sizes[place.applicant] for place in outcome.places),
        blocking=len({each.applicant for each in outcome.blocking}),
    )


def _give(row: Round, *, now: datetime) -> tuple[int, int]:
    """Write the registrations, programme by programme; how many groups have their places, how many do not."""
    places = Decision.objects.filter(list__round=row, code=Code.PLACE.value)
    by_programme: dict[UUID, list[Decision]] = defaultdict(list)
    # In the order of the lot, which the numbers and the seed alone decide.
    order = {number: rank for rank, number in enumerate(_numbers(row))}
    for each in sorted(places.select_related("list", "offer"), key=lambda each: order[each.list.number]):
        by_programme[each.offer.programme_id].append(each)
    people = _people(row)
    given: list[Decision] = []
    lost: list[Decision] = []
    for programme in sorted(by_programme):
        decided = by_programme[programme]
        groups = [_registration(programme, each.list, people[each.list_id]) for each in decided]
        for each, registration in zip(
            decided, programmes.seat_allocated(programme, groups, now=now), strict=True
        ):
            each.registration = registration
            (lost if registration is None else given).append(each)
    Decision.objects.bulk_update(given, ["registration"], batch_size=BATCH)
    Decision.objects.filter(id__in=[each.id for each in lost]).update(is_lost=True)
    return len(given), len(lost)


def _numbers(row: Round) -> tuple[str, ...]:
    return kernel.draw(WishList.objects.filter(round=row).values_list("number", flat=True), seed=row.seed)


def _people(row: Round) -> dict[UUID, tuple[WishContact, list[WishChild]]]:
    children: dict[UUID, list[WishChild]] = defaultdict(list)
    for child in WishChild.objects.filter(list__round=row).order_by("list", "position"):
        children[child.list_id].append(child)
    return {
        each.list_id: (each, children[each.list_id]) for each in WishContact.objects.filter(list__round=row)
    }


def _registration(
    programme: UUID, found: WishList, people: tuple[WishContact, list[WishChild]]
) -> NewRegistration:
    contact, children = people
    return NewRegistration(
        programme=programme,
        name=contact.name,
        email=contact.email,
        phone=contact.phone,
        language=contact.language,
        ags=found.ags or None,
        seats=tuple(
            SeatValue(each.first_name, each.family_name, each.born_on, each.support, is_child=True)
            for each in children
        ),
        answers=(),
        consent_version=found.consent_version,
    )


def _births(row: Round) -> dict[UUID, list[date]]:
    """When the children of each list were born."""
    births: dict[UUID, list[date]] = defaultdict(list)
    for key, born_on in WishChild.objects.filter(list__round=row).values_list("list", "born_on"):
        births[key].append(born_on)
    return births


def _count_refused(lists: Sequence[tuple[str, Sequence[date]]], *, now: datetime) -> None:
    """Each list without any place counts once, by where the family lives and its children's phase of life."""
    today = clock.day_of(now)
    phases = directory.phases_of([births for _ags, births in lists], on=today)
    for (ags, _births), phase in zip(lists, phases, strict=True):
        signals.count(
            signals.Count(
                source=SignalSource.REFUSAL,
                reason=SignalReason.NO_PLACE,
                on=today,
                ags=ags or None,
                phase=phase,
            )
        )

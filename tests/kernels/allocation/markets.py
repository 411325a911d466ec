"""Small markets for the properties of the allocation, and what an outcome is judged by without the kernel's own code."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from lueckenlos.kernels.allocation import Allocation, Applicant, Offer, draw

MONDAY = datetime(2026, 7, 20, 9, tzinfo=UTC)
SEED = "03-11-19-27-33-41"
OFFERS = ("angeln", "backen", "chor", "drachen", "eis")


def half_day(number: int) -> tuple[tuple[datetime, datetime], ...]:
    begins = MONDAY + timedelta(hours=12 * number)
    return ((begins, begins + timedelta(hours=4)),)


def child(name: str, *wishes: str, needs: bool = False, limit: int = 1) -> Applicant:
    kids = frozenset({name})
    return Applicant(name, kids, wishes, kids if needs else frozenset(), limit)


def together(name: str, size: int, *wishes: str, needs: int = 0) -> Applicant:
    kids = [f"{name}-{number}" for number in range(size)]
    return Applicant(name, frozenset(kids), wishes, frozenset(kids[:needs]))


@st.composite
def offers(draw: st.DrawFn, *, most_kept: int = 2, most_seats: int = 4) -> list[Offer]:
    made = []
    for key in OFFERS:
        seats = draw(st.integers(0, most_seats))
        kept = draw(st.integers(0, min(seats, most_kept)))
        made.append(Offer(key, seats, kept, half_day(draw(st.integers(0, 2)))))
    return made


@st.composite
def applicants(
    draw: st.DrawFn, *, largest: int = 1, most: int = 1, fewest: int = 1, shortest: int = 0
) -> list[Applicant]:
    made = []
    for number in range(draw(st.integers(fewest, 9))):
        kids = [f"kind-{number}-{place}" for place in range(draw(st.integers(1, largest)))]
        wishes = draw(st.lists(st.sampled_from(OFFERS), min_size=shortest, unique=True))
        needs = draw(st.frozensets(st.sampled_from(kids)))
        made.append(
            Applicant(f"liste-{number}", frozenset(kids), tuple(wishes), needs, draw(st.integers(1, most)))
        )
    return made


def lot_of(applicants: list[Applicant]) -> dict[str, int]:
    return {
        key: lot for lot, key in enumerate(draw((each.key for each in applicants if each.wishes), seed=SEED))
    }


def held(outcome: Allocation) -> dict[str, list[str]]:
    """The offers of each applicant."""
    has: dict[str, list[str]] = {}
    for place in outcome.places:
        has.setdefault(place.applicant, []).append(place.offer)
    return has


def sitting(outcome: Allocation, applicants: list[Applicant], offer: str) -> list[Applicant]:
    keys = {place.applicant for place in outcome.places if place.offer == offer}
    return [each for each in applicants if each.key in keys]


def preferred(applicant: Applicant, outcome: Allocation) -> tuple[str, ...]:
    """The wishes dearer than the one place that it has."""
    has = held(outcome).get(applicant.key)
    return applicant.wishes[: applicant.wishes.index(has[0])] if has else applicant.wishes

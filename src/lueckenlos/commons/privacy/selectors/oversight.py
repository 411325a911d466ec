"""What data protection watches: consents by number, disclosures without content, who steps in. No names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from lueckenlos.commons.privacy.models import Consent, Cover, Disclosure
from lueckenlos.commons.privacy.selectors.files import cover_view
from lueckenlos.commons.privacy.selectors.reach import as_disclosures
from lueckenlos.commons.privacy.types import (
    ConsentForm,
    ConsentState,
    CoverView,
    DisclosureView,
)
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as

YOUNG: Final = timedelta(days=91)
MIDDLE: Final = timedelta(days=183)


@dataclass(frozen=True, slots=True)
class TextCount:
    """How many consents rest on one text, and how they stand."""

    code: str
    title: str
    version: int
    given: int
    ended: int
    soon: int


@dataclass(frozen=True, slots=True)
class ConsentCounts:
    """All consents in numbers: by state, by form, by age of those that hold, by text."""

    states: tuple[tuple[ConsentState, int], ...]
    forms: tuple[tuple[ConsentForm, int], ...]
    ages: tuple[int, int, int]
    texts: tuple[TextCount, ...]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(number for _state, number in self.states)


@dataclass(frozen=True, slots=True)
class DisclosurePage:
    """One page of the list, and whether there is more."""

    rows: Sequence[DisclosureView]
    has_more: bool


def consent_counts(actor: Actor, *, now: datetime) -> ConsentCounts:
    """Count the consents that data protection may see."""
    with acting_as(actor):
        rows = Consent.objects.all()
        holding = rows.filter(state=ConsentState.GIVEN.value, valid_until__gt=now)
        states = dict(rows.values_list("state").annotate(number=Count("id")))
        forms = dict(rows.values_list("form").annotate(number=Count("id")))
        by_text = rows.values_list("text__code", "text__version").annotate(
            given=Count("id", filter=Q(state=ConsentState.GIVEN.value, valid_until__gt=now)),
            ended=Count("id", filter=~Q(state=ConsentState.GIVEN.value) | Q(valid_until__lte=now)),
            soon=Count(
                "id",
                filter=Q(
                    state=ConsentState.GIVEN.value,
                    valid_until__gt=now,
                    valid_until__lte=now + timedelta(days=30),
                ),
            ),
        )
        return ConsentCounts(
            states=tuple((state, states.get(state.value, 0)) for state in ConsentState),
            forms=tuple((form, forms.get(form.value, 0)) for form in ConsentForm),
            ages=(
                holding.filter(given_at__gt=now - YOUNG).count(),
                holding.filter(given_at__lte=now - YOUNG, given_at__gt=now - MIDDLE).count(),
                holding.filter(given_at__lte=now - MIDDLE).count(),
            ),
            texts=tuple(
                TextCount(code, "", version, given, ended, soon)
                for code, version, given, ended, soon in by_text.order_by("text__code", "text__version")
            ),
        )


def disclosures(
    actor: Actor, *, organization: UUID | None = None, day: date | None = None, page: int = 1, size: int = 100
) -> DisclosurePage:
    """Who saw which kind of data when and on which ground, newest first, a page at a time."""
    with acting_as(actor):
        rows: QuerySet[Disclosure] = Disclosure.objects.all()
        if organization is not None:
            rows = rows.filter(organization_id=organization)
        if day is not None:
            rows = rows.filter(seen_on=day)
        first = (page - 1) * size
        found = as_disclosures(rows.order_by("-seen_at", "id")[first : first + size + 1])
    return DisclosurePage(found[:size], len(found) > size)


def covers_running(actor: Actor, *, now: datetime) -> list[CoverView]:
    """Who steps in anywhere at this moment, for how long and why."""
    with acting_as(actor):
        rows = list(Cover.objects.filter(since__lte=now, until__gt=now).order_by("until"))
    return [cover_view(row) for row in rows]

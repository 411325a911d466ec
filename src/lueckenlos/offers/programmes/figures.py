"""How many took part, by programme and municipality: kept when the names go, and joined with what is still there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lueckenlos.core import clock
from lueckenlos.core.actor import Actor
from lueckenlos.core.context import acting_as
from lueckenlos.offers.programmes import selectors
from lueckenlos.offers.programmes.models import Attendance, Figure, Programme, Registration
from lueckenlos.offers.programmes.types import FEW, ProgrammeView, RegistrationState

WITHOUT_PLACE = frozenset({RegistrationState.WAITING.value, RegistrationState.LAPSED.value})


@dataclass(frozen=True, slots=True)
class Figures:
    """Persons: who had a place, who came at least once, who waited and got none."""

    placed: int = 0
    came: int = 0
    waited: int = 0

    def __add__(self, other: Figures) -> Figures:
        return Figures(self.placed + other.placed, self.came + other.came, self.waited + other.waited)


@dataclass(frozen=True, slots=True)
class ProgrammeFigures:
    """One programme in a year; `held` are the dates that took place."""

    view: ProgrammeView
    held: int
    total: Figures


@dataclass(frozen=True, slots=True)
class YearFigures:
    """A year of an organization; municipalities with few persons are summed up under an empty key."""

    year: int
    programmes: tuple[ProgrammeFigures, ...]
    by_municipality: tuple[tuple[str, Figures], ...]

    @property
    def total(self) -> Figures:
        """All of the year."""
        return sum((each.total for each in self.programmes), Figures())


def of_year(actor: Actor, year: int) -> YearFigures:
    """The programmes of the actor's organization whose first date lies in this year."""
    views = [each for each in selectors.of_organization(actor) if _year_of(each) == year]
    with acting_as(actor):
        figures = _kept([each.id for each in views])
        for key, live in count([each.id for each in views if each.id not in figures]).items():
            figures[key] = live
    areas: dict[str, Figures] = defaultdict(Figures)
    for by_area in figures.values():
        for ags, some in by_area.items():
            areas[ags] += some
    today = clock.real_now()
    return YearFigures(
        year,
        tuple(
            ProgrammeFigures(
                each,
                sum(date.ends_at <= today and not date.is_cancelled for date in each.sessions),
                sum(figures.get(each.id, {}).values(), Figures()),
            )
            for each in views
        ),
        _not_too_few(areas),
    )


def years(actor: Actor, *, today: date) -> list[int]:
    """The years in which the organization has something, this one always, latest first."""
    found = {_year_of(each) for each in selectors.of_organization(actor)}
    return sorted({today.year, *(year for year in found if year)}, reverse=True)


def count(programmes: Iterable[UUID]) -> dict[UUID, dict[str, Figures]]:
    """Count registrations as the actor of this transaction sees them: programme to municipality to figures."""
    found: dict[UUID, dict[str, Figures]] = defaultdict(lambda: defaultdict(Figures))
    rows = Registration.objects.filter(programme__in=list(programmes))
    came = Counter(
        Attendance.objects.filter(seat__registration__in=rows, came=True)
        .values_list("seat__registration_id", "seat_id")
        .distinct()
        .values_list("seat__registration_id", flat=True)
    )
    for key, programme, ags, state, size in rows.values_list("id", "programme_id", "ags", "state", "size"):
        placed = size if state == RegistrationState.PLACED.value else 0
        waited = size if state in WITHOUT_PLACE else 0
        found[programme][ags] += Figures(placed, came[key], waited)
    return {programme: dict(by_area) for programme, by_area in found.items()}


def keep(programmes: Iterable[Programme]) -> None:
    """Write down what remains of programmes, once for each; called before the names are erased."""
    by_id = {each.id: each for each in programmes}
    done = set(Figure.objects.filter(programme__in=by_id).values_list("programme_id", flat=True))
    Figure.objects.bulk_create(
        Figure(
            programme=by_id[key],
            organization=by_id[key].organization_id,
            ags=ags,
            placed=each.placed,
            came=each.came,
            waited=each.waited,
        )
        for key, by_area in count(by_id.keys() - done).items()
        for ags, each in by_area.items()
    )


def _kept(programmes: list[UUID]) -> dict[UUID, Mapping[str, Figures]]:
    found: dict[UUID, dict[str, Figures]] = defaultdict(dict)
    for row in Figure.objects.filter(programme__in=programmes):
        found[row.programme_id][row.ags] = Figures(row.placed, row.came, row.waited)
    return dict(found)


def _not_too_few(areas: Mapping[str, Figures]) -> tuple[tuple[str, Figures], ...]:
    """Municipalities from five persons on; all others, and who did not say, together."""
    shown: dict[str, Figures] = defaultdict(Figures)
    for ags, each in areas.items():
        shown[ags if each.placed + each.waited >= FEW else ""] += each
    return tuple(sorted(shown.items(), key=lambda pair: (not pair[0], -pair[1].placed, pair[0])))


def _year_of(view: ProgrammeView) -> int | None:
    first = min((each.starts_at for each in view.sessions), default=None)
    return first.astimezone(clock.zone()).year if first else None

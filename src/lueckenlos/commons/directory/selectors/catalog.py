"""What services are sorted by."""

from collections.abc import Collection, Iterable
from datetime import date
from itertools import starmap

from lueckenlos.commons.directory.models import ActionField, Kind, LifePhase
from lueckenlos.commons.directory.types import Catalog, KindView, Label, PhaseView
from lueckenlos.core.ages import exact_age

_KIND = ("key", "label", "intensity", "usual_max")


def catalog() -> Catalog:
    """Phases, fields and kinds as the county's folder has them; three queries."""
    return Catalog(
        phases=_phases(),
        fields=tuple(Label(row.key, row.label, row.labels) for row in ActionField.objects.all()),
        kinds=tuple(starmap(KindView, Kind.objects.order_by("label").values_list(*_KIND))),
    )


def _phases() -> tuple[PhaseView, ...]:
    return tuple(phase_view(row) for row in LifePhase.objects.all())


def _within(phases: Iterable[PhaseView], youngest: float, oldest: float) -> str | None:
    found = (each for each in phases if each.age_from <= youngest and oldest < each.age_to)
    return next((each.key for each in found), None)


def phase_at(age: float | None) -> str | None:
    """The life phase of an age; nothing where none is given."""
    return None if age is None else phase_within(age, age)


def phase_within(youngest: float, oldest: float) -> str | None:
    """The one life phase in which both ages lie; nothing where they lie in several or outside."""
    return _within(_phases(), youngest, oldest)


def phase_of(births: Collection[date], *, on: date) -> str | None:
    """The one life phase in which all are who were born on these days; nothing where they are in several."""
    return phases_of([births], on=on)[0]


def phases_of(groups: Iterable[Collection[date]], *, on: date) -> list[str | None]:
    """As `phase_of` for many groups, with one query."""
    phases = _phases()
    ages = ([exact_age(born, on) for born in births] for births in groups)
    return [_within(phases, min(each), max(each)) if each else None for each in ages]


def phase_of_years(youngest: int, oldest: int) -> str | None:
    """The one life phase for these ages in completed years, both included: whoever is two may be almost three."""
    return phase_within(youngest + 0.5, oldest + 0.5)


def phase_view(row: LifePhase) -> PhaseView:
    """Turn a row into the view."""
    return PhaseView(row.key, row.label, row.age_from, row.age_to, row.labels, row.decay_km)


def kind_view(row: Kind) -> KindView:
    """Turn a row into the view."""
    return KindView(row.key, row.label, row.intensity, row.usual_max)

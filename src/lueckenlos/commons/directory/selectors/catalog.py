"""What services are sorted by."""

from itertools import starmap

from lueckenlos.commons.directory.models import ActionField, Kind, LifePhase
from lueckenlos.commons.directory.types import Catalog, KindView, Label, PhaseView

_KIND = ("key", "label", "intensity", "usual_max")


def catalog() -> Catalog:
    """Phases, fields and kinds as the county's folder has them; three queries."""
    return Catalog(
        phases=tuple(phase_view(row) for row in LifePhase.objects.all()),
        fields=tuple(Label(row.key, row.label, row.labels) for row in ActionField.objects.all()),
        kinds=tuple(starmap(KindView, Kind.objects.order_by("label").values_list(*_KIND))),
    )


def phase_at(age: float | None) -> str | None:
    """The life phase of an age; nothing where none is given."""
    return None if age is None else phase_within(age, age)


def phase_within(youngest: float, oldest: float) -> str | None:
    """The one life phase in which both ages lie; nothing where they lie in several or outside."""
    found = (each for each in catalog().phases if each.age_from <= youngest and oldest < each.age_to)
    return next((each.key for each in found), None)


def phase_view(row: LifePhase) -> PhaseView:
    """Turn a row into the view."""
    return PhaseView(row.key, row.label, row.age_from, row.age_to, row.labels, row.decay_km)


def kind_view(row: Kind) -> KindView:
    """Turn a row into the view."""
    return KindView(row.key, row.label, row.intensity, row.usual_max)

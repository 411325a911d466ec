"""What an import compares with, and how it was mapped before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from lueckenlos.commons.directory.importing import CheckedRow, KnownWords, known_words
from lueckenlos.commons.directory.models import ImportMapping, Service
from lueckenlos.commons.directory.selectors.catalog import catalog
from lueckenlos.commons.directory.types import Label, LocationValue, ServiceStatus
from lueckenlos.commons.places import selectors as places
from lueckenlos.kernels.likeness import Likeable, doubles_within, likely_doubles

OLD, NEW = "", "row"


@dataclass(frozen=True, slots=True)
class LikelyDouble:
    """A row that is likely there already: as an entry, or as an earlier row of the same table."""

    line: int
    name: str
    other_name: str
    other_key: str
    other_line: int
    likeness: int


def import_words() -> KnownWords:
    """The county's words for reading what others wrote."""
    towns = [Label(place.ags, place.name) for place in places.municipalities()]
    return known_words(catalog(), municipalities=towns)


def remembered_mapping(organization_id: UUID) -> dict[str, str]:
    """What the headings of the organization's last table meant."""
    return (
        ImportMapping.objects.filter(organization_id=organization_id)
        .values_list("columns", flat=True)
        .first()
        or {}
    )


def doubles(rows: Sequence[CheckedRow], *, organization_id: UUID, organization: str) -> list[LikelyDouble]:
    """Rows that likely stand in the directory already, and rows that stand twice in the table, by line."""
    named = {row.organization or organization for row in rows}
    stored = _stored(organization_id, named=named)
    known = {key: (name, owner, address) for key, name, owner, address in stored}
    lines = {str(row.line): row for row in rows}
    new = [
        Likeable(
            str(row.line), row.organization or organization, row.values.name, _address(row.values.locations)
        )
        for row in rows
    ]
    old = [Likeable(key, owner, name, address) for key, (name, owner, address) in known.items()]
    found = {
        each.new: LikelyDouble(
            int(each.new),
            lines[each.new].values.name,
            known[each.known][0],
            each.known,
            0,
            round(each.likeness * 100),
        )
        for each in likely_doubles(new, old)
    }
    for each in doubles_within(new):
        other = lines[each.known]
        twice = LikelyDouble(
            int(each.new),
            lines[each.new].values.name,
            other.values.name,
            "",
            other.line,
            round(each.likeness * 100),
        )
        found.setdefault(each.new, twice)
    return sorted(found.values(), key=lambda double: double.line)


def _stored(organization_id: UUID, *, named: Iterable[str]) -> list[tuple[str, str, str, str]]:
    rows = Service.objects.filter(organization__name__in=named, feed__isnull=True).exclude(
        status=ServiceStatus.DEFUNCT
    )
    columns = (
        "key",
        "name",
        "organization__name",
        "at_locations__location__street",
        "at_locations__location__postcode",
        "at_locations__location__city",
    )
    return [
        (key, name, owner, " ".join(part or "" for part in address))
        for key, name, owner, *address in rows.order_by("key").values_list(*columns)
    ]


def _address(locations: Sequence[LocationValue]) -> str:
    if not locations:
        return ""
    first = locations[0]
    return f"{first.street} {first.postcode} {first.city}".strip()

"""What became of an entry, deed by deed."""

from lueckenlos.commons.directory.models import Change
from lueckenlos.commons.directory.selectors.catalog import catalog
from lueckenlos.commons.directory.types import ChangeView
from lueckenlos.commons.directory.wording import differences

LONGEST = 200


def changes(key: str, *, limit: int = LONGEST) -> list[ChangeView]:
    """The history of one entry, newest first; it outlives the entry itself."""
    words = catalog()
    rows = Change.objects.filter(service_key=key)[:limit]
    return [
        ChangeView(
            service_key=row.service_key,
            version=row.version,
            at=row.at,
            by=row.actor_label,
            deed=row.deed,
            differences=() if row.before is None else differences(row.before, row.after, catalog=words),
        )
        for row in rows
    ]

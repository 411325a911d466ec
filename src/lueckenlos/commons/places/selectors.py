"""Reads of places."""

from datetime import date

from lueckenlos.commons.places.models import County
from lueckenlos.commons.places.types import CountyInfo


def county() -> CountyInfo:
    """The county of this house; a nameless one before the first `load-county`."""
    row = County.objects.order_by("key").first()
    if row is None:
        return CountyInfo(key="", name="lückenlos")
    given = row.settings
    demo_date = given.get("demo_date")
    return CountyInfo(
        key=row.key,
        name=row.name,
        accent=str(given.get("accent", CountyInfo.accent)),
        languages=tuple(given.get("languages", ("de",))),
        freshness_months=int(given.get("freshness_months", CountyInfo.freshness_months)),
        minimum_cell=int(given.get("minimum_cell", CountyInfo.minimum_cell)),
        demo_date=date.fromisoformat(str(demo_date)) if demo_date else None,
        settings=given,
    )

"""The whole own directory as plain values, to compare before and after."""

from typing import Any

from lueckenlos.commons.accounts.models import Unit
from lueckenlos.commons.directory.exchange import records
from lueckenlos.commons.directory.models import Location, Organization, Service
from lueckenlos.core.actor import job

SENDER = job("directory.deliver")
"""Who takes deliveries in, as the command does."""


def snapshot() -> dict[str, Any]:
    """Everything that entries say; not what the house notes for itself (rights, versions, when it was written)."""
    services = records.read_services(Service.objects.filter(feed__isnull=True))
    organizations = records.read_organizations(Organization.objects.filter(feed__isnull=True))
    places = records.read_locations(Location.objects.all())
    found = {}
    for kind, entries in (
        ("service", services.services),
        ("organization", organizations),
        ("location", places),
    ):
        for own_id, entry in entries.items():
            found[f"{kind} {own_id}"] = (entry.row, entry.parts, entry.lists)
    return found


def clear() -> None:
    """Take every entry away, with the teams of organizations; the county itself stays."""
    Unit.objects.all().delete()
    Service.objects.all().delete()
    Location.objects.all().delete()
    Organization.objects.all().delete()

"""Reads of the directory; an open room: querysets may be handed to others."""

from lueckenlos.commons.directory.selectors.catalog import catalog
from lueckenlos.commons.directory.selectors.entries import (
    organization,
    organization_view,
    service,
    services,
    services_by_key,
    services_of,
    text_in,
    view_of,
)
from lueckenlos.commons.directory.selectors.freshness import (
    FreshnessCount,
    awaiting_confirmation,
    freshness_count,
    freshness_of,
)
from lueckenlos.commons.directory.selectors.public import public_services, shown_services, with_everything

__all__ = [
    "FreshnessCount",
    "awaiting_confirmation",
    "catalog",
    "freshness_count",
    "freshness_of",
    "organization",
    "organization_view",
    "public_services",
    "service",
    "services",
    "services_by_key",
    "services_of",
    "shown_services",
    "text_in",
    "view_of",
    "with_everything",
]

"""The directory's tables, in the words of HSDS 3.1."""

from lueckenlos.commons.directory.models.catalog import ActionField, Kind, LifePhase
from lueckenlos.commons.directory.models.feeds import Feed
from lueckenlos.commons.directory.models.imports import ImportMapping
from lueckenlos.commons.directory.models.organizations import Contact, Organization, Phone
from lueckenlos.commons.directory.models.places import Location, ServiceAtLocation
from lueckenlos.commons.directory.models.services import (
    CostOption,
    Funding,
    RequiredDocument,
    Schedule,
    Service,
    ServiceCapacity,
)
from lueckenlos.commons.directory.models.texts import Translation
from lueckenlos.commons.directory.models.upkeep import Change, Inquiry, Proposal, Reminder, Verification

__all__ = [
    "ActionField",
    "Change",
    "Contact",
    "CostOption",
    "Feed",
    "Funding",
    "ImportMapping",
    "Inquiry",
    "Kind",
    "LifePhase",
    "Location",
    "Organization",
    "Phone",
    "Proposal",
    "Reminder",
    "RequiredDocument",
    "Schedule",
    "Service",
    "ServiceAtLocation",
    "ServiceCapacity",
    "Translation",
    "Verification",
]

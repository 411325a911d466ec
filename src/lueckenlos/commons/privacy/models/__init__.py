"""What the room keeps; other rooms enter by selectors, services, types and policies."""

from lueckenlos.commons.privacy.models.access import Access, Release
from lueckenlos.commons.privacy.models.consents import (
    ConfidentialityRelease,
    Consent,
    ConsentDraft,
    ConsentText,
    Scope,
    Withdrawal,
)
from lueckenlos.commons.privacy.models.files import Assignment, Cover, Custody, File, Party
from lueckenlos.commons.privacy.models.rights import RightsRequest
from lueckenlos.commons.privacy.models.traces import Disclosure, Opening, ProtectionNotice, ProtectionStep

__all__ = [
    "Access",
    "Assignment",
    "ConfidentialityRelease",
    "Consent",
    "ConsentDraft",
    "ConsentText",
    "Cover",
    "Custody",
    "Disclosure",
    "File",
    "Opening",
    "Party",
    "ProtectionNotice",
    "ProtectionStep",
    "Release",
    "RightsRequest",
    "Scope",
    "Withdrawal",
]

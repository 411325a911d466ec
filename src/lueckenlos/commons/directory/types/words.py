"""The directory's fixed words: each value is what the county folder and Open Referral write."""

from enum import StrEnum


class OrganizationKind(StrEnum):
    """Who carries an organization."""

    PUBLIC = "oeffentlich"
    INDEPENDENT = "frei"
    SCHOOL = "schule"
    HEALTH = "gesundheit"
    ASSOCIATION = "verein"
    VOLUNTARY = "ehrenamt"
    COMMERCIAL = "gewerblich"


class Audience(StrEnum):
    """To whom a service speaks."""

    CHILDREN = "kinder"
    PARENTS = "eltern"
    FAMILIES = "familien"
    YOUTH = "jugendliche"
    ALL = "alle"
    PROFESSIONALS = "fachkraefte"


class Format(StrEnum):
    """How a service meets people."""

    ON_SITE = "vor_ort"
    ONLINE = "online"
    OUTREACH = "aufsuchend"
    MOBILE = "mobil"
    PHONE = "telefon"


class Access(StrEnum):
    """How one begins."""

    OPEN = "offen"
    REGISTRATION = "anmeldung"
    REFERRAL = "vermittlung"


class ServiceStatus(StrEnum):
    """Whether a service can be used now (HSDS)."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    DEFUNCT = "defunct"
    PAUSED = "temporarily closed"


class TextState(StrEnum):
    """How far a translation can be trusted."""

    ORIGINAL = "original"
    CHECKED = "checked"
    MACHINE = "machine"
    OUTDATED = "outdated"


class Freshness(StrEnum):
    """How long ago somebody confirmed an entry, against the county's limit."""

    FRESH = "fresh"
    DUE = "due"
    OVERDUE = "overdue"
    NEVER = "never"


class ProposalState(StrEnum):
    """What became of a provider's edit."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class InquiryReason(StrEnum):
    """What is no longer true about an entry."""

    GONE = "gone"
    PHONE = "phone"
    TIME = "time"
    PLACE = "place"
    COST = "cost"
    OTHER = "other"


class InquiryState(StrEnum):
    """What became of a report."""

    OPEN = "open"
    CORRECTED = "corrected"
    STILL_TRUE = "still_true"


class Hindrance(StrEnum):
    """Why a row of a table that differs does not change its entry."""

    EDITED_HERE = "edited_here"
    OF_ANOTHER = "of_another"

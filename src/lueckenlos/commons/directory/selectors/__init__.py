"""Reads of the directory; an open room: querysets may be handed to others."""

from lueckenlos.commons.directory.selectors.catalog import catalog
from lueckenlos.commons.directory.selectors.desk import (
    EditorsEntry,
    OrganizationLine,
    all_organizations,
    desk_entries,
    entries_for_coordination,
    entries_of,
    entry_for,
    inquiries_for,
    inquiry_for,
    organization_for,
    organizations_of,
    publishes,
)
from lueckenlos.commons.directory.selectors.entries import (
    organization,
    organization_by_name,
    organization_names,
    organization_view,
    own_organizations,
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
from lueckenlos.commons.directory.selectors.history import changes
from lueckenlos.commons.directory.selectors.import_plans import ImportPlan, plan_import
from lueckenlos.commons.directory.selectors.imports import (
    LikelyDouble,
    doubles,
    import_words,
    remembered_mapping,
)
from lueckenlos.commons.directory.selectors.planning import (
    changed_services,
    known_since,
    planning_entries,
    weekdays_of,
)
from lueckenlos.commons.directory.selectors.proposals import (
    open_proposal_count,
    open_proposals,
    proposal,
    proposals_of,
)
from lueckenlos.commons.directory.selectors.public import (
    public_services,
    shown_services,
    turned_services,
    with_everything,
)
from lueckenlos.commons.directory.selectors.reminders import (
    Reminded,
    RemindedEntry,
    find_reminder,
    reminded,
    reminded_entry,
)
from lueckenlos.commons.directory.selectors.soon import soon_services
from lueckenlos.commons.directory.selectors.timetable import plans_of, read_schedule
from lueckenlos.commons.directory.selectors.version import planning_size, planning_version

__all__ = [
    "EditorsEntry",
    "FreshnessCount",
    "ImportPlan",
    "LikelyDouble",
    "OrganizationLine",
    "Reminded",
    "RemindedEntry",
    "all_organizations",
    "awaiting_confirmation",
    "catalog",
    "changed_services",
    "changes",
    "desk_entries",
    "doubles",
    "entries_for_coordination",
    "entries_of",
    "entry_for",
    "find_reminder",
    "freshness_count",
    "freshness_of",
    "import_words",
    "inquiries_for",
    "inquiry_for",
    "known_since",
    "open_proposal_count",
    "open_proposals",
    "organization",
    "organization_by_name",
    "organization_names",
    "organization_for",
    "organization_view",
    "organizations_of",
    "own_organizations",
    "plan_import",
    "planning_entries",
    "planning_size",
    "planning_version",
    "plans_of",
    "proposal",
    "proposals_of",
    "public_services",
    "publishes",
    "read_schedule",
    "remembered_mapping",
    "reminded",
    "reminded_entry",
    "service",
    "services",
    "services_by_key",
    "services_of",
    "shown_services",
    "soon_services",
    "text_in",
    "turned_services",
    "view_of",
    "weekdays_of",
    "with_everything",
]

"""Open Referral's format: what records consist of, what is wrong with one, tables and nested records."""

from lueckenlos.kernels.openreferral.checks import (
    Finding,
    Findings,
    Verdict,
    Why,
    check_record,
    fits,
    is_uuid,
    kind_of,
    validate,
    validate_feed,
)
from lueckenlos.kernels.openreferral.spec import (
    Form,
    Profile,
    Property,
    entities,
    entity_of_table,
    table_name,
)
from lueckenlos.kernels.openreferral.tables import Nested, from_tables, to_tables

__all__ = [
    "Finding",
    "Findings",
    "Form",
    "Nested",
    "Profile",
    "Property",
    "Verdict",
    "Why",
    "check_record",
    "entities",
    "entity_of_table",
    "fits",
    "from_tables",
    "is_uuid",
    "kind_of",
    "table_name",
    "to_tables",
    "validate",
    "validate_feed",
]

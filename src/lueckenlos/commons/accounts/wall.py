"""Who is at work for an organization and in which teams, as SQL: for functions that have read the context already.

Each reading checks a signature anew, and every statement of a closed room asks what somebody holds.
"""

from __future__ import annotations

from typing import Final

from lueckenlos.core.actor import Role

# Who works with families for an organization; the actor's organization counts only where such a role is held there.
SERVING: Final = (Role.PROFESSIONAL, Role.PREVENTION_OFFICER, Role.FAMILY_OFFICE, Role.PROVIDER)

# `c` are the fields of a context that was believed; c[4] is the organization for which the person acts.
SERVES: Final = (
    "c[2] = 'person' AND c[4] <> '' AND string_to_array(c[7], ',') && ARRAY["
    + ", ".join(f"'{role.value}@organization/' || c[4]" for role in SERVING)
    + "]"
)


def teams(*, person: str, office: str, also: str = "") -> str:
    """The rows of `m` that say in which teams of this office the person is now."""
    return f"""public.accounts_membership m
    JOIN public.accounts_unit u ON u.id = m.unit_id
    WHERE m.user_id = {person} AND u.organization_id = {office}{also}
      AND m.since <= statement_timestamp() AND (m.until IS NULL OR m.until > statement_timestamp())"""

"""Who may see the register: each organization its own, through those who keep it."""

from __future__ import annotations

from typing import Final

from django.db.migrations import RunSQL

from lueckenlos.core import rls
from lueckenlos.core.actor import Role

RETENTION: Final = rls.is_job("retention")
_PROFESSIONAL: Final = f"((SELECT wall.actor_organizations_as('{Role.PROFESSIONAL.value}'))::uuid[])"
KEPT_BY_ACTOR: Final = rls.all_of(
    f"{rls.KIND} = 'person'",
    rls.any_of(
        rls.all_of(
            f"certificates_certificate.organization = {rls.ORGANIZATION}",
            f"certificates_certificate.organization = ANY {_PROFESSIONAL}",
        ),
        # The county's own volunteers: the register of no organization.
        rls.all_of(
            "certificates_certificate.organization IS NULL", rls.has_role_in_county(Role.COORDINATION)
        ),
    ),
)


def close_certificates() -> RunSQL:
    """Close the register; what has ended is erased by rule, what was not begun by whoever keeps it."""
    return rls.protect(
        "certificates_certificate",
        select=rls.any_of(KEPT_BY_ACTOR, RETENTION),
        insert=KEPT_BY_ACTOR,
        update=KEPT_BY_ACTOR,
        delete=rls.any_of(rls.all_of(KEPT_BY_ACTOR, "certificates_certificate.ended_on IS NULL"), RETENTION),
    )

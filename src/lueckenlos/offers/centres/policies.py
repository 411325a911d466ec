"""Who may see what members plan: the organizations that belong to the centre now, and nobody else.

Who belongs to a centre is open; the wall reads it in the moment, so that whoever leaves sees nothing more.
"""

from __future__ import annotations

from typing import Final

from lueckenlos.commons.privacy import policies as privacy
from lueckenlos.core import rls

BELONGS: Final = (
    "EXISTS (SELECT FROM public.centres_member m WHERE m.centre_id = centres_plannote.centre_id "
    f"AND m.organization_id = {privacy.SERVES} AND m.state = 'joined')"
)
TABLES: Final = (
    rls.protect(
        "centres_plannote",
        select=rls.any_of(BELONGS, privacy.RETENTION),
        insert=rls.all_of(f"centres_plannote.organization = {privacy.SERVES}", BELONGS),
        update=BELONGS,
        delete=privacy.RETENTION,
    ),
)

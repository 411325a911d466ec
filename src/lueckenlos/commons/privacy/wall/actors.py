"""Who the actor is to the wall: what they hold, and whose own data are theirs."""

from __future__ import annotations

from typing import Final

from lueckenlos.core import rls

# What the actor holds: themselves at work, their office for the purpose they named, and their teams.
HOLDERS: Final = rls.definer(
    "actor_holders",
    returns="uuid[]",
    language="sql",
    body="""
SELECT coalesce((
  SELECT array_remove(ARRAY[
    wall.holder(wall.actor_person()::text, s.organization::text),
    wall.holder(s.organization::text, wall.actor_purpose())
  ], NULL) || wall.actor_units()
  FROM (SELECT wall.actor_serves()) s(organization) WHERE s.organization IS NOT NULL), '{}')
""",
)

# A family's person by account, or by a code for this one page.
OWN_PERSON: Final = rls.definer(
    "actor_own_person",
    returns="uuid",
    language="sql",
    body="""
SELECT CASE WHEN wall.actor_kind() = 'family' THEN wall.actor_person()
  WHEN wall.actor_kind() = 'link' AND wall.actor_purpose() = 'own-data' THEN wall.actor_record() END
""",
)

OWN_FILES: Final = rls.definer(
    "own_files",
    returns="uuid[]",
    language="sql",
    body="""
SELECT coalesce(array_agg(f.id), '{}') FROM public.privacy_party p JOIN public.privacy_file f ON f.id = p.file_id
WHERE p.person = wall.actor_own_person() AND NOT f.held_back AND (f.own_of IS NULL OR f.own_of = p.person)
""",
)

# Files of which something is released to the actor's organization now, whatever for: so that its tasks there are seen.
RELEASED_FILES: Final = rls.definer(
    "released_files",
    returns="uuid[]",
    language="sql",
    body="""
SELECT coalesce(array_agg(DISTINCT r.file_id), '{}') FROM public.privacy_release r
WHERE r.organization_id = wall.actor_serves()
  AND r.since <= statement_timestamp() AND r.until > statement_timestamp()
""",
)

"""Who the actor is to the wall: what they hold, and whose own data are theirs."""

from __future__ import annotations

from typing import Final

from lueckenlos.commons.accounts import wall as accounts
from lueckenlos.core import rls

# What the actor holds: themselves at work, their office for the purpose they named, and their teams. PL/pgSQL keeps
# its plans for the session: in SQL each statement of a closed room would plan these anew. The context is read once.
HOLDERS: Final = rls.definer(
    "actor_holders",
    returns="uuid[]",
    body=f"""
DECLARE
  c text[] := wall.actor_context();
BEGIN
  IF {accounts.SERVES} THEN
    RETURN array_remove(ARRAY[wall.holder(c[3], c[4]), wall.holder(c[4], NULLIF(c[5], ''))], NULL)
      || ARRAY(SELECT m.unit_id FROM {accounts.teams(person="NULLIF(c[3], '')::uuid", office="c[4]::uuid")});
  END IF;
  RETURN '{{}}';
END
""",
)

# A family's person by account, or by a code for this one page.
OWN_PERSON: Final = rls.definer(
    "actor_own_person",
    returns="uuid",
    body="""
DECLARE
  c text[] := wall.actor_context();
BEGIN
  RETURN CASE WHEN c[2] = 'family' THEN NULLIF(c[3], '') WHEN c[2] = 'link' AND c[5] = 'own-data' THEN c[6] END::uuid;
END
""",
)

OWN_FILES: Final = rls.definer(
    "own_files",
    returns="uuid[]",
    body="""
DECLARE
  own uuid := wall.actor_own_person();
BEGIN
  IF own IS NULL THEN
    RETURN '{}';
  END IF;
  RETURN (SELECT coalesce(array_agg(f.id), '{}') FROM public.privacy_party p
    JOIN public.privacy_file f ON f.id = p.file_id
    WHERE p.person = own AND NOT f.held_back AND (f.own_of IS NULL OR f.own_of = p.person));
END
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

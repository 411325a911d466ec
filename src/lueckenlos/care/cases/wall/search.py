"""Records found by their words, among those that the actor may see and no others.

An operator that is not leakproof (`@@`) waits below a policy until every row was judged. Here the actor's own rows are
named first, then the words are looked for in them alone: so what others have written costs no time, and neither an
index of all words nor the time of an answer tells that a word stands in a file that is not theirs.
"""

from __future__ import annotations

from typing import Final

from django.db.migrations import RunSQL

from lueckenlos.commons.privacy import policies as privacy
from lueckenlos.core import rls

GERMAN: Final = "'pg_catalog.german'::regconfig"
MOST: Final = 100
LONGEST: Final = 400

# The stems of a record, kept by the database beside its words and erased with them.
STEMS: Final = RunSQL(
    f"""
    ALTER TABLE public.cases_record ADD COLUMN IF NOT EXISTS stems tsvector GENERATED ALWAYS AS (
      to_tsvector({GERMAN}, words) || to_tsvector({GERMAN}, text) || jsonb_to_tsvector({GERMAN}, data, '["string"]')
    ) STORED;
    """,
    reverse_sql="ALTER TABLE public.cases_record DROP COLUMN IF EXISTS stems;",
)

# The first condition names the rows that can be the actor's, by index; the second is the rule of the table itself.
# The job that erases sees every row and has no file of its own: it finds nothing.
RECORDS_SEARCH: Final = rls.definer(
    "records_search",
    arguments="words text, most integer",
    returns="SETOF uuid",
    body=f"""
DECLARE
  question tsquery := websearch_to_tsquery({GERMAN}, left(words, {LONGEST}));
  me uuid := wall.actor_person();
  own uuid := wall.actor_own_person();
  files uuid[] := ARRAY(SELECT DISTINCT a.file_id FROM public.privacy_access a
    WHERE a.holder = ANY (wall.actor_holders())
      AND a.since <= statement_timestamp() AND a.until > statement_timestamp());
  openings uuid[] := ARRAY(SELECT o.record FROM public.privacy_opening o
    WHERE o.person = me AND o.organization_id = wall.actor_serves());
BEGIN
  RETURN QUERY SELECT r.id FROM public.cases_record r
    WHERE (r.file_id = ANY (files) OR r.confided_to = me OR r.id = ANY (openings) OR r.about = own)
      AND r.stems @@ question
      AND {privacy.past_the_wall(privacy.sees_content("r"))}
    ORDER BY r.happened_at DESC, r.id LIMIT least(most, {MOST});
END
""",
)

FUNCTIONS: Final = (STEMS, RECORDS_SEARCH)

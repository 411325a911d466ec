"""What a family's own person may do in a request of theirs: add words, and take it back. Nothing else."""

from __future__ import annotations

from typing import Final

from lueckenlos.core import rls

_REFUSE: Final = "RAISE EXCEPTION 'file_not_yours' USING ERRCODE = 'insufficient_privilege'"
# Requests alone: nobody closes or changes a case of help, crisis or protection by a code.
_OWN_REQUEST: Final = f"""
  SELECT x.* INTO f FROM public.privacy_file x
    WHERE x.id = of_file AND x.id = ANY (wall.own_files()) AND x.retention_class = 'request' FOR NO KEY UPDATE;
  IF NOT FOUND OR NOT EXISTS (SELECT FROM public.cases_case c WHERE c.file_id = of_file) THEN
    {_REFUSE};
  END IF;
"""

# New words after an answer are a new question: the request goes back to its beginning, so that nothing can be closed
# before they are answered, and what was closed is open again.
OWN_WORDS: Final = rls.definer(
    "own_words_add",
    arguments="of_file uuid, new_record uuid, of_kind text, their_words text, fields jsonb, back_to text",
    returns="void",
    volatility=rls.Volatility.VOLATILE,
    body=f"""
DECLARE
  f public.privacy_file%ROWTYPE;
BEGIN
  {_OWN_REQUEST}
  IF back_to <> '' THEN
    INSERT INTO public.cases_stagemove (id, file_id, from_stage, to_stage, moved_at)
      SELECT gen_random_uuid(), of_file, c.stage, back_to, clock_timestamp()
      FROM public.cases_case c WHERE c.file_id = of_file;
    UPDATE public.cases_case SET stage = back_to, closed_at = NULL WHERE file_id = of_file;
    UPDATE public.privacy_file SET closed_at = NULL, erase_after = NULL WHERE id = of_file;
  END IF;
  INSERT INTO public.cases_record (id, file_id, organization_id, category, about, held_back, author, created_at,
      version, kind, words, text, data, happened_at, is_draft)
    VALUES (new_record, of_file, f.organization_id, 'situation', wall.actor_own_person(), false, NULL,
      clock_timestamp(), 1, of_kind, their_words, '', fields, clock_timestamp(), false);
END
""",
)

# Whoever takes a request back need not wait for its year to end: thirty days, so that words can still be added.
OWN_WITHDRAW: Final = rls.definer(
    "own_request_withdraw",
    arguments="of_file uuid, last_stage text",
    returns="void",
    volatility=rls.Volatility.VOLATILE,
    body=f"""
DECLARE
  f public.privacy_file%ROWTYPE;
BEGIN
  {_OWN_REQUEST}
  INSERT INTO public.cases_stagemove (id, file_id, from_stage, to_stage, moved_at)
    SELECT gen_random_uuid(), of_file, c.stage, last_stage, clock_timestamp()
    FROM public.cases_case c WHERE c.file_id = of_file AND c.closed_at IS NULL;
  UPDATE public.cases_case SET stage = last_stage, closed_at = clock_timestamp() WHERE file_id = of_file;
  UPDATE public.privacy_file SET closed_at = clock_timestamp(), erase_after = clock_timestamp() + interval '30 days'
    WHERE id = of_file;
END
""",
)

FUNCTIONS: Final = (OWN_WORDS, OWN_WITHDRAW)

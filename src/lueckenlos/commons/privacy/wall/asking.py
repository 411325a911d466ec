"""How a consent that somebody was asked for is answered, and what leaves its trace."""

from __future__ import annotations

from typing import Final

from lueckenlos.commons.privacy.wall.refusing import UNFIT
from lueckenlos.core import rls

# The one who was asked answers, by link, by account or on the office's tablet; part of what was asked may be chosen.
DRAFT_ANSWER: Final = rls.definer(
    "draft_answer",
    arguments="which uuid, chosen integer[], consent uuid, form_of text, proof uuid, oral text, moment timestamptz",
    returns="text",
    volatility=rls.Volatility.VOLATILE,
    body=f"""
DECLARE
  d public.privacy_consentdraft%ROWTYPE;
  entitled boolean;
  role_of text;
BEGIN
  SELECT * INTO d FROM public.privacy_consentdraft WHERE id = which FOR UPDATE;
  entitled := FOUND AND (d.id = wall.actor_record() OR d.asked = wall.actor_own_person()
    OR wall.may_work_in(d.file_id));
  IF NOT coalesce(entitled, false) OR d.answer <> 'open' OR d.expires_at <= clock_timestamp() THEN
    RETURN 'closed';
  END IF;
  IF coalesce(cardinality(chosen), 0) = 0 THEN
    UPDATE public.privacy_consentdraft SET answer = 'declined', answered_at = clock_timestamp() WHERE id = which;
    RETURN 'declined';
  END IF;
  SELECT p.role INTO role_of FROM public.privacy_party p WHERE p.file_id = d.file_id AND p.person = d.asked;
  IF NOT FOUND THEN
    {UNFIT.format(name="consent_for_a_stranger")};
  END IF;
  INSERT INTO public.privacy_consent (id, file_id, text_id, given_by, given_role, subject, form, oral_reason, evidence,
      given_at, valid_until, end_named, recorded_by, recorded_at, state)
    VALUES (consent, d.file_id, d.text_id, d.asked, role_of, d.subject, form_of, coalesce(oral, ''), proof,
      coalesce(moment, clock_timestamp()), d.valid_until, d.end_named,
      CASE WHEN wall.actor_kind() = 'person' THEN wall.actor_person() END, transaction_timestamp(), 'given');
  INSERT INTO public.privacy_scope (id, consent_id, purpose, category, organization_id, mode)
    SELECT gen_random_uuid(), consent, s->>'purpose', s->>'category', (s->>'organization')::uuid, s->>'mode'
    FROM jsonb_array_elements(d.scopes) WITH ORDINALITY e(s, place) WHERE place - 1 = ANY (chosen);
  IF NOT FOUND THEN
    {UNFIT.format(name="consent_is_empty")};
  END IF;
  UPDATE public.privacy_consentdraft
    SET answer = 'agreed', answered_at = clock_timestamp(), consent_id = consent WHERE id = which;
  RETURN 'agreed';
END
""",
)

DRAFT_REVOKE: Final = rls.definer(
    "draft_revoke",
    arguments="which uuid",
    returns="boolean",
    volatility=rls.Volatility.VOLATILE,
    body="""
DECLARE
  done integer;
BEGIN
  UPDATE public.privacy_consentdraft d SET answer = 'revoked', answered_at = clock_timestamp()
    WHERE d.id = which AND d.answer = 'open' AND wall.may_work_in(d.file_id);
  GET DIAGNOSTICS done = ROW_COUNT;
  RETURN done = 1;
END
""",
)

# One line a day for each category about each person: who saw it, and on which ground. Told by whoever saw it.
DISCLOSE: Final = rls.definer(
    "disclose",
    arguments="which uuid, about uuid[], categories text[], ground_of text, on_day date",
    returns="bigint",
    volatility=rls.Volatility.VOLATILE,
    body="""
DECLARE
  done bigint;
BEGIN
  IF NOT EXISTS (SELECT FROM public.privacy_access a WHERE a.file_id = which
      AND a.holder = ANY (wall.actor_holders())
      AND a.since <= statement_timestamp() AND a.until > statement_timestamp()) THEN
    RETURN 0;
  END IF;
  INSERT INTO public.privacy_disclosure (id, file_id, subject, category, person, organization_id, purpose, ground,
      seen_on, seen_at)
    SELECT DISTINCT ON (s, c) gen_random_uuid(), which, s, c, wall.actor_person(), wall.actor_serves(),
      coalesce(wall.actor_purpose(), ''), ground_of, on_day, clock_timestamp()
    FROM unnest(about, categories) x(s, c)
  ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS done = ROW_COUNT;
  RETURN done;
END
""",
)

# Data protection learns that a step was taken, when and towards whom, and never about whom.
PROTECTION_TOLD: Final = rls.definer(
    "protection_told",
    returns="trigger",
    volatility=rls.Volatility.VOLATILE,
    body="""
BEGIN
  INSERT INTO public.privacy_protectionnotice (id, organization_id, recipient_id, legal_basis, happened_at)
    SELECT gen_random_uuid(), f.organization_id, NEW.organization_id, NEW.legal_basis, clock_timestamp()
    FROM public.privacy_file f WHERE f.id = NEW.file_id;
  RETURN NULL;
END
""",
)

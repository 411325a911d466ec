"""Deeds on consents: what is checked before one is stored, and how one ends."""

from __future__ import annotations

from typing import Final

from lueckenlos.commons.privacy.wall.refusing import REFUSE, UNFIT
from lueckenlos.core import rls

CONSENT_STAMP: Final = rls.definer(
    "consent_stamp",
    returns="trigger",
    volatility=rls.Volatility.VOLATILE,
    body="""
BEGIN
  NEW.recorded_at := transaction_timestamp();
  NEW.state := 'given';
  NEW.ended_at := NULL;
  RETURN NEW;
END
""",
)

# Whoever gives a consent must be one whose consent counts, and it can neither lie in the future nor last longer than
# twelve months, or twenty-four where the end of its purpose is named.
CONSENT_CHECK: Final = rls.definer(
    "consent_check",
    returns="trigger",
    volatility=rls.Volatility.VOLATILE,
    body=f"""
DECLARE
  who public.privacy_party%ROWTYPE;
  alone boolean;
BEGIN
  IF NEW.given_at > clock_timestamp() THEN
    {UNFIT.format(name="consent_in_future")};
  END IF;
  IF NEW.valid_until > NEW.given_at + interval '1 day'
    + (CASE WHEN NEW.end_named = '' THEN interval '12 months' ELSE interval '24 months' END) THEN
    {UNFIT.format(name="consent_too_long")};
  END IF;
  IF NOT EXISTS (SELECT FROM public.privacy_consenttext t WHERE t.id = NEW.text_id AND t.valid_from <= NEW.given_at) THEN
    {UNFIT.format(name="consent_text_not_yet_valid")};
  END IF;
  SELECT * INTO who FROM public.privacy_party p
    WHERE p.file_id = NEW.file_id AND p.person = NEW.subject AND p.is_subject AND p.left_at IS NULL;
  IF NOT FOUND THEN
    {UNFIT.format(name="consent_for_a_stranger")};
  END IF;
  alone := who.of_age_at IS NULL OR who.of_age_at <= NEW.given_at
    OR who.person IS NOT DISTINCT FROM (SELECT f.own_of FROM public.privacy_file f WHERE f.id = NEW.file_id);
  IF NOT (CASE WHEN alone THEN NEW.given_by = NEW.subject
    ELSE EXISTS (SELECT FROM public.privacy_custody c
        WHERE c.file_id = NEW.file_id AND c.child = NEW.subject AND c.guardian = NEW.given_by)
      OR (NEW.given_by = NEW.subject AND coalesce(who.judges_since <= clock_timestamp(), false)) END) THEN
    {UNFIT.format(name="consent_without_custody")};
  END IF;
  RETURN NULL;
END
""",
)

# Scopes come in the same transaction as their consent, or a consent could grow after it was given.
SCOPE_CHECK: Final = rls.definer(
    "scope_check",
    returns="trigger",
    volatility=rls.Volatility.VOLATILE,
    body=f"""
DECLARE
  c public.privacy_consent%ROWTYPE;
BEGIN
  SELECT * INTO c FROM public.privacy_consent WHERE id = NEW.consent_id;
  IF NOT FOUND OR c.recorded_at <> transaction_timestamp() OR NEW.ended_at IS NOT NULL THEN
    {UNFIT.format(name="consent_is_frozen")};
  END IF;
  IF NOT EXISTS (SELECT FROM public.privacy_consenttext t JOIN public.directory_organization o
      ON o.id = NEW.organization_id
    WHERE t.id = c.text_id AND NEW.purpose = ANY (t.purposes) AND NEW.category = ANY (t.categories)
      AND o.kind = ANY (t.recipient_kinds)) THEN
    {UNFIT.format(name="consent_exceeds_its_text")};
  END IF;
  IF EXISTS (SELECT FROM public.directory_organization o
    WHERE o.id = NEW.organization_id AND o.ended_on <= (clock_timestamp() AT TIME ZONE 'Europe/Berlin')::date) THEN
    {UNFIT.format(name="recipient_is_closed")};
  END IF;
  RETURN NEW;
END
""",
)

# A withdrawal ends the consent or its scope in the same transaction; what rests on it is derived anew at once.
WITHDRAW: Final = rls.definer(
    "withdrawal_acts",
    returns="trigger",
    volatility=rls.Volatility.VOLATILE,
    body="""
BEGIN
  IF NEW.scope_id IS NULL THEN
    UPDATE public.privacy_consent SET state = 'withdrawn', ended_at = clock_timestamp()
      WHERE id = NEW.consent_id AND state = 'given';
  ELSE
    UPDATE public.privacy_scope SET ended_at = clock_timestamp()
      WHERE id = NEW.scope_id AND consent_id = NEW.consent_id AND ended_at IS NULL;
    UPDATE public.privacy_consent c SET state = 'withdrawn', ended_at = clock_timestamp()
      WHERE c.id = NEW.consent_id AND c.state = 'given'
        AND NOT EXISTS (SELECT FROM public.privacy_scope s WHERE s.consent_id = c.id AND s.ended_at IS NULL);
  END IF;
  RETURN NULL;
END
""",
)

# What a newer consent of the same person for the same data replaces, ends with the word "replaced".
CONSENT_REPLACE: Final = rls.definer(
    "consent_replace",
    arguments="old uuid, new uuid",
    returns="boolean",
    volatility=rls.Volatility.VOLATILE,
    body="""
DECLARE
  done integer;
BEGIN
  UPDATE public.privacy_consent o SET state = 'replaced', ended_at = clock_timestamp()
    FROM public.privacy_consent n
    WHERE o.id = old AND n.id = new AND o.state = 'given' AND n.state = 'given' AND o.id <> n.id
      AND n.file_id = o.file_id AND n.given_by = o.given_by AND n.subject = o.subject
      AND (wall.may_work_in(o.file_id) OR o.given_by = wall.actor_own_person());
  GET DIAGNOSTICS done = ROW_COUNT;
  RETURN done = 1;
END
""",
)

CONSENT_EXPIRE: Final = rls.definer(
    "consent_expire",
    returns="bigint",
    volatility=rls.Volatility.VOLATILE,
    body=f"""
DECLARE
  done bigint;
BEGIN
  IF coalesce(wall.actor_job(), '') <> 'privacy-expire' THEN
    {REFUSE.format(name="job_alone")};
  END IF;
  UPDATE public.privacy_consent SET state = 'expired', ended_at = valid_until
    WHERE state = 'given' AND valid_until <= clock_timestamp();
  GET DIAGNOSTICS done = ROW_COUNT;
  -- Whoever came of age: what others released has ended by itself; what they agreed to themselves begins with a deed.
  PERFORM wall.access_derive(t.file_id) FROM (
    SELECT DISTINCT p.file_id FROM public.privacy_party p
    WHERE p.of_age_at <= clock_timestamp() AND p.is_subject AND p.left_at IS NULL
      AND EXISTS (SELECT FROM public.privacy_consent c WHERE c.file_id = p.file_id AND c.subject = p.person
        AND c.given_by = p.person AND c.state = 'given')
      AND NOT EXISTS (SELECT FROM public.privacy_release r WHERE r.file_id = p.file_id AND r.subject = p.person
        AND r.until > clock_timestamp())
    ORDER BY 1) t;
  RETURN done;
END
""",
)

"""What follows from an answer: what it allowed, how it is taken back by the same link, and whom to tell."""

from __future__ import annotations

from typing import Final

from lueckenlos.core import rls

# Who may speak of a draft: whoever holds its link, the one who is asked, and whose task the file is.
_ENTITLED: Final = (
    "(d.id = wall.actor_record() AND wall.actor_purpose() = 'consent' "
    "OR d.asked = wall.actor_own_person() OR wall.may_work_in(d.file_id))"
)

# The office that asks: whoever is asked must know it, and sees nothing else of the file.
DRAFT_ASKER: Final = rls.definer(
    "draft_asker",
    arguments="which uuid",
    returns="uuid",
    language="sql",
    body=f"""
SELECT f.organization_id FROM public.privacy_consentdraft d JOIN public.privacy_file f ON f.id = d.file_id
WHERE d.id = which AND {_ENTITLED}
""",
)

# What an answered draft allowed, what of it still holds, and whether it is open by now (others may have to agree
# too): a link sees no consent, only this.
DRAFT_GIVEN: Final = rls.definer(
    "draft_given",
    arguments="which uuid",
    returns=(
        "TABLE(scope uuid, purpose text, category text, organization uuid, mode text, until timestamptz, "
        "is_open boolean, is_released boolean)"
    ),
    language="sql",
    body=f"""
SELECT s.id, s.purpose::text, s.category::text, s.organization_id, s.mode::text, c.valid_until,
  c.state = 'given' AND s.ended_at IS NULL AND c.valid_until > statement_timestamp(),
  EXISTS (SELECT FROM public.privacy_release r WHERE r.file_id = c.file_id AND r.subject = c.subject
    AND r.organization_id = s.organization_id AND r.purpose = s.purpose AND r.category = s.category
    AND r.since <= statement_timestamp() AND r.until > statement_timestamp())
FROM public.privacy_consentdraft d JOIN public.privacy_consent c ON c.id = d.consent_id
  JOIN public.privacy_scope s ON s.consent_id = c.id
WHERE d.id = which AND {_ENTITLED}
ORDER BY s.organization_id, s.purpose, s.category
""",
)

# As easy to take back as to give (Art. 7 (3) GDPR): by the same link, as long as the device keeps it.
DRAFT_WITHDRAW: Final = rls.definer(
    "draft_withdraw",
    arguments="which uuid, parts uuid[]",
    returns="uuid",
    volatility=rls.Volatility.VOLATILE,
    tables={"privacy_withdrawal": "SELECT, INSERT"},
    body="""
DECLARE
  d public.privacy_consentdraft%ROWTYPE;
BEGIN
  SELECT * INTO d FROM public.privacy_consentdraft WHERE id = which;
  IF NOT FOUND OR d.consent_id IS NULL OR d.id IS DISTINCT FROM wall.actor_record()
    OR wall.actor_purpose() IS DISTINCT FROM 'consent'
    OR NOT EXISTS (SELECT FROM public.privacy_consent c WHERE c.id = d.consent_id AND c.state = 'given') THEN
    RETURN NULL;
  END IF;
  IF coalesce(cardinality(parts), 0) = 0 THEN
    INSERT INTO public.privacy_withdrawal (id, consent_id, scope_id, withdrawn_at, by_person, way)
      VALUES (gen_random_uuid(), d.consent_id, NULL, clock_timestamp(), d.asked, 'link');
  ELSE
    INSERT INTO public.privacy_withdrawal (id, consent_id, scope_id, withdrawn_at, by_person, way)
      SELECT gen_random_uuid(), d.consent_id, s.id, clock_timestamp(), d.asked, 'link'
      FROM public.privacy_scope s WHERE s.consent_id = d.consent_id AND s.id = ANY (parts) AND s.ended_at IS NULL;
  END IF;
  RETURN d.consent_id;
END
""",
)

# The newest word counts: an older consent of the same person for the same data, which the newer one covers in
# everything and outlasts, ends as replaced. Otherwise one withdrawal would leave the older one open behind it.
CONSENT_SUPERSEDE: Final = rls.definer(
    "consent_supersede",
    arguments="newer uuid",
    returns="bigint",
    volatility=rls.Volatility.VOLATILE,
    body="""
DECLARE
  n public.privacy_consent%ROWTYPE;
  done bigint;
BEGIN
  SELECT * INTO n FROM public.privacy_consent WHERE id = newer AND state = 'given';
  IF NOT FOUND OR NOT (wall.may_work_in(n.file_id) OR coalesce(n.given_by = wall.actor_own_person(), false)
    OR EXISTS (SELECT FROM public.privacy_consentdraft d
      WHERE d.consent_id = n.id AND d.id = wall.actor_record() AND wall.actor_purpose() = 'consent')) THEN
    RETURN 0;
  END IF;
  UPDATE public.privacy_consent o SET state = 'replaced', ended_at = clock_timestamp()
    WHERE o.file_id = n.file_id AND o.given_by = n.given_by AND o.subject = n.subject AND o.id <> n.id
      AND o.state = 'given' AND o.valid_until <= n.valid_until
      AND NOT EXISTS (SELECT FROM public.privacy_scope s WHERE s.consent_id = o.id AND s.ended_at IS NULL
        AND NOT EXISTS (SELECT FROM public.privacy_scope t WHERE t.consent_id = n.id AND t.ended_at IS NULL
          AND (t.purpose, t.category, t.organization_id, t.mode)
            = (s.purpose, s.category, s.organization_id, s.mode)));
  GET DIAGNOSTICS done = ROW_COUNT;
  RETURN done;
END
""",
)

# Who has seen by consent what was withdrawn in this very transaction: they are told to delete their copies. Asked by
# whoever could withdraw it, and nobody else.
WITHDRAWAL_RECIPIENTS: Final = rls.definer(
    "withdrawal_recipients",
    arguments="which uuid",
    returns="TABLE(organization uuid, person uuid, teller uuid, for_what text, seen_on date)",
    language="sql",
    body="""
SELECT x.organization_id, x.person, f.organization_id, x.purpose::text, max(x.seen_on)
FROM public.privacy_consent c JOIN public.privacy_file f ON f.id = c.file_id
  JOIN public.privacy_scope s ON s.consent_id = c.id
  JOIN public.privacy_disclosure x ON x.file_id = c.file_id AND x.organization_id = s.organization_id
    AND x.category = s.category AND x.purpose = s.purpose AND x.subject IN (c.subject, c.file_id)
    AND x.ground = 'consent' AND x.person IS NOT NULL
WHERE c.id = which AND (c.ended_at >= transaction_timestamp() OR s.ended_at >= transaction_timestamp())
  AND (wall.may_work_in(c.file_id) OR c.given_by = wall.actor_own_person()
    OR EXISTS (SELECT FROM public.privacy_consentdraft d WHERE d.consent_id = c.id AND d.id = wall.actor_record()
      AND wall.actor_purpose() = 'consent'))
GROUP BY x.organization_id, x.person, f.organization_id, x.purpose
""",
)

# A release from secrecy ends by the word of who gave it: told to the office, or on their own page.
SECRECY_END: Final = rls.definer(
    "secrecy_end",
    arguments="which uuid",
    returns="boolean",
    volatility=rls.Volatility.VOLATILE,
    tables={"privacy_confidentialityrelease": "SELECT, UPDATE"},
    body="""
DECLARE
  done integer;
BEGIN
  UPDATE public.privacy_confidentialityrelease r SET ended_at = clock_timestamp()
    WHERE r.id = which AND r.ended_at IS NULL
      AND (wall.may_work_in(r.file_id) OR r.given_by = wall.actor_own_person());
  GET DIAGNOSTICS done = ROW_COUNT;
  RETURN done = 1;
END
""",
)

# Whose task the files of the family's own person are, so that what they ask for finds its owner.
OWN_OFFICES: Final = rls.definer(
    "own_offices",
    returns="TABLE(file uuid, organization uuid, person uuid, unit uuid)",
    language="sql",
    body="""
SELECT f.id, f.organization_id, a.person, a.unit_id
FROM public.privacy_file f JOIN public.privacy_assignment a ON a.file_id = f.id AND a.until IS NULL
WHERE f.id = ANY (wall.own_files()) ORDER BY f.opened_at
""",
)

# Which parts of the own person's consents are open by now: others may have to agree too.
OWN_RELEASED: Final = rls.definer(
    "own_released",
    returns="uuid[]",
    language="sql",
    body="""
SELECT coalesce(array_agg(s.id), '{}')
FROM public.privacy_consent c JOIN public.privacy_scope s ON s.consent_id = c.id
  JOIN public.privacy_release r ON r.file_id = c.file_id AND r.subject = c.subject
    AND r.organization_id = s.organization_id AND r.purpose = s.purpose AND r.category = s.category
WHERE c.given_by = wall.actor_own_person() AND c.state = 'given' AND s.ended_at IS NULL
  AND r.since <= statement_timestamp() AND r.until > statement_timestamp()
""",
)

FUNCTIONS: Final = (
    DRAFT_ASKER,
    DRAFT_GIVEN,
    DRAFT_WITHDRAW,
    CONSENT_SUPERSEDE,
    WITHDRAWAL_RECIPIENTS,
    SECRECY_END,
    OWN_OFFICES,
    OWN_RELEASED,
)

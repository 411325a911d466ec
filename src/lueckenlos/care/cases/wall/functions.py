"""The definer functions of this room, all of them: each sees what its caller may not, and each checks who calls."""

from __future__ import annotations

from typing import Final

from lueckenlos.care.cases.wall import families, search
from lueckenlos.core import rls

_REFUSE: Final = "RAISE EXCEPTION '{name}' USING ERRCODE = 'insufficient_privilege'"

# Whoever brings a matter (a family, a child, nobody known) writes its first record into the file that this very
# transaction opened; afterwards they see it as their own data alone.
REQUEST_RECEIVE: Final = rls.definer(
    "request_receive",
    arguments=(
        "of_file uuid, new_case uuid, new_record uuid, on_pathway uuid, first_stage text, called text, "
        "by_channel text, in_language text, from_ags text, by_person uuid, first_kind text, their_words text, "
        "who_comes text"
    ),
    returns="void",
    volatility=rls.Volatility.VOLATILE,
    tables={
        "cases_case": "SELECT, INSERT",
        "cases_record": "SELECT, INSERT, UPDATE",
        "cases_referral": "SELECT, UPDATE",
        "cases_pathway": "SELECT",
        "privacy_cover": "UPDATE",
        "cases_stagemove": "INSERT",
    },
    body=f"""
DECLARE
  f public.privacy_file%ROWTYPE;
BEGIN
  SELECT * INTO f FROM public.privacy_file WHERE id = of_file;
  IF NOT FOUND OR f.opened_at <> transaction_timestamp()
    OR EXISTS (SELECT FROM public.cases_case c WHERE c.file_id = of_file) THEN
    {_REFUSE.format(name="file_not_yours")};
  END IF;
  INSERT INTO public.cases_case (id, file_id, organization_id, pathway_id, stage, pseudonym, channel, language,
      municipality_id, opened_at)
    VALUES (new_case, of_file, f.organization_id, on_pathway, first_stage, called, by_channel, in_language,
      from_ags, clock_timestamp());
  INSERT INTO public.cases_record (id, file_id, organization_id, category, about, held_back, author, created_at,
      version, kind, words, text, data, happened_at, is_draft)
    VALUES (new_record, of_file, f.organization_id, 'situation', coalesce(by_person, of_file), false, NULL,
      clock_timestamp(), 1, first_kind, their_words, '',
      jsonb_build_object('words', their_words, 'who', who_comes), clock_timestamp(), false);
  INSERT INTO public.cases_stagemove (id, file_id, from_stage, to_stage, moved_at)
    VALUES (gen_random_uuid(), of_file, '', first_stage, clock_timestamp());
END
""",
)

# § 65 (1) SGB VIII: the one to whom it was confided opens it; at a change of worker with signs of danger, and then
# alone, the head of the team, for the one whose task it is now, within the office to which it was confided.
CONFIDED_OPEN: Final = rls.definer(
    "confided_open",
    arguments="new_id uuid, of_record uuid, to_person uuid, of_organization uuid, ground_of text, why text",
    returns="void",
    volatility=rls.Volatility.VOLATILE,
    body=f"""
DECLARE
  r public.cases_record%ROWTYPE;
BEGIN
  SELECT * INTO r FROM public.cases_record WHERE id = of_record AND confided_to IS NOT NULL;
  IF NOT FOUND OR NOT (
    (r.confided_to = wall.actor_person() AND r.organization_id = wall.actor_serves()
      AND ground_of IN ('agreed', 'court', 'protection_team'))
    OR (ground_of = 'change_of_worker' AND EXISTS (SELECT FROM public.privacy_file f
      JOIN public.privacy_assignment a ON a.file_id = f.id AND a.until IS NULL
      WHERE f.id = r.file_id AND f.unit_id = ANY (wall.actor_headed_units())
        AND f.organization_id = r.organization_id AND f.organization_id = of_organization
        AND (a.person = to_person OR EXISTS (SELECT FROM public.accounts_membership m
          WHERE m.unit_id = a.unit_id AND m.user_id = to_person AND m.since <= statement_timestamp()
            AND (m.until IS NULL OR m.until > statement_timestamp())))))) THEN
    {_REFUSE.format(name="confided_not_yours")};
  END IF;
  INSERT INTO public.privacy_opening
    (id, file_id, record, person, organization_id, ground, reason, opened_by, opened_at)
  VALUES (new_id, r.file_id, of_record, to_person, of_organization, ground_of, why, wall.actor_person(),
    clock_timestamp())
  ON CONFLICT (record, person, organization_id) DO NOTHING;
END
""",
)

# The receiver takes over the whole task: only what was offered to them, and only while a consent to the handover
# holds; then the file is theirs and no longer the giver's.
HANDOVER_ACCEPT: Final = rls.definer(
    "handover_accept",
    arguments="which uuid, to_unit uuid",
    returns="void",
    volatility=rls.Volatility.VOLATILE,
    body=f"""
DECLARE
  r public.cases_referral%ROWTYPE;
BEGIN
  SELECT * INTO r FROM public.cases_referral WHERE id = which FOR UPDATE;
  IF NOT FOUND OR r.mode <> 'hand_over' OR r.state <> 'proposed' OR r.ended_at IS NOT NULL
    OR r.to_organization_id IS DISTINCT FROM wall.actor_serves()
    OR NOT EXISTS (SELECT FROM public.privacy_release a WHERE a.file_id = r.file_id
      AND a.organization_id = r.to_organization_id AND a.purpose = 'handover'
      AND a.since <= statement_timestamp() AND a.until > statement_timestamp())
    -- All that is written must be covered: the whole file goes, not the one category that was agreed to.
    OR EXISTS (SELECT FROM public.cases_record w WHERE w.file_id = r.file_id AND w.confided_to IS NULL
      AND NOT EXISTS (SELECT FROM public.privacy_release a WHERE a.file_id = r.file_id
        AND a.organization_id = r.to_organization_id AND a.purpose = 'handover' AND a.category = w.category
        AND a.subject IN (w.about, r.file_id)
        AND a.since <= statement_timestamp() AND a.until > statement_timestamp()))
    OR NOT EXISTS (SELECT FROM public.accounts_unit u WHERE u.id = to_unit
      AND u.organization_id = r.to_organization_id AND u.ended_at IS NULL) THEN
    {_REFUSE.format(name="handover_not_open")};
  END IF;
  UPDATE public.privacy_assignment SET until = clock_timestamp() WHERE file_id = r.file_id AND until IS NULL;
  -- Whoever stepped in for the giver does so no longer.
  UPDATE public.privacy_cover SET until = clock_timestamp() WHERE file_id = r.file_id AND until > clock_timestamp();
  UPDATE public.privacy_file SET organization_id = r.to_organization_id, unit_id = to_unit WHERE id = r.file_id;
  UPDATE public.cases_case SET organization_id = r.to_organization_id WHERE file_id = r.file_id;
  INSERT INTO public.privacy_assignment (id, file_id, unit_id, since, reason, assigned_by)
    VALUES (gen_random_uuid(), r.file_id, to_unit, clock_timestamp(), 'Übergabe', wall.actor_person());
  UPDATE public.cases_referral SET state = 'accepted', answered_at = clock_timestamp(),
    answered_by = wall.actor_person(), version = version + 1 WHERE id = which;
END
""",
)

# One tap in a mail: the link knows one open referral, says whether somebody arrived, and learns nothing.
REFERRAL_CONFIRM: Final = rls.definer(
    "referral_confirm",
    arguments="outcome text, why text",
    returns="TABLE(municipality text, service uuid)",
    volatility=rls.Volatility.VOLATILE,
    body="""
BEGIN
  IF wall.actor_kind() <> 'link' OR wall.actor_purpose() IS DISTINCT FROM 'referral'
    OR outcome NOT IN ('arrived', 'not_arrived') THEN
    RETURN;
  END IF;
  RETURN QUERY UPDATE public.cases_referral r SET state = outcome, reason = why, ended_at = clock_timestamp(),
      version = r.version + 1
    FROM public.cases_case c
    WHERE r.id = wall.actor_record() AND r.state IN ('proposed', 'accepted') AND c.file_id = r.file_id
    RETURNING c.municipality_id::text, r.service;
END
""",
)

FUNCTIONS: Final = (REQUEST_RECEIVE, CONFIDED_OPEN, HANDOVER_ACCEPT, REFERRAL_CONFIRM)
# What came later has a migration of its own.
FAMILIES: Final = families.FUNCTIONS
SEARCH: Final = search.FUNCTIONS

"""Deeds on files that policies alone cannot judge: opening, giving on, closing, cover, erasing."""

from __future__ import annotations

from typing import Final

from lueckenlos.commons.privacy.wall.refusing import REFUSE, UNFIT
from lueckenlos.core import rls

MAY_WORK: Final = rls.definer(
    "may_work_in",
    arguments="which uuid",
    returns="boolean",
    language="sql",
    body="""
SELECT EXISTS (SELECT FROM public.privacy_access a WHERE a.file_id = which AND a.everything AND a.writes
  AND a.holder = ANY (wall.actor_holders())
  AND a.since <= statement_timestamp() AND a.until > statement_timestamp())
""",
)

FILE_OPEN: Final = rls.definer(
    "file_open",
    arguments=(
        "new_id uuid, of_organization uuid, of_unit uuid, for_young uuid, hold_back boolean, retention text, "
        "to_person uuid"
    ),
    returns="void",
    volatility=rls.Volatility.VOLATILE,
    body=f"""
BEGIN
  -- A family, a link, a job or nobody may bring a matter to a team; only people at work take one on themselves.
  IF wall.actor_serves() IS DISTINCT FROM of_organization AND (to_person IS NOT NULL OR of_unit IS NULL) THEN
    {REFUSE.format(name="file_of_another_office")};
  END IF;
  IF of_unit IS NOT NULL AND NOT EXISTS (SELECT FROM public.accounts_unit u
    WHERE u.id = of_unit AND u.organization_id = of_organization AND u.ended_at IS NULL) THEN
    {UNFIT.format(name="unit_of_another_office")};
  END IF;
  INSERT INTO public.privacy_file
    (id, organization_id, unit_id, own_of, held_back, retention_class, opened_at)
  VALUES (new_id, of_organization, of_unit, for_young, hold_back, retention, transaction_timestamp());
  INSERT INTO public.privacy_assignment (id, file_id, person, unit_id, since, reason, assigned_by)
  VALUES (gen_random_uuid(), new_id, to_person, CASE WHEN to_person IS NULL THEN of_unit END,
    clock_timestamp(), '', wall.actor_person());
END
""",
)

FILE_ASSIGN: Final = rls.definer(
    "file_assign",
    arguments="which uuid, to_person uuid, to_unit uuid, why text",
    returns="void",
    volatility=rls.Volatility.VOLATILE,
    body=f"""
DECLARE
  f public.privacy_file%ROWTYPE;
BEGIN
  SELECT * INTO f FROM public.privacy_file WHERE id = which FOR NO KEY UPDATE;
  -- Who steps in for a time may write, but not make the file their own.
  IF NOT FOUND OR NOT (coalesce(f.unit_id = ANY (wall.actor_headed_units()), false)
    OR EXISTS (SELECT FROM public.privacy_access a WHERE a.file_id = which AND a.ground = 'own_task'
      AND a.holder = ANY (wall.actor_holders())
      AND a.since <= statement_timestamp() AND a.until > statement_timestamp())) THEN
    {REFUSE.format(name="file_not_yours")};
  END IF;
  IF (to_person IS NULL) = (to_unit IS NULL) OR coalesce(why, '') = '' THEN
    {UNFIT.format(name="assignment_unfit")};
  END IF;
  IF to_unit IS NOT NULL AND NOT EXISTS (SELECT FROM public.accounts_unit u
    WHERE u.id = to_unit AND u.organization_id = f.organization_id AND u.ended_at IS NULL) THEN
    {UNFIT.format(name="unit_of_another_office")};
  END IF;
  UPDATE public.privacy_assignment SET until = clock_timestamp() WHERE file_id = which AND until IS NULL;
  INSERT INTO public.privacy_assignment (id, file_id, person, unit_id, since, reason, assigned_by)
  VALUES (gen_random_uuid(), which, to_person, to_unit, clock_timestamp(), why, wall.actor_person());
  IF to_unit IS NOT NULL THEN
    UPDATE public.privacy_file SET unit_id = to_unit WHERE id = which;
  END IF;
END
""",
)

FILE_CLOSE: Final = rls.definer(
    "file_close",
    arguments="which uuid, moment timestamptz, keep_until timestamptz",
    returns="void",
    volatility=rls.Volatility.VOLATILE,
    body=f"""
BEGIN
  IF NOT wall.may_work_in(which) THEN
    {REFUSE.format(name="file_not_yours")};
  END IF;
  UPDATE public.privacy_file SET closed_at = moment, erase_after = keep_until WHERE id = which;
END
""",
)

# The head of the unit lets somebody step in: for illness with a pen, to look without one. Four weeks at most.
COVER_GRANT: Final = rls.definer(
    "cover_grant",
    arguments="new_id uuid, which uuid, to_person uuid, of_organization uuid, why text, kind_of text, ends timestamptz",
    returns="void",
    volatility=rls.Volatility.VOLATILE,
    body=f"""
BEGIN
  IF NOT EXISTS (SELECT FROM public.privacy_file f
    WHERE f.id = which AND f.unit_id = ANY (wall.actor_headed_units())) THEN
    {REFUSE.format(name="cover_not_yours_to_grant")};
  END IF;
  IF ends <= clock_timestamp() OR ends > clock_timestamp() + interval '28 days' THEN
    {UNFIT.format(name="cover_too_long")};
  END IF;
  INSERT INTO public.privacy_cover
    (id, file_id, person, organization_id, kind, reason, granted_by, since, until)
  VALUES (new_id, which, to_person, of_organization, kind_of, why, wall.actor_person(), clock_timestamp(), ends);
END
""",
)

# Everything this room holds of a file, when its time is over; what rooms above hold must be gone before.
FILE_ERASE: Final = rls.definer(
    "file_erase",
    arguments="which uuid",
    returns="boolean",
    volatility=rls.Volatility.VOLATILE,
    tables=dict.fromkeys(
        (
            "privacy_file",
            "privacy_party",
            "privacy_custody",
            "privacy_assignment",
            "privacy_cover",
            "privacy_consent",
            "privacy_scope",
            "privacy_withdrawal",
            "privacy_confidentialityrelease",
            "privacy_consentdraft",
            "privacy_disclosure",
            "privacy_protectionstep",
            "privacy_opening",
        ),
        "SELECT, DELETE",
    ),
    body=f"""
BEGIN
  IF coalesce(wall.actor_job(), '') <> 'retention' THEN
    {REFUSE.format(name="job_alone")};
  END IF;
  PERFORM FROM public.privacy_file f WHERE f.id = which AND f.erase_after <= clock_timestamp() FOR UPDATE;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  DELETE FROM public.privacy_withdrawal w USING public.privacy_consent c
    WHERE c.id = w.consent_id AND c.file_id = which;
  DELETE FROM public.privacy_consentdraft WHERE file_id = which;
  DELETE FROM public.privacy_scope s USING public.privacy_consent c
    WHERE c.id = s.consent_id AND c.file_id = which;
  DELETE FROM public.privacy_consent WHERE file_id = which;
  DELETE FROM public.privacy_confidentialityrelease WHERE file_id = which;
  DELETE FROM public.privacy_disclosure WHERE file_id = which;
  DELETE FROM public.privacy_protectionstep WHERE file_id = which;
  DELETE FROM public.privacy_opening WHERE file_id = which;
  DELETE FROM public.privacy_cover WHERE file_id = which;
  DELETE FROM public.privacy_assignment WHERE file_id = which;
  DELETE FROM public.privacy_custody WHERE file_id = which;
  DELETE FROM public.privacy_party WHERE file_id = which;
  DELETE FROM public.privacy_release WHERE file_id = which;
  DELETE FROM public.privacy_access WHERE file_id = which;
  DELETE FROM public.privacy_file WHERE id = which;
  RETURN true;
END
""",
)

# What a head of a team may know without cover: that there are files, since when, and whose task each is.
FILES_HEADED: Final = rls.definer(
    "files_headed",
    returns="TABLE(file uuid, person uuid, opened timestamptz)",
    language="sql",
    body="""
SELECT f.id, a.person, f.opened_at FROM public.privacy_file f
JOIN public.privacy_assignment a ON a.file_id = f.id AND a.until IS NULL
WHERE f.unit_id = ANY (wall.actor_headed_units()) AND f.closed_at IS NULL ORDER BY f.opened_at, f.id
""",
)

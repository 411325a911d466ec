"""How releases and ways in are derived, by the database, in the transaction that changes what they rest on."""

from __future__ import annotations

from typing import Final

from django.db.migrations import RunSQL

from lueckenlos.core import rls

# A holder is a person at work for an organization, or an office for a purpose; a team is its own uuid. Its body is
# parsed when it is made, so no search_path misleads it, and it dissolves into the statement that calls it.
HOLDER: Final = RunSQL(
    f"""
    CREATE OR REPLACE FUNCTION wall.holder(who text, for_what text) RETURNS uuid LANGUAGE sql IMMUTABLE
      PARALLEL SAFE RETURN md5(who || ':' || for_what)::uuid;
    REVOKE ALL ON FUNCTION wall.holder(text, text) FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION wall.holder(text, text) TO {rls.APPLICATION}, {rls.WALL};
    """,
    reverse_sql="DROP FUNCTION IF EXISTS wall.holder(text, text);",
)

# Who must agree: an adult alone; for a child all who have custody, and the child too once a professional recorded
# that they can judge it; in a young person's own advice (§ 8 (3) SGB VIII) they alone. At eighteen the releases
# that others gave end by themselves. A child without anybody who has custody: nobody can agree, so nothing opens.
RELEASES: Final = """
WITH subject AS (
  SELECT p.person, p.of_age_at, p.judges_since,
    (p.of_age_at IS NULL OR p.of_age_at <= moment OR p.person IS NOT DISTINCT FROM f.own_of) AS alone
  FROM public.privacy_party p WHERE p.file_id = which AND p.is_subject AND p.left_at IS NULL
), needed AS (
  SELECT s.person AS subject, s.person AS who, timestamptz '9999-01-01' AS ends FROM subject s WHERE s.alone
  UNION
  SELECT s.person, c.guardian, least(s.of_age_at, CASE WHEN s.judges_since > moment THEN s.judges_since END)
  FROM subject s JOIN public.privacy_custody c ON c.file_id = which AND c.child = s.person WHERE NOT s.alone
  UNION
  SELECT s.person, s.person, s.of_age_at FROM subject s
  WHERE NOT s.alone AND s.judges_since <= moment
    AND EXISTS (SELECT FROM public.privacy_custody c WHERE c.file_id = which AND c.child = s.person)
), given AS (
  SELECT DISTINCT ON (c.subject, c.given_by, s.purpose, s.category, s.organization_id)
    c.subject, c.given_by, s.purpose, s.category, s.organization_id, s.mode, c.given_at, c.valid_until
  FROM public.privacy_consent c JOIN public.privacy_scope s ON s.consent_id = c.id
  WHERE c.file_id = which AND c.state = 'given' AND s.ended_at IS NULL
    AND c.given_at <= moment AND c.valid_until > moment
  ORDER BY c.subject, c.given_by, s.purpose, s.category, s.organization_id, c.valid_until DESC, c.given_at
), agreed AS (
  SELECT n.subject, g.purpose, g.category, g.organization_id, bool_and(g.mode = 'edit') AS edits,
    max(g.given_at) AS since, min(least(g.valid_until, n.ends)) AS until
  FROM needed n JOIN given g ON g.subject = n.subject AND g.given_by = n.who
  GROUP BY n.subject, g.purpose, g.category, g.organization_id
  HAVING count(*) = (SELECT count(*) FROM needed m WHERE m.subject = n.subject)
), everybody AS (
  SELECT which AS subject, a.purpose, a.category, a.organization_id, bool_and(a.edits) AS edits,
    max(a.since) AS since, min(a.until) AS until
  FROM agreed a GROUP BY a.purpose, a.category, a.organization_id
  HAVING count(*) = (SELECT count(*) FROM subject)
)
INSERT INTO public.privacy_release
  (file_id, subject, category, organization_id, purpose, mode, since, until)
SELECT which, r.subject, r.category, r.organization_id, r.purpose,
  CASE WHEN r.edits THEN 'edit' ELSE 'view' END, r.since, r.until
FROM (SELECT * FROM agreed UNION ALL SELECT * FROM everybody) r WHERE r.until > moment AND r.since < r.until
"""

WAYS_IN: Final = """
INSERT INTO public.privacy_access
  (file_id, holder, everything, subject, category, writes, ground, since, until)
SELECT which, coalesce(a.unit_id, wall.holder(a.person::text, f.organization_id::text)), true, which, '', true,
  'own_task', a.since, coalesce(a.until, timestamptz '9999-01-01')
FROM public.privacy_assignment a WHERE a.file_id = which AND (a.until IS NULL OR a.until > moment)
UNION ALL
SELECT which, wall.holder(c.person::text, c.organization_id::text), true, which, '', c.kind = 'illness',
  'cover', c.since, c.until
FROM public.privacy_cover c WHERE c.file_id = which AND c.until > moment
UNION ALL
SELECT which, wall.holder(r.organization_id::text, r.purpose), false, r.subject, r.category, r.mode = 'edit',
  'consent', r.since, r.until
FROM public.privacy_release r WHERE r.file_id = which
UNION ALL
SELECT which, wall.holder(p.organization_id::text, 'protection'), false, p.subject, category, false,
  'protection', p.since, p.until
FROM public.privacy_protectionstep p, unnest(p.categories) category WHERE p.file_id = which AND p.until > moment
"""

DERIVE: Final = rls.definer(
    "access_derive",
    arguments="which uuid",
    returns="void",
    volatility=rls.Volatility.VOLATILE,
    tables={
        "privacy_file": "SELECT, INSERT, UPDATE",
        "privacy_party": "SELECT, INSERT, UPDATE",
        "privacy_custody": "SELECT, INSERT",
        "privacy_assignment": "SELECT, INSERT, UPDATE",
        "privacy_cover": "SELECT, INSERT",
        "privacy_consenttext": "SELECT",
        "privacy_consent": "SELECT, INSERT, UPDATE",
        "privacy_scope": "SELECT, INSERT, UPDATE",
        "privacy_consentdraft": "SELECT, UPDATE",
        "privacy_protectionstep": "SELECT",
        "privacy_protectionnotice": "INSERT",
        "privacy_opening": "SELECT, INSERT",
        "privacy_disclosure": "SELECT, INSERT",
        "privacy_release": "SELECT, INSERT, DELETE",
        "privacy_access": "SELECT, INSERT, DELETE",
        "directory_organization": "SELECT",
        "accounts_unit": "SELECT",
        "accounts_membership": "SELECT",
    },
    body=f"""
DECLARE
  f public.privacy_file%ROWTYPE;
  moment timestamptz;
BEGIN
  -- The file's row is the lock: two who change its consents wait for each other.
  SELECT * INTO f FROM public.privacy_file WHERE id = which FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  moment := clock_timestamp();
  DELETE FROM public.privacy_access WHERE file_id = which;
  DELETE FROM public.privacy_release WHERE file_id = which;
  {RELEASES};
  {WAYS_IN};
END
""",
)

# The sequences of the two derived tables belong to the owner.
SEQUENCES: Final = RunSQL(
    f"GRANT USAGE ON SEQUENCE public.privacy_release_id_seq, public.privacy_access_id_seq TO {rls.WALL};"
    f"REVOKE ALL ON SEQUENCE public.privacy_release_id_seq, public.privacy_access_id_seq FROM {rls.APPLICATION};"
    # Deeds derive, nobody calls it by name.
    f"SET ROLE {rls.WALL}; REVOKE ALL ON FUNCTION wall.access_derive(uuid) FROM {rls.APPLICATION}; RESET ROLE;",
    reverse_sql=RunSQL.noop,
)


def _after(table: str, *, files: str, name: str) -> list[RunSQL]:
    """Derive anew whatever a statement on this table touched; `files` reads the files from the rows `changed`."""
    function = f"derive_after_{name}"
    body = f"""
BEGIN
  PERFORM wall.access_derive(t.file_id) FROM (SELECT DISTINCT x.file_id FROM ({files}) x ORDER BY 1) t;
  RETURN NULL;
END
"""
    operations = [rls.definer(function, returns="trigger", volatility=rls.Volatility.VOLATILE, body=body)]
    for event, rows in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
        trigger = f"{table}_{event.lower()}_derives"
        operations.append(
            RunSQL(
                f"""
                DROP TRIGGER IF EXISTS {trigger} ON public.{table};
                CREATE TRIGGER {trigger} AFTER {event} ON public.{table}
                  REFERENCING {rows} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION wall.{function}();
                """,
                reverse_sql=f"DROP TRIGGER IF EXISTS {trigger} ON public.{table};",
            )
        )
    return operations


_DIRECT: Final = "SELECT c.file_id FROM changed c"
TRIGGERS: Final = (
    *_after("privacy_party", name="party", files=_DIRECT),
    *_after("privacy_custody", name="custody", files=_DIRECT),
    *_after("privacy_assignment", name="assignment", files=_DIRECT),
    *_after("privacy_cover", name="cover", files=_DIRECT),
    *_after("privacy_consent", name="consent", files=_DIRECT),
    *_after("privacy_protectionstep", name="protection", files=_DIRECT),
    *_after(
        "privacy_scope",
        name="scope",
        files="SELECT p.file_id FROM changed c JOIN public.privacy_consent p ON p.id = c.consent_id",
    ),
)

"""The definer functions of this room, all of them: each sees what its caller may not, and each checks who calls."""

from __future__ import annotations

from typing import Final

from lueckenlos.commons.privacy.types import Category
from lueckenlos.core import rls

_NOW: Final = "statement_timestamp()"

# Series in which the actor's office sits, or which it hosts: dates and people, no items.
MY_SERIES: Final = rls.definer(
    "talks_my_series",
    returns="uuid[]",
    language="sql",
    tables={
        "talks_series": "SELECT",
        "talks_seat": "SELECT",
        "talks_delegate": "SELECT",
        "talks_talk": "SELECT",
        "talks_standin": "SELECT",
        "talks_item": "SELECT",
        "talks_attendance": "SELECT",
        "talks_agreement": "SELECT",
        "tasks_task": "SELECT",
    },
    body="""
SELECT coalesce(array_agg(s.id), '{}') FROM public.talks_series s
WHERE s.host_id = wall.actor_serves() OR EXISTS (SELECT FROM public.talks_seat e
  WHERE e.series_id = s.id AND e.organization_id = wall.actor_serves() AND e.left_at IS NULL)
""",
)

# Talks in which the actor speaks for their office: every time, or stepping in for this one.
HEARD: Final = rls.definer(
    "talks_heard",
    returns="uuid[]",
    language="sql",
    body="""
SELECT coalesce(array_agg(t.id), '{}')
FROM (SELECT wall.actor_serves(), wall.actor_person()) a(office, person)
JOIN public.talks_seat e ON e.organization_id = a.office AND e.left_at IS NULL
JOIN public.talks_talk t ON t.series_id = e.series_id
WHERE EXISTS (SELECT FROM public.talks_delegate d WHERE d.series_id = t.series_id AND d.person = a.person
    AND d.organization_id = a.office AND d.until IS NULL AND (NOT d.is_substitute
      OR EXISTS (SELECT FROM public.talks_standin i WHERE i.talk_id = t.id AND i.person = a.person
        AND i.organization_id = a.office)))
""",
)

# Of these items, those that the actor may see: the same rule as the policy of the table.
SEES: Final = rls.definer(
    "talks_sees",
    arguments="which uuid[]",
    returns="uuid[]",
    language="sql",
    body=f"""
SELECT coalesce(array_agg(i.id), '{{}}')
FROM (SELECT wall.talks_heard(), wall.actor_holders(), wall.actor_person(), wall.actor_serves(),
    wall.actor_purpose() = 'case_talk') s(heard, holders, person, office, in_talk),
  public.talks_item i
WHERE i.id = ANY (which) AND CASE WHEN i.file_id IS NULL
  THEN (i.taken_back_at IS NULL AND i.talk_id = ANY (s.heard))
    OR (i.organization_id = s.office AND (i.brought_by = s.person OR i.talk_id = ANY (s.heard)))
  ELSE EXISTS (SELECT FROM public.privacy_access a WHERE a.file_id = i.file_id AND a.holder = ANY (s.holders)
    AND a.since <= {_NOW} AND a.until > {_NOW}
    AND (a.everything OR (i.taken_back_at IS NULL AND s.in_talk AND i.talk_id = ANY (s.heard)))) END
""",
)

# Who may hear which part of items that the actor sees: whoever sits at the table must know to whom they speak.
HEARERS: Final = rls.definer(
    "talks_hearers",
    arguments="which uuid[]",
    returns="TABLE(item uuid, organization uuid, subject uuid, category text)",
    language="sql",
    body=f"""
SELECT i.id, r.organization_id, r.subject, r.category::text
FROM public.talks_item i
JOIN public.talks_talk t ON t.id = i.talk_id
JOIN public.privacy_release r ON r.file_id = i.file_id AND r.purpose = 'case_talk'
  AND r.since <= {_NOW} AND r.until > {_NOW}
JOIN public.talks_seat e ON e.series_id = t.series_id AND e.organization_id = r.organization_id AND e.left_at IS NULL
WHERE i.id = ANY (wall.talks_sees(which))
""",
)

# Another office adds only what at least one other at the table may hear.
MAY_SHARE: Final = rls.definer(
    "talks_may_share",
    arguments="which uuid, of_category text, of_subject uuid",
    returns="boolean",
    language="sql",
    body="""
SELECT EXISTS (SELECT FROM wall.talks_hearers(ARRAY[which]) h
  WHERE h.subject = of_subject AND h.category = of_category AND h.organization IS DISTINCT FROM wall.actor_serves())
""",
)

# Who is in the room, and who of them has the case: what the others may hear, their offices' releases say.
ROOM: Final = rls.definer(
    "talks_room",
    arguments="of_item uuid, in_talk uuid",
    returns="TABLE(person uuid, organization uuid, knows_all boolean)",
    language="sql",
    body=f"""
SELECT p.person, p.organization_id, i.file_id IS NULL OR EXISTS (
  SELECT FROM public.privacy_access a WHERE a.file_id = i.file_id AND a.everything
    AND a.since <= {_NOW} AND a.until > {_NOW}
    AND (a.holder = wall.holder(p.person::text, p.organization_id::text)
      OR a.holder IN (SELECT m.unit_id FROM public.accounts_membership m
        JOIN public.accounts_unit u ON u.id = m.unit_id AND u.organization_id = p.organization_id
        WHERE m.user_id = p.person AND m.since <= {_NOW} AND (m.until IS NULL OR m.until > {_NOW}))))
FROM public.talks_item i JOIN public.talks_attendance p ON p.talk_id = in_talk AND p.left_at IS NULL
WHERE i.id = of_item AND i.id = ANY (wall.talks_sees(ARRAY[of_item]))
""",
)

# What whoever has the case tells in the room: one line for each person there and each part released to their office.
TELL: Final = rls.definer(
    "talks_tell",
    arguments="of_item uuid, in_talk uuid, about uuid[], categories text[], on_day date",
    returns="bigint",
    volatility=rls.Volatility.VOLATILE,
    body=f"""
DECLARE
  f uuid;
  done bigint;
BEGIN
  SELECT i.file_id INTO f FROM public.talks_item i WHERE i.id = of_item;
  IF f IS NULL OR NOT wall.may_work_in(f) THEN
    RETURN 0;
  END IF;
  INSERT INTO public.privacy_disclosure (id, file_id, subject, category, person, organization_id, purpose, ground,
      seen_on, seen_at)
    SELECT gen_random_uuid(), f, x.s, x.c, p.person, p.organization, 'case_talk', 'consent', on_day,
      clock_timestamp()
    FROM wall.talks_room(of_item, in_talk) p
    JOIN public.privacy_release r ON r.file_id = f AND r.purpose = 'case_talk' AND r.organization_id = p.organization
      AND r.since <= {_NOW} AND r.until > {_NOW}
    JOIN unnest(about, categories) x(s, c) ON x.s = r.subject AND x.c = r.category
    WHERE NOT p.knows_all
  ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS done = ROW_COUNT;
  RETURN done;
END
""",
)

# Whether what was agreed is done: its task lies with the office that promised it, whose desk nobody else reads.
TASK_ENDS: Final = rls.definer(
    "talks_task_ends",
    arguments="which uuid[]",
    returns='TABLE(agreement uuid, "end" text, done_at timestamptz, due_at timestamptz)',
    language="sql",
    body="""
SELECT g.id, t."end"::text, t.done_at, t.due_at
FROM public.talks_agreement g JOIN public.tasks_task t ON t.id = g.task
WHERE g.id = ANY (which) AND g.item_id = ANY (wall.talks_sees(
  ARRAY(SELECT o.item_id FROM public.talks_agreement o WHERE o.id = ANY (which))))
""",
)

# Talks ahead in which the own person, or a child in their custody, will be spoken about, with what they said to it.
OWN_ITEMS: Final = rls.definer(
    "talks_own_items",
    returns="TABLE(item uuid, about uuid, starts_at timestamptz, words text)",
    language="sql",
    tables={"talks_contribution": "SELECT, INSERT, DELETE"},
    body="""
SELECT i.id, i.about, t.starts_at, coalesce(c.text, '')
FROM (SELECT wall.actor_own_person(), wall.own_files()) a(own, files)
JOIN public.talks_item i ON i.file_id = ANY (a.files) AND i.taken_back_at IS NULL
JOIN public.talks_talk t ON t.id = i.talk_id AND t.state = 'planned'
LEFT JOIN public.talks_contribution c ON c.item_id = i.id AND c.author = a.own AND c.voice = 'family'
WHERE EXISTS (SELECT FROM public.privacy_party p
    WHERE p.file_id = i.file_id AND p.person = a.own AND p.left_at IS NULL)
  AND (i.about = a.own OR EXISTS (SELECT FROM public.privacy_custody k
    WHERE k.file_id = i.file_id AND k.child = i.about AND k.guardian = a.own))
ORDER BY t.starts_at, i.id
""",
)

# The own person's words for such a talk, in place of what they said before; what a parent says stands on no child's page.
OWN_WORDS: Final = rls.definer(
    "talks_own_words",
    arguments="of_item uuid, words text",
    returns="boolean",
    volatility=rls.Volatility.VOLATILE,
    body=f"""
DECLARE
  own uuid := wall.actor_own_person();
BEGIN
  IF NOT EXISTS (SELECT FROM wall.talks_own_items() o WHERE o.item = of_item) THEN
    RETURN false;
  END IF;
  DELETE FROM public.talks_contribution WHERE item_id = of_item AND author = own AND voice = 'family';
  INSERT INTO public.talks_contribution (id, version, item_id, file_id, organization_id, category, about, author,
      held_back, created_at, is_of_file, voice, text)
    SELECT gen_random_uuid(), 1, i.id, i.file_id, i.organization_id, '{Category.SITUATION.value}', i.about, own,
      i.about <> own, {_NOW}, true, 'family', words
    FROM public.talks_item i WHERE i.id = of_item AND words <> '';
  RETURN true;
END
""",
)

FUNCTIONS: Final = (MY_SERIES, HEARD, SEES, HEARERS, MAY_SHARE, ROOM, TELL, TASK_ENDS)
OF_FAMILIES: Final = (OWN_ITEMS, OWN_WORDS)

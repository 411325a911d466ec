"""Generated files of families: offices, workers, people, consents and records, as many as a county has in years.

Made by the superuser with triggers at rest; what the policies read is derived at the end by the function that derives
it in the product, file by file.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import UUID

import psycopg

OFFICES, WORKERS = 20, 400
RECORDS_A_FILE, CONSENTS_A_FILE = 25, 10
RECIPIENTS = CONSENTS_A_FILE // 2
TEXTS = 5_000
DERIVED_AT_ONCE = 500
RARE, FREQUENT = "Schlafstörung", "Schule"
WORDS = (
    "Mutter Vater Kind Gespräch Besuch Wohnung Termin Hausaufgaben Lehrerin Arzt Schlaf Streit Freunde Verein Sorge "
    "Frühstück Geschwister Großmutter Umzug Trennung Arbeit Geld Ferien Sprache Hilfe Absprache Ziel Abend Morgen "
    "Telefon Beratung Unterricht Klasse Pause Lesen Schwimmen Fußball Musik Angst Mut Ruhe Zeit Weg Bus Regel Essen"
).split()


@dataclass(frozen=True, slots=True)
class Filled:
    """How much there is now, and somebody of it: a worker, an office that some of it is released to, a family's file."""

    files: int
    records: int
    consents: int
    worker: UUID
    office: UUID
    recipient: UUID
    recipients_worker: UUID
    file: UUID


def fill(superuser_url: str, *, files: int) -> Filled:
    """Lay so many files, each with a child and two parents, ten consents and twenty-five records."""
    with psycopg.connect(superuser_url, autocommit=True) as past:
        past.execute("SET session_replication_role = replica")
        past.execute("SET synchronous_commit = off")
        past.execute("SET maintenance_work_mem = '256MB'")
        workers = max(OFFICES, min(WORKERS, files // 10))
        values = {"files": files, "workers": workers, "offices": OFFICES, "each": RECORDS_A_FILE}
        for statement in (*_PEOPLE, *_FILES, *_CONSENTS):
            past.execute(statement.encode(), values if "%(" in statement else None)
        _write_records(past, values)
        past.execute("VACUUM ANALYZE")
        _derive(past)
        past.execute("VACUUM ANALYZE")
        return Filled(
            files=_count(past, "privacy_file"),
            records=_count(past, "cases_record"),
            consents=_count(past, "privacy_consent"),
            worker=key("worker", 1),
            office=key("office", 1),
            recipient=key("office", 2),
            recipients_worker=key("worker", 2),
            file=key("file", 1),
        )


def _derive(past: psycopg.Connection[Any]) -> None:
    """In parts, with statistics between them: the plans of the first part think that the tables are empty."""
    rows = past.execute("SELECT id FROM privacy_file").fetchall()
    for start in range(0, len(rows), DERIVED_AT_ONCE):
        part = [row[0] for row in rows[start : start + DERIVED_AT_ONCE]]
        past.execute("SELECT wall.access_derive(f) FROM unnest(%s::uuid[]) f", [part])
        past.execute("ANALYZE privacy_release, privacy_access")


def key(kind: str, number: int) -> UUID:
    """The id of one of the generated rows."""
    return UUID(hashlib.md5(f"{kind}-{number}".encode()).hexdigest())  # noqa: S324


def _id(kind: str, number: str) -> str:
    return f"md5('{kind}-' || ({number}))::uuid"


def _count(past: psycopg.Connection[Any], table: str) -> int:
    row = past.execute(f"SELECT count(*) FROM {table}".encode()).fetchone()
    return int(row[0]) if row else 0


_PEOPLE = (
    f"""
    INSERT INTO directory_organization (id, key, name, sort_key, kind, description, email, website, is_trusted,
      unknown, modified_at)
    SELECT {_id("office", "n")}, 'bench-' || n, 'Amt ' || n, '', 'oeffentlich', '', '', '', false, '{{}}', now()
    FROM generate_series(0, %(offices)s - 1) n
    """,
    f"""
    INSERT INTO accounts_unit (id, organization_id, name)
    SELECT {_id("unit", "n")}, {_id("office", "n")}, 'Team ' || n FROM generate_series(0, %(offices)s - 1) n
    """,
    f"""
    INSERT INTO accounts_user (id, email, name, password, is_active, created_at)
    SELECT {_id("worker", "n")}, 'kraft-' || n || '@example.org', 'Fachkraft', '!', true, now()
    FROM generate_series(0, %(workers)s - 1) n
    """,
)
_FILES = (
    f"""
    INSERT INTO privacy_file (id, organization_id, unit_id, held_back, retention_class, opened_at)
    SELECT {_id("file", "n")}, {_id("office", "n %% %(offices)s")}, {_id("unit", "n %% %(offices)s")}, false,
      'counselling', now() - n * interval '30 minutes'
    FROM generate_series(0, %(files)s - 1) n
    """,
    f"""
    INSERT INTO privacy_party (id, file_id, person, role, is_subject, of_age_at, joined_at)
    SELECT gen_random_uuid(), {_id("file", "n")}, md5(role || n)::uuid, role, true,
      CASE WHEN role = 'child' THEN now() + interval '9 years' END, now() - interval '1 year'
    FROM generate_series(0, %(files)s - 1) n, unnest(ARRAY['child', 'mother', 'father']) role
    """,
    f"""
    INSERT INTO privacy_custody (id, file_id, child, guardian)
    SELECT gen_random_uuid(), {_id("file", "n")}, md5('child' || n)::uuid, md5(role || n)::uuid
    FROM generate_series(0, %(files)s - 1) n, unnest(ARRAY['mother', 'father']) role
    """,
    f"""
    INSERT INTO privacy_assignment (id, file_id, person, since, reason)
    SELECT gen_random_uuid(), {_id("file", "n")}, {_id("worker", "n %% %(workers)s")}, now() - interval '1 year', ''
    FROM generate_series(0, %(files)s - 1) n
    """,
)
# Both parents agree that five other offices hear about the child in the talk: two kinds of data each.
_CONSENTS = (
    f"""
    INSERT INTO privacy_consenttext (id, code, version, language, title, text, sha256, valid_from, purposes, categories,
      recipient_kinds)
    VALUES ({_id("text", "0")}, 'bench', 1, 'de', 'Text', 'Text', '', now() - interval '2 years', '{{case_talk}}',
      '{{situation,health}}', '{{oeffentlich}}')
    """,
    f"""
    INSERT INTO privacy_consent (id, file_id, text_id, given_by, given_role, subject, form, oral_reason, given_at,
      valid_until, end_named, recorded_at, state)
    SELECT md5(role || k || '-' || n)::uuid, {_id("file", "n")}, {_id("text", "0")}, md5(role || n)::uuid, role,
      md5('child' || n)::uuid, 'paper', '', now() - interval '10 days', now() + interval '300 days', '',
      now() - interval '10 days', 'given'
    FROM generate_series(0, %(files)s - 1) n, generate_series(1, {RECIPIENTS}) k,
      unnest(ARRAY['mother', 'father']) role
    """,
    f"""
    INSERT INTO privacy_scope (id, consent_id, purpose, category, organization_id, mode)
    SELECT gen_random_uuid(), md5(role || k || '-' || n)::uuid, 'case_talk', category,
      {_id("office", "(n + k) %% %(offices)s")}, 'view'
    FROM generate_series(0, %(files)s - 1) n, generate_series(1, {RECIPIENTS}) k,
      unnest(ARRAY['mother', 'father']) role, unnest(ARRAY['situation', 'health']) category
    """,
)
_RECORDS = f"""
    INSERT INTO cases_record (id, version, file_id, organization_id, category, about, confided_to, held_back, author,
      created_at, kind, words, text, data, happened_at, is_draft)
    SELECT {_id("record", "n * 1000 + r")}, 1, {_id("file", "n")}, {_id("office", "n %% %(offices)s")},
      (ARRAY['situation', 'health', 'family', 'school', 'agreements'])[1 + r %% 5],
      CASE WHEN r %% 7 < 4 THEN md5('child' || n) WHEN r %% 7 < 6 THEN md5('mother' || n) ELSE md5('file-' || n) END::uuid,
      CASE WHEN r = 13 THEN {_id("worker", "n %% %(workers)s")} END, r = 13, {_id("worker", "n %% %(workers)s")},
      now() - interval '1 day', 'note', '', t.text, '{{}}', now() - (n * 37 + r * 11003) %% 500000 * interval '1 minute',
      false
    FROM (SELECT n, r, (n * 7919 + r * 104729) %% {TEXTS} AS place
      FROM generate_series(0, %(files)s - 1) n, generate_series(1, %(each)s) r) x
    JOIN bench_text t USING (place)
    """


def _write_records(past: psycopg.Connection[Any], values: dict[str, int]) -> None:
    """Texts of forty words, drawn once: one in a hundred has the rare word, one in five the frequent one."""
    rnd = Random(7)
    past.execute("CREATE TEMPORARY TABLE bench_text (place int PRIMARY KEY, text text)")
    with past.cursor().copy("COPY bench_text FROM STDIN") as copy:
        for place in range(TEXTS):
            words = rnd.choices(WORDS, k=40)
            words += [RARE] * (place % 100 == 0) + [FREQUENT] * (place % 5 == 0)
            copy.write_row((place, " ".join(rnd.sample(words, len(words)))))
    past.execute("ANALYZE bench_text")
    past.execute(_RECORDS.encode(), values)

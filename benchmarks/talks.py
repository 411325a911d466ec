"""The agenda of a talk: thirty cases and six offices, by policies against the same conditions written by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.figures import Figure, Size, Table, main, median, milliseconds, times
from benchmarks.house import bare
from lueckenlos.care.talks import selectors
from lueckenlos.care.talks.types import SeriesView, TalkView
from lueckenlos.core.actor import Actor, ActorKind, Grant, Role, ScopeKind

OFFICES, CASES = 6, 30
NOISE_FULL, NOISE_QUICK = 3_000, 100
# Every office hears of so many of the cases; the rest is nowhere for it.
HEARD_OF_SIX = 3
AIM = 4.0

BY_HAND = """
SELECT count(*) FROM talks_item i WHERE i.talk_id = %(talk)s AND i.taken_back_at IS NULL
  AND (i.file_id IS NULL OR EXISTS (SELECT FROM privacy_release r WHERE r.file_id = i.file_id
    AND r.organization_id = %(office)s AND r.purpose = 'case_talk' AND r.since <= now() AND r.until > now()))
"""
AGENDA = """
SELECT i.id, i.pseudonym FROM talks_item i WHERE i.talk_id = %(talk)s AND i.taken_back_at IS NULL
  AND (i.file_id IS NULL OR EXISTS (SELECT FROM privacy_release r WHERE r.file_id = i.file_id
    AND r.organization_id = %(office)s AND r.purpose = 'case_talk' AND r.since <= now() AND r.until > now()))
ORDER BY i.created_at
"""


def run(size: Size = Size.FULL) -> Table:
    """Measure one office's agenda among many other files, and that it asks no more often with more cases."""
    quick = size is Size.QUICK
    with bare() as server, psycopg.connect(server.superuser_url, autocommit=True) as past:
        laid = _lay(past, noise=NOISE_QUICK if quick else NOISE_FULL)
        actor = laid.speaker
        series, talk = _read(actor, laid)
        lines = selectors.agenda(actor, talk, offices=series.offices)
        ours = median(
            lambda: selectors.agenda(actor, talk, offices=series.offices), rounds=3 if quick else 30
        )
        with CaptureQueriesContext(connection) as asked:
            selectors.agenda(actor, talk, offices=series.offices)
        values = {"talk": talk.id, "office": actor.organization}
        theirs = median(lambda: past.execute(AGENDA, values).fetchall(), rounds=3 if quick else 30)
        expected = past.execute(BY_HAND, values).fetchone()
        right = expected is not None and expected[0] == len(lines)
    return Table(
        title="Case talks",
        claim="An agenda of thirty cases is read at once, and each office gets exactly its own lines.",
        figures=(
            Figure(
                f"agenda of {CASES} cases, {OFFICES} offices ({len(lines)} lines seen)", milliseconds(ours),
                "the same conditions by hand, past the wall", milliseconds(theirs), times(ours / theirs),
                f"≤ {AIM:.0f} × or ≤ 100 ms",
            ),
            Figure("lines as by hand", "yes" if right else "NO", "yes", "", "", "yes"),
            Figure("queries of the agenda, with transaction and actor", str(len(asked)), "", "", "", "≤ 15"),
        ),
        note="Ours counts results, who was called up and who may hear each line, too; by hand the lines alone.",
    )  # fmt: skip


class _Laid:
    """What was laid: the talk and one office's speaker."""

    def __init__(self, *, series: UUID, talk: UUID, speaker: Actor) -> None:
        self.series, self.talk, self.speaker = series, talk, speaker


def _read(actor: Actor, laid: _Laid) -> tuple[SeriesView, TalkView]:
    series, talk = selectors.series(actor, laid.series), selectors.talk(actor, laid.talk)
    if series is None or talk is None:
        raise RuntimeError("the speaker does not see their own talk")
    return series, talk


def _lay(past: psycopg.Connection[Any], *, noise: int) -> _Laid:
    """Thirty items of thirty files, each released to half of the offices, among many other files."""
    now = datetime.now(UTC)
    offices = [_office(past) for _ in range(OFFICES)]
    people = [_person(past) for _ in offices]
    series, talk = uuid4(), uuid4()
    past.execute(
        "INSERT INTO talks_series (id, version, name, host_id, place, week, weekday, begins, minutes, created_at, "
        "created_by) VALUES (%s, 1, 'Tisch', %s, '', 2, 1, '09:00', 120, %s, %s)",
        [series, offices[0], now, people[0]],
    )
    past.execute(
        "INSERT INTO talks_talk (id, version, series_id, starts_at, ends_at, place, state, remarks, erase_after) "
        "VALUES (%s, 1, %s, %s, %s, '', 'planned', '', %s)",
        [talk, series, now + timedelta(days=7), now + timedelta(days=7, hours=2), now + timedelta(days=400)],
    )
    for office, person in zip(offices, people, strict=True):
        past.execute(
            "INSERT INTO talks_seat (id, series_id, organization_id, joined_at) VALUES (%s, %s, %s, %s)",
            [uuid4(), series, office, now],
        )
        past.execute(
            "INSERT INTO talks_delegate (id, series_id, organization_id, person, is_substitute, since) "
            "VALUES (%s, %s, %s, %s, false, %s)",
            [uuid4(), series, office, person, now],
        )
    for number in range(CASES + noise):
        hearers = [offices[(number + step) % OFFICES] for step in range(HEARD_OF_SIX)]
        file = _file(past, offices[number % OFFICES], hearers=hearers)
        if number < CASES:
            past.execute(
                "INSERT INTO talks_item (id, version, talk_id, organization_id, brought_by, created_at, pseudonym, "
                "minutes, file_id, about, age_band, field, question) "
                "VALUES (%s, 1, %s, %s, %s, %s, %s, 15, %s, %s, '', '', '')",
                [
                    uuid4(),
                    talk,
                    offices[number % OFFICES],
                    people[number % OFFICES],
                    now,
                    f"Fall {number}",
                    file[0],
                    file[1],
                ],
            )
    past.execute("ANALYZE")
    grant = Grant(Role.PREVENTION_OFFICER, ScopeKind.ORGANIZATION, str(offices[0]))
    speaker = Actor(
        kind=ActorKind.PERSON,
        person_id=people[0],
        organization=offices[0],
        purpose="case_talk",
        grants=(grant,),
    )
    return _Laid(series=series, talk=talk, speaker=speaker)


def _office(past: psycopg.Connection[Any]) -> UUID:
    key = uuid4()
    past.execute(
        "INSERT INTO directory_organization (id, key, name, sort_key, kind, description, email, website, is_trusted, "
        "unknown, modified_at) VALUES (%s, %s, %s, '', 'oeffentlich', '', '', '', false, '{}', now())",
        [key, f"bench-{key}", f"Amt {key}"],
    )
    return key


def _person(past: psycopg.Connection[Any]) -> UUID:
    key = uuid4()
    past.execute(
        "INSERT INTO accounts_user (id, email, name, password, is_active, created_at) "
        "VALUES (%s, %s, 'Kraft', '!', true, now())",
        [key, f"{key}@example.org"],
    )
    return key


def _file(past: psycopg.Connection[Any], office: UUID, *, hearers: list[UUID]) -> tuple[UUID, UUID]:
    """A file with the rows that the wall derives from a consent: a release and a way in for each hearer."""
    file, subject = uuid4(), uuid4()
    past.execute(
        "INSERT INTO privacy_file (id, organization_id, held_back, retention_class, opened_at) "
        "VALUES (%s, %s, false, 'counselling', now())",
        [file, office],
    )
    for hearer in hearers:
        past.execute(
            "INSERT INTO privacy_release (file_id, subject, category, organization_id, purpose, mode, since, until) "
            "VALUES (%s, %s, 'situation', %s, 'case_talk', 'view', now() - interval '1 day', now() + interval '1 year')",
            [file, subject, hearer],
        )
        past.execute(
            "INSERT INTO privacy_access (file_id, holder, everything, subject, category, writes, ground, since, until) "
            "VALUES (%s, wall.holder(%s, 'case_talk'), false, %s, 'situation', false, 'consent', "
            "now() - interval '1 day', now() + interval '1 year')",
            [file, str(hearer), subject],
        )
    return file, subject


if __name__ == "__main__":
    main(run)

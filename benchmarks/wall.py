"""The wall's price: what policies, withdrawal and search cost among half a million records and 200,000 consents."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from django.conf import settings

from benchmarks.figures import Figure, Size, Table, main, median, milliseconds, times, took
from benchmarks.generated_files import FREQUENT, RARE, Filled, fill, key
from benchmarks.house import bare
from lueckenlos.commons.privacy import selectors, services
from lueckenlos.commons.privacy.types import WithdrawalWay
from lueckenlos.core import clock
from lueckenlos.core.actor import Actor, ActorKind, Grant, Role, ScopeKind
from lueckenlos.core.context import SETTING, key_bytes, sign_context

FILES_FULL, FILES_QUICK = 20_000, 400
WITHDRAWALS_FULL, WITHDRAWALS_QUICK = 300, 10
LINES = 5_000
# Between two questions of the session that looks on, so that it leaves the machine to the deed.
PAUSE = 0.001
AIM = 2.0
PROMPT = 0.05
COLUMNS = "r.id, r.kind, r.happened_at, r.words, r.text"
NEWEST = "ORDER BY r.happened_at DESC LIMIT 50"
# By hand: what the policy means for somebody whose task the files are, and for an office by consent.
MINE = "r.file_id = ANY (%(files)s) AND (r.confided_to IS NULL OR r.confided_to = %(me)s)"
TOLD = (
    "r.confided_to IS NULL AND EXISTS (SELECT FROM privacy_release x WHERE x.file_id = r.file_id "
    "AND x.organization_id = %(office)s AND x.purpose = 'case_talk' AND x.category = r.category "
    "AND x.subject = r.about AND x.since <= now() AND x.until > now())"
)
SOUGHT = "websearch_to_tsquery('german', %(words)s)"


@dataclass(frozen=True, slots=True)
class Pair:
    """A statement below the policies, and the same with the condition written by hand."""

    what: str
    ours: str
    theirs: str
    aim: str = f"≤ {AIM:.0f} ×"


OWN_PAIRS = (
    Pair(
        "a worker's newest 50, their files named",
        f"SELECT {COLUMNS} FROM cases_record r WHERE r.file_id = ANY (%(files)s) {NEWEST}",
        f"SELECT {COLUMNS} FROM cases_record r WHERE {MINE} {NEWEST}",
    ),
    Pair(
        "the page of one case",
        f"SELECT {COLUMNS} FROM cases_record r WHERE r.file_id = %(file)s {NEWEST}",
        f"SELECT {COLUMNS} FROM cases_record r WHERE r.file_id = %(file)s AND {MINE} {NEWEST}",
    ),
    Pair(
        "one record",
        f"SELECT {COLUMNS} FROM cases_record r WHERE r.id = %(record)s",
        f"SELECT {COLUMNS} FROM cases_record r WHERE r.id = %(record)s AND {MINE}",
    ),
    Pair(
        "count of a worker's records, their files named",
        "SELECT count(*) FROM cases_record r WHERE r.file_id = ANY (%(files)s)",
        f"SELECT count(*) FROM cases_record r WHERE {MINE}",
    ),
    Pair(
        "count of everything one may see, no file named",
        "SELECT count(*) FROM cases_record r",
        "SELECT count(*) FROM cases_record r WHERE r.confided_to = %(me)s OR (r.confided_to IS NULL AND "
        "EXISTS (SELECT FROM privacy_access x WHERE x.file_id = r.file_id AND x.holder = ANY (%(holders)s) "
        "AND x.since <= now() AND x.until > now()))",
    ),
)
TOLD_PAIRS = (
    Pair(
        "by consent: the page of one case",
        f"SELECT {COLUMNS} FROM cases_record r WHERE r.file_id = %(file)s {NEWEST}",
        f"SELECT {COLUMNS} FROM cases_record r WHERE r.file_id = %(file)s AND {TOLD} {NEWEST}",
    ),
    Pair(
        "by consent: newest 50 of a hundred files",
        f"SELECT {COLUMNS} FROM cases_record r WHERE r.file_id = ANY (%(files)s) {NEWEST}",
        f"SELECT {COLUMNS} FROM cases_record r WHERE r.file_id = ANY (%(files)s) AND {TOLD} {NEWEST}",
    ),
    Pair(
        "by consent: count in a hundred files",
        "SELECT count(*) FROM cases_record r WHERE r.file_id = ANY (%(files)s)",
        f"SELECT count(*) FROM cases_record r WHERE r.file_id = ANY (%(files)s) AND {TOLD}",
    ),
)
SEARCH = (
    f"SELECT {COLUMNS} FROM cases_record r WHERE r.id = ANY (ARRAY(SELECT wall.records_search(%(words)s, 20))) "
    "ORDER BY r.happened_at DESC"
)
BELOW = f"SELECT {COLUMNS} FROM cases_record r WHERE r.stems @@ {SOUGHT} ORDER BY r.happened_at DESC LIMIT 20"
BY_HAND = (
    f"SELECT {COLUMNS} FROM cases_record r WHERE {MINE} AND r.stems @@ {SOUGHT} "
    "ORDER BY r.happened_at DESC LIMIT 20"
)


def run(size: Size = Size.FULL) -> Table:
    """Fill, then measure each statement with and without the policies, in turns."""
    quick = size is Size.QUICK
    rounds = 5 if quick else 40
    with bare() as server:
        filled = fill(server.superuser_url, files=FILES_QUICK if quick else FILES_FULL)
        app, past_url = server.app_url, server.superuser_url
        worker = _at_work(filled.worker, filled.office)
        recipient = _at_work(filled.recipients_worker, filled.recipient, purpose="case_talk")
        with psycopg.connect(past_url, autocommit=True) as past:
            mine, told = _own_values(past, filled), _told_values(past, filled)
            with session(worker, url=app) as ours:
                figures = [_compared(pair, ours, past, values=mine, rounds=rounds) for pair in OWN_PAIRS]
                figures += _searched(ours, past, values=mine, rounds=rounds)
            with session(recipient, url=app) as ours:
                figures += [_compared(pair, ours, past, values=told, rounds=rounds) for pair in TOLD_PAIRS]
            figures += _withdrawn(past, app, rounds=WITHDRAWALS_QUICK if quick else WITHDRAWALS_FULL)
            figures += _indexed(past, values=mine, rounds=rounds)
            figures.append(_listed(past, filled, rounds=3 if quick else 20))
    return Table(
        title="The wall",
        claim=f"What row-level security costs among {filled.records:,} records and {filled.consents:,} consents.",
        figures=tuple(figures),
        note=(
            "Ours as the application's role with a signed actor, theirs past the wall with the same condition "
            "written by hand; both give the same rows, run in turns, medians. The search reads what it found through "
            "the policy again."
        ),
    )


@contextmanager
def session(actor: Actor, *, url: str) -> Iterator[psycopg.Connection[Any]]:
    """A transaction of the application's role that stays open, for one actor."""
    with psycopg.connect(url) as connection:
        sign(connection, actor)
        yield connection
        connection.rollback()


def sign(connection: psycopg.Connection[Any], actor: Actor) -> None:
    """Tell the database who asks, for one transaction."""
    row = connection.execute(
        "SELECT pg_backend_pid(), (extract(epoch FROM transaction_timestamp()) * 1000000)::bigint"
    ).fetchone()
    if row is None:
        raise RuntimeError("the server does not say which session this is")
    signed = sign_context(actor, backend=row[0], began=row[1], key=key_bytes(settings.CONTEXT_KEY))
    connection.execute("SELECT set_config(%s, %s, true)", [SETTING, signed])


def _at_work(person: UUID, office: UUID, *, purpose: str | None = None) -> Actor:
    grant = Grant(Role.PROFESSIONAL, ScopeKind.ORGANIZATION, str(office))
    return Actor(
        kind=ActorKind.PERSON, person_id=person, organization=office, purpose=purpose, grants=(grant,)
    )


def _own_values(past: psycopg.Connection[Any], filled: Filled) -> dict[str, Any]:
    holder = past.execute("SELECT wall.holder(%s, %s)", [str(filled.worker), str(filled.office)]).fetchone()
    files = past.execute(
        "SELECT file_id FROM privacy_assignment WHERE person = %s AND until IS NULL", [filled.worker]
    ).fetchall()
    return {
        "me": filled.worker,
        "files": [row[0] for row in files],
        "file": filled.file,
        "record": key("record", 1_001),
        "holders": [holder[0]] if holder else [],
    }


def _told_values(past: psycopg.Connection[Any], filled: Filled) -> dict[str, Any]:
    files = past.execute(
        "SELECT DISTINCT file_id FROM privacy_release WHERE organization_id = %s ORDER BY 1 LIMIT 100",
        [filled.recipient],
    ).fetchall()
    return {"office": filled.recipient, "files": [row[0] for row in files], "file": files[0][0]}


def _compared(
    pair: Pair,
    ours: psycopg.Connection[Any],
    past: psycopg.Connection[Any],
    *,
    values: Mapping[str, Any],
    rounds: int,
) -> Figure:
    """Both in turns, so that whatever else the machine does falls on both."""
    here, there = (
        lambda: ours.execute(pair.ours.encode(), values).fetchall(),
        lambda: past.execute(pair.theirs.encode(), values).fetchall(),
    )
    if sorted(here()) != sorted(there()):
        raise RuntimeError(f"{pair.what}: the two do not give the same rows")
    if took(here) > 1:
        rounds = min(rounds, 5)
    for _ in range(5):
        here(), there()
    measured = [(took(here), took(there)) for _ in range(rounds)]
    mine, hand = (statistics.median(each) for each in zip(*measured, strict=True))
    return Figure(
        pair.what, milliseconds(mine), "condition by hand", milliseconds(hand), times(mine / hand), pair.aim
    )


def _searched(
    ours: psycopg.Connection[Any],
    past: psycopg.Connection[Any],
    *,
    values: Mapping[str, Any],
    rounds: int,
) -> list[Figure]:
    """A rare and a frequent word, against the same by hand, and against the operator left below the policy."""
    figures = []
    for what, words in (("rare", RARE), ("frequent", FREQUENT)):
        asked = {**values, "words": words}
        pair = Pair(f"search for a {what} word in one's own records", SEARCH, BY_HAND)
        figures.append(_compared(pair, ours, past, values=asked, rounds=rounds))
    asked = {**values, "words": RARE}
    with_function = median(lambda: ours.execute(SEARCH.encode(), asked).fetchall(), rounds=rounds)
    below = median(lambda: ours.execute(BELOW.encode(), asked).fetchall(), rounds=3)
    figures.append(
        Figure(
            "the same without the function, @@ below the policy", milliseconds(below),
            "with the function", milliseconds(with_function), times(below / with_function), "",
        )
    )  # fmt: skip
    return figures


def _indexed(past: psycopg.Connection[Any], *, values: Mapping[str, Any], rounds: int) -> list[Figure]:
    """What an index of all words, those of hidden records among them, would give whoever asks by hand."""

    def taken(words: str) -> float:
        return median(
            lambda: past.execute(BY_HAND.encode(), {**values, "words": words}).fetchall(), rounds=rounds
        )

    words = {"rare": RARE, "frequent": FREQUENT}
    before = {what: taken(word) for what, word in words.items()}
    past.execute("CREATE INDEX bench_stems ON cases_record USING gin (stems)")
    past.execute("ANALYZE cases_record")
    return [
        Figure(
            f"a {what} word by hand, without an index of all words", milliseconds(before[what]),
            "with one", milliseconds(after), times(before[what] / after), "",
        )
        for what, after in {what: taken(word) for what, word in words.items()}.items()
    ]  # fmt: skip


def _withdrawn(past: psycopg.Connection[Any], url: str, *, rounds: int) -> list[Figure]:
    """How long after a withdrawal begins another open session sees nothing more: the bare row, and the whole deed."""
    rows = past.execute(
        "SELECT DISTINCT ON (c.file_id) c.id, c.file_id, c.given_by, a.person, f.organization_id, s.organization_id "
        "FROM privacy_consent c JOIN privacy_scope s ON s.consent_id = c.id JOIN privacy_file f ON f.id = c.file_id "
        "JOIN privacy_assignment a ON a.file_id = f.id ORDER BY c.file_id, c.id LIMIT %s",
        [2 * rounds],
    ).fetchall()
    given = [
        _Given(consent, file, by, _at_work(person, of), to) for consent, file, by, person, of, to in rows
    ]
    figures, late = [], 0
    deeds: tuple[tuple[str, Deed, list[_Given]], ...] = (
        ("from the row, inserted and committed,", _insert, given[::2]),
        ("from the whole deed, with tasks and audit,", _withdraw, given[1::2]),
    )
    for what, deed, chosen in deeds:
        with psycopg.connect(url) as own:
            watched = [_watched(each, deed, own, url=url) for each in chosen]
        ordered = sorted(gone for gone, _late in watched)
        late += sum(is_late for _gone, is_late in watched)
        p99 = ordered[max(0, int(len(ordered) * 0.99) - 1)]
        figures += [
            Figure(
                f"withdrawal, {what} to the first statement that sees nothing: {name} of {len(ordered)}",
                milliseconds(taken), f"{PROMPT * 1000:.0f} ms", "", times(taken / PROMPT), "≤ 1 ×",
            )
            for name, taken in (("median", statistics.median(ordered)), ("p99", p99))
        ]  # fmt: skip
    return [
        *figures,
        Figure("statements begun after the withdrawal that still saw", str(late), "0", "", "", "0"),
    ]


@dataclass(frozen=True, slots=True)
class _Given:
    """A consent, who gave it, whose task the file is, and to which office it opens something."""

    consent: UUID
    file: UUID
    given_by: UUID
    worker: Actor
    recipient: UUID


Deed = Callable[["_Given", psycopg.Connection[Any]], None]


def _watched(given: _Given, deed: Deed, own: psycopg.Connection[Any], *, url: str) -> tuple[float, bool]:
    """Seconds until the other session saw nothing, and whether it saw something after the deed was done."""
    with session(_at_work(key("worker", 0), given.recipient, purpose="case_talk"), url=url) as other:
        watch = _Watch(other, given.file)
        sign(own, given.worker)
        watch.start()
        began = time.perf_counter()
        deed(given, own)
        done = time.perf_counter()
        watch.join(timeout=10)
    own.rollback()
    return watch.gone_at - began, watch.last_seen_begun > done


def _insert(given: _Given, own: psycopg.Connection[Any]) -> None:
    own.execute(
        "INSERT INTO privacy_withdrawal (id, consent_id, withdrawn_at, by_person, recorded_by, way) "
        "VALUES (gen_random_uuid(), %s, now(), %s, %s, 'word')",
        [given.consent, given.given_by, given.worker.person_id],
    )
    own.commit()


def _withdraw(given: _Given, _own: psycopg.Connection[Any]) -> None:
    services.withdraw(given.consent, way=WithdrawalWay.WORD, actor=given.worker, now=clock.real_now())


class _Watch(threading.Thread):
    """Another session that asks again and again until it sees nothing more."""

    def __init__(self, connection: psycopg.Connection[Any], file: Any) -> None:
        super().__init__(daemon=True)
        self.connection, self.file = connection, file
        self.last_seen_begun = self.gone_at = 0.0
        if not self._sees():
            raise RuntimeError("nothing was released to begin with")

    def run(self) -> None:
        """Ask until nothing comes."""
        while True:
            begun = time.perf_counter()
            if not self._sees():
                self.gone_at = time.perf_counter()
                return
            self.last_seen_begun = begun
            time.sleep(PAUSE)

    def _sees(self) -> bool:
        rows = self.connection.execute("SELECT id FROM cases_record WHERE file_id = %s", [self.file])
        return rows.fetchone() is not None


def _listed(past: psycopg.Connection[Any], filled: Filled, *, rounds: int) -> Figure:
    """A child whose data five thousand people at work have seen asks who they were."""
    child = past.execute(
        "SELECT person FROM privacy_party WHERE file_id = %s AND role = 'child'", [filled.file]
    ).fetchone()
    if child is None:
        raise RuntimeError("the file has no child")
    past.execute(
        "INSERT INTO privacy_disclosure (id, file_id, subject, category, person, organization_id, purpose, ground, "
        "seen_on, seen_at) SELECT gen_random_uuid(), %s, %s, 'situation', gen_random_uuid(), %s, 'case_talk', "
        "'consent', current_date - n %% 300, now() - n * interval '1 hour' FROM generate_series(1, %s) n",
        [filled.file, child[0], filled.recipient, LINES],
    )
    actor = Actor(kind=ActorKind.FAMILY, person_id=child[0])
    if len(selectors.disclosures_about(actor, child[0])) != LINES:
        raise RuntimeError("the list is not whole")
    taken = median(lambda: selectors.disclosures_about(actor, child[0]), rounds=rounds)
    return Figure(
        f"a person's list of disclosures, {LINES:,} lines",
        milliseconds(taken),
        "1 s",
        "",
        times(taken),
        "≤ 1 ×",
    )


if __name__ == "__main__":
    main(run)

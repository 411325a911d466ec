"""Generated services: the demo county's own, copied many times over, each with an id, a key and vectors of its own.

The copies have the words of the originals, so every word is as frequent among a hundred thousand as among the
few hundred; their places lie up to some kilometres beside the original's. Vectors are synthetic (an encoder takes a
tenth of a second a service). Made by the superuser with triggers at rest and indexes built afterwards: what the search
reads is copied, too, and need not be analyzed.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

COPIED = {
    "directory_service": "id",
    "directory_service_phases": "",
    "directory_service_fields": "",
    "directory_serviceatlocation": "id",
    "directory_schedule": "id",
    "directory_servicecapacity": "id",
    "directory_costoption": "id",
    "directory_phone": "id",
    "directory_translation": "",
    "finder_indexedservice": "service_id",
}
SERIALS = {"directory_service_phases", "directory_service_fields", "directory_translation"}
LAID = (*COPIED, "finder_textvector")
SHIFT = 5_000
"""Metres by which a copy lies beside the original at most, each way."""
VECTOR = " || ".join(f"sha512((h || '{part}')::bytea)" for part in range(6))
"""384 bytes that look like chance; a statement a vector would take longer than everything else."""
SECONDARY = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid = ANY(%s::regclass[]) AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
"""


def generate(superuser_url: str, *, services: int) -> int:
    """Fill the database up to about so many services; give how many there are."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        original = count(connection)
        copies = max(0, -(-services // original) - 1)
        if copies:
            connection.execute("CREATE TEMPORARY TABLE copy (n int)")
            # Numbered on from what is there: copies of another size may have been laid before.
            connection.execute(
                "INSERT INTO copy SELECT generate_series(%s::int, %s::int)", [original, original + copies - 1]
            )
            with _without_indexes(connection):
                for table, key in COPIED.items():
                    _copy(connection, table, key=key)
                _copy_vectors(connection)
            for table in ("finder_indexedterm", "finder_indexedword"):
                connection.execute(f"UPDATE {table} SET services = services * {copies + 1}".encode())
            connection.execute(
                f"UPDATE finder_indexstate SET services = services * {copies + 1}, "
                "index_revision = index_revision + 1, vectors_revision = vectors_revision + 1".encode()
            )
        connection.execute("TRUNCATE finder_waitingservice")
        connection.execute("VACUUM ANALYZE")
        return count(connection)


def count(connection: psycopg.Connection) -> int:
    """How many services there are."""
    row = connection.execute("SELECT count(*) FROM directory_service").fetchone()
    return int(row[0]) if row else 0


@contextmanager
def _without_indexes(connection: psycopg.Connection) -> Iterator[None]:
    """Lay down what only makes reading fast: built once at the end, it takes a fraction of what each row would."""
    indexes = connection.execute(SECONDARY, [list(LAID)]).fetchall()
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}".encode())
    yield
    connection.execute("SET maintenance_work_mem = '1GB'")
    for _, definition in indexes:
        connection.execute(definition.encode())


def _copy(connection: psycopg.Connection, table: str, *, key: str) -> None:
    rows = connection.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'"
        " AND table_schema = 'public' ORDER BY ordinal_position",
        [table],
    ).fetchall()
    columns = [name for (name,) in rows if not (name == "id" and table in SERIALS)]
    values = ", ".join(_value(name, table=table, key=key) for name in columns)
    whole = "WHERE t.service_id IS NOT NULL" if "service_id" in columns else ""
    names = ", ".join(f'"{name}"' for name in columns)
    connection.execute(
        f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} t CROSS JOIN copy {whole}".encode()
    )


def _value(name: str, *, table: str, key: str) -> str:
    if name in {key, "service_id"}:
        return f"md5(t.{name}::text || n)::uuid"
    if name == "key":
        return "left(t.key, 110) || '-' || n"
    if name == "hashes":
        return "ARRAY(SELECT md5(h || n) FROM unnest(t.hashes) h)"
    if name == "point":
        return f"t.point + point(hashint4(n) % {SHIFT}, hashint4(-n) % {SHIFT})"
    return f't."{name}"'


def _copy_vectors(connection: psycopg.Connection) -> None:
    connection.execute(
        f"INSERT INTO finder_textvector (hash, packed) SELECT h, {VECTOR} "
        "FROM (SELECT DISTINCT unnest(hashes) h FROM finder_indexedservice) used "
        "ON CONFLICT (hash) DO NOTHING".encode()
    )

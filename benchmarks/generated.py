"""Generated services: the demo county's own, copied many times over, each with an id, a key and vectors of its own.

The copies have the words of the originals, so every word is as frequent among a hundred thousand as among the
few hundred. Vectors are synthetic (an encoder takes a tenth of a second a service). Made by the superuser with
triggers at rest: the index is copied, too, and need not be built.
"""

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
VECTOR = (
    "(SELECT string_agg(decode(md5({hash} || i), 'hex'), ''::bytea)"
    " FROM generate_series(1, (SELECT coalesce(max(length(packed)), 384) / 16 FROM finder_textvector)) i)"
)


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
    return f't."{name}"'


def _copy_vectors(connection: psycopg.Connection) -> None:
    made = VECTOR.format(hash="h")
    connection.execute(
        f"INSERT INTO finder_textvector (hash, packed) SELECT h, {made} "
        "FROM (SELECT DISTINCT unnest(hashes) h FROM finder_indexedservice) used "
        "ON CONFLICT (hash) DO NOTHING".encode()
    )

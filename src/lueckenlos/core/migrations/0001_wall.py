"""Build the wall: who asks is believed only if the application signed it for this transaction."""

from django.db import migrations, models

from lueckenlos.core import rls

SCHEMA = migrations.RunSQL(
    f"""
    CREATE SCHEMA IF NOT EXISTS wall;
    REVOKE ALL ON SCHEMA wall FROM PUBLIC;
    GRANT USAGE, CREATE ON SCHEMA wall TO {rls.WALL};
    GRANT USAGE ON SCHEMA wall TO {rls.APPLICATION};
    """,
    reverse_sql="DROP SCHEMA IF EXISTS wall CASCADE;",
)

# Gives the fields of the signed setting, or NULL where it is missing, forged, or from another transaction.
# After COMMIT a custom setting is '' and not NULL. The two MACs are compared as hashes, so that the time
# the comparison takes says nothing about the right one.
CONTEXT = rls.definer(
    "actor_context",
    returns="text[]",
    tables={"core_contextkey": "SELECT"},
    body="""
DECLARE
  parts text[] := string_to_array(NULLIF(current_setting('lueckenlos.actor', true), ''), '|');
  inner_block bytea;
  outer_block bytea;
  mac text;
BEGIN
  IF parts IS NULL OR array_length(parts, 1) <> 10 OR parts[1] <> '1'
    OR parts[8] <> pg_backend_pid()::text
    OR parts[9] <> (extract(epoch FROM transaction_timestamp()) * 1000000)::bigint::text
  THEN
    RETURN NULL;
  END IF;
  SELECT k.inner_block, k.outer_block INTO inner_block, outer_block FROM public.core_contextkey k WHERE k.id = 1;
  IF inner_block IS NULL THEN
    RETURN NULL;
  END IF;
  mac := encode(sha256(outer_block || sha256(
    inner_block || convert_to(array_to_string(parts[1:9], '|'), 'UTF8'))), 'hex');
  IF sha256(outer_block || convert_to(mac, 'UTF8')) <> sha256(outer_block || convert_to(parts[10], 'UTF8')) THEN
    RETURN NULL;
  END IF;
  RETURN parts[1:9];
END
""",
)

READERS = {
    "actor_kind()": ("text", "SELECT coalesce((wall.actor_context())[2], 'nobody')"),
    "actor_person()": ("uuid", "SELECT NULLIF((wall.actor_context())[3], '')::uuid"),
    "actor_organization()": ("uuid", "SELECT NULLIF((wall.actor_context())[4], '')::uuid"),
    "actor_purpose()": ("text", "SELECT NULLIF((wall.actor_context())[5], '')"),
    "actor_job()": ("text", "SELECT c[6] FROM (SELECT wall.actor_context()) a(c) WHERE c[2] = 'job'"),
    "actor_record()": ("uuid", "SELECT c[6]::uuid FROM (SELECT wall.actor_context()) a(c) WHERE c[2] = 'link'"),
    "actor_grants()": ("text[]", "SELECT string_to_array(NULLIF((wall.actor_context())[7], ''), ',')"),
    "actor_has_role(role text)": (
        "boolean",
        "SELECT EXISTS (SELECT FROM unnest(wall.actor_grants()) g WHERE split_part(g, '@', 1) = role)",
    ),
    "actor_has_county_role(role text)": (
        "boolean",
        "SELECT EXISTS (SELECT FROM unnest(wall.actor_grants()) g"
        " WHERE split_part(g, '/', 1) = role || '@county')",
    ),
    "actor_organizations_as(role text)": (
        "uuid[]",
        "SELECT coalesce(array_agg(split_part(g, '/', 2)::uuid), '{}') FROM unnest(wall.actor_grants()) g"
        " WHERE split_part(g, '/', 1) = role || '@organization'",
    ),
    "actor_municipalities_as(role text)": (
        "text[]",
        "SELECT coalesce(array_agg(split_part(g, '/', 2)), '{}') FROM unnest(wall.actor_grants()) g"
        " WHERE split_part(g, '/', 1) = role || '@municipality'",
    ),
}


def reader(signature: str) -> migrations.RunSQL:
    """One narrow question to the context; it has no rights of its own."""
    returns, body = READERS[signature]
    return migrations.RunSQL(
        f"""
        CREATE OR REPLACE FUNCTION wall.{signature} RETURNS {returns} LANGUAGE sql STABLE PARALLEL RESTRICTED
          SET search_path = pg_catalog, pg_temp AS $reader${body}$reader$;
        REVOKE ALL ON FUNCTION wall.{signature} FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION wall.{signature} TO {rls.APPLICATION}, {rls.WALL};
        """,
        reverse_sql=f"DROP FUNCTION IF EXISTS wall.{signature};",
    )


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="ContextKey",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("inner_block", models.BinaryField(max_length=64)),
                ("outer_block", models.BinaryField(max_length=64)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="core_contextkey_is_one")]
            },
        ),
        rls.keep_from_application("core_contextkey"),
        SCHEMA,
        CONTEXT,
        *[reader(signature) for signature in READERS],
    ]

"""Lay the audit chains: the application appends through one function and changes nothing."""

from django.db import migrations, models

from lueckenlos.core import rls
from lueckenlos.core.actor import Role

READS = rls.any_of(
    rls.has_role_in_county(Role.DATA_PROTECTION),
    rls.is_job("verify-audit"),
    rls.is_job("retention"),
    # The data protection officer of one organization reads that organization's chain.
    "{chain} = ANY ((SELECT wall.actor_audit_chains())::text[])",
)

CHAINS = migrations.RunSQL(
    f"""
    CREATE OR REPLACE FUNCTION wall.actor_audit_chains() RETURNS text[] LANGUAGE sql STABLE PARALLEL RESTRICTED
      SET search_path = pg_catalog, pg_temp
      AS $reader$SELECT coalesce(array_agg('organization:' || o::text), '{{}}')
        FROM unnest(wall.actor_organizations_as('{Role.DATA_PROTECTION.value}')) o$reader$;
    REVOKE ALL ON FUNCTION wall.actor_audit_chains() FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION wall.actor_audit_chains() TO {rls.APPLICATION}, {rls.WALL};
    """,
    reverse_sql="DROP FUNCTION IF EXISTS wall.actor_audit_chains();",
)

# The head row is the lock: without it eight writers made 1,076 forks in 2,000 rows. The text that is hashed
# is that of kernels.ledger.entry_text, to the byte. Time never runs backwards within a chain.
APPEND = rls.definer(
    "audit_append",
    arguments="chain_name text, bodies text[], salts bytea[], contents text[]",
    returns="bigint",
    volatility=rls.Volatility.VOLATILE,
    tables={
        "core_auditchain": "SELECT, INSERT, UPDATE",
        "core_auditentry": "INSERT",
        "core_auditpayload": "INSERT",
    },
    body="""
DECLARE
  head public.core_auditchain%ROWTYPE;
  hash_before text;
  fingerprint text;
BEGIN
  IF chain_name !~ '^[a-z0-9:-]{1,80}$' THEN
    RAISE EXCEPTION 'a chain is named by small letters, digits, : and - only' USING ERRCODE = 'check_violation';
  END IF;
  IF bodies IS NULL OR cardinality(bodies) <> cardinality(salts) OR cardinality(bodies) <> cardinality(contents) THEN
    RAISE EXCEPTION 'each body needs a place for its salt and its content' USING ERRCODE = 'check_violation';
  END IF;
  INSERT INTO public.core_auditchain (name, sequence, hash, recorded_at)
    VALUES (chain_name, 0, repeat('0', 64), 'epoch') ON CONFLICT (name) DO NOTHING;
  SELECT * INTO STRICT head FROM public.core_auditchain c WHERE c.name = chain_name FOR UPDATE;
  FOR place IN 1 .. cardinality(bodies) LOOP
    IF bodies[place] IS NULL OR NOT bodies[place] IS JSON OBJECT THEN
      RAISE EXCEPTION 'the body of an entry is a JSON object' USING ERRCODE = 'check_violation';
    END IF;
    IF (contents[place] IS NULL) <> (salts[place] IS NULL) THEN
      RAISE EXCEPTION 'a personal content comes with its salt' USING ERRCODE = 'check_violation';
    END IF;
    fingerprint := encode(sha256(salts[place] || convert_to(contents[place], 'UTF8')), 'hex');
    head.sequence := head.sequence + 1;
    head.recorded_at := greatest(clock_timestamp(), head.recorded_at);
    hash_before := head.hash;
    head.hash := encode(sha256(convert_to(
      '{"body":' || bodies[place] || ',"chain":"' || chain_name || '","payload":'
      || coalesce('"' || fingerprint || '"', 'null') || ',"previous":"' || hash_before
      || '","sequence":' || head.sequence || ',"time":"'
      || to_char(head.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '"}', 'UTF8')), 'hex');
    INSERT INTO public.core_auditentry (chain, sequence, recorded_at, body, payload_hash, previous, hash)
      VALUES (chain_name, head.sequence, head.recorded_at, bodies[place], fingerprint, hash_before, head.hash);
    IF contents[place] IS NOT NULL THEN
      INSERT INTO public.core_auditpayload (chain, sequence, salt, content)
        VALUES (chain_name, head.sequence, salts[place], contents[place]);
    END IF;
  END LOOP;
  UPDATE public.core_auditchain c
    SET sequence = head.sequence, hash = head.hash, recorded_at = head.recorded_at WHERE c.name = chain_name;
  RETURN head.sequence;
END
""",
)

# The entry stays, what it says about persons goes. Whoever blackens leaves a deed of its own in the chain.
BLACKEN = rls.definer(
    "audit_blacken",
    arguments="chain_name text, numbers bigint[]",
    returns="bigint[]",
    volatility=rls.Volatility.VOLATILE,
    tables={"core_auditpayload": "SELECT, UPDATE"},
    body="""
DECLARE
  done bigint[];
BEGIN
  IF coalesce(wall.actor_job(), '') <> 'retention'
    AND NOT wall.actor_has_county_role('data_protection')
    AND NOT chain_name = ANY (wall.actor_audit_chains())
  THEN
    RAISE EXCEPTION 'only data protection and the retention job blacken' USING ERRCODE = 'insufficient_privilege';
  END IF;
  WITH blackened AS (
    UPDATE public.core_auditpayload p SET salt = NULL, content = NULL, blackened_at = clock_timestamp()
      WHERE p.chain = chain_name AND p.sequence = ANY (numbers) AND p.blackened_at IS NULL
      RETURNING p.sequence)
  SELECT coalesce(array_agg(b.sequence ORDER BY b.sequence), '{}') INTO done FROM blackened b;
  RETURN done;
END
""",
)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_wall")]
    operations = [
        migrations.CreateModel(
            name="AuditChain",
            fields=[
                ("name", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("sequence", models.BigIntegerField(default=0)),
                ("hash", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "chain", "sequence", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("chain", models.CharField(max_length=80)),
                ("sequence", models.BigIntegerField()),
                ("recorded_at", models.DateTimeField()),
                ("body", models.TextField()),
                ("payload_hash", models.CharField(max_length=64, null=True)),
                ("previous", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="AuditPayload",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "chain", "sequence", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("chain", models.CharField(max_length=80)),
                ("sequence", models.BigIntegerField()),
                ("salt", models.BinaryField(null=True)),
                ("content", models.TextField(null=True)),
                ("blackened_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(blackened_at__isnull=True, content__isnull=False, salt__isnull=False),
                            models.Q(blackened_at__isnull=False, content__isnull=True, salt__isnull=True),
                            _connector="OR",
                        ),
                        name="core_auditpayload_kept_or_blackened",
                    )
                ]
            },
        ),
        CHAINS,
        rls.protect("core_auditchain", select=READS.format(chain="name")),
        rls.protect("core_auditentry", select=READS.format(chain="chain")),
        rls.protect("core_auditpayload", select=READS.format(chain="chain")),
        APPEND,
        BLACKEN,
    ]

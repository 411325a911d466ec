"""Keep one-time codes where nobody reads them: the application hands in a digest and gets a record, or nothing."""

from django.db import migrations, models

from lueckenlos.core import rls

# Whoever works here, or a job of the house, writes letters; a family or a link cannot make itself a door.
WRITES = "wall.actor_kind() IN ('person', 'job')"

# Times are the database's own: nobody can open an expired code by telling another hour.
ISSUE = rls.definer(
    "code_issue",
    arguments="given text, intended text, about uuid, spoken text, lifetime interval, uses integer",
    returns="boolean",
    volatility=rls.Volatility.VOLATILE,
    tables={"core_onetimecode": "SELECT, INSERT, UPDATE, DELETE"},
    body=f"""
DECLARE
  made integer;
BEGIN
  IF NOT ({WRITES}) THEN
    RAISE EXCEPTION 'only people at work and jobs issue codes' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF given !~ '^[0-9a-f]{{64}}$' OR intended !~ '^[a-z][a-z0-9_-]{{1,39}}$' OR uses < 1 THEN
    RAISE EXCEPTION 'a code has a digest, a purpose, and at least one use' USING ERRCODE = 'check_violation';
  END IF;
  INSERT INTO public.core_onetimecode (digest, purpose, record, language, created_at, expires_at, uses_left, tries)
    VALUES (given, intended, about, spoken, statement_timestamp(), statement_timestamp() + lifetime, uses, 0)
    ON CONFLICT (digest) DO NOTHING;
  GET DIAGNOSTICS made = ROW_COUNT;
  RETURN made = 1;
END
""",
)

# The row's lock decides between two who come at once. Unknown, expired, used up and meant for something
# else give the same nothing: that a code exists is data.
REDEEM = rls.definer(
    "code_redeem",
    arguments="given text, intended text",
    returns="TABLE (about uuid, spoken text)",
    volatility=rls.Volatility.VOLATILE,
    body="""
DECLARE
  code public.core_onetimecode%ROWTYPE;
BEGIN
  SELECT * INTO code FROM public.core_onetimecode c WHERE c.digest = given FOR UPDATE;
  IF code.digest IS NULL THEN
    RETURN;
  END IF;
  UPDATE public.core_onetimecode c SET tries = c.tries + 1 WHERE c.digest = given;
  IF code.purpose <> intended OR code.expires_at <= statement_timestamp() OR code.uses_left = 0 THEN
    RETURN;
  END IF;
  UPDATE public.core_onetimecode c
    SET used_at = statement_timestamp(), uses_left = c.uses_left - 1 WHERE c.digest = given;
  RETURN QUERY SELECT code.record, code.language::text;
END
""",
)

LOOK = rls.definer(
    "code_look",
    arguments="given text, intended text",
    returns="TABLE (about uuid, spoken text)",
    language="sql",
    body="""
SELECT c.record, c.language::text FROM public.core_onetimecode c
WHERE c.digest = given AND c.purpose = intended AND c.expires_at > statement_timestamp()
  AND (c.uses_left IS NULL OR c.uses_left > 0)
""",
)

REVOKE = rls.definer(
    "code_revoke",
    arguments="about uuid, intended text",
    returns="integer",
    volatility=rls.Volatility.VOLATILE,
    body=f"""
DECLARE
  gone integer;
BEGIN
  IF NOT ({WRITES}) THEN
    RAISE EXCEPTION 'only people at work and jobs revoke codes' USING ERRCODE = 'insufficient_privilege';
  END IF;
  DELETE FROM public.core_onetimecode c WHERE c.record = about AND c.purpose = intended;
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END
""",
)

COUNT_EXPIRED = rls.definer(
    "codes_expired",
    arguments="at timestamptz",
    returns="bigint",
    language="sql",
    body="""
SELECT count(*) FROM public.core_onetimecode c WHERE c.expires_at < at AND wall.actor_job() = 'retention'
""",
)

FORGET_EXPIRED = rls.definer(
    "codes_forget_expired",
    arguments="at timestamptz",
    returns="bigint",
    volatility=rls.Volatility.VOLATILE,
    language="sql",
    body="""
WITH gone AS (
  DELETE FROM public.core_onetimecode c WHERE c.expires_at < at AND wall.actor_job() = 'retention' RETURNING 1)
SELECT count(*) FROM gone
""",
)


class Migration(migrations.Migration):
    dependencies = [("core", "0002_audit")]
    operations = [
        migrations.CreateModel(
            name="OneTimeCode",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("purpose", models.CharField(max_length=40)),
                ("record", models.UUIDField()),
                ("language", models.CharField(max_length=20)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                ("uses_left", models.PositiveIntegerField(null=True)),
                ("tries", models.PositiveIntegerField(default=0)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["record", "purpose"], name="core_onetimecode_record"),
                    models.Index(fields=["expires_at"], name="core_onetimecode_expires"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("created_at"))), name="core_onetimecode_lasts"
                    )
                ],
            },
        ),
        # Without a condition each command is forbidden, to the application and to the owner alike.
        rls.protect("core_onetimecode"),
        ISSUE,
        REDEEM,
        LOOK,
        REVOKE,
        COUNT_EXPIRED,
        FORGET_EXPIRED,
    ]

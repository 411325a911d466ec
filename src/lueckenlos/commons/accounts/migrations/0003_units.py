"""Lay teams, and tell the wall for whom somebody acts and in which teams they are."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from lueckenlos.commons.accounts import wall
from lueckenlos.core import rls

# PL/pgSQL, not SQL: its plans are kept for the session, and every statement in a closed room asks these.
SERVES = rls.definer(
    "actor_serves",
    returns="uuid",
    body=f"""
DECLARE
  c text[] := wall.actor_context();
BEGIN
  IF {wall.SERVES} THEN
    RETURN c[4]::uuid;
  END IF;
  RETURN NULL;
END
""",
)

_IN_TEAM = f"""
DECLARE
  office uuid := wall.actor_serves();
BEGIN
  IF office IS NULL THEN
    RETURN '{{}}';
  END IF;
  RETURN (SELECT coalesce(array_agg(m.unit_id), '{{}}') FROM {wall.teams(person="wall.actor_person()", office="office", also="%s")});
END
"""

UNITS = rls.definer(
    "actor_units",
    returns="uuid[]",
    tables={"accounts_unit": "SELECT", "accounts_membership": "SELECT"},
    body=_IN_TEAM % "",
)

HEADED = rls.definer("actor_headed_units", returns="uuid[]", body=_IN_TEAM % " AND m.is_head")


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_audit"),
        ("directory", "0005_verification"),
        ("accounts", "0002_limits"),
    ]
    operations = [
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organization",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "name"), name="unit_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("is_head", models.BooleanField(default=False)),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="accounts.unit",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("unit", "user"),
                        name="membership_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                        ),
                        name="membership_has_a_length",
                    ),
                ],
            },
        ),
        SERVES,
        UNITS,
        HEADED,
    ]

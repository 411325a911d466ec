"""Lay teams, and tell the wall for whom somebody acts and in which teams they are."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from lueckenlos.core import rls
from lueckenlos.core.actor import Role

# Who works with families for an organization; the actor's organization counts only where such a role is held there.
SERVING = (Role.PROFESSIONAL, Role.PREVENTION_OFFICER, Role.FAMILY_OFFICE, Role.PROVIDER)

SERVES = rls.definer(
    "actor_serves",
    returns="uuid",
    language="sql",
    body="""
SELECT s.organization FROM (SELECT wall.actor_organization(), wall.actor_kind()) s(organization, kind)
WHERE s.kind = 'person' AND s.organization = ANY ("""
    + " || ".join(f"wall.actor_organizations_as('{role.value}')" for role in SERVING)
    + ")",
)

UNITS = rls.definer(
    "actor_units",
    returns="uuid[]",
    language="sql",
    tables={"accounts_unit": "SELECT", "accounts_membership": "SELECT"},
    body="""
SELECT coalesce(array_agg(m.unit_id), '{}') FROM public.accounts_membership m
JOIN public.accounts_unit u ON u.id = m.unit_id
WHERE m.user_id = wall.actor_person() AND u.organization_id = wall.actor_serves()
  AND m.since <= statement_timestamp() AND (m.until IS NULL OR m.until > statement_timestamp())
""",
)

HEADED = rls.definer(
    "actor_headed_units",
    returns="uuid[]",
    language="sql",
    body="""
SELECT coalesce(array_agg(m.unit_id), '{}') FROM public.accounts_membership m
JOIN public.accounts_unit u ON u.id = m.unit_id
WHERE m.user_id = wall.actor_person() AND u.organization_id = wall.actor_serves() AND m.is_head
  AND m.since <= statement_timestamp() AND (m.until IS NULL OR m.until > statement_timestamp())
""",
)


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

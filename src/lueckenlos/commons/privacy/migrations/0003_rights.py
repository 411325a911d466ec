"""Take in what people ask for their own data; let an answer be taken back by its link, and the newest word count."""

import uuid

from django.db import migrations, models

from lueckenlos.commons.privacy import policies
from lueckenlos.commons.privacy.wall import answers


class Migration(migrations.Migration):
    dependencies = [("privacy", "0002_wall")]
    operations = [
        migrations.CreateModel(
            name="RightsRequest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("person", models.UUIDField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("access", "access"),
                            ("correction", "correction"),
                            ("erasure", "erasure"),
                            ("restriction", "restriction"),
                            ("objection", "objection"),
                        ],
                        max_length=20,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("language", models.CharField(default="de", max_length=12)),
                ("asked_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("done", "done"), ("partly", "partly"), ("refused", "refused")],
                        max_length=20,
                    ),
                ),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by", models.UUIDField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["person"], name="right_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("due_at__gt", models.F("asked_at"))), name="right_has_a_length"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("outcome", "")),
                            models.Q(
                                models.Q(("outcome", ""), _negated=True),
                                models.Q(("answer", ""), _negated=True),
                                ("answered_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="right_ended_has_an_answer",
                    ),
                ],
            },
        ),
        *answers.FUNCTIONS,
        policies.DISCLOSURES,
        policies.RIGHTS,
    ]

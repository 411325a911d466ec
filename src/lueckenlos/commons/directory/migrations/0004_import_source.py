"""Entries and proposals remember which row of a table brought them, so that the next table updates them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0003_labels_by_language"),
    ]
    operations = [
        migrations.AddField(
            "service",
            "source_key",
            models.UUIDField(null=True, help_text="digest of whose table and which row of it brought this"),
        ),
        migrations.AddField(
            "service",
            "source_digest",
            models.UUIDField(null=True, help_text="digest of what that row said when it was last taken over"),
        ),
        migrations.AddField(
            "service",
            "source_version",
            models.PositiveIntegerField(null=True, help_text="the version that taking over made"),
        ),
        migrations.AddField(
            "proposal",
            "source_key",
            models.UUIDField(
                null=True, db_index=True, help_text="as in Service: which row of a table asks for it"
            ),
        ),
        migrations.AddField("proposal", "source_digest", models.UUIDField(null=True)),
        migrations.AddConstraint(
            "service",
            models.UniqueConstraint(
                fields=["source_key"],
                condition=models.Q(source_key__isnull=False),
                name="service_source_key_once",
            ),
        ),
    ]

"""Keep what `verified_on` was, so that planning can ask what was known on a past day."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

# A neighbour's entries are not planned here.
KEEP = """CREATE FUNCTION directory_keep_verification() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO directory_verification (service_id, day, until)
  SELECT changed.id, former.verified_on, changed.modified_at
  FROM changed JOIN former USING (id)
  WHERE changed.verified_on IS DISTINCT FROM former.verified_on AND changed.feed_id IS NULL;
  RETURN NULL;
END $$"""
ON_UPDATE = """CREATE TRIGGER directory_verified AFTER UPDATE ON directory_service
REFERENCING OLD TABLE AS former NEW TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION directory_keep_verification()"""


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0004_import_source"),
    ]
    operations = [
        migrations.AlterField(
            "service", "created_at", models.DateTimeField(default=django.utils.timezone.now)
        ),
        migrations.AlterField(
            "service", "modified_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)
        ),
        migrations.CreateModel(
            name="Verification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(null=True)),
                (
                    "until",
                    models.DateTimeField(
                        db_index=True, help_text="the service's `modified_at` of that moment"
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="verifications",
                        to="directory.service",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(KEEP, "DROP FUNCTION directory_keep_verification()"),
        migrations.RunSQL(ON_UPDATE, "DROP TRIGGER directory_verified ON directory_service"),
    ]

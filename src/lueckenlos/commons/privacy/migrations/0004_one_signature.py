"""Read the signed context once for what an actor holds; drop indexes that are the beginnings of others."""

import django.db.models.deletion
from django.db import migrations, models

from lueckenlos.commons.privacy.wall.actors import HOLDERS

# Undoing this leaves the function, which the policies ask.
HOLDERS_ANEW = migrations.RunSQL(HOLDERS.sql, reverse_sql=migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0006_fewer_indexes"),
        ("accounts", "0003_units"),
        ("privacy", "0003_rights"),
    ]
    operations = [
        HOLDERS_ANEW,
        migrations.AlterField(
            "access",
            "file",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="privacy.file",
            ),
        ),
        migrations.AlterField(
            "release",
            "file",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="releases",
                to="privacy.file",
            ),
        ),
        migrations.AlterField(
            "release",
            "organization",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directory.organization",
            ),
        ),
    ]

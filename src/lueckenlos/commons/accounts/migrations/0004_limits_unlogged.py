"""Counts of attempts need not outlive a crash, so no form waits until they are on disk."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_units")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE accounts_limits SET UNLOGGED;", reverse_sql="ALTER TABLE accounts_limits SET LOGGED;"
        )
    ]

"""Lay the table in which all processes count failed attempts (the shape that Django's database cache reads)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            CREATE TABLE accounts_limits (
              cache_key varchar(255) PRIMARY KEY,
              value text NOT NULL,
              expires timestamp with time zone NOT NULL
            );
            CREATE INDEX accounts_limits_expires ON accounts_limits (expires);
            """,
            reverse_sql="DROP TABLE accounts_limits;",
        )
    ]

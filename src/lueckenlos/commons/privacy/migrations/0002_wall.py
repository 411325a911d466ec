"""Close the tables of files and consents, and let the database derive what the policies read."""

from django.db import migrations

from lueckenlos.commons.privacy import policies
from lueckenlos.commons.privacy.wall import deriving, functions


class Migration(migrations.Migration):
    dependencies = [("privacy", "0001_initial"), ("accounts", "0003_units"), ("core", "0002_audit"), ("tasks", "0001_initial")]
    operations = [
        deriving.HOLDER,
        *functions.READERS,
        deriving.DERIVE,
        deriving.SEQUENCES,
        *functions.DEEDS,
        *policies.TABLES,
        policies.TASKS_OF_FILES,
        *deriving.TRIGGERS,
    ]

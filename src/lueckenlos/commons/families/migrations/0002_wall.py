"""Close the tables of people."""

from django.db import migrations

from lueckenlos.commons.families import policies


class Migration(migrations.Migration):
    dependencies = [("families", "0001_initial"), ("privacy", "0002_wall")]
    operations = [*policies.FUNCTIONS, *policies.TABLES]

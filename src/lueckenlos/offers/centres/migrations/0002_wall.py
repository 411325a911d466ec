"""Close the table of what members plan."""

from django.db import migrations

from lueckenlos.offers.centres import policies


class Migration(migrations.Migration):
    dependencies = [("centres", "0001_initial"), ("privacy", "0002_wall")]
    operations = [*policies.TABLES]

"""Close the tables of wish lists."""

from django.db import migrations

from lueckenlos.offers.holidays import policies


class Migration(migrations.Migration):
    dependencies = [("holidays", "0001_initial"), ("privacy", "0002_wall")]
    operations = [*policies.TABLES]

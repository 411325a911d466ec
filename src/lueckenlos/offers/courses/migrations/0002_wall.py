"""Close the tables of codes and those who hold them, and count them outside the wall."""

from django.db import migrations

from lueckenlos.offers.courses import policies


class Migration(migrations.Migration):
    dependencies = [("courses", "0001_initial"), ("privacy", "0002_wall")]
    operations = [*policies.COUNTS, *policies.TABLES, policies.BY_PLACE]

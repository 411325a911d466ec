"""Close the tables of the families, and count those who hold a place outside the wall."""

from django.db import migrations

from lueckenlos.offers.classes import policies


class Migration(migrations.Migration):
    dependencies = [("classes", "0001_initial"), ("privacy", "0002_wall")]
    operations = [*policies.COUNTS, *policies.FIRST]

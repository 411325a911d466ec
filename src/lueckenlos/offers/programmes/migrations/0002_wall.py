"""Close the tables of those who take part, and count their seats outside the wall."""

from django.db import migrations

from lueckenlos.offers.programmes import policies


class Migration(migrations.Migration):
    dependencies = [("programmes", "0001_initial"), ("privacy", "0002_wall")]
    operations = [*policies.COUNTS, *policies.tables(policies.serves)]

"""Let a family say on its own page what shall be spoken about."""

from django.db import migrations

from lueckenlos.care.talks.wall import functions


class Migration(migrations.Migration):
    dependencies = [("talks", "0002_wall")]
    operations = [*functions.OF_FAMILIES]

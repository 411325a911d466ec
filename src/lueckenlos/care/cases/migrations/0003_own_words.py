"""Let a family add words to its own request, and take it back."""

from django.db import migrations

from lueckenlos.care.cases.wall import functions


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_wall")]
    operations = [*functions.FAMILIES]

"""Let people at work find records by their words; ask the ways in as two questions, which lists answer from a hash."""

from django.db import migrations

from lueckenlos.care.cases import policies
from lueckenlos.care.cases.wall import functions


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_duty"), ("privacy", "0003_rights")]
    operations = [*functions.SEARCH, *policies.WRITTEN_ANEW]

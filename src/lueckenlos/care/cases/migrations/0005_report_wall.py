"""Close the tables of what a youth office answers to whoever reported."""

from django.db import migrations

from lueckenlos.care.cases import policies


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_report_answers"), ("privacy", "0002_wall")]
    operations = [*policies.PROTECTION]

"""Close the tables of cases."""

from django.db import migrations

from lueckenlos.care.cases import policies
from lueckenlos.care.cases.wall import functions


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("privacy", "0002_wall"), ("families", "0002_wall")]
    operations = [*functions.FUNCTIONS, *policies.TABLES]

"""Close the tables of talks."""

from django.db import migrations

from lueckenlos.care.talks import policies
from lueckenlos.care.talks.wall import functions


class Migration(migrations.Migration):
    dependencies = [("talks", "0001_initial"), ("privacy", "0002_wall"), ("tasks", "0001_initial")]
    operations = [*functions.FUNCTIONS, *policies.TABLES]

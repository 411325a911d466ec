"""Ask in the policies of records first what is answered without asking who the actor is."""

from django.db import migrations

from lueckenlos.care.cases import policies


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_search"), ("privacy", "0004_one_signature")]
    operations = [*policies.WRITTEN_ANEW]

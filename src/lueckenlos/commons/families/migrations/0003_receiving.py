"""Let whoever brings a matter say where they live, or bring it as the person of their account."""

from django.db import migrations

from lueckenlos.commons.families import policies


class Migration(migrations.Migration):
    dependencies = [("families", "0002_wall")]
    operations = [*policies.RECEIVING]

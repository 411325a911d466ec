"""A what-if that is kept holds its result."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("chain", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="scenario",
            name="result",
            field=models.JSONField(
                help_text="of a kept one: today and there, as it was when it was kept", null=True
            ),
        ),
    ]

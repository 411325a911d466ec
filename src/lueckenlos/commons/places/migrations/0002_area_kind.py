from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="socialarea",
            name="kind",
            field=models.CharField(default="social_area", help_text="one of AreaKind", max_length=20),
        ),
        migrations.AlterField(
            model_name="socialarea",
            name="boundary",
            field=models.JSONField(
                help_text="GeoJSON geometry, WGS 84; nothing where it is not known", null=True
            ),
        ),
    ]

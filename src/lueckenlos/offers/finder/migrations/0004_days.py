"""Services begin and end by their dates: the index knows the day it stands for and each service's last one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("finder", "0003_waiting_services")]
    operations = [
        migrations.AddField(
            model_name="indexedservice",
            name="last_day",
            field=models.DateField(
                null=True, help_text="after it the service is over, whether indexed again or not"
            ),
        ),
        migrations.AddField(
            model_name="indexstate",
            name="day",
            field=models.DateField(null=True, help_text="the day whose services the index holds"),
        ),
        migrations.AlterField(
            model_name="indexedservice",
            name="revision",
            field=models.PositiveIntegerField(
                help_text="of the index when the row was made, so that readers may remember"
            ),
        ),
    ]

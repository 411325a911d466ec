from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0003_cells"),
    ]

    operations = [
        migrations.AddField(
            model_name=name,
            name="from_folder",
            field=models.BooleanField(
                db_default=True,
                default=True,
                help_text="false once it was written here: `load-county` leaves it alone",
            ),
        )
        for name in ("indicator", "indicatorvalue")
    ]

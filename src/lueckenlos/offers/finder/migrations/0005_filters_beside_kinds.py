"""What filters and distances ask lies beside each kind in its index, so that no row is read only to be left out."""

from django.db import migrations, models

FILTERED = (
    "service_id", "revision", "point", "everywhere", "catchment", "age_min", "age_max", "last_day", "free", "accessible",
    "format", "languages", "phases", "fields",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("finder", "0004_days")]
    operations = [
        migrations.RemoveIndex("indexedservice", "indexed_kind"),
        migrations.AddIndex(
            "indexedservice", models.Index(fields=["kind"], include=FILTERED, name="indexed_kind")
        ),
    ]

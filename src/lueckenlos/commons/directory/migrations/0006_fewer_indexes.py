"""Drop what Django lays beside another index that answers the same, and what every new entry pays for.

The house sorts by code point, so an ordinary index finds beginnings of words, too; those `_like` are not needed. And
whoever looks for a service's phases finds them by the unique index that begins with the service.
"""

from django.db import migrations

TWICE = {
    "directory_service": ("key_76e98e66_like", "bridge_from_id_fefc9f92_like", "bridge_to_id_0914d2b6_like", "kind_id_e7446aa6_like"),
    "directory_service_phases": ("service_id_d651988f", "lifephase_id_dc28a905_like"),
    "directory_service_fields": ("service_id_6621891b", "actionfield_id_7334d7ab_like"),
    "directory_service_catchment": ("service_id_cfd35e20", "municipality_id_143d1c33_like"),
    "directory_serviceatlocation": ("service_id_29b2c0ee",),
    "directory_location": ("municipality_id_5a1c3367_like",),
    "directory_change": ("service_key_2fcd444f_like",),
}  # fmt: skip


def operation(table: str, name: str) -> migrations.RunSQL:
    """Drop one, and lay it again when this is undone."""
    column = name.removesuffix("_like").rpartition("_")[0]
    sorted_by = f"{column} varchar_pattern_ops" if name.endswith("_like") else column
    return migrations.RunSQL(
        f"DROP INDEX IF EXISTS {table}_{name}", f"CREATE INDEX {table}_{name} ON {table} ({sorted_by})"
    )


class Migration(migrations.Migration):
    dependencies = [("directory", "0005_verification")]
    operations = [operation(table, name) for table, names in TWICE.items() for name in names]

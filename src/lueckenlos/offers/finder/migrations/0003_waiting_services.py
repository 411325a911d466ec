"""Triggers that note which services changed, so that the worker indexes them again."""

from django.db import migrations

# table → expression that gives the services touched, over the changed rows `changed`
WATCHED = {
    "directory_service": "SELECT id FROM changed",
    "directory_service_phases": "SELECT service_id FROM changed",
    "directory_service_fields": "SELECT service_id FROM changed",
    "directory_service_catchment": "SELECT service_id FROM changed",
    "directory_serviceatlocation": "SELECT service_id FROM changed",
    "directory_translation": "SELECT service_id FROM changed WHERE service_id IS NOT NULL",
    "directory_organization": "SELECT s.id FROM directory_service s JOIN changed c ON s.organization_id = c.id",
    "directory_location": "SELECT a.service_id FROM directory_serviceatlocation a JOIN changed c ON a.location_id = c.id",
    "directory_kind": "SELECT s.id FROM directory_service s JOIN changed c ON s.kind_id = c.key",
}
EVENTS = {
    "INSERT": "REFERENCING NEW TABLE AS changed",
    "UPDATE": "REFERENCING NEW TABLE AS changed",
    "DELETE": "REFERENCING OLD TABLE AS changed",
}
# An organization's or a kind's other rows join through tables that a new row cannot have yet.
ONLY_UPDATES = {"directory_organization", "directory_location", "directory_kind"}


def statements() -> list[tuple[str, str]]:
    """Return (create, drop) for the functions and triggers: one for each statement, not for each row."""
    made: list[tuple[str, str]] = []
    for table, services in WATCHED.items():
        function = f"finder_note_{table}"
        made.append(
            (
                f"""CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO finder_waitingservice (service_id) SELECT DISTINCT touched.id FROM ({services}) AS touched (id)
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$""",
                f"DROP FUNCTION {function}()",
            )
        )
        for event, referencing in EVENTS.items():
            if table in ONLY_UPDATES and event != "UPDATE":
                continue
            name = f"finder_{event.lower()}"
            made.append(
                (
                    f"CREATE TRIGGER {name} AFTER {event} ON {table} {referencing} "
                    f"FOR EACH STATEMENT EXECUTE FUNCTION {function}()",
                    f"DROP TRIGGER {name} ON {table}",
                )
            )
    return made


class Migration(migrations.Migration):
    dependencies = [
        ("finder", "0002_search_index"),
        ("directory", "0001_initial"),
    ]
    operations = [
        *(migrations.RunSQL(create, drop) for create, drop in statements()),
        migrations.RunSQL(
            "INSERT INTO finder_waitingservice (service_id) SELECT id FROM directory_service ON CONFLICT DO NOTHING",
            migrations.RunSQL.noop,
        ),
    ]

"""A word that changes with everything that planning reads of the directory."""

from django.db import connection

from lueckenlos.commons.directory.models import Service

# Rows that are changed carry a new time or a new row of history; rows that go are missed by the count.
_VERSION = """
    SELECT concat_ws(' ',
        (SELECT concat(count(*), '/', max(modified_at), '/', max(verified_on)) FROM directory_service),
        (SELECT max(id) FROM directory_change),
        (SELECT max(id) FROM directory_verification),
        (SELECT concat(count(*), '/', sum(maximum), '/', max(known_on)) FROM directory_servicecapacity))
"""


def planning_version() -> str:
    """One query over a few thousand rows; compare it, nothing else."""
    with connection.cursor() as cursor:
        cursor.execute(_VERSION)
        row = cursor.fetchone()
    return str(row[0]) if row else ""


def planning_size() -> int:
    """How many services planning reads."""
    return Service.objects.filter(feed__isnull=True).count()

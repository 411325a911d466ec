"""What goes wrong at the database, as a sentence for whoever sits at the command line."""

from django.db import DatabaseError as DjangosError
from psycopg import Error, OperationalError, errors

_MISSING = (
    errors.UndefinedTable,
    errors.UndefinedColumn,
    errors.UndefinedFunction,
    errors.InvalidSchemaName,
)


def sentence_of(error: DjangosError | Error) -> str | None:
    """What happened and what to do, or nothing where only a trace helps."""
    cause = error.__cause__ if isinstance(error, DjangosError) else error
    if isinstance(cause, _MISSING):
        return (
            "Die Tabellen dieser Version fehlen in der Datenbank. Bitte zuerst „lueckenlos migrate“ aufrufen "
            "(oder das Haus mit „lueckenlos serve“ starten)."
        )
    if isinstance(cause, errors.DiskFull):
        return (
            "Auf dem Datenträger der Datenbank ist kein Platz mehr. Nichts wurde halb geschrieben. "
            "Bitte Platz schaffen und noch einmal versuchen."
        )
    if isinstance(cause, OperationalError) and cause.sqlstate is None:
        first = str(cause).strip().splitlines()[0] if str(cause).strip() else "keine Antwort"
        return f"Die Datenbank antwortet nicht ({first}). Bitte DATABASE_URL und den Server prüfen."
    return None

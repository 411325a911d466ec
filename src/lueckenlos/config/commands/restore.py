"""`lueckenlos restore`: brings a backup back into an empty database."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from django.conf import settings
from django.db import connection

from lueckenlos.config.environment import read_environment
from lueckenlos.config.house import connect_to
from lueckenlos.core.backup import restore
from lueckenlos.core.context import install_context_key
from lueckenlos.core.embedded import Cluster
from lueckenlos.core.failure import StatedFailure


class OwnerLoginMissing(StatedFailure):
    """Nobody said as whom to restore; the application's login may create nothing."""

    def __init__(self) -> None:
        super().__init__(
            "Zum Einspielen fehlt MIGRATE_DATABASE_URL: die Verbindung der Rolle lueckenlos_owner."
        )


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def command(file: Path) -> None:
    """Spielt die Sicherung FILE in eine leere Datenbank ein: alles oder nichts.

    Danach gilt der Schlüssel dieser Installation. Damit alte Siegel des Protokolls weiter stimmen, gehört der
    gesicherte Ordner „secrets“ vorher an seinen Platz.
    """
    with _owner_url() as url:
        restore(url, file=file)
        connect_to(url)
        try:
            install_context_key(connection, settings.CONTEXT_KEY)
        finally:
            connection.close()
    click.echo("Eingespielt. Bitte mit „lueckenlos status“ und „lueckenlos verify-audit“ prüfen.")


@contextmanager
def _owner_url() -> Iterator[str]:
    environment = read_environment()
    if environment.database_url is None:
        with Cluster(environment.home, port=environment.database_port).running() as server:
            yield server.owner_url
    elif environment.migrate_database_url is None:
        raise OwnerLoginMissing
    else:
        yield environment.migrate_database_url

"""`lueckenlos restore`: brings a backup back into an empty database."""

import json
from pathlib import Path

import click
from django.conf import settings
from django.db import connection

from lueckenlos.config.environment import read_environment
from lueckenlos.config.house import address_of, connect_to
from lueckenlos.core.backup import restore
from lueckenlos.core.context import install_context_key
from lueckenlos.core.embedded import Login
from lueckenlos.core.failure import StatedFailure


class OwnerLoginMissing(StatedFailure):
    """Nobody said as whom to restore; the application's login may create nothing."""

    def __init__(self) -> None:
        super().__init__(
            "Zum Einspielen fehlt MIGRATE_DATABASE_URL: die Verbindung der Rolle lueckenlos_owner."
        )


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Ein JSON-Dokument statt eines Satzes.")
def command(file: Path, *, as_json: bool) -> None:
    """Spielt die Sicherung FILE in eine leere Datenbank ein: alles oder nichts.

    Danach gilt der Schlüssel dieser Installation. Damit alte Siegel des Protokolls weiter stimmen, gehört der
    gesicherte Ordner „secrets“ vorher an seinen Platz.
    """
    given = read_environment().migrate_database_url
    with address_of(Login.OWNER, given=given, missing=OwnerLoginMissing) as url:
        restore(url, file=file)
        connect_to(url)
        try:
            install_context_key(connection, settings.CONTEXT_KEY)
        finally:
            connection.close()
    if as_json:
        click.echo(json.dumps({"file": str(file), "restored": True}))
    else:
        click.echo("Eingespielt. Bitte mit „lueckenlos status“ und „lueckenlos verify-audit“ prüfen.")

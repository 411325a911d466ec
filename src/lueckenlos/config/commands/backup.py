"""`lueckenlos backup`: the whole database in one file."""

import json
from pathlib import Path

import click

from lueckenlos.config.environment import read_environment
from lueckenlos.config.house import address_of
from lueckenlos.core.backup import dump
from lueckenlos.core.embedded import Login
from lueckenlos.core.failure import StatedFailure


class MaintenanceLoginMissing(StatedFailure):
    """Nobody said as whom to back up; the application's login does not see every row."""

    def __init__(self) -> None:
        super().__init__(
            "Zum Sichern fehlt LUECKENLOS_MAINTENANCE_URL: die Verbindung der Rolle lueckenlos_maintenance. "
            "Die Anmeldung der Anwendung sieht nicht alle Zeilen; damit wäre die Sicherung unvollständig."
        )


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Ein JSON-Dokument statt eines Satzes.")
def command(file: Path, *, as_json: bool) -> None:
    """Sichert die ganze Datenbank in die neue Datei FILE (Format „custom“ von pg_dump).

    Die Datei enthält alles, was dem Kreis anvertraut ist, im Klartext: bitte verschlüsseln und getrennt
    aufbewahren. Die Schlüssel in LUECKENLOS_HOME/secrets sind nicht darin.
    """
    given = read_environment().maintenance_url
    with address_of(Login.MAINTENANCE, given=given, missing=MaintenanceLoginMissing) as url:
        size = dump(url, into=file)
    if as_json:
        click.echo(json.dumps({"file": str(file), "bytes": size}))
        return
    click.echo(
        f"Gesichert: {file} ({size / 1e6:.1f} MB). Bitte auch den Ordner „secrets“ getrennt aufbewahren."
    )

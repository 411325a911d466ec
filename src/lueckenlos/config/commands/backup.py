"""`lueckenlos backup`: the whole database in one file."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from lueckenlos.config.environment import read_environment
from lueckenlos.core.backup import dump
from lueckenlos.core.embedded import Cluster
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
def command(file: Path) -> None:
    """Sichert die ganze Datenbank in die neue Datei FILE (Format „custom“ von pg_dump).

    Die Datei enthält alles, was dem Kreis anvertraut ist, im Klartext: bitte verschlüsseln und getrennt
    aufbewahren. Die Schlüssel in LUECKENLOS_HOME/secrets sind nicht darin.
    """
    with _maintenance_url() as url:
        size = dump(url, into=file)
    click.echo(
        f"Gesichert: {file} ({size / 1e6:.1f} MB). Bitte auch den Ordner „secrets“ getrennt aufbewahren."
    )


@contextmanager
def _maintenance_url() -> Iterator[str]:
    environment = read_environment()
    if environment.database_url is None:
        with Cluster(environment.home, port=environment.database_port).running() as server:
            yield server.maintenance_url
    elif environment.maintenance_url is None:
        raise MaintenanceLoginMissing
    else:
        yield environment.maintenance_url

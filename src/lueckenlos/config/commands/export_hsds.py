"""`lueckenlos export-hsds`: writes the directory as Open Referral."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from lueckenlos.commons.directory.exchange import export_folder
from lueckenlos.config.house import opened
from lueckenlos.core.failure import StatedFailure
from lueckenlos.kernels.openreferral import Profile


@click.command("export-hsds")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--profile",
    type=click.Choice([each.value for each in Profile]),
    default=Profile.HSDS.value,
    help="hsds (3.1), oruk (britisch) oder de (deutsch: nichts geht verloren).",
)
@click.option("--json", "as_json", is_flag=True, help="Ein JSON-Dokument statt eines Satzes.")
def command(folder: Path, *, profile: str, as_json: bool) -> None:
    """Schreibt das eigene Verzeichnis als Open Referral: JSON-Dokumente und Tabellen."""
    with opened():
        try:
            report = export_folder(folder, profile=Profile(profile))
        except OSError as error:
            raise StatedFailure(f"In {folder} ließ sich nicht schreiben: {error.strerror}.") from error
    if as_json:
        click.echo(json.dumps({"folder": str(folder), "profile": profile, **asdict(report)}))
    else:
        click.echo(
            f"{report.services} Angebote, {report.organizations} Träger und "
            f"{report.service_at_locations} Orte von Angeboten stehen in {folder}."
        )

"""`lueckenlos import-areas`: takes municipal boundaries from a VG250 GeoPackage or GeoJSON file."""

import json
from pathlib import Path

import click
from django.db import transaction

from lueckenlos.commons.places import selectors as places
from lueckenlos.commons.places.loading import read_settings
from lueckenlos.commons.places.loading.areas_file import read_areas, take_areas, write_areas
from lueckenlos.commons.places.loading.boundaries import ReadMunicipality
from lueckenlos.config.house import opened
from lueckenlos.core.failure import StatedFailure
from lueckenlos.core.table_wording import place_of, sentence
from lueckenlos.core.tables import Mistakes


@click.command("import-areas")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Statt ins Haus: als municipalities.geojson in diesen Ordner eines Kreises schreiben.",
)
@click.option("--json", "as_json", is_flag=True, help="Ein JSON-Dokument statt eines Satzes.")
def command(file: Path, *, folder: Path | None, as_json: bool) -> None:
    """Übernimmt Gemeindegrenzen aus einem GeoPackage (VG250) oder aus GeoJSON."""
    counts = _into_house(file) if folder is None else _into_folder(file, folder=folder)
    if as_json:
        click.echo(json.dumps(counts, ensure_ascii=False))
    else:
        click.echo(", ".join(f"{number} {what}" for what, number in counts.items()) + ".")


def _into_folder(file: Path, *, folder: Path) -> dict[str, int]:
    mistakes = Mistakes()
    settings = read_settings(folder, mistakes=mistakes)
    _stop_at(mistakes)
    areas = _read(file, county=settings["key"])
    write_areas(areas, path=folder / "municipalities.geojson")
    return {"Gemeinden": len(areas)}


def _into_house(file: Path) -> dict[str, int]:
    with opened():
        county = places.county()
        if not county.key:
            raise StatedFailure("Dieses Haus hat noch keinen Kreis. Bitte zuerst load-county DIR aufrufen.")
        areas = _read(file, county=county.key)
        with transaction.atomic():
            report = take_areas(areas, county=county.key, file=file.name)
    return {
        "neu": report.added, "geändert": report.changed, "unverändert": report.unchanged, "weggefallen": report.gone,
    }  # fmt: skip


def _read(file: Path, *, county: str) -> list[ReadMunicipality]:
    mistakes = Mistakes()
    areas = read_areas(file, county=county, mistakes=mistakes)
    _stop_at(mistakes)
    return areas


def _stop_at(mistakes: Mistakes) -> None:
    if mistakes:
        raise StatedFailure("\n".join(f"{place_of(each)}: {sentence(each)}" for each in mistakes.kept))

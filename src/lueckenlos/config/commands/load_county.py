"""`lueckenlos load-county`: sets up or updates a county from its folder."""

import json
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from lueckenlos.commons.directory.loading.services import FILE as SERVICES
from lueckenlos.commons.places.loading.settings import demo_day
from lueckenlos.config.county_folder import FolderReport, load_county, try_county
from lueckenlos.config.house import opened
from lueckenlos.core import clock
from lueckenlos.core.table_wording import place_of, sentence
from lueckenlos.core.tables import RowMistake


@click.command("load-county")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--dry-run", "dry_run", is_flag=True, help="Nur sagen, was sich ändern würde.")
@click.option("--json", "as_json", is_flag=True, help="Ein JSON-Dokument statt einer Tabelle.")
@click.option(
    "--take",
    "taken",
    multiple=True,
    metavar="ID",
    help="Dieses im Haus geänderte Angebot dem Ordner folgen lassen.",
)
def command(folder: Path, *, dry_run: bool, as_json: bool, taken: tuple[str, ...]) -> None:
    """Richtet einen Kreis aus seinem Ordner ein oder bringt ihn auf dessen Stand."""
    with opened() as environment:
        if environment.demo:
            # Nothing of a first load may be younger than what people do on the demo's day.
            clock.hold_day(demo_day(folder))
        deed = try_county if dry_run else load_county
        report = deed(folder, now=clock.now(), taken=taken)
    if as_json:
        click.echo(json.dumps(_document(report, dry_run=dry_run), ensure_ascii=False, indent=1))
    elif report.mistakes:
        _tell_mistakes(report)
    else:
        _tell_changes(report, dry_run=dry_run)
    if report.mistakes:
        raise SystemExit(1)


def _document(report: FolderReport, *, dry_run: bool) -> dict[str, object]:
    return {
        "loaded": not report.mistakes and not dry_run,
        "dry_run": dry_run,
        "files": [each.as_dict() for each in report.reports],
        "mistakes": [_mistake(each) for each in report.mistakes.kept],
        "mistakes_total": report.mistakes.total,
    }


def _mistake(mistake: RowMistake) -> dict[str, object]:
    return {
        "file": mistake.file,
        "line": mistake.line,
        "field": mistake.field,
        "why": mistake.why.value,
        "value": mistake.value,
        "sentence": sentence(mistake),
    }


def _tell_mistakes(report: FolderReport) -> None:
    for mistake in report.mistakes.kept:
        click.echo(f"{place_of(mistake)}: {sentence(mistake)}", err=True)
    more = report.mistakes.total - len(report.mistakes.kept)
    if more:
        click.echo(f"… und {more} weitere.", err=True)
    click.echo(f"Nichts wurde geladen: {report.mistakes.total} Angaben passen nicht.", err=True)


def _tell_changes(report: FolderReport, *, dry_run: bool) -> None:
    table = Table(title="Das würde sich ändern" if dry_run else "Geladen", title_justify="left")
    table.add_column("Datei")
    for heading in ("neu", "geändert", "unverändert", "weggefallen"):
        table.add_column(heading, justify="right")
    for each in report.reports:
        table.add_row(
            each.file, *(str(number) for number in (each.added, each.changed, each.unchanged, each.gone))
        )
    Console(highlight=False).print(table)
    _tell_held(report)


def _tell_held(report: FolderReport) -> None:
    """Name what people changed in the house; only services can be told to follow the folder again."""
    services = [key for each in report.reports if each.file == SERVICES for key in each.held]
    others = [f"{each.file}: {key}" for each in report.reports if each.file != SERVICES for key in each.held]
    for lines, words in (
        (services, "Im Haus geändert und darum nicht überschrieben (mit --take ID folgt ein Angebot dem Ordner):"),
        (others, "Im Haus gesetzt und darum nicht überschrieben (zu ändern nur dort, --take gilt für Angebote):"),
    ):  # fmt: skip
        if lines:
            click.echo("\n  ".join([words, *lines]))
